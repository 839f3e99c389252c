import type { Element } from "../syntax/element.ts";

/** A place in the text of an element that is in another language than the spec. */
export interface EmbeddedPlace {
  /** True where what is inserted has to be escaped, because the place is in no CDATA. */
  readonly isEscaped: boolean;
}

/** Where an offset is in the text of an element; undefined in markup, within a reference, and behind a child element. */
export function embeddedPlace(element: Element, offset: number): EmbeddedPlace | undefined {
  for (const { node, start } of element.children()) {
    if (node.kind === "element") return undefined;
    const isInside = start <= offset && offset <= start + node.width;
    if (node.kind === "text" && isInside) return { isEscaped: true };
    if (node.kind === "reference" && (offset === start || offset === start + node.width))
      return { isEscaped: true };
    const content = start + cdataStart.length;
    if (node.kind === "cdata" && content <= offset && offset <= content + node.content.length)
      return { isEscaped: false };
  }
  return undefined;
}

export const cdataStart = "<![CDATA[";
