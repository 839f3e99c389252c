import { codeFamilies } from "../../model/package-spec.ts";
import { codeSection } from "../../symbols/code-section.ts";
import type { ElementRule } from "../rule.ts";
import { perlFaultReport, perlFaultTexts, perlVerdict, refusedPlace } from "../shared/perl-faults.ts";

/** The framework compiles the whole of a section before any of it runs. */
export const codePerlSyntax: ElementRule = {
  id: "code-perl-syntax",
  isOfAnyFramework: true,
  scope: "element",
  elements: codeFamilies,
  severity: "error",
  message: {
    ...perlFaultTexts,
    refused: "None of this code runs, because Perl refuses it: {message}.",
    "refused-near": "None of this code runs, because Perl refuses it near “{near}”: {message}.",
  },

  check(section, context) {
    // Of elements in code other rules speak; what is left of it is no code.
    if (section.elements.length > 0) return undefined;
    const { perl, spanOf } = codeSection(section);
    if (perl.fault) return perlFaultReport(perl.fault, spanOf);
    const verdict = perlVerdict(section, context.perl);
    if (verdict?.kind !== "refused") return undefined;
    const { start, end } = refusedPlace(perl.source, verdict);
    const near = verdict.near.split("\n", 1)[0]!.slice(0, longestNear);
    return {
      span: spanOf(start, end),
      variant: near === "" ? "refused" : "refused-near",
      arguments: { message: verdict.message, near },
    };
  },
};

/** Characters of code that are said again. */
const longestNear = 40;
