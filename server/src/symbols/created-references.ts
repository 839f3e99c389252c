import type { ColumnDefinition, ForeignKeyDefinition } from "../model/database-statement.ts";
import type { Element } from "../syntax/element.ts";
import { memo } from "../text/memo.ts";
import type { PackageDatabase, PlacedStatement } from "./package-database.ts";

/** A reference from one column to another that a package makes. */
export interface CreatedReference {
  readonly statement: PlacedStatement;
  /** The `ForeignKey` or `ForeignKeyCreate`, and the `Reference`, both placed relative to the statement. */
  readonly foreignKey: Element;
  readonly element: Element;
  readonly local: string;
  readonly foreignTable: string;
  readonly foreign: string;
  /** The local column where the same statement creates its table. */
  readonly column: ColumnDefinition | undefined;
}

/** All references that a package makes when it is installed or upgraded. */
export const createdReferences = memo(({ install, upgrade }: PackageDatabase): readonly CreatedReference[] =>
  [...install, ...upgrade].flatMap(referencesIn),
);

function referencesIn(placed: PlacedStatement): readonly CreatedReference[] {
  return foreignKeysIn(placed).flatMap(({ table, references, element: foreignKey }) =>
    references.map(({ local, foreign, element }) => ({
      statement: placed,
      foreignKey,
      element,
      local,
      foreignTable: table,
      foreign,
      column:
        placed.statement.kind === "create"
          ? placed.statement.columnsByName.get(local.toLowerCase())
          : undefined,
    })),
  );
}

function foreignKeysIn({ statement }: PlacedStatement): readonly ForeignKeyDefinition[] {
  switch (statement.kind) {
    case "create":
      return statement.foreignKeys;
    case "alter":
      return statement.changes.flatMap((change) =>
        change.kind === "foreign-key-create" ? [change.foreignKey] : [],
      );
    default:
      return [];
  }
}
