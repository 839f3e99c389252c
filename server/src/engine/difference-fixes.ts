import type { Schema } from "../dialect/schema.ts";
import type { TableChange } from "../model/database-statement.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import type { Difference } from "../proof/compare-systems.ts";
import { gateFix } from "../proof/upgrade-drift.ts";
import type { Fix } from "../rules/rule.ts";
import { additionFixes, creationFixes } from "../rules/shared/install-fix.ts";
import { missingPartFixes } from "../rules/shared/upgrade-fix.ts";
import { databaseOf, type PlacedStatement, placed } from "../symbols/package-database.ts";
import type { Element } from "../syntax/element.ts";

/** From which versions something differs, and which there are. */
export interface ConcernedVersions {
  /** The versions that have it so. */
  readonly starts: readonly (string | undefined)[];
  /** All older versions that were looked at, the oldest first. */
  readonly known: readonly string[];
  /** The present one. */
  readonly own: string;
}

/**
 * What would bring a fresh install and an upgrade together, written into the part that lacks it. Nothing for what only its
 * author can decide, such as a table that an older version has left.
 */
export function differenceFixes(
  spec: PackageSpec,
  difference: Difference,
  versions: ConcernedVersions,
  schema: Schema,
): readonly Fix[] {
  const { cause, tag } = difference.parting;
  if (!tag || difference.operation !== "upgrade") return [];
  switch (cause) {
    case "not-in-upgrade":
      return upgradeFixes(spec, difference, tag.element, gateFor(versions), schema);
    case "not-in-install":
      return installFixes(spec, difference, tag.element, schema);
    case "otherwise": {
      const change = changeAt(spec, tag.element);
      return difference.kind === "column-type" && change
        ? additionFixes(change, "column-type", spec, difference.table, schema)
        : [];
    }
    case "gate": {
      const fix = gateFix(tag.element, gateFor(versions));
      return fix ? [fix] : [];
    }
    case "fails":
    case "left":
      return [];
  }
}

/** An upgrade runs what has a gate above the version that it starts from: the first version behind all that are concerned. */
function gateFor({ starts, known, own }: ConcernedVersions): string {
  const isConcerned = new Set(starts);
  const last = known.findLastIndex((version) => isConcerned.has(version));
  return known[last + 1] ?? own;
}

function upgradeFixes(
  spec: PackageSpec,
  { kind, table, name }: Difference,
  element: Element,
  gate: string,
  schema: Schema,
): readonly Fix[] {
  const { source } = spec.tree;
  const row = element.name === "Insert" ? element.elements : [];
  const values = row.map(({ span }) => source.slice(span.start, span.end));
  return missingPartFixes(spec, { cause: "not-in-upgrade", kind, table, name, gate, values }, schema);
}

function installFixes(
  spec: PackageSpec,
  { kind, table }: Difference,
  element: Element,
  schema: Schema,
): readonly Fix[] {
  switch (kind) {
    case "table": {
      const made = databaseOf(spec).upgraded.table(table);
      return made ? creationFixes(spec, made, schema) : [];
    }
    case "column":
    case "key":
    case "foreign-key": {
      const change = changeAt(spec, element);
      return change ? additionFixes(change, undefined, spec, table, schema) : [];
    }
    default:
      return [];
  }
}

/** The change of an upgrade that an element is. */
function changeAt(spec: PackageSpec, { span: { start } }: Element): TableChange | undefined {
  for (const statement of databaseOf(spec).upgrade) {
    if (statement.statement.kind !== "alter") continue;
    const found = statement.statement.changes.find((change) => startOf(statement, change) === start);
    if (found) return found;
  }
  return undefined;
}

function startOf(statement: PlacedStatement, change: TableChange): number {
  if ("column" in change) return placed(statement, change.column.element).start;
  if ("index" in change) return placed(statement, change.index.element).start;
  return placed(statement, "element" in change ? change.element : change.foreignKey.element).start;
}
