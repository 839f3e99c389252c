import type { SyntaxTree } from "../syntax/tree.ts";
import type { TextEdit } from "../text/edit.ts";
import { memo } from "../text/memo.ts";
import { type LineColumn, SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { Finding, NamedText, Related, Report } from "./rule.ts";

/** Many findings may be about one file, whose lines are counted once. */
const textOf = memo((file: NamedText) => SourceText.of(file.text));

/** The text that the span of something found lies in: that of the document, unless it is about another file. */
export function sourceOf({ file }: Pick<Finding, "file">, tree: SyntaxTree): SourceText {
  return file ? textOf(file) : tree.source;
}

/** Lines and columns of something found, both from 0. */
export function rangeOf(
  found: { readonly span: Span } & Pick<Finding, "file">,
  tree: SyntaxTree,
): { readonly start: LineColumn; readonly end: LineColumn } {
  const source = sourceOf(found, tree);
  return { start: source.positionAt(found.span.start), end: source.positionAt(found.span.end) };
}

/** A place that a finding speaks of, as it is shown. Lines and columns count from 0. */
export interface ShownPlace {
  /** The file it is in; undefined for the document itself. */
  readonly path: string | undefined;
  readonly start: LineColumn;
  readonly end: LineColumn;
  readonly related: Related;
}

/**
 * The other places that a finding speaks of.
 *
 * @param source the text of the document
 * @param pathOf the path of a file of the package, which is given from the base folder on
 */
export function relatedPlaces(
  { related = [] }: Pick<Finding, "related">,
  source: SourceText,
  pathOf: (path: string) => string,
): readonly ShownPlace[] {
  return related.map((each) => {
    if ("document" in each) return { path: each.document, start: each.start, end: each.end, related: each };
    const { span, file } = each;
    const text = file ? textOf(file) : source;
    const [start, end] = [text.positionAt(span.start), text.positionAt(span.end)];
    return { path: file && pathOf(file.path), start, end, related: each };
  });
}

/** Something found, in another version of the document: all that lies in it elsewhere, what lies in other files as it is. */
export function relocated<Found extends Report>(found: Found, at: (span: Span) => Span): Found {
  const related = found.related?.map((each) =>
    "document" in each || each.file ? each : { ...each, span: at(each.span) },
  );
  const placed = related ? { ...found, related } : found;
  if (found.file) return placed;
  const moved = (edits: readonly TextEdit[]) => edits.map((edit) => ({ ...edit, span: at(edit.span) }));
  const fixes = found.fixes?.map((fix) => ({
    ...fix,
    edits: moved(fix.edits),
    ...(fix.together && { together: moved(fix.together) }),
  }));
  return { ...placed, span: at(found.span), ...(fixes && { fixes }) };
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
