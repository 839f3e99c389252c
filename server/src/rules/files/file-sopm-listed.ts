import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The spec is what the archive is made from; it has no place inside. */
export const fileSopmListed: ElementRule = {
  id: "file-sopm-listed",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "Spec files are not packaged",
  message:
    "The spec itself ends up in the framework's home, where nothing needs it: the archive contains all of it.",
  docs:
    "A `.sopm` file is the source of the archive. Everything in it that matters on a system is part of the archive " +
    "anyway, and code policies refuse to package it. Remove the entry.",
  bad: '<File Permission="660" Location="Acme.sopm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny code policy, TidyAll::Plugin::Znuny::SOPM::RequiredElements",
  policyPlugins: ["RequiredElements"],

  check(file) {
    const location = locationOf(file);
    if (!location || !/\.sopm$/i.test(location.value)) return undefined;
    return { span: location.valueSpan, fixes: [bareRemoval(file)] };
  },
};
