import type { Span } from "../../text/span.ts";

/** How much of a file its licence is looked for in. */
const headSize = { lines: 60, characters: 10_000 };

/** What a licence is told with, in whatever words. */
const licenceWord = /licen[sc]|copying|SPDX-|warranty/i;

/** Whether the head of a file says something of its licence. */
export function speaksOfLicence(text: string): boolean {
  return headOf(text).some((line) => licenceWord.test(line));
}

/**
 * The first line of a header that the head of a file lacks; undefined when it has all, one below the other. Signs of
 * comments, blank lines, indentation and years may differ.
 */
export function missingLine(text: string, header: string): string | undefined {
  const wanted = header.split("\n").flatMap((line) => (bare(line) === "" ? [] : [bare(line)]));
  if (wanted.length === 0) return undefined;
  const head = headOf(text).flatMap((line) => (bare(line) === "" ? [] : [bare(line)]));
  const isSame = (index: number, at: number) => yearless(head[at] ?? "") === yearless(wanted[index]!);
  const starts = head.flatMap((_, at) => (isSame(0, at) ? [at] : []));
  const lacks = starts.map((start) => wanted.findIndex((_, index) => !isSame(index, start + index)));
  if (lacks.includes(-1)) return undefined;
  return wanted[Math.max(0, ...lacks)];
}

/** The first line of a text. */
export function firstLine(text: string): Span {
  return { start: 0, end: /^[^\r\n]*/.exec(text)![0].length };
}

function headOf(text: string): readonly string[] {
  return text.slice(0, headSize.characters).split("\n", headSize.lines);
}

/** A line without what makes a comment of it in Perl, JavaScript, HTML or templates. */
function bare(line: string): string {
  const inner = line.trim().replace(/^(?:\[%-?\s*#?|<!--|\/\*+|\/\/+|#+|\*+(?!\/))?/, "");
  return inner
    .replace(/(?:\*+\/|-->|-?%\])$/, "")
    .replace(/^[\s-]+$/, "")
    .trim();
}

function yearless(line: string): string {
  return line.replace(/\b\d{4}(?:\s*-\s*\d{4})?\b/g, "0");
}
