import type { Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import { unclosedFrom } from "./holder.ts";
import { type CompletionItem, sortKey } from "./item.ts";
import type { CompletionPlace } from "./place.ts";

/** What ends the elements that are open at the caret, innermost first. `written` is what stands there already. */
export function endTagItems(
  innermost: Element | undefined,
  span: Span,
  written: "" | "<" | "</",
  hasBracket = false,
): readonly CompletionItem[] {
  const names = new Set(unclosedFrom(innermost).map(({ name }) => name));
  return [...names].map((name, index) => endTagItem(name, span, written, hasBracket, index + 1));
}

/** The one end tag that fits where an end tag stands already. */
function endTagItem(
  name: string,
  span: Span,
  written: "" | "<" | "</",
  hasBracket: boolean,
  index = 0,
): CompletionItem {
  const whole = `</${name}${hasBracket ? "" : ">"}`;
  const newText = whole.slice(written.length);
  return {
    label: `</${name}>`,
    kind: "end-tag",
    edit: { span, newText },
    isSnippet: false,
    sortText: sortKey(2, index),
    filterText: newText,
  };
}

/** What may end at a place where an end tag is begun. */
export function endTagPlaceItems({
  element,
  span,
  hasSlash,
  hasBracket,
}: Extract<CompletionPlace, { kind: "end-tag" }>): readonly CompletionItem[] {
  if (!element) return [];
  const written = hasSlash ? "</" : "<";
  const others = endTagItems(element.parent, span, written, hasBracket).filter(
    ({ label }) => label !== `</${element.name}>`,
  );
  return [endTagItem(element.name, span, written, hasBracket), ...others];
}
