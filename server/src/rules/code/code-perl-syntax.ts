import { codeFamilies } from "../../model/package-spec.ts";
import { codeSection } from "../../symbols/code-section.ts";
import type { ElementRule } from "../rule.ts";
import { perlFaultReport, perlFaultTexts } from "../shared/perl-faults.ts";

/** The framework compiles the whole of a section before any of it runs. */
export const codePerlSyntax: ElementRule = {
  id: "code-perl-syntax",
  isOfAnyFramework: true,
  scope: "element",
  elements: codeFamilies,
  severity: "error",
  message: perlFaultTexts,

  check(section) {
    // Of elements in code other rules speak; what is left of it is no code.
    if (section.elements.length > 0) return undefined;
    const { perl, spanOf } = codeSection(section);
    return perl.fault && perlFaultReport(perl.fault, spanOf);
  },
};
