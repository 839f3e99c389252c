import { buildModes } from "../builder/build-mode.ts";
import { dialectIds } from "../dialect/products.ts";
import { attributeLayouts, indentations, quoteStyles } from "../features/format/format-settings.ts";
import { hintKinds, lensKinds } from "../features/shown-kinds.ts";
import { databaseKinds, databaseTitles, defaultDatabase, triedDatabases } from "../protocol/databases.ts";
import { profiles } from "../rules/profiles.ts";
import { severities } from "../rules/rule.ts";
import { defaultIgnoredFolders } from "./passed-over.ts";

/** What a setting takes. A path, like all texts, may be empty, which stands for what holds without the setting. */
export type SettingType =
  | {
      readonly kind: "choice";
      readonly choices: readonly string[];
      /**
       * How people call the choices, in their order; empty for those that speak for themselves. Absent where the texts of
       * the manifest explain each.
       */
      readonly labels?: readonly string[];
    }
  | { readonly kind: "flag" }
  | {
      readonly kind: "text";
      /** True for one of several lines. */
      readonly hasLines?: true;
      /** What a text must fit, as a regular expression, and what one that does looks like. */
      readonly form?: { readonly pattern: string; readonly example: string };
    }
  | {
      /** A file or a folder. */
      readonly kind: "path";
      /** True where a version may stand instead. */
      readonly orVersion?: true;
    }
  | { readonly kind: "paths" }
  /** Names and patterns, not looked up anywhere. */
  | { readonly kind: "names" }
  /** Some of the choices. */
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  /** Severities, or “off”, by the ids of rules. */
  | { readonly kind: "severities" }
  /** Folders by what means specs. */
  | { readonly kind: "folders" }
  /** Texts that say why, by the names that they are said of; one that says nothing is none. */
  | { readonly kind: "reasons" }
  /** Servers by the names that their user gives them; what is said of each is read where it is used. */
  | { readonly kind: "servers" }
  /** Test systems by the names that their user gives them; the same. */
  | { readonly kind: "systems" };

/** One setting. Manifest, schema, reader and what `sopm config` shows are made from it; its texts stand in package.nls.json. */
export interface SettingRow {
  /** As it is written in a configuration; in an editor `sopm.` stands before it. */
  readonly key: string;
  readonly type: SettingType;
  /** What holds where nobody says anything. */
  readonly default: boolean | string | readonly string[] | Readonly<Record<string, string>>;
  /** What holds instead on the command line. */
  readonly shellDefault?: string;
  /** Place among the settings that the editor shows. */
  readonly order: number;
  /** For what an editor keeps it apart; absent for each file. */
  readonly scope?: "window" | "language-overridable" | "machine";
  /** True for what makes no difference outside of an editor, and which a configuration does not take. */
  readonly isOfEditor?: true;
  /**
   * True for what a configuration must not say, since whoever writes one would have this computer send something
   * somewhere, or start a program. An editor takes it from its user alone.
   */
  readonly isOfUser?: true;
  /** Of those, where the command line looks for a file that says the same; absent where it has no such file. */
  readonly variable?: "SOPM_DATABASES" | "SOPM_SYSTEMS";
  /**
   * What somebody else's workspace could misuse: what is read and written outside of it, or a guard that is lowered. It
   * has no say there before its user trusts it.
   */
  readonly needsTrust?: true;
}

/** Whether file lists follow files that an editor moves or deletes. */
const fileListUpdates = ["always", "prompt", "never"] as const;
export type FileListUpdate = (typeof fileListUpdates)[number];

/** Something that editors show where nobody switches it off. */
function switchOf<Key extends string>(key: Key, order: number) {
  return { key, type: { kind: "flag" }, default: true, order, isOfEditor: true } as const;
}

/** All settings, in the order of the manifest. */
export const settingRows = [
  {
    key: "dialect",
    type: { kind: "choice", choices: ["auto", ...dialectIds] },
    default: "auto",
    order: 1,
  },
  { key: "profile", type: { kind: "choice", choices: profiles }, default: "framework", order: 2 },
  { key: "rules", type: { kind: "severities" }, default: {}, order: 3 },
  { key: "licenseHeader", type: { kind: "text", hasLines: true }, default: "", order: 3 },
  {
    key: "simulation",
    type: { kind: "choice", choices: ["onType", "onSave", "off"] },
    default: "onType",
    order: 3,
  },
  {
    key: "simulationDatabases",
    type: { kind: "choices", choices: databaseKinds },
    default: triedDatabases,
    order: 3,
  },
  {
    key: "upgradesSince",
    type: { kind: "text", form: { pattern: "^$|^(?=.*\\d)[\\w.+~-]+$", example: "1.2.0" } },
    default: "",
    order: 3,
  },
  { key: "keptTables", type: { kind: "reasons" }, default: {}, order: 3 },
  {
    key: "autoClosingTags",
    type: { kind: "flag" },
    default: true,
    order: 4,
    scope: "language-overridable",
    isOfEditor: true,
  },
  {
    key: "format.indentation",
    type: { kind: "choice", choices: indentations, labels: [] },
    default: "auto",
    order: 4,
  },
  {
    key: "format.attributes",
    type: { kind: "choice", choices: attributeLayouts },
    default: "preserve",
    order: 4,
  },
  { key: "format.quotes", type: { kind: "choice", choices: quoteStyles }, default: "preserve", order: 4 },
  { key: "build.mode", type: { kind: "choice", choices: buildModes }, default: "framework", order: 5 },
  { key: "build.outputFolder", type: { kind: "path" }, default: "", order: 6, needsTrust: true },
  { key: "build.baseFolder", type: { kind: "path" }, default: "", order: 7, needsTrust: true },
  { key: "baseFolder", type: { kind: "folders" }, default: {}, order: 7, needsTrust: true },
  {
    key: "build.strictSchema",
    type: { kind: "choice", choices: ["auto", "on", "off"] },
    default: "auto",
    shellDefault: "off",
    order: 8,
    needsTrust: true,
  },
  {
    key: "build.stampDate",
    type: {
      kind: "text",
      form: { pattern: "^$|^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$", example: "2026-01-31 12:00:00" },
    },
    default: "",
    order: 9,
  },
  { key: "build.stampHost", type: { kind: "text" }, default: "", order: 10 },
  { key: "build.allowSymlinks", type: { kind: "flag" }, default: false, order: 11, needsTrust: true },
  { key: "productVersion", type: { kind: "text" }, default: "", order: 12 },
  { key: "sandbox", type: { kind: "path" }, default: "", order: 13, needsTrust: true },
  { key: "frameworkHome", type: { kind: "path" }, default: "", order: 14, needsTrust: true },
  {
    key: "database",
    type: { kind: "choice", choices: databaseKinds, labels: Object.values(databaseTitles) },
    default: defaultDatabase,
    order: 15,
  },
  {
    key: "updateFileListOnMove",
    type: { kind: "choice", choices: fileListUpdates },
    default: "always",
    order: 7,
    isOfEditor: true,
  },
  { key: "checkClosedSpecs", type: { kind: "flag" }, default: true, order: 16 },
  { key: "ignoredFolders", type: { kind: "names" }, default: defaultIgnoredFolders, order: 17 },
  {
    key: "trace.server",
    type: { kind: "choice", choices: ["off", "messages", "verbose"], labels: [] },
    default: "off",
    order: 18,
    scope: "window",
    isOfEditor: true,
  },
  {
    key: "flushSandboxes",
    type: { kind: "flag" },
    default: true,
    order: 19,
    scope: "window",
    isOfEditor: true,
  },
  ...hintKinds.map((kind) => switchOf(`inlayHints.${kind}`, 20)),
  ...lensKinds.map((kind) => switchOf(`codeLens.${kind}`, 21)),
  switchOf("explorerBadges", 22),
  switchOf("perl.forward", 23),
  {
    ...{ key: "databases", type: { kind: "servers" }, default: {}, order: 16 },
    ...{ scope: "machine", isOfUser: true, variable: "SOPM_DATABASES" },
  },
  {
    ...{ key: "testSystems", type: { kind: "systems" }, default: {}, order: 16 },
    ...{ scope: "machine", isOfUser: true, variable: "SOPM_SYSTEMS" },
  },
  { key: "repositories", type: { kind: "names" }, default: [], order: 17, scope: "machine", isOfUser: true },
  { key: "knownPackages", type: { kind: "paths" }, default: [], order: 20, needsTrust: true },
] as const satisfies readonly SettingRow[];

export type SettingKey = (typeof settingRows)[number]["key"];

/** The setting of a key; undefined for none. */
export function settingRow(key: string): SettingRow | undefined {
  return settingRows.find((row) => row.key === key);
}

/** What a rule can be set to. */
export const ruleSeverities = [...severities, "off"] as const;

/** Whether a value is one that a setting takes. Of lists and maps each part is looked at by itself. */
export function isValueOf(row: SettingRow, value: unknown): boolean {
  const { type } = row;
  switch (type.kind) {
    case "choice":
      return type.choices.some((choice) => choice === value);
    case "flag":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string" && (!type.form || new RegExp(type.form.pattern).test(value));
    case "path":
      return typeof value === "string";
    case "paths":
    case "names":
    case "choices":
      return Array.isArray(value);
    case "severities":
    case "folders":
    case "reasons":
    case "servers":
    case "systems":
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}

/** Whether a part of a list or a map is one that a setting takes. */
export function isPartOf({ type }: SettingRow, part: unknown): boolean {
  switch (type.kind) {
    case "choices":
      return type.choices.some((choice) => choice === part);
    case "severities":
      return ruleSeverities.some((severity) => severity === part);
    case "reasons":
      return typeof part === "string" && part.trim() !== "";
    default:
      return typeof part === "string";
  }
}
