import type { ProtocolPosition, ProtocolRange } from "../../server/src/protocol/place.ts";

/** A change of a text: what stood in the range is now another text. */
export interface TextChange {
  readonly range: ProtocolRange;
  readonly text: string;
}

/** Where something stands after a change of the text around it; undefined where the change is in it. */
export function movedRange(range: ProtocolRange, change: TextChange): ProtocolRange | undefined {
  if (isBefore(range.end, change.range.start)) return range;
  if (!isBefore(change.range.end, range.start)) return undefined;
  return { start: moved(range.start, change), end: moved(range.end, change) };
}

/** True also for the same position. */
function isBefore(a: ProtocolPosition, b: ProtocolPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

/** @param position behind the change */
function moved({ line, character }: ProtocolPosition, { range, text }: TextChange): ProtocolPosition {
  const { start, end } = range;
  const lines = text.split(/\r\n|\r|\n/);
  const last = start.line + lines.length - 1;
  if (line > end.line) return { line: line - end.line + last, character };
  const column = lines.at(-1)!.length + (lines.length === 1 ? start.character : 0);
  return { line: last, character: character - end.character + column };
}
