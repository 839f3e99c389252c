import { newColumns, readStatement } from "../../model/database-statement.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { codeMentions } from "../../symbols/code-section.ts";
import { databaseOf, isConditional, placed } from "../../symbols/package-database.ts";
import type { NeighbourRule } from "../rule.ts";
import { changedNames } from "../shared/changed-names.ts";
import { placeOf } from "../shared/database-names.ts";
import { columnUpgradeFixes, tableUpgradeFixes } from "../shared/install-fix.ts";
import { plainVersion } from "../shared/plain-version.ts";
import { releasedBefore, releasedPlace } from "../shared/released-versions.ts";
import { setupMentions } from "../shared/setup-files.ts";

/** An upgrade runs nothing of `DatabaseInstall`. */
export const upgradeMissing: NeighbourRule = {
  id: "upgrade-missing",
  scope: "neighbours",
  elements: ["DatabaseInstall"],
  severity: "warning",
  message: {
    table:
      "Systems with {version} get no table “{table}” by upgrading: {version} was released without it, and no DatabaseUpgrade makes it.",
    column:
      "Systems with {version} get no column “{name}” in “{table}” by upgrading: {version} was released without it, and no DatabaseUpgrade adds it.",
  },

  *check(spec, context, others) {
    const { kind, packageVersion, knowledge, schema } = context;
    if (kind !== "spec") return;
    const [last] = releasedBefore(spec, context, others);
    if (!last) return;
    const { version, shape } = last;
    const own = plainVersion(packageVersion);
    const related = releasedPlace(last);
    const database = databaseOf(spec);
    // What is made in upgrades from older versions alone, or in none, has a wrong gate, of which other rules speak.
    const upgraded = madeByUpgrades(spec);
    // Of what has another name only another rule speaks.
    const renamed = new Set(changedNames(spec, last, context).map(({ element }) => element.start));
    const isOpen = (table: string) =>
      upgraded.has(`any ${table}`) ||
      shape.mentions(table) ||
      codeMentions(spec, table) ||
      setupMentions(spec, table, context);
    for (const statement of database.install) {
      const { statement: read, element } = statement;
      if (isConditional(statement) || read.kind === "drop" || read.kind === "insert" || read.table === "")
        continue;
      const { table } = read;
      const key = table.toLowerCase();
      const installed = database.installed.table(table);
      const before = shape.tables.get(key);
      if (!installed || isOpen(key)) continue;
      const isThere = before !== undefined || shape.upgrades.has(`create ${key}`);
      if (read.kind === "create" && !isThere) {
        if (renamed.has(element.start)) continue;
        yield {
          span: placeOf(element, "Name"),
          variant: "table",
          arguments: { version, table },
          related,
          fixes: own === undefined ? [] : tableUpgradeFixes(spec, installed, own, schema),
        };
        continue;
      }
      // What other packages or nobody makes may have come with another version of the framework.
      const isKnown = before?.isOwn === true || (read.kind === "alter" && Boolean(knowledge.table(table)));
      if (!isKnown) continue;
      for (const column of newColumns(read)) {
        const name = column.name.toLowerCase();
        if (name === "" || !installed.columns.has(name) || before?.columns.has(name)) continue;
        if (upgraded.has(`column ${key} ${name}`) || shape.upgrades.has(`column ${key} ${name}`)) continue;
        // What is asked for in another way comes to the same.
        if ([...shape.upgrades].some((each) => each.startsWith(`column-change ${key} `))) continue;
        const at = placed(statement, column.element);
        if (renamed.has(at.start)) continue;
        yield {
          span: placeOf(at, "Name"),
          variant: "column",
          arguments: { version, table, name: column.name },
          related,
          fixes: own === undefined ? [] : columnUpgradeFixes(spec, table, column, own, schema),
        };
      }
    }
  },
};

/** What upgrades bring: `column <table> <name>`, and `any <table>` where a table comes, or gets its name. */
function madeByUpgrades(spec: PackageSpec): ReadonlySet<string> {
  const made = new Set<string>();
  for (const { node } of spec.all("DatabaseUpgrade").flatMap(({ elements }) => elements)) {
    const statement = readStatement(node);
    if (!statement || statement.kind === "drop" || statement.kind === "insert") continue;
    if (statement.kind === "create") made.add(`any ${statement.table.toLowerCase()}`);
    else {
      if (statement.renamed) made.add(`any ${statement.renamed.to.toLowerCase()}`);
      for (const change of statement.changes)
        if ("column" in change)
          made.add(`column ${statement.table.toLowerCase()} ${change.column.name.toLowerCase()}`);
    }
  }
  return made;
}
