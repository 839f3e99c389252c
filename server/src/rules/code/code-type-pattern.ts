import type { ElementRule } from "../rule.ts";
import { isTypePattern } from "../shared/code-type.ts";
import { replacement } from "../shared/fixes.ts";

/** The framework compares the other way round from what one expects. */
export const codeTypePattern: ElementRule = {
  id: "code-type-pattern",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "warning",
  summary: "The Type of a code section is a plain word",
  message:
    "This code may run in several phases or in none, because “{type}” is used as a pattern for the phase.",
  docs:
    "The installer takes `Type` for a regular expression that has to fit the whole name of the phase, letter case " +
    "aside: `pre|post` runs twice, before and after the files are written. Nothing documents that. Write two sections.",
  bad: '<CodeInstall Type="pre|post"><![CDATA[1;]]></CodeInstall>',
  good: '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>',
  source: "Znuny 7.1 and OTOBO 11, _Code",

  check(section) {
    const type = section.attribute("Type");
    if (!type || !isTypePattern(type.value)) return undefined;
    return {
      span: type.valueSpan,
      arguments: { type: type.value },
      fixes: ["post", "pre"].map((phase) => replacement(type.valueSpan, phase)),
    };
  },
};
