import { ownPhase } from "../../model/database-phases.ts";
import { phasesOf } from "../../model/section-phases.ts";
import { closest } from "../../text/similar.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";

/** Other than in code sections, letter case counts here. */
export const dbTypeCase: ElementRule = {
  id: "db-type-case",
  scope: "element",
  elements: ["DatabaseInstall", "DatabaseUpgrade", "DatabaseReinstall", "DatabaseUninstall"],
  severity: "error",
  message: {
    case: "This section is never executed, because “{type}” is not written in lower case.",
    unknown: "This section is never executed, because there is no phase “{type}”.",
    merge: "This section is never executed, because phase merge belongs to DatabaseUpgrade alone.",
  },

  check(section) {
    const phase = ownPhase(section);
    const names = phasesOf(section.name);
    if (phase === undefined || names.some((name) => name === phase)) return undefined;
    const type = section.attribute("Type")!;
    const lowerCase = names.find((name) => name === phase.toLowerCase());
    const meant = lowerCase ?? closest(phase.trim(), names);
    return {
      span: type.valueSpan,
      variant: lowerCase ? "case" : phase.toLowerCase() === "merge" ? "merge" : "unknown",
      arguments: { type: phase },
      fixes: (meant ? [meant] : ["post", "pre"]).map((name) => replacement(type.valueSpan, name)),
    };
  },
};
