import { integersBySize } from "../../model/column-type.ts";
import { newColumns } from "../../model/database-statement.ts";
import { createdReferences } from "../../symbols/created-references.ts";
import { createsTable, databaseOf, placed } from "../../symbols/package-database.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { PackageRule, Report } from "../rule.ts";

/** What those hold that are smaller than others. */
const largest: Readonly<Record<string, string>> = { SMALLINT: "32767", INTEGER: "2147483647" };

/** With a foreign key MySQL asks for the same type; without one nobody does. */
export const columnIdTooSmall: PackageRule = {
  id: "column-id-too-small",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message:
    "“{column}” takes no id above {largest}, because it is {type}, while the ids of “{table}”, which it is named after, are {idType}.",

  *check(spec, { knowledge }) {
    if (knowledge.release === undefined) return;
    const database = databaseOf(spec);
    const references = createdReferences(database);
    const found: { readonly key: string; readonly report: Report; readonly edit: TextEdit }[] = [];
    for (const statement of [...database.install, ...database.upgrade]) {
      const table = statement.statement.table.toLowerCase();
      for (const { name, type, element } of newColumns(statement.statement)) {
        const named = /^(\w+)_id$/i.exec(name)?.[1]?.toLowerCase();
        if (named === undefined || largest[type] === undefined || createsTable(database, named)) continue;
        const idType = knowledge.table(named)?.columns.find((column) => column.name === "id")?.type;
        if (idType === undefined || integersBySize.indexOf(idType) <= integersBySize.indexOf(type)) continue;
        const isReferred = references.some(
          ({ statement: { statement: other }, local }) =>
            other.table.toLowerCase() === table && local.toLowerCase() === name.toLowerCase(),
        );
        const attribute = placed(statement, element).attribute("Type");
        if (isReferred || !attribute) continue;
        found.push({
          key: `${table}.${name.toLowerCase()}`,
          edit: { span: attribute.valueSpan, newText: idType },
          report: {
            span: attribute.valueSpan,
            arguments: { column: name, largest: largest[type], type, table: named, idType },
            // So many tickets are a long way off.
            ...(type === "INTEGER" && { severity: "hint" }),
          },
        });
      }
    }
    const changed = new Set(
      [...database.install, ...database.upgrade].flatMap(({ statement: read }) =>
        read.kind === "alter" && read.changes.some(({ kind }) => kind === "column-change")
          ? read.table.toLowerCase()
          : [],
      ),
    );
    for (const { key, report, edit } of found) {
      // An installation and an upgrade make the same column, and what is changed later is not plain.
      const edits = found.filter((each) => each.key === key).map((each) => each.edit);
      const fix = { title: "Write “{text}”", arguments: { text: edit.newText }, edits };
      yield { ...report, fixes: changed.has(key.slice(0, key.indexOf("."))) ? [] : [fix] };
    }
  },
};
