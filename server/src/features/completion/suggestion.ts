import type { CompletionKind } from "./item.ts";

/** A value that may be written at the caret. They are offered in the order given. */
export interface Suggestion {
  /** As it is meant; what XML wants escaped is escaped when it is inserted. */
  readonly value: string;
  readonly kind?: CompletionKind;
  /** In the reader's language. */
  readonly detail?: string;
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
