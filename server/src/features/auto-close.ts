import type { Element } from "../syntax/element.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/**
 * What to insert behind a `>` or `/` that has just been typed, as a snippet in which `$0` is the caret: the end tag
 * behind a start tag, the name behind `</`, the bracket behind a `/` that ends a tag.
 * Undefined where nothing is to be closed: what is closed already, and CDATA, comments and values.
 *
 * @param offset right behind the typed character
 */
export function autoClose(tree: SyntaxTree, offset: number): string | undefined {
  const behind = tree.source.slice(Math.max(0, offset - 2), offset);
  if (behind.endsWith(">")) return endTag(tree, offset);
  if (behind === "</") return nameOfEndTag(tree, offset);
  if (behind.endsWith("/")) return endOfEmptyTag(tree, offset);
  return undefined;
}

function endTag(tree: SyntaxTree, offset: number): string | undefined {
  // Right behind a start tag the caret stands in the content of its element; in a value or comment it does not.
  const place = tree.placeAt(offset);
  const element = place.kind === "content" ? place.element : undefined;
  if (!element || element.startTagSpan.end !== offset || element.closing === "empty") return undefined;
  return unclosedOf(element) ? `$0</${element.name}>` : undefined;
}

function nameOfEndTag(tree: SyntaxTree, offset: number): string | undefined {
  const place = tree.placeAt(offset);
  if (place.kind !== "content" || !place.element || !isNamelessEndTag(place.element, offset))
    return undefined;
  const unclosed = unclosedOf(place.element);
  if (!unclosed) return undefined;
  return tree.source.slice(offset, offset + 1) === ">" ? unclosed.name : `${unclosed.name}>`;
}

/** Tells whether the parser, too, takes the `</` before the offset for an end tag. */
function isNamelessEndTag(element: Element, offset: number): boolean {
  let start = element.contentSpan.start;
  for (const node of element.node.children) {
    if (start === offset - 2) return node.kind === "stray-end-tag" && node.name === "";
    if (start > offset) break;
    start += node.width;
  }
  return false;
}

/**
 * The element that lacks an end tag: this one, or one of the same name around it whose end tag the parser has
 * given to this one. Undefined when everything of that name is closed.
 */
function unclosedOf(element: Element): Element | undefined {
  for (let outer: Element | undefined = element; outer; outer = outer.parent) {
    if (outer.name !== element.name) return undefined;
    if (outer.closing === "missing") return outer;
  }
  return undefined;
}

function endOfEmptyTag(tree: SyntaxTree, offset: number): string | undefined {
  const place = tree.placeAt(offset);
  if (place.kind !== "start-tag" || place.element.closing !== "unfinished") return undefined;
  // `Location=Kernel/` is a value without quotes, and it is not at its end yet.
  const before = tree.source.slice(Math.max(0, offset - 2), offset - 1);
  return /[\s"']/.test(before) ? ">" : undefined;
}
