import type { PackageSpec } from "../../model/package-spec.ts";
import type { DatabaseSchema, SchemaTable } from "../../symbols/database-schema.ts";
import { databaseOf, type PlacedStatement, schemaAfter } from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import { memo } from "../../text/memo.ts";
import type { Fix, PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { referencesIn, withReferrers } from "../shared/drop-fix.ts";
import { reordering } from "../shared/fixes.ts";

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
    const fixesIn = memo((section: Element) => sorting(spec, section));
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
            related: [
              {
                message: "“{child}” is dropped here.",
                arguments: { child: later.statement.table },
                span: placeOf(later.element, "Name"),
              },
            ],
            fixes: later.section === section ? fixesIn(section) : [],
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

/** Puts the drops of a section in order, whichever of them is found fault with; nothing where they have none. */
function sorting(spec: PackageSpec, section: Element): readonly Fix[] {
  const database = databaseOf(spec);
  const drops = database.uninstall.filter(
    (each) => each.section === section && each.statement.kind === "drop",
  );
  const elements = new Map(drops.map(({ statement, element }) => [statement.table.toLowerCase(), element]));
  // Where an end tag is missing, drops seem to stand in each other.
  const isPlain =
    elements.size === drops.length && drops.every(({ element }) => element.elements.length === 0);
  if (!isPlain || drops.length > dropLimit) return [];
  const order = withReferrers([...elements.keys()], [...elements.keys()], referencesIn(database));
  if (!order) return [];
  const edits = reordering(
    spec.tree.source,
    [...elements.values()],
    order.map((table) => elements.get(table)!),
  );
  return edits.length > 0 ? [{ title: "Drop tables behind those that refer to them", edits }] : [];
}

/** More tables no package drops. */
const dropLimit = 1000;
