import type { PerlFacts, PerlVerdict } from "../../host/perl-checker.ts";
import type { PerlFault, PerlFaultKind, Place } from "../../perl/balance.ts";
import { codeSection } from "../../symbols/code-section.ts";
import type { Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import type { NamedText, Report } from "../rule.ts";

/** What is said of Perl that does not compile, by what is wrong with it. */
export const perlFaultTexts: Readonly<Record<PerlFaultKind, string>> = {
  unclosed: "None of this code runs, because nothing closes this “{text}”.",
  "unclosed-before": "None of this code runs, because this “{text}” is not closed before the next “;”.",
  misplaced: "None of this code runs, because a “}” is missing, most likely the one for this “{”.",
  mismatched: "None of this code runs, because this “{text}” stands where “{other}” is open.",
  stray: "None of this code runs, because this “{text}” closes nothing.",
  quote: "None of this code runs, because the text that begins with this “{text}” never ends.",
  followed:
    "None of this code runs, because the text that begins with this “{text}” ends directly before “{other}”.",
  semicolon:
    "None of this code runs, because an operator or a “;” is missing between this “{text}” and “{other}”.",
  "here-document":
    "None of this code runs, because the line that ends the text of this “{text}” never comes.",
  documentation:
    "None of this code runs, because no “=cut” ends this documentation, so that nothing closes a “{other}”.",
};

const otherPlaces: Readonly<Partial<Record<PerlFaultKind, string>>> = {
  "unclosed-before": "It is still open here.",
  misplaced: "This closes it now, although it stands further left.",
  mismatched: "This is open.",
  followed: "The text ends here.",
  documentation: "This is open.",
};

/** @param spanOf where offsets of the Perl text are in the document or the file that is reported about */
export function perlFaultReport(
  fault: PerlFault,
  spanOf: (start: number, end: number) => Span,
  file?: NamedText,
): Report {
  const { kind, start, end, text, other } = fault;
  const message = otherPlaces[kind];
  return {
    span: spanOf(start, end),
    variant: kind,
    arguments: { text, ...(other && { other: nameOf(kind, other) }) },
    ...(file && { file }),
    ...(other &&
      message !== undefined && {
        related: [{ message, span: spanOf(other.start, other.end), ...(file && { file }) }],
      }),
  };
}

function nameOf(kind: PerlFaultKind, { text }: Place): string {
  // It begins with the quote that ends the text, or with the bracket.
  return kind === "followed" || kind === "semicolon" ? text.replace(/^["'`]\s*/, "") : text;
}

/** What Perl says of a section, where our own reading of it finds no fault; undefined while that is not known. */
export function perlVerdict(section: Element, facts: PerlFacts | undefined): PerlVerdict | undefined {
  if (!facts || section.elements.length > 0) return undefined;
  const { fault, source, code } = codeSection(section).perl;
  // The interpreter does not know which letters may stand in names.
  if (/[^\0-\x7f]/.test(code)) return undefined;
  return fault || source.trim() === "" ? undefined : facts.verdictOf(source);
}

type Refusal = Extract<PerlVerdict, { kind: "refused" }>;

/** Where in the code it is that Perl refuses: what it names there, or else the whole line without its indentation. */
export function refusedPlace(source: string, { line, message, near }: Refusal): Span {
  const lines = source.trimEnd().split("\n");
  const index = Math.min(line, lines.length) - 1;
  const text = lines[index] ?? "";
  const start = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
  const named = near.split("\n", 1)[0]!.trim() || (/"([$@%]\w+)"/.exec(message)?.[1] ?? "");
  const at = named === "" ? -1 : text.indexOf(named);
  if (at >= 0) return { start: start + at, end: start + at + named.length };
  return { start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length };
}
