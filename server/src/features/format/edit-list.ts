import type { TextEdit } from "../../text/edit.ts";
import type { SourceText } from "../../text/source-text.ts";
import type { Span } from "../../text/span.ts";

/** Collects edits in order, and leaves out those that lie outside of some lines. */
export class EditList {
  readonly edits: TextEdit[] = [];
  readonly text: string;
  readonly #range: Span | undefined;

  /** @param range only what is in its lines is edited; absent for all */
  constructor(source: SourceText, range: Span | undefined) {
    this.text = source.toString();
    this.#range = range && {
      start: source.lineStart(source.positionAt(range.start).line),
      end: source.offsetAt({ line: source.positionAt(range.end).line, character: Number.MAX_SAFE_INTEGER }),
    };
  }

  /** Whether some of a span may be edited. */
  touches({ start, end }: Span): boolean {
    const range = this.#range;
    return !range || (start <= range.end && range.start <= end);
  }

  /**
   * Writes something else between two offsets, as little of it as differs.
   *
   * @returns false when that lies outside of the lines
   */
  replace(start: number, end: number, newText: string): boolean {
    const old = this.text.slice(start, end);
    if (old === newText) return true;
    const shorter = Math.min(old.length, newText.length);
    let before = 0;
    while (before < shorter && old[before] === newText[before]) before++;
    let behind = 0;
    while (behind < shorter - before && old[old.length - 1 - behind] === newText[newText.length - 1 - behind])
      behind++;
    const span = { start: start + before, end: end - behind };
    const range = this.#range;
    if (range && (span.start < range.start || span.end > range.end)) return false;
    this.edits.push({ span, newText: newText.slice(before, newText.length - behind) });
    return true;
  }
}
