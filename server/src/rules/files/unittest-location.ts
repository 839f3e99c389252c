import type { ElementRule } from "../rule.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The console command for unit tests looks into one folder. */
export const unittestLocation: ElementRule = {
  id: "unittest-location",
  scope: "element",
  elements: ["File"],
  severity: "hint",
  message: "The framework never runs this unit test: it looks for them below scripts/test/ alone.",

  check(file) {
    const location = locationOf(file);
    if (!location?.value.endsWith(".t")) return undefined;
    if (/^(Custom\/)?scripts\/test\//.test(location.value) || location.value.startsWith("var/httpd/"))
      return undefined;
    return { span: location.valueSpan };
  },
};
