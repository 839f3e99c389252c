import type { ComparisonRule } from "../rule.ts";

/** When a section runs is settled by the archive, whatever the spec says. */
export const opmPhaseChanged: ComparisonRule = {
  id: "opm-phase-changed",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    phase:
      "{section} runs in the phase “{phase}” of the archive, but in the phase “{wanted}” of the spec. Build the archive anew with “sopm build”.",
  },
};
