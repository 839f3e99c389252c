import { type CodeText, codeText } from "../model/code-text.ts";
import type { Span } from "../text/span.ts";
import { type EmbeddedPlace, embeddedPlace } from "./embedded-place.ts";
import type { FeatureDocument } from "./feature-document.ts";

/** The HTML of a text for administrators, and a place in it. */
export interface IntroText extends EmbeddedPlace {
  /** As browsers get it: references replaced, without the markers of CDATA. */
  readonly html: string;
  /** The place in `html` that was asked about. */
  readonly index: number;
  /** What a part of `html` is in the spec; where both ends are the place asked about, that place. */
  spanOf(start: number, end: number): Span;
}

/** The text that an offset is in; undefined in markup, outside of such texts, and in those that are no HTML. */
export function introTextAt({ tree, context }: FeatureDocument, offset: number): IntroText | undefined {
  const place = tree.placeAt(offset);
  const element = place.kind === "content" ? place.element : undefined;
  if (!element || context.schema.element(element.name)?.content !== "html") return undefined;
  if (/plain/i.test(element.value("Format") ?? "")) return undefined;
  const embedded = embeddedPlace(element, offset);
  if (!embedded) return undefined;
  const code = codeText(element);
  const index = code.indexAt(offset) ?? lengthBefore(code, offset);
  return {
    ...embedded,
    html: code.text,
    index,
    spanOf: (start, end) => (start === end ? { start: offset, end: offset } : code.spanOf(start, end)),
  };
}

/** A place behind a reference such as `&lt;` has no index of its own, but what stands before it has one. */
function lengthBefore({ text, spanOf }: CodeText, offset: number): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spanOf(middle - 1, middle).end <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
