/** A range of text as UTF-16 offsets: `start` is inside, `end` is the first offset after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Moves a span by `offset` code units. */
export function shift(span: Span, offset: number): Span {
  return offset === 0 ? span : { start: span.start + offset, end: span.end + offset };
}

/** Tells whether `offset` lies in the span; both ends count, as a caret touches what it stands next to. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
