import type { FrameworkRelease } from "../dialect/switches.ts";
import { type ConfigurationLogEntry, logEntry } from "./configuration-log.ts";
import { effectiveValue } from "./effective-value.ts";
import type { SettingDefinition } from "./read-definitions.ts";
import type { Setting } from "./setting.ts";
import { isTrue, listField, textField, type XmlRecord } from "./xml-record.ts";

export interface Evaluation {
  /** Undefined when the setting has no value. */
  readonly setting: Setting | undefined;
  readonly log: readonly ConfigurationLogEntry[];
}

/**
 * Finds out what a definition comes to, as the table of settings takes it.
 *
 * @source Znuny 7.1 and OTOBO 11, ConfigurationXML2DB
 */
export function evaluate({ name, file, record }: SettingDefinition, release: FrameworkRelease): Evaluation {
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
export function refusedColumn(record: XmlRecord, setting: Setting): string | undefined {
  for (const column of ["name", "navigation", "file"] as const) {
    if ([...setting[column]].length > columnLengths[column]) return column;
  }
  if ([...(textField(record, "UserPreferencesGroup") ?? "")].length > 250) return "UserPreferencesGroup";
  return numberAttributes.find((attribute) => {
    const text = textField(record, attribute);
    return isTrue(text) && !(/^\s*[+-]?\d+\s*$/.test(text) && Math.abs(Number(text)) <= 32_767);
  });
}

/** Whether a part of a setting that its column refuses is a number. */
export function isNumberColumn(column: string): boolean {
  return (numberAttributes as readonly string[]).includes(column);
}
