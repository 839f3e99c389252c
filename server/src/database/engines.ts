import type { Ground } from "../dialect/certainty.ts";
import { type FrameworkRelease, type Switch, switchesOf } from "../dialect/switches.ts";
import type { DatabaseKind } from "../protocol/databases.ts";

export { type DatabaseKind, databaseKinds, defaultDatabase } from "../protocol/databases.ts";

/** How a data source of Perl names a database. */
export interface DataSource {
  /** In lower case. */
  readonly name: string;
  /** What a release has that knows it; absent where all do. */
  readonly since?: Switch;
}

/**
 * What a database does with tables and values. The statements of each are in its driver below `sql/`; this is what
 * becomes of them.
 */
export interface Engine {
  /** Whether one was run, and which, or what was read where none was. */
  readonly ground: Ground;
  readonly sources: readonly DataSource[];

  // Names

  /** Whether names of tables that differ in letter case alone are the same. Where not, backticks are no part of them. */
  readonly foldsTableNames: boolean;
  /** Whether indexes and unique constraints of two tables may have the same name. */
  readonly namesKeysByTable: boolean;
  /** Whether tables and indexes have their names from one pool. */
  readonly namesKeysLikeTables: boolean;
  /** Among what the name of a foreign key is the only one: those of its table, all foreign keys, or all constraints. */
  readonly foreignKeyNames: "of-table" | "of-foreign-keys" | "of-constraints";
  /** Bytes of the longest name, of which what is behind is cut off without a word; undefined where it is refused. */
  readonly mostNameBytes: number | undefined;
  /** The letters of the name of a foreign key, above which the frameworks shorten it. */
  readonly foreignKeyNameLimit: number;
  /** The same for indexes and unique constraints; undefined where they are not shortened. */
  readonly keyNameLimit: number | undefined;

  // Tables and their columns

  readonly mostColumns: number;
  /** Bytes of the longest row; undefined where nobody need mind them. */
  readonly mostRowBytes: number | undefined;
  /** Whether a table may lose its last column. */
  readonly dropsLastColumn: boolean;
  /** Whether the counter of a new column numbers the rows that are there. */
  readonly numbersOldRows: boolean;
  /** Whether a table has one counter at most, which begins a key, is a number and has no default. */
  readonly countsInKey: boolean;
  /** Values for which a counter counts, beside no value at all. */
  readonly countsFor: readonly (string | null)[];
  /** Whether a counter goes on behind the largest number that was inserted. */
  readonly countsBehindRows: boolean;
  /** Whether a counter is a type of its own, such as `serial`. */
  readonly hasSerialTypes: boolean;
  /** Whether the value of an UPDATE is refused even where there is no row to take it. */
  readonly refusesUnusedValues: boolean;
  /**
   * What is asked when the type of a column changes: nothing, whether its values are turned into the new type without
   * being told how, or whether the column is empty.
   */
  readonly typeChange: "free" | "assignable" | "empty";
  /** Whether a column that takes no NULL cannot be told so again. */
  readonly refusesNullOnce: boolean;

  // Keys

  readonly mostKeys: number | undefined;
  /** Whether a release decides how many bytes a character has. */
  readonly hasCharacterSets: boolean;
  /** Bytes of a character of a text, where keys and rows are measured. */
  readonly characterBytes: number;
  /** Bytes of the longest key, with the first characters of texts as keys; undefined where nobody need mind them. */
  readonly mostKeyBytes: number | undefined;
  /**
   * How long texts and binary values can be in a key: not at all; as the first characters that are named; as far as a
   * key goes, the whole of them only being compared where it is unique; or whole.
   */
  readonly longKeys: "refused" | "named-part" | "first-part-or-hash" | "whole";
  /** Whether a unique constraint is nothing but an index. */
  readonly uniqueIsIndex: boolean;
  /** Whether unique constraints over the same columns in one statement become one. */
  readonly mergesUniques: boolean;
  /** Whether a column that may be NULL cannot be the primary key; elsewhere it becomes NOT NULL without a word. */
  readonly refusesNullInPrimaryKey: boolean;
  /** Whether a key over several columns goes on without one that is dropped; elsewhere it goes with it. */
  readonly shortensKeys: boolean;
  /** Whether a column of a unique constraint over several can be dropped. */
  readonly dropsKeyColumns: boolean;
  /**
   * Whether foreign keys stand on indexes: one is made where there is none, any column that an index begins with can be
   * referred to, and neither such an index nor the column can be dropped.
   */
  readonly indexesForeignKeys: boolean;
  /** Which types the two columns of a foreign key may have: the same, or alike. */
  readonly foreignKeyTypes: "same" | "alike" | "alike-unless-rounded";

  // Types

  /** Whether whole numbers have types of their own; where not they are decimal numbers. */
  readonly hasIntegers: boolean;
  /** Whether `boolean` is a type of its own; where not it is a number. */
  readonly hasBooleans: boolean;
  /** Digits of a decimal number whose type names none; undefined for any. */
  readonly decimalDigits: number | undefined;
  /** Digits of a decimal number at most, and how many of them behind the point. */
  readonly mostDigits: { readonly all: number; readonly scale: number };
  /** Whether a size of 0 is taken: a text without characters, a number with as many digits as the database likes. */
  readonly takesSizeZero: boolean;
  /** Whether a VARCHAR without a size has no bound; elsewhere it has one character. */
  readonly hasUnboundTexts: boolean;
  /** Whether long texts are kept like short ones. */
  readonly longTextsAreTexts: boolean;
  /** The bytes of long texts and binary values, by type; a type that is not here has no bound that matters. */
  readonly longTextBytes: Readonly<Record<string, number>>;

  // Values

  /** Whether an empty text is NULL. */
  readonly emptyTextIsNull: boolean;
  /** Whether a backslash in a text has a meaning. */
  readonly readsBackslashes: boolean;
  /** Whether two texts are the same that differ in letter case, accents or blanks at the end alone. */
  readonly comparesLoosely: boolean;
  /** Whether TRUE and FALSE are 1 and 0. */
  readonly truthIsNumber: boolean;
  /** Whether a text is taken for a whole number only when there is nothing to be rounded; a number is rounded. */
  readonly roundsNumbersOnly: boolean;
  /** Whether decimal numbers are shown without zeros that mean nothing. */
  readonly trimsDecimals: boolean;
  /** Whether a default that is a number is kept as the column would store it. */
  readonly storesDefaults: boolean;
  /** Whether the length of a default is looked at when the column is made, and not only when a row takes it. */
  readonly measuresDefaults: boolean;
  /** Whether long texts and binary values have no default. */
  readonly refusesLongDefaults: boolean;
  /** Whether a number is taken for a date. */
  readonly takesLooseDates: boolean;
  /** Whether a date of zeros is taken for one. */
  readonly takesZeroDates: boolean;
  /** Whether a DATE has a time. */
  readonly datesHaveTimes: boolean;
  /** Dates that are understood although no framework writes them. */
  readonly oddDates: readonly RegExp[];
}

const foreignDates = /^\s*\d{1,4}[/.]\d{1,2}[/.]\d{1,4}(?:\s.*)?$|^\s*\d{4}-\d{1,2}-\d{1,2}[ T].*[-+Z]/is;

/** MariaDB 10.11 in its strict mode, as the frameworks leave it. */
const mariadb: Engine = {
  ground: { certainty: "run", release: "MariaDB 10.11" },
  sources: [{ name: "mysql" }, { name: "mariadb", since: "mariadbDriver" }],
  foldsTableNames: false,
  namesKeysByTable: true,
  namesKeysLikeTables: false,
  foreignKeyNames: "of-foreign-keys",
  mostNameBytes: undefined,
  foreignKeyNameLimit: 60,
  keyNameLimit: undefined,
  mostColumns: 1017,
  mostRowBytes: 65_535,
  dropsLastColumn: false,
  numbersOldRows: false,
  countsInKey: true,
  countsFor: [null, "0"],
  countsBehindRows: true,
  hasSerialTypes: false,
  refusesUnusedValues: false,
  typeChange: "free",
  refusesNullOnce: false,
  mostKeys: 64,
  hasCharacterSets: true,
  characterBytes: 4,
  mostKeyBytes: 3072,
  longKeys: "first-part-or-hash",
  refusesNullInPrimaryKey: false,
  uniqueIsIndex: true,
  mergesUniques: false,
  shortensKeys: true,
  dropsKeyColumns: false,
  indexesForeignKeys: true,
  foreignKeyTypes: "same",
  hasIntegers: true,
  hasBooleans: false,
  decimalDigits: 10,
  mostDigits: { all: 65, scale: 38 },
  takesSizeZero: true,
  hasUnboundTexts: false,
  longTextsAreTexts: false,
  longTextBytes: {
    tinytext: 255,
    text: 65_535,
    mediumtext: 16_777_215,
    tinyblob: 255,
    blob: 65_535,
    mediumblob: 16_777_215,
  },
  emptyTextIsNull: false,
  readsBackslashes: true,
  comparesLoosely: true,
  truthIsNumber: true,
  roundsNumbersOnly: false,
  trimsDecimals: false,
  storesDefaults: true,
  measuresDefaults: true,
  refusesLongDefaults: false,
  takesLooseDates: true,
  takesZeroDates: true,
  datesHaveTimes: false,
  oddDates: [foreignDates],
};

/** Sources: manuals of MySQL 8.0 (InnoDB), PostgreSQL 15 and Oracle 19, and what live systems said. */
export const engines: Readonly<Record<DatabaseKind, Engine>> = {
  mysql: mariadb,
  "mysql-8": {
    ...mariadb,
    ground: { certainty: "read", release: "MySQL 8.0" },
    // A data source does not say which of the two it is.
    sources: [],
    longKeys: "named-part",
    refusesNullInPrimaryKey: true,
    dropsKeyColumns: true,
    mostDigits: { all: 65, scale: 30 },
    refusesLongDefaults: true,
    takesZeroDates: false,
  },
  postgresql: {
    ground: { certainty: "run", release: "PostgreSQL 15" },
    sources: [{ name: "pg" }],
    foldsTableNames: true,
    namesKeysByTable: false,
    namesKeysLikeTables: true,
    foreignKeyNames: "of-table",
    mostNameBytes: 63,
    foreignKeyNameLimit: 60,
    keyNameLimit: undefined,
    mostColumns: 1600,
    mostRowBytes: undefined,
    dropsLastColumn: true,
    numbersOldRows: true,
    countsInKey: false,
    countsFor: [],
    countsBehindRows: false,
    hasSerialTypes: true,
    refusesUnusedValues: true,
    typeChange: "assignable",
    refusesNullOnce: false,
    mostKeys: undefined,
    hasCharacterSets: false,
    characterBytes: 4,
    mostKeyBytes: undefined,
    longKeys: "whole",
    refusesNullInPrimaryKey: false,
    uniqueIsIndex: false,
    mergesUniques: true,
    shortensKeys: false,
    dropsKeyColumns: true,
    indexesForeignKeys: false,
    foreignKeyTypes: "alike-unless-rounded",
    hasIntegers: true,
    hasBooleans: true,
    decimalDigits: undefined,
    mostDigits: { all: 1000, scale: 1000 },
    takesSizeZero: false,
    hasUnboundTexts: true,
    longTextsAreTexts: true,
    longTextBytes: {},
    emptyTextIsNull: false,
    readsBackslashes: false,
    comparesLoosely: false,
    truthIsNumber: false,
    roundsNumbersOnly: true,
    trimsDecimals: false,
    storesDefaults: false,
    measuresDefaults: false,
    refusesLongDefaults: false,
    takesLooseDates: false,
    takesZeroDates: false,
    datesHaveTimes: false,
    oddDates: [/^\s*(now|today|tomorrow|yesterday|epoch|-?infinity)\s*$/i, /^\s*\d{8}\s*$/, foreignDates],
  },
  oracle: {
    ground: { certainty: "read", release: "Oracle 19" },
    sources: [{ name: "oracle" }],
    foldsTableNames: true,
    namesKeysByTable: false,
    namesKeysLikeTables: false,
    foreignKeyNames: "of-constraints",
    mostNameBytes: undefined,
    foreignKeyNameLimit: 30,
    keyNameLimit: 30,
    mostColumns: 1000,
    mostRowBytes: undefined,
    dropsLastColumn: false,
    numbersOldRows: false,
    countsInKey: false,
    countsFor: [null],
    countsBehindRows: false,
    hasSerialTypes: false,
    refusesUnusedValues: false,
    typeChange: "empty",
    refusesNullOnce: true,
    mostKeys: undefined,
    hasCharacterSets: false,
    characterBytes: 4,
    mostKeyBytes: undefined,
    longKeys: "refused",
    refusesNullInPrimaryKey: false,
    uniqueIsIndex: false,
    mergesUniques: false,
    shortensKeys: false,
    dropsKeyColumns: false,
    indexesForeignKeys: false,
    foreignKeyTypes: "alike",
    hasIntegers: false,
    hasBooleans: false,
    decimalDigits: 38,
    mostDigits: { all: 38, scale: 127 },
    takesSizeZero: false,
    hasUnboundTexts: false,
    longTextsAreTexts: false,
    longTextBytes: {},
    emptyTextIsNull: true,
    readsBackslashes: false,
    comparesLoosely: false,
    truthIsNumber: false,
    roundsNumbersOnly: false,
    trimsDecimals: true,
    storesDefaults: false,
    measuresDefaults: true,
    refusesLongDefaults: false,
    takesLooseDates: false,
    takesZeroDates: false,
    datesHaveTimes: true,
    oddDates: [],
  },
};

/** A database as a release uses it. */
export function engineFor(kind: DatabaseKind, release: FrameworkRelease | undefined): Engine {
  const engine = engines[kind];
  const isNarrow = release !== undefined && !switchesOf(release).mysqlFourByteText;
  if (!isNarrow || !engine.hasCharacterSets) return engine;
  let narrow = narrowEngines.get(kind);
  if (!narrow) {
    narrow = { ...engine, characterBytes: 3 };
    narrowEngines.set(kind, narrow);
  }
  return narrow;
}

/** Those whose tables were made with three bytes for a character. */
const narrowEngines = new Map<DatabaseKind, Engine>();
