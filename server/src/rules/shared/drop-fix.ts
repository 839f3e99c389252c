import type { PackageSpec } from "../../model/package-spec.ts";
import type { Fix } from "../rule.ts";

/**
 * Drops a table at uninstallation: in the last `DatabaseUninstall`, before the tables that are dropped there, or in a
 * new section at the end. Undefined where there is no end tag to write before.
 */
export function dropFix(spec: PackageSpec, table: string): Fix | undefined {
  const drop = `<TableDrop Name="${table}"/>`;
  const title = "Drop table {table} in DatabaseUninstall";
  const section = spec.all("DatabaseUninstall").at(-1);
  if (section) {
    if (section.closing !== "end-tag") return undefined;
    const indent = indentationAt(spec, section.start);
    const at = section.contentSpan.start;
    const closing = section.elements.length === 0 && section.text.value.trim() === "" ? `\n${indent}` : "";
    const span = closing === "" ? { start: at, end: at } : section.contentSpan;
    return {
      title,
      arguments: { table },
      edits: [{ span, newText: `\n${indent}    ${drop}${closing}` }],
    };
  }
  const { root } = spec;
  if (root?.closing !== "end-tag") return undefined;
  const last = root.elements.at(-1)?.span.end ?? root.contentSpan.start;
  const text = `\n    <DatabaseUninstall Type="post">\n        ${drop}\n    </DatabaseUninstall>`;
  return { title, arguments: { table }, edits: [{ span: { start: last, end: last }, newText: text }] };
}

/** The blanks that the line of an offset begins with. */
function indentationAt({ tree }: PackageSpec, offset: number): string {
  const start = tree.source.lineStart(tree.source.positionAt(offset).line);
  // A line can be as long as the text.
  return /^[ \t]*/.exec(tree.source.slice(start, Math.min(offset, start + 200)))![0];
}
