import { type FrameworkRelease, switchesOf } from "../dialect/switches.ts";
import { type ConfigurationLogEntry, logEntry } from "./configuration-log.ts";
import { withoutOuterLines } from "./outer-lines.ts";
import type { SettingValue } from "./setting.ts";
import { isTrue, listField, textField, type XmlRecord } from "./xml-record.ts";

/** Where the value of a setting is found out, and what is logged meanwhile. */
export interface ValueContext {
  readonly setting: string;
  readonly release: FrameworkRelease;
  readonly log: ConfigurationLogEntry[];
}

/**
 * Finds out what a setting comes to. Nothing is checked against patterns, files or entities.
 *
 * @param holder the first `Value` of the setting, or an `Item` that holds a `Hash` or an `Array`
 * @returns undefined when there is none; a setting with such a value cannot be stored
 * @source Znuny 7.1 and OTOBO 11, SettingEffectiveValueGet
 */
export function effectiveValue(
  holder: XmlRecord | undefined,
  context: ValueContext,
): SettingValue | undefined {
  const items = listField(holder, "Item");
  if (items) return itemValue(items, context);
  const hash = listField(holder, "Hash")?.[0];
  if (hash) return hashValue(hash, context);
  const array = listField(holder, "Array")?.[0];
  return array && arrayValue(array, context);
}

/** The 18 value types of Znuny 7.1 and OTOBO 11. */
const valueTypes: ReadonlySet<string> = new Set([
  "Checkbox",
  "Date",
  "DateTime",
  "Directory",
  "Entity",
  "File",
  "FrontendNavigation",
  "FrontendRegistration",
  "Password",
  "PerlModule",
  "Select",
  "String",
  "Textarea",
  "TimeZone",
  "VacationDays",
  "VacationDaysOneTime",
  "WorkingHours",
  "YAML",
]);

function itemValue(items: readonly XmlRecord[], context: ValueContext): SettingValue | undefined {
  const item = items[0];
  if (!item || item.size === 0) return undefined;
  const given = textField(item, "ValueType");
  const type = isTrue(given) ? given : "String";
  if (!valueTypes.has(type) || (type === "YAML" && !switchesOf(context.release).yamlSettings)) {
    context.log.push(logEntry("value-type-unknown", { name: context.setting, type }));
    return undefined;
  }
  if (items.length > 1) {
    context.log.push(logEntry("value-not-single", { name: context.setting }));
    return "";
  }
  switch (type) {
    case "Select":
      return selectedOption(item, context);
    case "VacationDays":
      return datedTexts(item, ["ValueMonth", "ValueDay"]);
    case "VacationDaysOneTime":
      return datedTexts(item, ["ValueYear", "ValueMonth", "ValueDay"]);
    case "WorkingHours":
      return workingHours(item);
    case "FrontendNavigation":
    case "FrontendRegistration":
      return frontendEntry(item);
    default:
      return textField(item, "Content") ?? "";
  }
}

/** An option that does not exist is logged and kept. */
function selectedOption(item: XmlRecord, { setting, log }: ValueContext): string {
  const option = textField(item, "SelectedID") ?? "";
  const options = listField(item, "Item") ?? [];
  if (!options.some((candidate) => (textField(candidate, "Value") ?? "") === option)) {
    log.push(logEntry("option-unknown", { name: setting, option }));
  }
  return option;
}

type Texts = Map<string, Texts | string>;

/** Texts in a table of a table, one level for each attribute. Items that lack one of the attributes are left out. */
function datedTexts(item: XmlRecord, attributes: readonly string[]): SettingValue {
  const days = listField(item, "Item");
  if (!days) return "";
  const root: Texts = new Map();
  for (const day of days) {
    const keys = attributes.map((name) => textField(day, name));
    if (!keys.every(isTrue)) continue;
    let level = root;
    for (const key of keys.slice(0, -1)) {
      const next = level.get(key);
      if (next instanceof Map) level = next;
      else {
        const made: Texts = new Map();
        level.set(key, made);
        level = made;
      }
    }
    level.set(keys.at(-1)!, textField(day, "Content") ?? "");
  }
  return toTable(root);
}

function toTable(texts: Texts): SettingValue {
  return Object.fromEntries(
    [...texts].map(([key, value]) => [key, value instanceof Map ? toTable(value) : value]),
  );
}

/** The hour 0 is never stored, because its text counts as none. */
function workingHours(item: XmlRecord): SettingValue {
  const days = listField(item, "Item");
  if (!days) return "";
  const hours = new Map<string, SettingValue>();
  for (const day of days) {
    const name = textField(day, "ValueName");
    if (!isTrue(name) || !isTrue(textField(day, "ValueType"))) continue;
    const texts = (listField(day, "Item") ?? []).map((hour) => textField(hour, "Content"));
    hours.set(name, texts.filter(isTrue));
  }
  return Object.fromEntries(hours);
}

/** Groups are lists whatever is written, everything else is a text. */
function frontendEntry(item: XmlRecord): SettingValue | undefined {
  const items = listField(listField(item, "Hash")?.[0], "Item");
  if (!items) return undefined;
  const entry = new Map<string, SettingValue>();
  for (const part of items) {
    const key = textField(part, "Key") ?? "";
    if (key !== "Group" && key !== "GroupRo") {
      entry.set(key, orEmpty(textField(part, "Content")));
      continue;
    }
    const array = listField(part, "Array");
    if (array)
      entry.set(
        key,
        (listField(array[0], "Item") ?? []).map((group) => orEmpty(textField(group, "Content"))),
      );
  }
  for (const key of ["Group", "GroupRo"]) if (!entry.has(key)) entry.set(key, []);
  return Object.fromEntries(entry);
}

function orEmpty(text: string | undefined): string {
  return isTrue(text) ? text : "";
}

/** Items without a key do not count, of two with the same key the later one does. A hash of such items has no value. */
function hashValue(hash: XmlRecord, context: ValueContext): SettingValue | undefined {
  const items = listField(hash, "Item");
  if (!items) return {};
  const inherited = inheritedFields(hash, true);
  const table = new Map<string, SettingValue>();
  for (const item of items) {
    const key = textField(item, "Key");
    if (key === undefined) continue;
    const typed = inherited.has("ValueType") || isTrue(textField(item, "ValueType"));
    table.set(key, nestedValue(item, typed, inherited, context) ?? "");
  }
  return table.size > 0 ? Object.fromEntries(table) : undefined;
}

/** Empty items without attributes do not count; a type of their own does not either. */
function arrayValue(array: XmlRecord, context: ValueContext): SettingValue {
  const inherited = inheritedFields(array, false);
  return (listField(array, "Item") ?? [])
    .filter((item) => item.size > 0)
    .map((item) => nestedValue(item, inherited.has("ValueType"), inherited, context) ?? "");
}

function nestedValue(
  item: XmlRecord,
  typed: boolean,
  inherited: XmlRecord,
  context: ValueContext,
): SettingValue | undefined {
  const list = listField(item, "Hash") ? "Hash" : listField(item, "Array") ? "Array" : undefined;
  const missing = [...inherited].filter(([name]) => !item.has(name));
  if (list) {
    const [first, ...others] = listField(item, list)!;
    return effectiveValue(new Map([...item, [list, [new Map([...first!, ...missing]), ...others]]]), context);
  }
  if (typed) return effectiveValue(new Map([["Item", [new Map([...item, ...missing])]]]), context);
  return withoutOuterLines(textField(item, "Content") ?? "");
}

/**
 * What the items get from the `DefaultItem` where they have nothing of their own.
 *
 * @param inHash whether the list is a Hash, which leaves everything aside when the options of a Select are no options
 */
function inheritedFields(list: XmlRecord, inHash: boolean): XmlRecord {
  const fields = new Map<string, string | readonly XmlRecord[]>();
  const template = listField(list, "DefaultItem")?.[0];
  if (!template) return fields;
  for (const name of ["Array", "Hash"]) {
    const inner = listField(listField(template, name)?.[0], "DefaultItem");
    if (inner) fields.set("DefaultItem", inner);
  }
  const option = listField(template, "Item")?.[0];
  if (
    inHash &&
    option &&
    textField(template, "ValueType") === "Select" &&
    textField(option, "ValueType") !== "Option"
  ) {
    return fields;
  }
  for (const [name, value] of template) {
    if (!["Array", "Hash", "Content", "SelectedID"].includes(name)) fields.set(name, value);
  }
  return fields;
}
