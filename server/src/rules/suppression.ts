import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { Finding, Rule } from "./rule.ts";

/** A comment that speaks to the checker. */
export interface Directive {
  readonly span: Span;
  /** What stands between `<!--` and `-->`. */
  readonly text: string;
}

/** Tells whether a comment might be a {@link Directive}. */
export function isDirective(comment: string): boolean {
  return comment.includes("sopm-disable") || comment.includes("nofilter(");
}

/** Tells whether a comment speaks for a line: what is in that line has to stay there, and nothing else may come into it. */
export function speaksForLine(comment: string): boolean {
  return /sopm-disable-(?:next-)?line\b/.test(comment);
}

/** Tells whether a comment speaks for the file, wherever it stands. */
export function speaksForFile(comment: string): boolean {
  return isDirective(comment) && !speaksForLine(comment);
}

/**
 * The findings that comments in the spec do not switch off.
 *
 * `<!-- sopm-disable-line ID … -->` and `<!-- sopm-disable-next-line ID … -->` speak for one line,
 * `<!-- sopm-disable-file ID … -->` for the file; without an id they speak of every rule. The
 * `<!-- nofilter(TidyAll::Plugin::Znuny::SOPM::Name) -->` of the code policies switches off the rules that stand for
 * that plugin.
 */
export function withoutSuppressed(
  findings: readonly Finding[],
  directives: readonly Directive[],
  source: SourceText,
  rules: ReadonlyMap<string, Rule>,
): readonly Finding[] {
  if (directives.length === 0) return findings;
  const offInFile = new Set<string>();
  const offInLine = new Map<number, Set<string>>();
  for (const { span, text } of directives) {
    for (const plugin of policyPluginsIn(text)) {
      for (const rule of rules.values()) if (rule.policyPlugins?.includes(plugin)) offInFile.add(rule.id);
    }
    const match = /sopm-disable-(file|line|next-line)\b(.*)/s.exec(text);
    if (!match) continue;
    const ids = match[2]!.split(/[\s,]+/).filter((id) => id !== "");
    const chosen = ids.length > 0 ? ids : ["*"];
    if (match[1] === "file") {
      for (const id of chosen) offInFile.add(id);
      continue;
    }
    const line =
      match[1] === "line" ? source.positionAt(span.start).line : source.positionAt(span.end).line + 1;
    const off = offInLine.get(line) ?? new Set();
    for (const id of chosen) off.add(id);
    offInLine.set(line, off);
  }
  return findings.filter(({ rule, span, file }) => {
    if (offInFile.has("*") || offInFile.has(rule)) return false;
    if (offInLine.size === 0 || file) return true;
    const off = offInLine.get(source.positionAt(span.start).line);
    return !off || !(off.has("*") || off.has(rule));
  });
}

/** The plugins for specs that a comment speaks of, as Znuny calls them. */
function policyPluginsIn(text: string): readonly string[] {
  const named = text.matchAll(/nofilter\(TidyAll::Plugin::[\w:]*?(?:SOPM::|Legal::SOPM)(\w+)\)/g);
  // OTOBO still calls it by the older name.
  return [...named].map(([, plugin]) => (plugin === "XSDValidator" ? "XSD" : plugin!));
}
