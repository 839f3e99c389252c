import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The console command for unit tests looks into one folder. */
export const unittestLocation: ElementRule = {
  id: "unittest-location",
  scope: "element",
  elements: ["File"],
  severity: "hint",
  summary: "Unit tests lie below scripts/test",
  message: "The framework never runs this unit test: it looks for them below scripts/test/ alone.",
  docs:
    "The console command for unit tests collects the `.t` files below `scripts/test/`, or below " +
    "`Custom/scripts/test/`. A test elsewhere is installed but never found.",
  bad: '<File Permission="660" Location="Kernel/System/Acme.t"/>',
  good: '<File Permission="660" Location="scripts/test/Acme.t"/>',
  source: "Znuny 7.1 and OTOBO 11, Dev::UnitTest::Run",

  check(file) {
    const location = locationOf(file);
    if (!location?.value.endsWith(".t")) return undefined;
    if (/^(Custom\/)?scripts\/test\//.test(location.value) || location.value.startsWith("var/httpd/"))
      return undefined;
    return { span: location.valueSpan };
  },
};
