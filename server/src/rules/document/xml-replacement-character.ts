import type { Element } from "../../syntax/element.ts";
import type { AttributeNode, SyntaxNode } from "../../syntax/node.ts";
import type { Span } from "../../text/span.ts";
import type { ElementRule, Report } from "../rule.ts";

const replacement = "\ufffd";

/** Whatever reads bytes that are no UTF-8 as UTF-8 puts this character in their place, and the letter is lost. */
export const xmlReplacementCharacter: ElementRule = {
  id: "xml-replacement-character",
  scope: "element",
  elements: "any",
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "A letter is lost here, because its bytes are no UTF-8; the framework refuses such a file or garbles it.",

  check(element) {
    const { attributes, content } = element.node;
    return attributes.some(isHurtValue) || content.some(isHurt) ? reportsIn(element) : undefined;
  },
};

function* reportsIn(element: Element): Iterable<Report> {
  for (const { rawValue, valueStart } of element.node.attributes) {
    const at = rawValue?.indexOf(replacement) ?? -1;
    if (at >= 0) yield { span: spanAt(element.start + valueStart + at) };
  }
  for (const { node, start } of element.children()) {
    if (node.kind !== "text" && node.kind !== "cdata") continue;
    const at = (node.kind === "text" ? node.raw : node.content).indexOf(replacement);
    if (at >= 0) yield { span: spanAt(start + at + (node.kind === "cdata" ? "<![CDATA[".length : 0)) };
  }
}

function isHurtValue({ rawValue }: AttributeNode): boolean {
  return rawValue?.includes(replacement) ?? false;
}

function isHurt(node: SyntaxNode): boolean {
  return (
    (node.kind === "text" && node.raw.includes(replacement)) ||
    (node.kind === "cdata" && node.content.includes(replacement))
  );
}

function spanAt(start: number): Span {
  return { start, end: start + 1 };
}
