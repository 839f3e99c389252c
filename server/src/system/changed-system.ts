import type { PackageContents } from "../builder/package-contents.ts";
import { applySchemaChange, type SchemaOutcome } from "../database/apply-schema-change.ts";
import type { Database } from "../database/database.ts";
import { runScript, type ScriptRun } from "../database/kept-scripts.ts";
import type { SchemaChange } from "../database/schema-change.ts";
import type { SqlScript } from "../database/sql-script.ts";
import type { SettingStore } from "../sysconfig/setting.ts";
import { ChangedHome } from "./home.ts";
import {
  changePackageTable,
  type PackageTable,
  type PackageTableChange,
  type StoredArchives,
} from "./package-table.ts";
import type { SystemFacts } from "./system-facts.ts";
import type { Framework, SystemChange, SystemState } from "./system-state.ts";

/**
 * A system as changes would leave it. The one below is only read, so that a plan can be folded over it as often as
 * one likes.
 */
export class ChangedSystem implements SystemState {
  readonly framework: Framework;
  readonly home: ChangedHome;
  readonly archives: StoredArchives;
  readonly facts: SystemFacts;
  #packages: PackageTable;
  #database: Database;
  #settings: SettingStore;
  readonly #added = new Map<string, PackageContents>();

  constructor(base: SystemState) {
    this.framework = base.framework;
    this.home = new ChangedHome(base.home);
    this.archives = { contents: (digest) => this.#added.get(digest) ?? base.archives.contents(digest) };
    this.facts = base.facts;
    this.#packages = base.packages;
    this.#database = base.database;
    this.#settings = base.settings;
  }

  get packages(): PackageTable {
    return this.#packages;
  }

  get database(): Database {
    return this.#database;
  }

  get settings(): SettingStore {
    return this.#settings;
  }

  /** The state at this moment. Files share it with later changes, so whoever keeps it makes none. */
  state(): SystemState {
    const { framework, home, archives, facts, packages, database, settings } = this;
    return { framework, home, archives, facts, packages, database, settings };
  }

  /** Performs one change of a step. */
  apply(change: SystemChange): void {
    switch (change.part) {
      case "home":
        this.home.apply(change.change);
        break;
      case "packages":
        this.#changePackages(change.change);
        break;
      case "database":
        this.applyStatement(change.change);
        break;
      case "settings":
        this.#settings = change.settings;
        break;
    }
  }

  /** Performs a statement, unless the database refuses it. */
  applyStatement(change: SchemaChange): SchemaOutcome {
    const { database, outcome } = applySchemaChange(this.#database, change);
    this.#database = database;
    return outcome;
  }

  /** Performs the statements of a script that the database does not refuse. The outcome of each, in their order. */
  applyScript(script: SqlScript): ScriptRun["outcomes"] {
    const { database, outcomes } = runScript(this.#database, script);
    this.#database = database;
    return outcomes;
  }

  #changePackages(change: PackageTableChange): void {
    if (change.kind === "add-row") this.#added.set(change.row.digest, change.contents);
    this.#packages = changePackageTable(this.#packages, change);
  }
}
