import { productOf } from "../dialect/products.ts";
import { settingsFilesOf } from "../dialect/settings-files.ts";
import type { FrameworkRelease } from "../dialect/switches.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type ConfigurationLogEntry, logEntry } from "./configuration-log.ts";
import { evaluate, refusedColumn } from "./evaluate-setting.ts";
import {
  type ConfigurationFile,
  initGroups,
  readDefinitions,
  type SettingDefinition,
  strongerSource,
} from "./read-definitions.ts";
import { readOldSettings } from "./read-old-settings.ts";
import type { Setting, SettingStore } from "./setting.ts";

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
  /** Names of the settings that are read and could not be stored as they are, in their order. */
  readonly notStored: readonly string[];
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
      notStored: [],
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
  const notStored: string[] = [];
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
    else {
      log.push(logEntry("setting-not-updated", { name }));
      notStored.push(name);
    }
  }
  const success = addAll(added, settings, options, log);
  if (!success) notStored.push(...added.map(({ name }) => name));
  return { success, settings: inOrderOfNames(settings), notStored: notStored.sort(), log };
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
  if (!knowledge) return winning;
  for (const [name, definition] of winning) if (strongerSource(definition, knowledge)) winning.delete(name);
  return winning;
}

function isOfFramework(name: string, knowledge: Knowledge | undefined): boolean {
  return knowledge?.isFrameworkSetting(name) === true;
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
