import type { ReleaseRange } from "../../dialect/switches.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { type CreatedIndex, createdIndexes } from "../../symbols/created-indexes.ts";
import { databaseOf, placed } from "../../symbols/package-database.ts";
import type { Fix, PackageRule, Report } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { guardedKeysAcross } from "../shared/guarded-keys.ts";
import { generatedIndexName } from "../shared/index-names.ts";

/** A table has its keys by their names, and PostgreSQL keeps those of all tables in one place. */
export const indexNameDuplicate: PackageRule = {
  id: "index-name-duplicate",
  scope: "package",
  elements: ["DatabaseInstall"],
  severity: "error",
  message: {
    skipped:
      "On PostgreSQL the index is skipped, because “{name}” is the name of one of table “{table}” already.",
    refused: "PostgreSQL refuses the index, because “{name}” is the name of one of table “{table}” already.",
    table:
      "MySQL and MariaDB refuse table “{table}”, because two of its keys are called “{name}”. On PostgreSQL and Oracle one of them is missing.",
    later:
      "The key is skipped or refused, because “{name}” is the name of another one of table “{table}” already.",
  },

  check(spec, { releases }) {
    const seen = new Map<string, CreatedIndex>();
    const reports: Report[] = [];
    for (const created of keysOfInstall(spec)) {
      const { statement, index } = created;
      const key = index.name.toLowerCase();
      const earlier = seen.get(key);
      if (!earlier) {
        seen.set(key, created);
        continue;
      }
      const { table } = earlier.statement.statement;
      const span = placeOf(placed(statement, index.element), "Name");
      const other = placed(earlier.statement, earlier.index.element);
      for (const kind of kindsOf(earlier, created, releases)) {
        reports.push({
          span,
          ...kind,
          arguments: { name: index.name, table },
          related: [{ message: "The name is given here first.", span: placeOf(other, "Name") }],
          fixes: fixesFor(created, seen),
        });
      }
    }
    return reports;
  },
};

/** In upgrades the tables of today and those of former versions stand side by side. */
function keysOfInstall(spec: PackageSpec): readonly CreatedIndex[] {
  return createdIndexes(databaseOf(spec)).filter(
    ({ statement, index }) => statement.section.name === "DatabaseInstall" && index.name !== "",
  );
}

/** None for what becomes one key: those of a new table that are of one kind and of the same name. */
function kindsOf(
  earlier: CreatedIndex,
  created: CreatedIndex,
  releases: ReleaseRange,
): readonly Pick<Report, "variant" | "releases">[] {
  const [one, other] = [earlier.statement.statement, created.statement.statement];
  if (one.table.toLowerCase() !== other.table.toLowerCase()) return guardedKeysAcross(releases);
  if (one !== other || one.kind !== "create") return [{ variant: "later" }];
  const isOne = earlier.index.unique === created.index.unique && earlier.index.name === created.index.name;
  return isOne ? [] : [{ variant: "table" }];
}

/** A name that no other key has. */
function fixesFor(
  { statement, index }: CreatedIndex,
  seen: ReadonlyMap<string, CreatedIndex>,
): readonly Fix[] {
  const element = placed(statement, index.element);
  const usual = generatedIndexName(statement.element, element);
  if (usual === undefined) return [];
  const free = [usual, `${usual}_${index.unique ? "u" : "i"}`].find((name) => !seen.has(name.toLowerCase()));
  return free === undefined ? [] : [replacement(placeOf(element, "Name"), free)];
}
