import type { IndexDefinition } from "../model/database-statement.ts";
import { memo } from "../text/memo.ts";
import type { PackageDatabase, PlacedStatement } from "./package-database.ts";

/** An index or unique constraint that a package makes, and the statement it stands in. */
export interface CreatedIndex {
  readonly statement: PlacedStatement;
  readonly index: IndexDefinition;
}

/** All indexes and constraints that a package makes when it is installed or upgraded. */
export const createdIndexes = memo(({ install, upgrade }: PackageDatabase): readonly CreatedIndex[] =>
  [...install, ...upgrade].flatMap(indexesIn),
);

function indexesIn(placed: PlacedStatement): readonly CreatedIndex[] {
  const { statement } = placed;
  switch (statement.kind) {
    case "create":
      return statement.indexes.map((index) => ({ statement: placed, index }));
    case "alter":
      return statement.changes.flatMap((change) =>
        change.kind === "index-create" ? [{ statement: placed, index: change.index }] : [],
      );
    default:
      return [];
  }
}
