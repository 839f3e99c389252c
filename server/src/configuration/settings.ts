import type { BuildMode } from "../builder/build-mode.ts";
import type { LintSettings } from "../engine/lint.ts";
import type { FormatWishes } from "../features/format/format-settings.ts";
import { type HintKind, hintKinds, type LensKind, lensKinds } from "../features/shown-kinds.ts";
import { type DatabaseKind, databaseKinds } from "../protocol/databases.ts";
import type { BaseFolderSettings } from "./base-folder.ts";
import { builtIn, type Layer, valueIn } from "./layers.ts";
import type { FileListUpdate, SettingKey } from "./setting-rows.ts";

/** The settings of one document. */
export interface Settings {
  readonly lint: LintSettings;
  readonly simulation: SimulationSettings;
  /** The first version of a package from which upgrades count; empty for all. */
  readonly upgradesSince: string;
  readonly format: FormatWishes;
  readonly build: BuildSettings;
  readonly system: SystemSettings;
  /** For single specs, as {@link BaseFolderSettings} takes them. */
  readonly baseFolders: Readonly<Record<string, string>>;
  /** Whether the file lists follow files that an editor moves or deletes. */
  readonly updateFileListOnMove: FileListUpdate;
  /** Whether specs below the workspace folders are checked without being open. */
  readonly checkClosedSpecs: boolean;
  /** Whether what is written into sandboxes is forced to the disk, so that it outlives a power cut. */
  readonly flushSandboxes: boolean;
  /** Names of folders, or paths from the workspace folder on, in which none are looked for; `*` for any characters. */
  readonly ignoredFolders: readonly string[];
  /** The kinds of hints that are shown. */
  readonly inlayHints: readonly HintKind[];
  /** The kinds of lenses that are shown. */
  readonly codeLens: readonly LensKind[];
  /** Specs, archives, indexes and folders with packages beside those of the workspace; may be relative to its folder. */
  readonly knownPackages: readonly string[];
  /** Addresses in the web and absolute paths of folders that have packages for all systems. */
  readonly repositories: readonly string[];
  /** Servers that statements can be executed in, as they were written down. */
  readonly databases: Readonly<Record<string, unknown>>;
  /** Systems that packages can be tried on, as they were written down. */
  readonly testSystems: Readonly<Record<string, unknown>>;
}

/** The system that dry runs are tried on when nobody names one. */
export interface SystemSettings {
  /** Name of a sandbox or path of its folder, which may be relative to the workspace folder; empty for none. */
  readonly sandbox: string;
  /** Such as "Znuny 7.1.3"; empty for what the package is made for. */
  readonly productVersion: string;
  /** Home of a framework; empty for none. May be relative to the workspace folder. */
  readonly frameworkHome: string;
  readonly database: DatabaseKind;
}

/** When packages are tried on databases, to tell what these refuse, and on which; on none when it is off. */
export interface SimulationSettings {
  readonly when: "onType" | "onSave" | "off";
  readonly databases: readonly DatabaseKind[];
}

export interface BuildSettings {
  readonly mode: BuildMode;
  /** Empty for beside the spec. May be relative to the workspace folder. */
  readonly outputFolder: string;
  /** Empty for the folder of the spec. May be relative to the workspace folder. */
  readonly baseFolder: string;
  readonly strictSchema: "auto" | "on" | "off";
  /** "YYYY-MM-DD hh:mm:ss", or empty for now. */
  readonly stampDate: string;
  /** Empty for the name of this machine. */
  readonly stampHost: string;
  readonly allowSymlinks: boolean;
}

/** What layers come to. @param layer one in which everything is said */
export function settingsOf(layer: Layer): Settings {
  const value = <T>(key: SettingKey) => valueIn(layer, key) as T;
  const when = value<SimulationSettings["when"]>("simulation");
  const tried = value<readonly DatabaseKind[]>("simulationDatabases");
  return {
    lint: {
      dialect: value("dialect"),
      profile: value("profile"),
      rules: value("rules"),
      licenseHeader: value("licenseHeader"),
      keptTables: value("keptTables"),
    },
    simulation: {
      when,
      databases: when === "off" ? [] : databaseKinds.filter((kind) => tried.includes(kind)),
    },
    upgradesSince: value("upgradesSince"),
    format: {
      indentation: value("format.indentation"),
      attributes: value("format.attributes"),
      quotes: value("format.quotes"),
    },
    build: {
      mode: value("build.mode"),
      outputFolder: value("build.outputFolder"),
      baseFolder: value("build.baseFolder"),
      strictSchema: value("build.strictSchema"),
      stampDate: value("build.stampDate"),
      stampHost: value("build.stampHost"),
      allowSymlinks: value("build.allowSymlinks"),
    },
    system: {
      sandbox: value("sandbox"),
      productVersion: value("productVersion"),
      frameworkHome: value("frameworkHome"),
      database: value("database"),
    },
    baseFolders: value("baseFolder"),
    updateFileListOnMove: value("updateFileListOnMove"),
    checkClosedSpecs: value("checkClosedSpecs"),
    flushSandboxes: value("flushSandboxes"),
    ignoredFolders: value("ignoredFolders"),
    inlayHints: hintKinds.filter((kind) => value(`inlayHints.${kind}`)),
    codeLens: lensKinds.filter((kind) => value(`codeLens.${kind}`)),
    knownPackages: value("knownPackages"),
    repositories: value("repositories"),
    databases: value("databases"),
    testSystems: value("testSystems"),
  };
}

export const defaultSettings: Settings = settingsOf(builtIn);

/** Where the settings say that the files of packages are. */
export function baseFolderSettings({ build, baseFolders }: Settings): BaseFolderSettings {
  return { baseFolder: build.baseFolder, baseFolders };
}
