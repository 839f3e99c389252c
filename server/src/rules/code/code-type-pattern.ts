import type { ElementRule } from "../rule.ts";
import { isTypePattern } from "../shared/code-type.ts";
import { replacement } from "../shared/fixes.ts";

/** The framework compares the other way round from what one expects. */
export const codeTypePattern: ElementRule = {
  id: "code-type-pattern",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "warning",
  message:
    "This code may run in several phases or in none, because “{type}” is used as a pattern for the phase.",

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
