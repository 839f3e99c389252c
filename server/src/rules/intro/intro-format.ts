import type { ElementRule } from "../rule.ts";
import { attributeRemoval, replacement } from "../shared/fixes.ts";
import { introNames, isIntro } from "../shared/intro-section.ts";
import { isPlaceholder } from "../shared/root-child.ts";

/** Either the text is preformatted or it is HTML. */
export const introFormat: ElementRule = {
  id: "intro-format",
  scope: "element",
  elements: introNames,
  severity: "warning",
  message: {
    html: "The text is shown as HTML, because the admin screen knows no Format “{format}”.",
    plain: "Validators refuse Format “{format}”, because only html and plain are known.",
  },
  policyPlugins: ["XSD"],

  check(intro, _context, parentName) {
    const format = intro.attribute("Format");
    if (!isIntro(parentName) || !format?.hasValue) return undefined;
    const { value, valueSpan: span } = format;
    if (/^(html|plain)$/i.test(value) || isPlaceholder(value)) return undefined;
    const isPlain = /plain/i.test(value);
    return {
      span,
      variant: isPlain ? "plain" : "html",
      arguments: { format: value },
      fixes: isPlain
        ? [replacement(span, "plain")]
        : [attributeRemoval(intro, format), replacement(span, "plain")],
    };
  },
};
