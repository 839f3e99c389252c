import { earlyEnds } from "../../perl/early-ends.ts";
import { codeHolds, codeSection } from "../../symbols/code-section.ts";
import type { ElementRule } from "../rule.ts";

/** The framework judges a section by what it returns, and stops at the first that fails. */
export const codeEarlyReturn: ElementRule = {
  id: "code-early-return",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "error",
  message: {
    return:
      "The sections of this kind and phase that follow are skipped, because a return without a true value counts as a failure.",
    die: "The operation goes on and reports success, but the sections of this kind and phase that follow are skipped.",
    exit: "The whole process ends in the middle of the operation, so that nothing that should follow is done.",
  },

  *check(section) {
    if (!codeHolds(section, /return|exit|die/)) return;
    const { perl, spanOf } = codeSection(section);
    for (const { kind, start, end, value } of earlyEnds(perl)) {
      const fixes = value
        ? [
            {
              title: "Return 1",
              edits: [{ span: spanOf(value.start, value.end), newText: value.isBare ? " 1" : "1" }],
            },
          ]
        : [];
      yield {
        span: spanOf(start, end),
        variant: kind,
        ...(kind === "die" && { severity: "warning" as const }),
        fixes,
      };
    }
  },
};
