import type { TextEdit } from "./edit.ts";

/**
 * The difference of two texts in the form that `patch` and `git apply` take; empty for the same text. Both names are
 * written as they are.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return "";
  const [old, now] = [linesOf(before), linesOf(after)];
  const changes = changesOf(old, now);
  const hunks: string[] = [];
  for (let index = 0; index < changes.length; ) {
    let last = index;
    while (changes[last + 1] && changes[last + 1]!.at - changes[last]!.end <= 2 * context) last++;
    hunks.push(hunkOf(changes.slice(index, last + 1), old, now));
    index = last + 1;
  }
  return `--- a/${name}\n+++ b/${name}\n${hunks.join("")}`;
}

/** The edits of whole lines that make one text of another; few and small, as long as not all of it is different. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const starts = [0];
  for (const line of old) starts.push(starts.at(-1)! + line.length);
  return changesOf(old, now).map(({ at, end, newAt, newEnd }) => ({
    span: { start: starts[at]!, end: starts[end]! },
    newText: now.slice(newAt, newEnd).join(""),
  }));
}

/** Lines from `at` to `end` of the old text become those from `newAt` to `newEnd` of the new one. */
interface Change {
  readonly at: number;
  readonly end: number;
  readonly newAt: number;
  readonly newEnd: number;
}

/** Unchanged lines around changed ones. */
const context = 3;

/** With their line breaks; of the last one there may be none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunkOf(changes: readonly Change[], old: readonly string[], now: readonly string[]): string {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const start = Math.max(0, first.at - context);
  const end = Math.min(old.length, last.end + context);
  const newStart = first.newAt - (first.at - start);
  const newEnd = last.newEnd + (end - last.end);
  let text = `@@ -${range(start, end)} +${range(newStart, newEnd)} @@\n`;
  const write = (sign: string, lines: readonly string[]) => {
    for (const line of lines)
      text += line.endsWith("\n") ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
  };
  let at = start;
  for (const change of changes) {
    write(" ", old.slice(at, change.at));
    write("-", old.slice(change.at, change.end));
    write("+", now.slice(change.newAt, change.newEnd));
    at = change.end;
  }
  write(" ", old.slice(at, end));
  return text;
}

/** From 1; of no lines the number of the line before them. */
function range(start: number, end: number): string {
  return `${end === start ? start : start + 1},${end - start}`;
}

/** So many lines that differ are told apart one by one; more count as one change. */
const mostDifferent = 1000;

/** @source E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986 */
function changesOf(old: readonly string[], now: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < old.length && old[start] === now[start]) start++;
  let [oldEnd, newEnd] = [old.length, now.length];
  while (oldEnd > start && newEnd > start && old[oldEnd - 1] === now[newEnd - 1])
    [oldEnd, newEnd] = [oldEnd - 1, newEnd - 1];
  const [width, height] = [oldEnd - start, newEnd - start];
  /** How far each diagonal reaches after so many differences, by the differences. */
  const reaches: ReadonlyMap<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let count = 0; count <= Math.min(mostDifferent, width + height); count++) {
    reaches.push(reach);
    const next = new Map(reach);
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      let x = comesFromAbove(reach, diagonal, count)
        ? (reach.get(diagonal + 1) ?? 0)
        : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < width && x - diagonal < height && old[start + x] === now[start + x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= width && x - diagonal >= height) return merged(wayBack(reaches, width, height), start);
    }
    reach = next;
  }
  return [{ at: start, end: oldEnd, newAt: start, newEnd }];
}

/** Whether a diagonal is come to by a line that was put in, as that reaches farther than by one that was taken out. */
function comesFromAbove(reach: ReadonlyMap<number, number>, diagonal: number, count: number): boolean {
  if (diagonal === -count || diagonal === count) return diagonal === -count;
  return (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1);
}

/** The lines that are taken out and put in, in their order, each as a change of its own. */
function wayBack(
  reaches: readonly ReadonlyMap<number, number>[],
  width: number,
  height: number,
): readonly Change[] {
  const changes: Change[] = [];
  let [x, y] = [width, height];
  for (let count = reaches.length - 1; count > 0; count--) {
    const reach = reaches[count]!;
    const diagonal = x - y;
    const down = comesFromAbove(reach, diagonal, count);
    const before = down ? diagonal + 1 : diagonal - 1;
    const beforeX = reach.get(before) ?? 0;
    const beforeY = beforeX - before;
    changes.push(
      down
        ? { at: beforeX, end: beforeX, newAt: beforeY, newEnd: beforeY + 1 }
        : { at: beforeX, end: beforeX + 1, newAt: beforeY, newEnd: beforeY },
    );
    [x, y] = [beforeX, beforeY];
  }
  return changes.reverse();
}

/** Changes that touch as one, moved to where the texts begin to differ. */
function merged(changes: readonly Change[], offset: number): readonly Change[] {
  const result: Change[] = [];
  for (const { at, end, newAt, newEnd } of changes) {
    const last = result.at(-1);
    const moved = { at: at + offset, end: end + offset, newAt: newAt + offset, newEnd: newEnd + offset };
    if (last && last.end === moved.at && last.newEnd === moved.newAt)
      result[result.length - 1] = { ...last, end: moved.end, newEnd: moved.newEnd };
    else result.push(moved);
  }
  return result;
}
