import type { SymbolName } from "../../symbols/symbol.ts";
import { escapeInQuotes } from "../../text/escape.ts";
import type { Span } from "../../text/span.ts";
import { type CompletionItem, type CompletionKind, sortKey } from "./item.ts";

/** A value that may be written at the caret. They are offered in the order given. */
export interface Suggestion {
  /** As it is meant; what XML wants escaped is escaped when it is inserted. */
  readonly value: string;
  readonly kind?: CompletionKind;
  /** In the reader's language. */
  readonly detail?: string;
  /** The table of a column. */
  readonly owner?: string;
}

/** All values of one kind, each once. */
export function suggestions(
  values: Iterable<string>,
  kind?: CompletionKind,
  detail?: string,
): readonly Suggestion[] {
  return [...new Set(values)].map((value) => ({
    value,
    ...(kind ? { kind } : {}),
    ...(detail ? { detail } : {}),
  }));
}

/** What a suggestion is the name of, as far as more can be told of it. */
export function nameOf({ value, kind, owner }: Suggestion): SymbolName | undefined {
  return kind === "package" || kind === "table" || kind === "column"
    ? { kind, name: value, owner }
    : undefined;
}

/** A value as an item, with what has to be written before it and behind it. */
export function valueItem(
  { value, kind = "value", detail }: Suggestion,
  span: Span,
  index: number,
  before = "",
  behind = "",
): CompletionItem {
  const escaped = escapeInQuotes(value);
  return {
    label: value,
    kind,
    ...(detail ? { detail } : {}),
    edit: { span, newText: before + escaped + behind },
    isSnippet: false,
    sortText: sortKey(0, index),
    // What is typed is escaped as well.
    ...(escaped === value ? {} : { filterText: escaped }),
  };
}
