/**
 * Names and structure of a release of a framework, as far as they are known, or of several at once.
 * Every answer may be undefined: then nothing is known, and nobody should claim anything.
 */
export interface Knowledge {
  /**
   * The release the facts were read from, such as "Znuny 7.1.7", or several, such as "OTRS 6.0.30, Znuny 6.0.36–6.5.4";
   * undefined when there are none.
   */
  readonly release: string | undefined;
  /** What is known of each of several releases, the newest last; absent for a single one. See `joinKnowledge`. */
  readonly parts?: readonly Knowledge[];
  /**
   * Of bundled software and texts, which are new in every release, nobody knows.
   *
   * @param path relative to the framework's home, such as "Kernel/System/Ticket.pm"
   */
  isFrameworkFile(path: string): boolean | undefined;
  /** @param name as Perl has it, such as "Kernel::System::Ticket" */
  isFrameworkModule(name: string): boolean | undefined;
  isFrameworkSetting(name: string): boolean | undefined;
  /** `null` means that there surely is no table of that name. */
  table(name: string): TableFact | null | undefined;
  /** Where a setting is defined, mostly in one file; empty for a name that is no setting. */
  settingSources(name: string): readonly SettingSource[] | undefined;
  /** All names, sorted by code unit, for completion; without the files that `isFrameworkFile` knows nothing of. */
  fileNames(): readonly string[] | undefined;
  moduleNames(): readonly string[] | undefined;
  settingNames(): readonly string[] | undefined;
  tableNames(): readonly string[] | undefined;
  /** The events with fixed names; those named after fields and objects of a system are not among them. */
  events(): readonly EventFact[] | undefined;
  /** What a `ValueType` in a configuration file may be; empty for releases that have none. */
  valueTypes(): readonly string[] | undefined;
}

/** A table of a framework, as its schema file has it. */
export interface TableFact {
  readonly name: string;
  readonly columns: readonly ColumnFact[];
  readonly indexes: readonly IndexFact[];
  /** One without a name gets a random one in each installation. */
  readonly uniques: readonly UniqueFact[];
  readonly foreignKeys: readonly ForeignKeyFact[];
}

export interface ColumnFact {
  readonly name: string;
  /** XML type in upper case, such as "SMALLINT"; empty where several releases do not agree. */
  readonly type: string;
  /** As written, such as "200" or "10,2"; undefined when none is given or releases do not agree. */
  readonly size: string | undefined;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly autoIncrement: boolean;
  /** Undefined when none is given. */
  readonly default: string | undefined;
}

export interface IndexFact {
  readonly name: string;
  /** `size` is the number of characters that MySQL puts into the index; undefined for all of them. */
  readonly columns: readonly { readonly name: string; readonly size: string | undefined }[];
}

export interface UniqueFact {
  readonly name: string | undefined;
  readonly columns: readonly string[];
}

export interface ForeignKeyFact {
  /** The table that is referred to. */
  readonly table: string;
  readonly references: readonly { readonly local: string; readonly foreign: string }[];
}

export interface SettingSource {
  /** The load order of the file, such as "Framework" or "Application". */
  readonly init: string;
  /** Without folder, such as "Ticket.xml". */
  readonly file: string;
}

export interface EventFact {
  readonly name: string;
  /** Such as "setting Events###Ticket" or "code Kernel::System::Queue". */
  readonly sources: readonly string[];
}

/** A column of a table that is known, in whatever letter case it is asked for. */
export function columnFact(table: TableFact | null | undefined, name: string): ColumnFact | undefined {
  const key = name.toLowerCase();
  return table?.columns.find((column) => column.name.toLowerCase() === key);
}

export const noKnowledge: Knowledge = {
  release: undefined,
  isFrameworkFile: () => undefined,
  isFrameworkModule: () => undefined,
  isFrameworkSetting: () => undefined,
  table: () => undefined,
  settingSources: () => undefined,
  fileNames: () => undefined,
  moduleNames: () => undefined,
  settingNames: () => undefined,
  tableNames: () => undefined,
  events: () => undefined,
  valueTypes: () => undefined,
};
