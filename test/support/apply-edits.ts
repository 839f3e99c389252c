import type { TextEdit } from "../../server/src/text/edit.ts";

/**
 * The text after all edits, whose spans all refer to `text` as it was.
 *
 * @throws Error when two edits overlap, which is a bug of whoever made them
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = "";
  let position = 0;
  for (const { span, newText } of ordered) {
    if (span.start < position) throw new Error(`edits overlap at offset ${span.start}`);
    result += text.slice(position, span.start) + newText;
    position = span.end;
  }
  return result + text.slice(position);
}
