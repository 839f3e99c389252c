import type { ColumnDefinition } from "../model/database-statement.ts";
import type { PackageDatabase, PlacedStatement } from "../model/package-database.ts";
import type { Element } from "../syntax/element.ts";

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
export function createdReferences({ install, upgrade }: PackageDatabase): readonly CreatedReference[] {
  return [...install, ...upgrade].flatMap((statement) => {
    const { statement: read } = statement;
    const foreignKeys =
      read.kind === "create"
        ? read.foreignKeys
        : read.kind === "alter"
          ? read.changes.flatMap((change) =>
              change.kind === "foreign-key-create" ? [change.foreignKey] : [],
            )
          : [];
    return foreignKeys.flatMap(({ table, references, element: foreignKey }) =>
      references.map(({ local, foreign, element }) => ({
        statement,
        foreignKey,
        element,
        local,
        foreignTable: table,
        foreign,
        column:
          read.kind === "create"
            ? read.columns.find(({ name }) => name.toLowerCase() === local.toLowerCase())
            : undefined,
      })),
    );
  });
}
