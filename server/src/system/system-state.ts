import type { Database } from "../database/database.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { DialectId } from "../dialect/dialect.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Message } from "../l10n/translate.ts";
import type { SettingStore } from "../sysconfig/setting.ts";
import type { Home, HomeChange } from "./home.ts";
import type { PackageTable, PackageTableChange, StoredArchives } from "./package-table.ts";
import type { SystemFacts } from "./system-facts.ts";

/**
 * One system as a value: everything a package operation looks at or changes. Nothing in it ever changes, but what is
 * known of it may become more.
 */
export interface SystemState {
  readonly framework: Framework;
  readonly packages: PackageTable;
  readonly archives: StoredArchives;
  readonly home: Home;
  readonly database: Database;
  readonly settings: SettingStore;
  /** What is known of the contents of its files, and of its home and its archives where these have to be looked for. */
  readonly facts: SystemFacts;
}

/** What runs there. */
export interface Framework {
  /** Such as "Znuny". */
  readonly product: string;
  /** As the running system reports it, such as "7.1.3" or "11.0.x". */
  readonly version: string;
  readonly dialect: DialectId;
  /** The name Perl has for the operating system, such as "linux". */
  readonly operatingSystem: string;
  /**
   * Versions of the Perl modules that are installed, empty for one without a version. Modules that are not listed
   * are missing, except when `assumeModules` is set: then nobody said what is there, and every module is.
   */
  readonly perlModules: ReadonlyMap<string, string>;
  readonly assumeModules: boolean;
  readonly knowledge: Knowledge;
  /** Why nothing is known of its tables although its home has files that list them; absent where that is not so. */
  readonly tablesProblem?: Message | undefined;
}

/** One change that a step makes. */
export type SystemChange =
  | { readonly part: "home"; readonly change: HomeChange }
  | { readonly part: "packages"; readonly change: PackageTableChange }
  | { readonly part: "database"; readonly change: SchemaChange }
  /** The settings after the step. */
  | { readonly part: "settings"; readonly settings: SettingStore };
