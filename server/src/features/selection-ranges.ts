import type { Attribute, Element } from "../syntax/element.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { type Span, touches } from "../text/span.ts";

/**
 * What "expand selection" selects one after the other, the smallest first: a name or value, the attribute, the tag,
 * the content, the element, and so on up to the whole text. Each holds the one before.
 */
export function selectionRanges(tree: SyntaxTree, offset: number): readonly Span[] {
  const place = tree.placeAt(offset);
  const spans: Span[] = [];
  switch (place.kind) {
    case "attribute-name":
    case "attribute-value":
      spans.push(...spansOfAttribute(place.attribute, offset));
      break;
    case "tag-name":
      spans.push(...(place.inEndTag ? endTagSpans(place.element) : [place.element.nameSpan]));
      break;
    case "content":
      if (place.node && place.node.node.kind !== "element")
        spans.push(...spansOfNode(tree, place.node, offset));
      break;
  }
  for (let element = place.element; element; element = element.parent) {
    if (touches(element.startTagSpan, offset) && place.element === element) spans.push(element.startTagSpan);
    spans.push(...spansOfContent(tree, element, offset), element.span);
  }
  spans.push({ start: 0, end: tree.source.length });
  return growing(spans, offset);
}

function spansOfAttribute(
  { nameSpan, valueSpan, span, hasValue }: Attribute,
  offset: number,
): readonly Span[] {
  if (!touches(valueSpan, offset) || !hasValue) return [nameSpan, span];
  return [valueSpan, span];
}

function endTagSpans(element: Element): readonly Span[] {
  const name = element.endNameSpan;
  return name ? [name, { start: name.start - 2, end: element.span.end }] : [];
}

type TextNodeAtPlace = NonNullable<Extract<ReturnType<SyntaxTree["placeAt"]>, { kind: "content" }>["node"]>;

function spansOfNode(tree: SyntaxTree, { node, start }: TextNodeAtPlace, offset: number): readonly Span[] {
  const span = { start, end: start + node.width };
  const inner =
    node.kind === "cdata"
      ? { start: start + 9, end: start + 9 + node.content.length }
      : node.kind === "comment"
        ? { start: start + 4, end: start + 4 + node.content.length }
        : span;
  const line = tree.source.positionAt(offset).line;
  const lineSpan = { start: tree.source.lineStart(line), end: tree.source.lineStart(line + 1) };
  const inLine = {
    start: Math.max(inner.start, lineSpan.start),
    end: Math.min(inner.end, lineSpan.end),
  };
  return [trimmed(tree, inLine), trimmed(tree, inner), inner, ...(node.kind === "text" ? [] : [span])];
}

function spansOfContent(tree: SyntaxTree, element: Element, offset: number): readonly Span[] {
  const content = element.contentSpan;
  if (element.closing === "empty" || !touches(content, offset)) return [];
  return [trimmed(tree, content), content];
}

/** Without the blanks at both ends. Looks only at the ends, since a content may be all of a large text. */
function trimmed({ source }: SyntaxTree, span: Span): Span {
  const reach = 1000;
  const head = source.slice(span.start, Math.min(span.end, span.start + reach));
  const tail = source.slice(Math.max(span.start, span.end - reach), span.end);
  const start = span.start + (head.length - head.trimStart().length);
  const end = span.end - (tail.length - tail.trimEnd().length);
  return start < end ? { start, end } : { start: span.start, end: span.start };
}

/** Only those that hold the offset and are larger than the one before. */
function growing(spans: readonly Span[], offset: number): readonly Span[] {
  const chain: Span[] = [];
  for (const span of spans) {
    const last = chain.at(-1);
    if (!touches(span, offset) || span.start === span.end) continue;
    if (last && (span.start > last.start || span.end < last.end)) continue;
    if (last && span.start === last.start && span.end === last.end) continue;
    chain.push(span);
  }
  return chain;
}
