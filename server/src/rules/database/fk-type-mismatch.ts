import { comparedType, isIntegerType } from "../../model/column-type.ts";
import { createdReferences } from "../../symbols/created-references.ts";
import { knownColumn } from "../../symbols/known-column.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** MySQL compares the types of both ends. */
export const fkTypeMismatch: PackageRule = {
  id: "fk-type-mismatch",
  scope: "package",
  elements: ["DatabaseInstall", "DatabaseUpgrade"],
  severity: "error",
  summary: "Both columns of a foreign key have the same type",
  message:
    "MySQL refuses the foreign key, because “{local}” is {type} and “{foreign}” of “{table}” is {foreignType}.",
  docs:
    "MySQL demands the same integer type on both sides of a foreign key; PostgreSQL takes different integers, but not a " +
    "text beside a number. The refusal is a line in the log. In the framework `users`, `queue` and groups have an " +
    "`INTEGER`, `ticket` and `article` a `BIGINT`, and `valid` and the tables of states and types a `SMALLINT`.",
  bad: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate><TableCreate Name="acme_contract"><Column Name="kind_id" Required="true" Type="BIGINT"/><ForeignKey ForeignTable="acme_kind"><Reference Local="kind_id" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall></otrs_package>',
  good: '<otrs_package><DatabaseInstall Type="post"><TableCreate Name="acme_kind"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate><TableCreate Name="acme_contract"><Column Name="kind_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="acme_kind"><Reference Local="kind_id" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall></otrs_package>',
  source:
    "MySQL manual, FOREIGN KEY constraints; schemas of OTRS 3.1 to 6.0, Znuny 6.0 to 7.3 and OTOBO 10.0 to 11.1",

  check(spec, context) {
    const database = databaseOf(spec);
    const reports: Report[] = [];
    for (const reference of createdReferences(database)) {
      const { statement, element, column, local, foreignTable, foreign } = reference;
      const here = column ?? knownColumn(database, context.knowledge, statement.statement.table, local);
      const there = knownColumn(database, context.knowledge, foreignTable, foreign);
      const type = here && comparedType(here);
      const foreignType = there && comparedType(there);
      if (!type || !foreignType || type === foreignType) continue;
      const typeAttribute = column && placed(statement, column.element).attribute("Type");
      const integers = isIntegerType(type) && isIntegerType(foreignType);
      reports.push({
        span: placeOf(placed(statement, element), "Local"),
        arguments: { local, type, foreign, table: foreignTable, foreignType },
        fixes: typeAttribute && integers ? [replacement(typeAttribute.valueSpan, foreignType)] : [],
      });
    }
    return reports;
  },
};
