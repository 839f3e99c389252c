import { productOf } from "../dialect/products.ts";
import { settingsFilesOf } from "../dialect/settings-files.ts";
import type { FrameworkRelease } from "../dialect/switches.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type ConfigurationLogEntry, logEntry } from "./configuration-log.ts";
import { effectiveValue } from "./effective-value.ts";
import {
  type ConfigurationFile,
  initGroups,
  readDefinitions,
  type SettingDefinition,
} from "./read-definitions.ts";
import { readOldSettings } from "./read-old-settings.ts";
import type { Setting, SettingStore } from "./setting.ts";
import { isTrue, listField, textField, type XmlRecord } from "./xml-record.ts";

export interface ConfigurationOptions extends FrameworkRelease {
  /** What is stored before; nothing by default. */
  readonly previous?: SettingStore;
  /** Whether stored settings that no file defines any more are removed. */
  readonly cleanup?: boolean;
  /** Tells which settings the framework's own files define, which are not among the files. */
  readonly knowledge?: Knowledge | undefined;
}

export interface ConfigurationReading {
  /** False when none of the new settings could be stored; the configuration is not deployed then. */
  readonly success: boolean;
  /** All that is stored afterwards. */
  readonly settings: SettingStore;
  readonly log: readonly ConfigurationLogEntry[];
}

/**
 * What reading the configuration files into the database results in.
 *
 * Settings that are gone are removed first, then those that changed are stored one by one, then all new ones
 * together: when one of the new ones cannot be stored, none is, but the rest has been done.
 *
 * For OTRS 5 and older see {@link readOldSettings}: they have no such step, and what is returned is what their files
 * define.
 *
 * @param files the files in the folder for configuration without the framework's own, in directory order
 * @throws never
 * @source Znuny 7.1 and OTOBO 11, ConfigurationXML2DB
 */
export function readConfiguration(
  files: readonly ConfigurationFile[],
  options: ConfigurationOptions,
): ConfigurationReading {
  const { previous = new Map(), cleanup = false, knowledge } = options;
  const readFiles = files.filter(({ name }) => isRead(name));
  if (settingsFilesOf(options).version === "1.0") {
    return {
      success: true,
      settings: readOldSettings(readFiles, productOf(options.dialect).configRootName),
      log: [],
    };
  }
  const log: ConfigurationLogEntry[] = [];
  const definitions = winningDefinitions(
    readFiles.flatMap((file) => readDefinitions(file, options, log)),
    knowledge,
  );
  const settings = new Map<string, Setting>(
    [...previous].filter(([name]) => {
      // Where no package replaces a setting of the framework any more, that of the framework is stored again.
      const isGone = cleanup || isOfFramework(name, knowledge);
      return definitions.has(name) || !isGone;
    }),
  );
  const added: SettingDefinition[] = [];
  for (const name of [...definitions.keys()].sort()) {
    const definition = definitions.get(name)!;
    const before = settings.get(name);
    const evaluation = evaluate(definition, options);
    const isNew = !before && !isOfFramework(name, knowledge);
    if (isNew) added.push(definition);
    const { setting } = evaluation;
    // A definition that is as before is not looked at, so nothing is logged about it.
    if (before && setting && isSame(before, setting)) continue;
    log.push(...evaluation.log);
    if (isNew) continue;
    if (setting && !refusedColumn(definition.record, setting)) settings.set(name, setting);
    else log.push(logEntry("setting-not-updated", { name }));
  }
  const success = addAll(added, settings, options, log);
  return { success, settings: inOrderOfNames(settings), log };
}

/** Only files right in the folder count, and only with this ending in small letters. */
function isRead(name: string): boolean {
  return name.endsWith(".xml") && !name.startsWith(".") && !name.includes("/");
}

/** The later group wins, in one group the later file, in one file the later setting. */
function winningDefinitions(
  definitions: readonly SettingDefinition[],
  knowledge: Knowledge | undefined,
): ReadonlyMap<string, SettingDefinition> {
  const winning = new Map<string, SettingDefinition>();
  for (const init of initGroups) {
    for (const definition of definitions) {
      if (definition.init === init) winning.set(definition.name, definition);
    }
  }
  for (const [name, { init, file }] of winning) {
    const rank = initGroups.indexOf(init);
    const isBeaten = knowledge?.settingSources(name)?.some((source) => {
      const sourceRank = (initGroups as readonly string[]).indexOf(source.init);
      return sourceRank > rank || (sourceRank === rank && source.file > file);
    });
    if (isBeaten) winning.delete(name);
  }
  return winning;
}

function isOfFramework(name: string, knowledge: Knowledge | undefined): boolean {
  return knowledge?.isFrameworkSetting(name) === true;
}

interface Evaluation {
  /** Undefined when the setting has no value. */
  readonly setting: Setting | undefined;
  readonly log: readonly ConfigurationLogEntry[];
}

function evaluate({ name, file, record }: SettingDefinition, release: FrameworkRelease): Evaluation {
  const log: ConfigurationLogEntry[] = [];
  const values = listField(record, "Value");
  if (!values) log.push(logEntry("definition-missing", { name }), logEntry("value-not-read", { name }));
  const value = effectiveValue(values?.[0], { setting: name, release, log });
  if (value === undefined) return { setting: undefined, log };
  const flag = (attribute: string) =>
    isTrue(textField(record, attribute)) && Number(textField(record, attribute)) !== 0;
  const setting: Setting = {
    name,
    file,
    description: childText(record, "Description"),
    navigation: childText(record, "Navigation"),
    required: flag("Required"),
    valid: flag("Valid"),
    readOnly: flag("ReadOnly"),
    invisible: flag("Invisible"),
    configLevel: orDefault(textField(record, "ConfigLevel"), "100"),
    userModificationPossible: flag("UserModificationPossible"),
    userModificationActive: flag("UserModificationActive"),
    value,
  };
  return { setting, log };
}

function childText(record: XmlRecord, name: string): string {
  return orDefault(textField(listField(record, name)?.[0], "Content"), "");
}

function orDefault(text: string | undefined, fallback: string): string {
  return isTrue(text) ? text : fallback;
}

/** The values are found out once more, with the same lines in the log. */
function addAll(
  added: readonly SettingDefinition[],
  settings: Map<string, Setting>,
  release: FrameworkRelease,
  log: ConfigurationLogEntry[],
): boolean {
  const stored: Setting[] = [];
  let refusal: ConfigurationLogEntry | undefined;
  for (const definition of added) {
    const { name } = definition;
    const { setting, log: again } = evaluate(definition, release);
    log.push(...again);
    if (!setting) log.push(logEntry("value-missing", { name }));
    const column = setting ? refusedColumn(definition.record, setting) : "Value";
    if (column) refusal ??= logEntry("settings-refused", { name, column });
    else stored.push(setting!);
  }
  if (refusal) {
    log.push(refusal, logEntry("settings-not-stored"));
    return false;
  }
  for (const setting of stored) settings.set(setting.name, setting);
  return true;
}

/** Lengths in characters, of the table sysconfig_default. */
const columnLengths = { name: 250, navigation: 200, file: 250 } as const;

const numberAttributes = [
  "Invisible",
  "ReadOnly",
  "Required",
  "Valid",
  "ConfigLevel",
  "UserModificationPossible",
  "UserModificationActive",
] as const;

/** The part of a setting that does not fit into its column; undefined when all do. */
function refusedColumn(record: XmlRecord, setting: Setting): string | undefined {
  for (const column of ["name", "navigation", "file"] as const) {
    if ([...setting[column]].length > columnLengths[column]) return column;
  }
  if ([...(textField(record, "UserPreferencesGroup") ?? "")].length > 250) return "UserPreferencesGroup";
  return numberAttributes.find((attribute) => {
    const text = textField(record, attribute);
    return isTrue(text) && !(/^\s*[+-]?\d+\s*$/.test(text) && Math.abs(Number(text)) <= 32_767);
  });
}

function isSame(before: Setting, after: Setting): boolean {
  const fields = Object.keys(after) as (keyof Setting)[];
  return fields.every((field) => isSameValue(before[field], after[field]));
}

function isSameValue(before: unknown, after: unknown): boolean {
  if (typeof before !== "object" || typeof after !== "object" || !before || !after) return before === after;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const keys = Object.keys(after);
  return (
    Object.keys(before).length === keys.length &&
    keys.every(
      (key) =>
        Object.hasOwn(before, key) &&
        isSameValue((before as Record<string, unknown>)[key], (after as Record<string, unknown>)[key]),
    )
  );
}

function inOrderOfNames(settings: ReadonlyMap<string, Setting>): SettingStore {
  return new Map([...settings.keys()].sort().map((name) => [name, settings.get(name)!]));
}
