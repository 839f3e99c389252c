import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type MarkupContent,
  type Position,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import { withoutMarkdown } from "../features/markdown.ts";
import type { World } from "../host/world.ts";
import { relatedPlaces } from "../rules/finding-place.ts";
import { findingText } from "../rules/finding-text.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import type { TextEdit as CoreEdit } from "../text/edit.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { Session } from "./session.ts";

/** Everything between offsets here and lines and columns there is in this file. */

export function toRange(source: SourceText, span: Span): Range {
  return { start: source.positionAt(span.start), end: source.positionAt(span.end) };
}

export function toPosition(source: SourceText, offset: number): Position {
  return source.positionAt(offset);
}

/** What a span has of its first line: a mark over a whole section would hide what else is marked in it. */
export function toFirstLine(source: SourceText, span: Span): Range {
  const { start, end } = toRange(source, span);
  if (start.line === end.line) return { start, end };
  const next = source.offsetAt({ line: start.line + 1, character: 0 });
  const line = source.slice(span.start, next).trimEnd();
  return { start, end: { line: start.line, character: start.character + line.length } };
}

/** A range that ends before it starts is taken the other way round. */
export function toSpan(source: SourceText, range: Range): Span {
  const [start, end] = [source.offsetAt(range.start), source.offsetAt(range.end)];
  return start <= end ? { start, end } : { start: end, end: start };
}

export function toOffset(source: SourceText, position: Position): number {
  return source.offsetAt(position);
}

export function toTextEdit(source: SourceText, edit: CoreEdit): TextEdit {
  return { range: toRange(source, edit.span), newText: edit.newText };
}

/** A text with Markdown in it for a client that shows it, and for others one without. */
export function toMarkup(markdown: string, isShown: boolean): MarkupContent {
  return isShown
    ? { kind: "markdown", value: markdown }
    : { kind: "plaintext", value: withoutMarkdown(markdown) };
}

const diagnosticSeverities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The document that a finding is from: a spec or an archive. */
export interface Home {
  /** What the editor calls it. */
  readonly uri: string;
  readonly source: SourceText;
  /** Where its files are, as an absolute path; undefined for what lies on no disk. */
  readonly baseFolder: string | undefined;
}

/** @param source the text that the finding lies in */
export function toDiagnostic(
  source: SourceText,
  finding: Finding,
  home: Home,
  { world, client: clientNow }: Pick<Session, "world" | "client">,
): Diagnostic {
  const { texts, rulePage } = world;
  const client = clientNow();
  const places = toRelated(finding, home, world);
  const message = findingText(finding, texts.translate);
  return {
    range: toRange(source, finding.span),
    severity: diagnosticSeverities[finding.severity],
    source: "sopm",
    code: finding.rule,
    ...(client.diagnosticPages ? { codeDescription: { href: rulePage(finding.rule) } } : {}),
    message: client.relatedPlaces
      ? message
      : [message, ...places.map((place) => asText(place, world))].join("\n"),
    ...(client.relatedPlaces && places.length > 0 ? { relatedInformation: places } : {}),
    ...(finding.unnecessary && client.unnecessaryTag ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

function toRelated(finding: Finding, home: Home, { texts, paths }: World): DiagnosticRelatedInformation[] {
  const pathOf = (path: string) => paths.join(home.baseFolder ?? "", path);
  return relatedPlaces(finding, home.source, pathOf).map(({ path, start, end, related }) => ({
    location: { uri: path === undefined ? home.uri : paths.toUri(path), range: { start, end } },
    message: texts.translate(related.message, related.arguments),
  }));
}

/** A place for a client that leads to none. */
function asText({ location, message: text }: DiagnosticRelatedInformation, { texts, paths }: World): string {
  const path = paths.fromUri(location.uri);
  const file = path === undefined ? location.uri : paths.basename(path);
  return texts.translate("{file}, line {line}: {text}", { file, line: location.range.start.line + 1, text });
}
