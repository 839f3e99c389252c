import { type ForeignKeyDefinition, readStatement } from "../../model/database-statement.ts";
import type { Element } from "../../syntax/element.ts";

/** A reference whose constraint has the same name as one before it. */
export interface RepeatedReference {
  readonly reference: Element;
  readonly local: string;
  readonly table: string;
  /** The first one of the name, and the table that it refers to. */
  readonly earlier: Element;
  readonly earlierTable: string;
}

/**
 * The references in a `TableCreate` or `TableAlter` that the framework skips, because the name of the constraint is
 * made from the local and the foreign column alone.
 */
export function repeatedReferences(element: Element): readonly RepeatedReference[] {
  const statement = readStatement(element.node);
  if (statement?.kind !== "create" && statement?.kind !== "alter") return [];
  const repeated: RepeatedReference[] = [];
  const first = new Map<string, Pick<RepeatedReference, "earlier" | "earlierTable">>();
  const enter = ({ table, references }: ForeignKeyDefinition) => {
    for (const { local, foreign, element: reference } of references) {
      if (local === "" || foreign === "") continue;
      const key = `${local} ${foreign}`.toLowerCase();
      const earlier = first.get(key);
      if (earlier) repeated.push({ reference, local, table, ...earlier });
      else first.set(key, { earlier: reference, earlierTable: table });
    }
  };
  if (statement.kind === "create") for (const foreignKey of statement.foreignKeys) enter(foreignKey);
  else {
    for (const change of statement.changes) {
      if (change.kind === "foreign-key-create") enter(change.foreignKey);
      if (change.kind !== "foreign-key-drop") continue;
      for (const { local, foreign } of change.foreignKey.references)
        first.delete(`${local} ${foreign}`.toLowerCase());
    }
  }
  return repeated;
}
