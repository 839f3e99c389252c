import { codeFamilies } from "../../model/package-spec.ts";
import { codePhase } from "../../model/section-phases.ts";
import { earlyEnds } from "../../perl/early-ends.ts";
import { codeHolds, codeSection } from "../../symbols/code-section.ts";
import type { Element } from "../../syntax/element.ts";
import type { PackageRule, Severity } from "../rule.ts";
import { isTypePattern } from "../shared/code-type.ts";

/** The framework judges a section by what it returns, and stops at the first that fails. */
export const codeEarlyReturn: PackageRule = {
  id: "code-early-return",
  scope: "package",
  elements: codeFamilies,
  severity: "error",
  message: {
    return:
      "The sections of this kind and phase that follow are skipped, because a return without a true value counts as a failure.",
    "return-last":
      "The framework logs that this code has failed, because a return without a true value counts as a failure.",
    die: "The operation goes on and reports success, but the sections of this kind and phase that follow are skipped.",
    "die-last":
      "The operation goes on and reports success, although the framework logs that this code has failed.",
    exit: "The whole process ends in the middle of the operation, so that nothing that should follow is done.",
  },

  *check(spec) {
    for (const family of codeFamilies) {
      const sections = spec.all(family);
      for (const [index, section] of sections.entries()) {
        if (!codeHolds(section, /return|exit|die/)) continue;
        const next = sections.slice(index + 1).find((each) => mayFollow(each, section));
        const isLast = !next;
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
            variant: isLast && kind !== "exit" ? `${kind}-last` : kind,
            ...((isLast || kind === "die") && kind !== "exit" && { severity: "warning" satisfies Severity }),
            ...(next &&
              kind !== "exit" && { related: [{ message: "This section is skipped.", span: next.nameSpan }] }),
            fixes,
          };
        }
      }
    }
  },
};

/** Tells whether a section has code that may run in the phase of another one. */
function mayFollow(section: Element, other: Element): boolean {
  if (section.text.value.trim() === "") return false;
  const [phase, own] = [codePhase(other), codePhase(section)];
  return phase === own || isTypePattern(phase) || isTypePattern(own);
}
