/**
 * What one version of a package makes of a system, as far as its sections tell and others or later versions of it ask.
 * Names of tables and columns are in lower case.
 */
export interface PackageShape {
  /** The tables that a first installation makes or changes, by name. */
  readonly tables: ReadonlyMap<string, TableShape>;
  /** What its upgrades do to tables and columns, whatever versions that is bound to, in the words of whoever made this. */
  readonly upgrades: ReadonlySet<string>;
  /** The versions that its upgrades are bound to; with an empty text where code runs in all of them. */
  readonly gates: { readonly code: ReadonlySet<string>; readonly database: ReadonlySet<string> };
  /** Of each piece of code a short text that is the same for the same code. */
  readonly codes: ReadonlySet<string>;
  /** The same of all sections of a family together, whatever their phases, by family; absent for one without any. */
  readonly families: ReadonlyMap<string, string>;
  /** What its upgrades do, piece by piece, in the order of the document. */
  readonly parts: readonly UpgradePart[];
  /** A short text of each statement of its database sections, as in {@link UpgradePart.digest}. */
  readonly statements: ReadonlySet<string>;
  /** The entries of its ChangeLog that have a version, in their order. */
  readonly changes: readonly LoggedChange[];
  /** Whether its code has a word in it, so that it may have made or changed the table of that name. */
  mentions(word: string): boolean;
}

/** A section of code, or a statement, that upgrades from below a version run. */
export interface UpgradePart {
  readonly family: "CodeUpgrade" | "DatabaseUpgrade";
  /** What it is about: the statement and its table; empty for code. */
  readonly subject: string;
  /** The version that it is bound to, as it is written. */
  readonly gate: string;
  /** The packages without which, or beside which, it does not run; empty where it always does. */
  readonly condition: string;
  /** The same for those that do the same, whatever they are bound to. */
  readonly digest: string;
}

/** An entry of a ChangeLog. */
export interface LoggedChange {
  readonly version: string;
  /** As it is meant, with all blanks around it. */
  readonly text: string;
}

export interface TableShape {
  /** True where the package makes the table, so that a column that is not listed surely is not there. */
  readonly isOwn: boolean;
  /** The types of its columns as they are written, such as "VARCHAR(200)", by name. */
  readonly columns: ReadonlyMap<string, string>;
}
