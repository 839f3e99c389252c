import { columnFact, type Knowledge } from "../knowledge/knowledge.ts";
import type { TableChange } from "../model/database-statement.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { codeMentions } from "./code-section.ts";
import { type ChangeInOrder, changesInOrder, hasChanges } from "./column-changes.ts";
import { DatabaseSchema, type SchemaTable } from "./database-schema.ts";
import { databaseOf, type PlacedStatement, schemaAfter } from "./package-database.ts";

/** A change that names a column which surely is not there when it runs. */
export interface MissingColumn {
  readonly statement: PlacedStatement;
  readonly change: TableChange;
  readonly table: string;
  readonly column: string;
  /** The columns that the package has made in the table up to then, as they are written. */
  readonly others: readonly string[];
}

/**
 * The columns that are dropped or changed and surely do not exist: in tables that the package itself creates, when
 * an earlier change has dropped or renamed them, and at uninstallation in tables of the framework, when neither it
 * nor the package has made them. What an upgrade finds in older tables is not known, so nothing is said of it.
 *
 * @param kind of the changes to look at
 */
export function missingColumns(
  spec: PackageSpec,
  knowledge: Knowledge,
  kind: "column-drop" | "column-change",
): readonly MissingColumn[] {
  const { install, upgrade, uninstall } = databaseOf(spec);
  const missing: MissingColumn[] = [];
  const collect = (
    list: Iterable<ChangeInOrder>,
    fromFramework: (column: string, table: string) => boolean,
  ) => {
    for (const { statement, change, table, before } of list) {
      if (change.kind !== kind) continue;
      const column = change.kind === "column-drop" ? change.name : change.oldName;
      const key = column.toLowerCase();
      if (column === "" || before?.columns.has(key)) continue;
      if (before?.complete || before?.droppedColumns.has(key) || fromFramework(key, table))
        missing.push({ statement, change, table, column, others: namesIn(before) });
    }
  };
  const nowhere = () => false;
  if (hasChanges(install)) collect(changesInOrder(install, new DatabaseSchema()), nowhere);
  if (hasChanges(upgrade)) collect(changesInOrder(upgrade, new DatabaseSchema()), nowhere);
  if (!hasChanges(uninstall)) return missing;
  // Systems that were upgraded may have columns that a fresh installation lacks.
  collect(changesInOrder(uninstall, schemaAfter([...install, ...upgrade])), (column, table) => {
    const framework = knowledge.table(table);
    if (!framework || columnFact(framework, column)) return false;
    return spec.all("PackageMerge").length === 0 && !codeMentions(spec, column);
  });
  return missing;
}

function namesIn(table: SchemaTable | undefined): readonly string[] {
  return [...(table?.columns.values() ?? [])].map(({ name }) => name);
}
