import type { Message } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";

/** Whose a table is. */
export type TableOwner = "own" | "framework" | "package" | "unknown";

/** What a version does to something that the version before it may have had. */
export type DiagramChange = "new" | "changed";

/** The tables of one version of a package, as plain data. Tables come in the order in which they are made. */
export interface DiagramModel {
  /** Empty where the spec does not say it. */
  readonly packageName: string;
  readonly version: string;
  /** The version that it is compared with; undefined where none is known, so that nothing is said to be new. */
  readonly comparedWith: string | undefined;
  readonly tables: readonly DiagramTable[];
  readonly references: readonly DiagramReference[];
  /** What was left out because there is too much of it. */
  readonly notes: readonly Message[];
}

export interface DiagramTable {
  /** As it is written. */
  readonly name: string;
  readonly owner: TableOwner;
  /** The release or the packages that have it, such as "Znuny 7.1.7"; empty for own ones and where nobody knows. */
  readonly from: string;
  readonly change: DiagramChange | undefined;
  /** True for one that upgrades make and a first installation does not. */
  readonly isOnlyUpgraded: boolean;
  /** Of a table of others those that matter to the package alone. */
  readonly columns: readonly DiagramColumn[];
  /** How many more columns it has; undefined where nobody knows. */
  readonly moreColumns: number | undefined;
  /** Where it is made or changed; undefined where that is in no text that is open. */
  readonly place: Span | undefined;
}

/** What a column is part of: "PK" a primary key, "FK" a reference, "U" a unique constraint, "I" an index. */
export type ColumnKey = "PK" | "FK" | "U" | "I";

export interface DiagramColumn {
  readonly name: string;
  /** Such as "VARCHAR(200)"; empty where nobody knows. */
  readonly type: string;
  /** Undefined where nobody knows. */
  readonly isRequired: boolean | undefined;
  readonly keys: readonly ColumnKey[];
  /** In a new table no column is marked. */
  readonly change: DiagramChange | undefined;
  /** True for a column that the package adds to a table of others. */
  readonly isAdded: boolean;
  readonly place: Span | undefined;
}

/** A foreign key, column by column. */
export interface DiagramReference {
  /** The index of the table that refers. */
  readonly from: number;
  readonly fromColumn: string;
  /** The index of the table that is referred to. */
  readonly to: number;
  readonly toColumn: string;
  readonly change: DiagramChange | undefined;
  readonly place: Span | undefined;
}

/** How much a diagram shows at most. */
export interface DiagramLimits {
  /** Of more tables only the names are shown. */
  readonly withColumns: number;
  /** Of more tables only those of the package. */
  readonly withOthers: number;
  readonly tables: number;
  readonly references: number;
  /** Of one table. */
  readonly columns: number;
}

export const usualLimits: DiagramLimits = {
  withColumns: 150,
  withOthers: 400,
  tables: 2000,
  references: 4000,
  columns: 200,
};

/** The same diagram with no more in it than can be looked at; what is left out is said in its notes. */
export function bounded(model: DiagramModel, limits: DiagramLimits = usualLimits): DiagramModel {
  const { withColumns, withOthers } = limits;
  const notes: Message[] = [...model.notes];
  const count = model.tables.length;
  let kept = model.tables.map((_, index) => index);
  if (count > withOthers) {
    const own = kept.filter((index) => model.tables[index]!.owner === "own");
    const others = count - own.length;
    if (others > 0)
      notes.push({
        text: "There are {count} tables, so that only those of the package are shown. Tables of others that are left out: {others}.",
        values: { count, others },
      });
    kept = own;
  }
  if (kept.length > limits.tables) {
    notes.push({
      text: "The package has {count} tables, of which the first {shown} are shown.",
      values: { count: kept.length, shown: limits.tables },
    });
    kept = kept.slice(0, limits.tables);
  }
  const isFolded = kept.length > withColumns;
  if (isFolded)
    notes.push({
      text: "There are {count} tables, so that their columns are folded.",
      values: { count: kept.length },
    });
  const places = new Map(kept.map((index, place) => [index, place]));
  const found = model.references.flatMap((reference) => {
    const [from, to] = [places.get(reference.from), places.get(reference.to)];
    return from === undefined || to === undefined ? [] : [{ ...reference, from, to }];
  });
  if (found.length > limits.references)
    notes.push({
      text: "There are {count} references, of which the first {shown} are shown.",
      values: { count: found.length, shown: limits.references },
    });
  return {
    ...model,
    notes,
    tables: kept.map((index) => folded(model.tables[index]!, isFolded ? 0 : limits.columns)),
    references: found.slice(0, limits.references),
  };
}

function folded(table: DiagramTable, most: number): DiagramTable {
  const { columns, moreColumns } = table;
  if (columns.length <= most) return table;
  return {
    ...table,
    columns: columns.slice(0, most),
    moreColumns: moreColumns === undefined ? undefined : moreColumns + columns.length - most,
  };
}
