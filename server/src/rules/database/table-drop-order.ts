import type { DatabaseSchema, SchemaTable } from "../../symbols/database-schema.ts";
import { databaseOf, type PlacedStatement, schemaAfter } from "../../symbols/package-database.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";
import type { Fix, PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { indentationBefore } from "../shared/fixes.ts";

/** A table that others refer to cannot be dropped. */
export const tableDropOrder: PackageRule = {
  id: "table-drop-order",
  scope: "package",
  elements: ["DatabaseUninstall"],
  severity: "error",
  message:
    "MySQL and PostgreSQL do not drop “{table}”, because “{child}” still refers to it and is dropped later.",

  check(spec) {
    const { install, uninstall } = databaseOf(spec);
    if (uninstall.length < 2) return [];
    const schema = schemaAfter(install);
    const children = childrenByParent(schema);
    const lastDrops = new Map(
      uninstall.map((each, position) => [each.statement.table.toLowerCase(), { ...each, position }]),
    );
    const reports: Report[] = [];
    uninstall.forEach(({ statement, element, section }, position) => {
      if (statement.kind === "drop") {
        const parent = statement.table.toLowerCase();
        // A child that is never dropped is another rule's matter.
        const later = (children.get(parent) ?? [])
          .filter((child) => refersTo(schema.table(child), parent))
          .flatMap((child) => lastDrops.get(child) ?? [])
          .filter((drop) => drop.statement.kind === "drop" && drop.position > position)
          .reduce<LastDrop | undefined>((a, b) => (a && a.position > b.position ? a : b), undefined);
        if (later) {
          reports.push({
            span: placeOf(element, "Name"),
            arguments: { table: statement.table, child: later.statement.table },
            fixes:
              later.section === section ? [movedBehind(spec.tree, element.span, later.element.span)] : [],
          });
        }
      }
      schema.apply(statement);
      // A table that is dropped once more is gone already.
      if (statement.kind === "drop") children.delete(statement.table.toLowerCase());
    });
    return reports;
  },
};

type LastDrop = PlacedStatement & { readonly position: number };

/** The tables that refer to a table at first, all in lower case. */
function childrenByParent({ tables }: DatabaseSchema): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { name, foreignKeys } of tables) {
    const child = name.toLowerCase();
    const parents = [...foreignKeys.values()].map(({ foreignTable }) => foreignTable.toLowerCase());
    for (const parent of new Set(parents)) {
      if (parent === child) continue;
      const known = children.get(parent);
      if (known) known.push(child);
      else children.set(parent, [child]);
    }
  }
  return children;
}

function refersTo(table: SchemaTable | undefined, parent: string): boolean {
  return [...(table?.foreignKeys.values() ?? [])].some(
    ({ foreignTable }) => foreignTable.toLowerCase() === parent,
  );
}

/** Takes an element out and puts it behind another one, with its line where it has one of its own. */
function movedBehind({ source }: SyntaxTree, span: Span, last: Span): Fix {
  const text = source.slice(span.start, span.end);
  const indent = indentationBefore(source, span.start);
  const lineStart = span.start - (indent ?? "").length;
  const lineBreak = /\r?\n$/.exec(source.slice(Math.max(0, lineStart - 2), lineStart))?.[0];
  const lead = indent === undefined || lineBreak === undefined ? "" : lineBreak + indent;
  return {
    title: "Drop it last",
    edits: [
      { span: { start: span.start - lead.length, end: span.end }, newText: "" },
      { span: { start: last.end, end: last.end }, newText: lead + text },
    ],
  };
}
