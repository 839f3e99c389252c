import type { StartTag, Tag } from "../../model/package-structure.ts";
import type { SqlStatement } from "../sql-script.ts";
import { givenValue, readColumn } from "./column.ts";
import { keyColumn } from "./create-table.ts";
import type { AlteredTable, DraftStatement, Report, SqlDriver } from "./driver.ts";
import { createNamedKey, dropNamedKey, foreignKeyStatements } from "./keys.ts";

/**
 * The statements of `TableAlter`, in the order of its elements; all of them run in place.
 *
 * Elements in front of it that found no table of their own are taken for its own, without a table.
 *
 * @param work the tags collected since the last statement
 * @source Znuny 7.1 and OTOBO 11, TableAlter of all drivers
 */
export function alterTable(work: readonly Tag[], driver: SqlDriver, report: Report): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let target: AlteredTable = { table: "", prefix: "" };
  // Columns and references wait for the end tag of the next key, wherever they stand.
  let keyTag: StartTag | undefined;
  let keyName = "";
  let keyColumns: StartTag[] = [];
  let foreignTable = "";
  let references: StartTag[] = [];
  const add = (tag: StartTag, drafts: readonly DraftStatement[]) => {
    for (const draft of drafts) statements.push({ ...draft, tag });
  };

  for (const tag of work) {
    const isStart = tag.kind === "start";
    switch (tag.name) {
      case "TableAlter":
        if (isStart) {
          const { table, renaming } = namesOf(tag);
          if (renaming) add(tag, driver.renameTable(renaming.from, renaming.to, target.prefix));
          target = { table, prefix: `${target.prefix}ALTER TABLE ${driver.tableText(table)}` };
        }
        break;
      case "ColumnAdd":
        if (isStart)
          add(tag, driver.addColumn(target, readColumn(tag, tag.attributes.get("Name") ?? "", driver)));
        break;
      case "ColumnChange":
        if (isStart) {
          const column = readColumn(tag, tag.attributes.get("NameNew") ?? "", driver);
          add(tag, driver.changeColumn(target, tag.attributes.get("NameOld") ?? "", column));
        }
        break;
      case "ColumnDrop":
        if (isStart) add(tag, driver.dropColumn(target, tag.attributes.get("Name") ?? ""));
        break;
      case "IndexColumn":
      case "UniqueColumn":
        if (isStart) keyColumns.push(tag);
        break;
      case "IndexCreate":
      case "IndexDrop":
      case "UniqueCreate":
      case "UniqueDrop":
        if (isStart) {
          keyTag = tag;
          keyName = givenValue(tag, "Name") ?? keyName;
        } else if (keyTag) {
          const key = {
            tag: keyTag,
            name: keyName,
            unique: tag.name.startsWith("Unique"),
            columns: keyColumns.map(keyColumn),
          };
          statements.push(
            ...(tag.name.endsWith("Create")
              ? createNamedKey(target.table, key, driver.createKey, report)
              : dropNamedKey(target.table, key, driver, report)),
          );
          keyName = "";
          keyColumns = [];
        }
        break;
      case "Reference":
        if (isStart) references.push(tag);
        break;
      case "ForeignKeyCreate":
      case "ForeignKeyDrop":
        // The name of the last table stays for an element that does not give one.
        if (isStart) foreignTable = givenValue(tag, "ForeignTable") ?? foreignTable;
        else {
          const make = tag.name === "ForeignKeyCreate" ? driver.createForeignKey : driver.dropForeignKey;
          for (const reference of references)
            statements.push(...foreignKeyStatements(target.table, foreignTable, reference, make, report));
          references = [];
        }
        break;
    }
  }
  return statements;
}

/** A table is renamed first, and then called by its new name unless `Name` says otherwise. */
function namesOf(tag: StartTag): {
  readonly table: string;
  readonly renaming: { readonly from: string; readonly to: string } | undefined;
} {
  const from = givenValue(tag, "NameOld");
  const to = givenValue(tag, "NameNew");
  return {
    table: givenValue(tag, "Name") ?? tag.attributes.get("NameNew") ?? "",
    renaming: from !== undefined && to !== undefined ? { from, to } : undefined,
  };
}
