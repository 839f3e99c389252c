import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type MarkupContent,
  type Position,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import { withoutMarkdown } from "../features/markdown.ts";
import type { World } from "../host/world.ts";
import { findingText } from "../rules/finding-text.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import type { TextEdit as CoreEdit } from "../text/edit.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";

/** Everything between offsets here and lines and columns there is in this file. */

export function toRange(source: SourceText, span: Span): Range {
  return { start: source.positionAt(span.start), end: source.positionAt(span.end) };
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

/** @param pageOf the address of a rule's page */
export function toDiagnostic(
  source: SourceText,
  finding: Finding,
  { texts, rulePage }: World,
  client: ClientCapabilities,
): Diagnostic {
  return {
    range: toRange(source, finding.span),
    severity: diagnosticSeverities[finding.severity],
    source: "sopm",
    code: finding.rule,
    ...(client.diagnosticPages ? { codeDescription: { href: rulePage(finding.rule) } } : {}),
    message: findingText(finding, texts.translate),
    ...(finding.unnecessary && client.unnecessaryTag ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
