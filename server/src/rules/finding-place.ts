import type { SyntaxTree } from "../syntax/tree.ts";
import { type LineColumn, SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { Finding, NamedText } from "./rule.ts";

/** The text that the span of something found lies in: that of the document, unless it is about another file. */
export function sourceOf({ file }: Pick<Finding, "file">, tree: SyntaxTree): SourceText {
  return file ? SourceText.of(file.text) : tree.source;
}

/** Lines and columns of something found, both from 0. */
export function rangeOf(
  found: { readonly span: Span } & Pick<Finding, "file">,
  tree: SyntaxTree,
): { readonly start: LineColumn; readonly end: LineColumn } {
  const source = sourceOf(found, tree);
  return { start: source.positionAt(found.span.start), end: source.positionAt(found.span.end) };
}

/** Findings about each other file, by the file; those about the document itself are none of them. */
export function findingsByFile(findings: readonly Finding[]): ReadonlyMap<NamedText, readonly Finding[]> {
  const byPath = new Map<string, { readonly file: NamedText; readonly findings: Finding[] }>();
  for (const finding of findings) {
    const { file } = finding;
    if (!file) continue;
    const known = byPath.get(file.path);
    if (known) known.findings.push(finding);
    else byPath.set(file.path, { file, findings: [finding] });
  }
  return new Map([...byPath.values()].map((each) => [each.file, each.findings]));
}
