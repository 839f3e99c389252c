import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import type { LintSettings } from "../engine/lint.ts";
import { type DatabaseKind, databaseKinds, defaultDatabase, triedDatabases } from "../protocol/databases.ts";
import { profiles, type Severity, severities } from "../rules/rule.ts";
import type { BaseFolderSettings } from "./base-folder.ts";
import { defaultIgnoredFolders } from "./passed-over.ts";

/** The settings of one document, as the editor's section `sopm` gives them. Anything unusable counts as not set. */
export interface Settings {
  readonly lint: LintSettings;
  readonly simulation: SimulationSettings;
  readonly build: BuildSettings;
  readonly system: SystemSettings;
  /** For single specs, as {@link BaseFolderSettings} takes them. */
  readonly baseFolders: Readonly<Record<string, string>>;
  /** Whether specs below the workspace folders are checked without being open. */
  readonly checkClosedSpecs: boolean;
  /** Whether what is written into sandboxes is forced to the disk, so that it outlives a power cut. */
  readonly flushSandboxes: boolean;
  /** Names of folders, or paths from the workspace folder on, in which none are looked for; `*` for any characters. */
  readonly ignoredFolders: readonly string[];
  /** Specs, archives, indexes and folders with packages beside those of the workspace; may be relative to its folder. */
  readonly knownPackages: readonly string[];
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
  readonly mode: "framework" | "opmbuild";
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

/** Reads what the editor sent; `undefined` and nonsense give the defaults. */
export function readSettings(section: unknown): Settings {
  const values = asRecord(section);
  const build = asRecord(values.build);
  return {
    lint: {
      dialect: oneOf<DialectId | "auto">(values.dialect, dialectIds, "auto"),
      profile: oneOf(values.profile, profiles, "framework"),
      rules: readRules(values.rules),
    },
    simulation: readSimulation(values),
    build: {
      mode: oneOf(build.mode, ["framework", "opmbuild"], "framework"),
      outputFolder: asText(build.outputFolder),
      baseFolder: asText(build.baseFolder),
      strictSchema: oneOf(build.strictSchema, ["auto", "on", "off"], "auto"),
      stampDate: asText(build.stampDate),
      stampHost: asText(build.stampHost),
      allowSymlinks: build.allowSymlinks === true,
    },
    system: {
      sandbox: asText(values.sandbox),
      productVersion: asText(values.productVersion),
      frameworkHome: asText(values.frameworkHome),
      database: oneOf(values.database, databaseKinds, defaultDatabase),
    },
    baseFolders: readTextMap(values.baseFolder),
    checkClosedSpecs: values.checkClosedSpecs !== false,
    flushSandboxes: values.flushSandboxes !== false,
    ignoredFolders: readTexts(values.ignoredFolders) ?? defaultIgnoredFolders,
    knownPackages: readTexts(values.knownPackages) ?? [],
  };
}

export const defaultSettings: Settings = readSettings(undefined);

/** Where the settings say that the files of packages are. */
export function baseFolderSettings({ build, baseFolders }: Settings): BaseFolderSettings {
  return { baseFolder: build.baseFolder, baseFolders };
}

function readSimulation({
  simulation,
  simulationDatabases,
}: Readonly<Record<string, unknown>>): SimulationSettings {
  const when = oneOf(simulation, ["onType", "onSave", "off"], "onType");
  const named = readTexts(simulationDatabases);
  const databases = named ? databaseKinds.filter((kind) => named.includes(kind)) : triedDatabases;
  return { when, databases: when === "off" ? [] : databases };
}

function readRules(value: unknown): Readonly<Record<string, Severity | "off">> {
  const rules: Record<string, Severity | "off"> = {};
  for (const [id, severity] of Object.entries(asRecord(value))) {
    const known = [...severities, "off" as const].find((each) => each === severity);
    if (known) rules[id] = known;
  }
  return rules;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((each) => each === value) ?? fallback;
}

function readTextMap(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asRecord(value));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function readTexts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
