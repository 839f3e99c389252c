import type { IndexDefinition } from "../model/database-statement.ts";
import type { PackageDatabase, PlacedStatement } from "../model/package-database.ts";

/** An index or unique constraint that a package makes, and the statement it stands in. */
export interface CreatedIndex {
  readonly statement: PlacedStatement;
  readonly index: IndexDefinition;
}

/** All indexes and constraints that a package makes when it is installed or upgraded. */
export function createdIndexes({
  install,
  upgrade,
}: Pick<PackageDatabase, "install" | "upgrade">): readonly CreatedIndex[] {
  const created: CreatedIndex[] = [];
  for (const placedStatement of [...install, ...upgrade]) {
    const { statement } = placedStatement;
    if (statement.kind === "create") {
      for (const index of statement.indexes) created.push({ statement: placedStatement, index });
    } else if (statement.kind === "alter") {
      for (const change of statement.changes) {
        if (change.kind === "index-create") created.push({ statement: placedStatement, index: change.index });
      }
    }
  }
  return created;
}
