import { releaseWith } from "../../knowledge/join-knowledge.ts";
import { columnFact } from "../../knowledge/knowledge.ts";
import { createsTable, databaseOf, placed } from "../../symbols/package-database.ts";
import { repeatedCreations } from "../../symbols/repeated-creations.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { columnNamed } from "../shared/definition-place.ts";
import { lowerGate } from "../shared/gates.ts";

/** Databases refuse a second column of a name. */
export const columnExists: PackageRule = {
  id: "column-exists",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  message: {
    upgrade:
      "This {element} fails in upgrades from below {version}, because they have given “{table}” a column “{column}” before.",
    install: "This {element} fails, because the installation has given “{table}” a column “{column}” before.",
    framework: "The column is not added, because in {release} “{table}” has a column “{column}” already.",
  },

  *check(spec, { knowledge }) {
    const database = databaseOf(spec);
    for (const variant of ["install", "upgrade"] as const) {
      for (const { statement, element, table, column, earlier } of repeatedCreations(database[variant])) {
        if (column === undefined) continue;
        const version = lowerGate(statement.element, earlier.element);
        yield {
          span: placeOf(element, element.name === "ColumnChange" ? "NameNew" : "Name"),
          variant,
          arguments: { element: element.name, table, column, ...(variant === "upgrade" && { version }) },
          related: [columnNamed(earlier, column)],
        };
      }
    }
    if (knowledge.release === undefined) return;
    for (const statement of [...database.install, ...database.upgrade]) {
      const { statement: read } = statement;
      if (read.kind !== "alter" || createsTable(database, read.table)) continue;
      for (const change of read.changes) {
        if (change.kind !== "column-add" || change.column.name === "") continue;
        const { name, element } = change.column;
        const release = releaseWith(knowledge, (each) => Boolean(columnFact(each.table(read.table), name)));
        if (release === "") continue;
        yield {
          span: placeOf(placed(statement, element), "Name"),
          variant: "framework",
          arguments: { table: read.table, column: name, release },
        };
      }
    }
  },
};
