import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { introNames, introPhase, isIntro } from "../shared/intro-section.ts";
import { isPlaceholder } from "../shared/root-child.ts";

/** There are two moments to show a text. */
export const introTypeInvalid: ElementRule = {
  id: "intro-type-invalid",
  scope: "element",
  elements: introNames,
  severity: "error",
  message: {
    never: "This text is never shown, because its Type “{type}” is neither pre nor post.",
    prefix: "The console does not show this text, because its Type “{type}” only starts like {phase}.",
  },
  policyPlugins: ["XSD"],

  check(intro, _context, parentName) {
    const type = intro.attribute("Type");
    if (!isIntro(parentName) || !type || introPhase(intro) || isPlaceholder(type.value)) return undefined;
    const phase = /^(pre|post)/i.exec(type.value)?.[1]?.toLowerCase();
    const span = type.valueSpan;
    return {
      span,
      variant: phase ? "prefix" : "never",
      severity: phase ? "warning" : "error",
      arguments: { type: type.value, ...(phase ? { phase } : {}) },
      fixes: phase ? [replacement(span, phase)] : [replacement(span, "pre"), replacement(span, "post")],
    };
  },
};
