import type { KnownPackage } from "../../host/known-packages.ts";
import { columnFact } from "../../knowledge/knowledge.ts";
import { createdReferences } from "../../symbols/created-references.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { NeighbourRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { buildsOnOthers } from "../shared/foreign-packages.ts";
import { nearest } from "../shared/nearest.ts";
import { fitting, newestIn, ownPackage, placeIn } from "../shared/other-packages.ts";
import { packageRequirement } from "../shared/requirement-fix.ts";

/** A table that nobody makes cannot be referred to. */
export const fkTableUnknown: NeighbourRule = {
  id: "fk-table-unknown",
  scope: "neighbours",
  speaksAlone: true,
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "warning",
  message: {
    nowhere: "The foreign key is not made, because neither this package nor {release} has a table “{table}”.",
    other:
      "The foreign key is not made where {name} is missing, which has the table “{table}”: no PackageRequired asks for it.",
  },

  check(spec, context, others) {
    const { knowledge } = context;
    const database = databaseOf(spec);
    const references = createdReferences(database);
    if (references.length === 0 || buildsOnOthers(spec)) return [];
    const reported = new Set<number>();
    const reports: Report[] = [];
    for (const { statement, foreignKey, foreignTable, foreign } of references) {
      if (foreignTable === "" || knowledge.table(foreignTable) !== null) continue;
      if (database.installed.table(foreignTable) || database.upgraded.table(foreignTable)) continue;
      // Of the groups a rule of their own speaks.
      if (/^(groups|permission_groups|groups_table)$/.test(foreignTable)) continue;
      const element = placed(statement, foreignKey);
      if (reported.has(element.start)) continue;
      reported.add(element.start);
      const maker = makerOf(foreignTable);
      if (maker) {
        const { name, place } = maker;
        reports.push({
          span: placeOf(element, "ForeignTable"),
          variant: "other",
          arguments: { name, table: foreignTable },
          related: placeIn(maker, place, "{name} gets its name here.", { name }),
          fixes: packageRequirement(spec, maker),
        });
        continue;
      }
      const own = database.installed.tables.map(({ name }) => name);
      const meant = nearest(foreignTable, [...own, ...(knowledge.tableNames() ?? [])]);
      const isThere = meant !== undefined && hasColumn(meant, foreign);
      const span = placeOf(element, "ForeignTable");
      reports.push({
        span,
        variant: "nowhere",
        arguments: { table: foreignTable, release: knowledge.release ?? "" },
        fixes: isThere ? [replacement(span, meant)] : [],
      });
    }
    return reports;

    /** The newest version of a package that a system can have beside this one and that makes a table. */
    function makerOf(table: string): KnownPackage | undefined {
      const own = ownPackage(spec);
      if (!own) return undefined;
      const makers = others
        .making(table)
        .filter(({ name }) => name !== own.name)
        .filter(fitting(own, context));
      return newestIn(makers);
    }

    /** What only looks alike has other columns. */
    function hasColumn(table: string, column: string): boolean {
      const made = database.columnNames(table);
      if (made) return made.has(column.toLowerCase());
      return columnFact(knowledge.table(table), column) !== undefined;
    }
  },
};
