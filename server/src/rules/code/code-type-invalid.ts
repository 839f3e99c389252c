import { phasesOf } from "../../model/section-phases.ts";
import { closest } from "../../text/similar.ts";
import type { ElementRule } from "../rule.ts";
import { isTypePattern } from "../shared/code-type.ts";
import { replacement } from "../shared/fixes.ts";

/** A phase that never comes. */
export const codeTypeInvalid: ElementRule = {
  id: "code-type-invalid",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "error",
  message: "This code never runs, because there is no phase “{type}”.",

  check(section) {
    const type = section.attribute("Type");
    if (!type || type.value === "" || type.value === "0" || isTypePattern(type.value)) return undefined;
    // Merge sections elsewhere are found by a rule of their own.
    if (/^(pre|post|merge)$/i.test(type.value)) return undefined;
    const meant = closest(type.value.trim(), phasesOf(section.name));
    const offered = meant === undefined ? ["post", "pre"] : [meant];
    return {
      span: type.valueSpan,
      arguments: { type: type.value },
      fixes: offered.map((phase) => replacement(type.valueSpan, phase)),
    };
  },
};
