/**
 * Names and structure of the frameworks, as far as a release is known.
 * Every answer may be undefined: then nothing is known for this dialect, and nobody should claim anything.
 */
export interface Knowledge {
  /** The release the facts were read from, such as "Znuny 7.1.7"; undefined when there are none. */
  readonly release: string | undefined;
  isFrameworkFile(path: string): boolean | undefined;
  isFrameworkModule(name: string): boolean | undefined;
  isFrameworkSetting(name: string): boolean | undefined;
  table(name: string): TableFact | null | undefined;
  /** Names of all framework tables, sorted; undefined when not known. */
  tableNames(): readonly string[] | undefined;
}

/** A table of a framework. `null` from {@link Knowledge.table} means that there surely is none of that name. */
export interface TableFact {
  readonly name: string;
  readonly columns: readonly ColumnFact[];
}

export interface ColumnFact {
  readonly name: string;
  /** XML type in upper case, such as "SMALLINT". */
  readonly type: string;
}

export const noKnowledge: Knowledge = {
  release: undefined,
  isFrameworkFile: () => undefined,
  isFrameworkModule: () => undefined,
  isFrameworkSetting: () => undefined,
  table: () => undefined,
  tableNames: () => undefined,
};
