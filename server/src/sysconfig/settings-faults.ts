import { productOf } from "../dialect/products.ts";
import { settingsFilesOf, unreadPlaceOf } from "../dialect/settings-files.ts";
import { type FrameworkRelease, switchesOf } from "../dialect/switches.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { type Span, shift } from "../text/span.ts";
import type { ConfigurationLogEntry } from "./configuration-log.ts";
import { evaluate, isNumberColumn, refusedColumn } from "./evaluate-setting.ts";
import {
  type ConfigurationFile,
  initGroups,
  isNamedSetting,
  readDefinitions,
  type SettingDefinition,
  strongerSource,
} from "./read-definitions.ts";
import { toRecord, type XmlRecord } from "./xml-record.ts";

/** Something that a framework does not read in a settings file, or reads otherwise than it is written. */
export interface SettingsFault extends Message {
  readonly id: SettingsFaultId;
  readonly values: MessageArguments;
  /** The place of the cause in the file. */
  readonly span: Span;
  /** Names of the settings that are not stored as they are written, in the order of the file. */
  readonly lost: readonly string[];
}

export type SettingsFaultId = keyof typeof settingsFaultTexts;

/** What is said of each fault: what becomes of the settings, why, and what to do where that does not go without saying. */
export const settingsFaultTexts = {
  "file-root":
    "The framework leaves this file out, because its root element is {found} and not {root}. Rename it. Lost settings: {names}.",
  "file-root-missing":
    "The framework leaves this file out, because it has no element {root}. Lost settings: {names}.",
  "file-root-repeated":
    "The framework leaves this file out, because it has several elements {root}. Keep one. Lost settings: {names}.",
  "file-init-missing":
    "The framework leaves this file out, because {root} has no init. Write Application for settings of the package itself. Lost settings: {names}.",
  "file-init-form":
    "The framework leaves this file out, because it looks for init in double quotes, behind the first {root} in the text. Lost settings: {names}.",
  "file-init-unknown":
    "The framework leaves this file out, because init is “{init}” and not Framework, Application, Config or Changes. Lost settings: {names}.",
  "file-version":
    "The framework leaves this file out, because the version of {root} is not 2.0. Lost settings: {names}.",
  "file-version-form":
    "The framework leaves this file out, because it looks for the version in double quotes, on the line where {root} begins. Lost settings: {names}.",
  "file-malformed":
    "The framework leaves this file out, because it is no well-formed XML at this place. Lost settings: {names}.",
  "file-entities":
    "Which settings the framework reads in this file is not known, because it declares entities. Remove them. Settings at stake: {names}.",
  "file-old":
    "Which settings the framework reads in this file is not known, because it is no well-formed XML with the root element {root}, which releases up to OTRS 5 look for. Settings at stake: {names}.",
  "old-item":
    "The setting {name} is lost, because ConfigItem is the form of OTRS 5 and older. Write it as Setting.",
  "setting-malformed": "The setting {name} is lost, because it is no well-formed XML at this place.",
  "setting-quotes":
    "The setting {name} is lost, because the framework looks for Name in double quotes, without blanks around the equals sign.",
  "setting-start":
    "The setting {name} is lost, because the framework looks for <Setting with a blank behind it. Write an attribute on the same line.",
  "setting-closed":
    "The setting {name} is lost, because it has no end tag: the framework goes on reading up to the next one.",
  "setting-cdata":
    "The setting {name} is lost, because the framework takes the first </Setting> for its end, even in CDATA.",
  "setting-swallowed":
    "The setting {name} is lost, because the framework reads the setting before it beyond its end.",
  "setting-altered":
    "The setting {name} is stored with another value, because the framework takes lines that begin with # and all between <!-- and --> for comments.",
  "setting-beaten":
    "The setting {name} stays as the framework has it, because {file} with init {init} is read later.",
  "value-missing":
    "The setting {name} has no value, because Value with an Item, a Hash or an Array is missing. While it is new, no other new setting is stored either.",
  "value-keyless":
    "The setting {name} has no value, because no Item of its Hash has a Key. While it is new, no other new setting is stored either.",
  "value-type":
    "The setting {name} has no value, because the framework knows no value type {type}. While it is new, no other new setting is stored either.",
  "value-unread":
    "The setting {name} has no value that the framework can read. While it is new, no other new setting is stored either.",
  "item-type":
    "A part of the setting {name} becomes empty, because the framework knows no value type {type}.",
  "value-several":
    "A part of the setting {name} is lost, because its Value may hold one Item, one Hash or one Array and nothing else.",
  "item-keyless": "This Item of the setting {name} is lost, because it has no Key.",
  "name-long":
    "The setting {name} cannot be stored, because its name has more than 250 characters. While it is new, no other new setting is stored either.",
  "column-long":
    "The setting {name} cannot be stored, because its {column} is too long. While it is new, no other new setting is stored either.",
  "column-number":
    "The setting {name} cannot be stored, because its {column} is no whole number up to 32767. While it is new, no other new setting is stored either.",
  "place-above":
    "The settings in “{location}” are not loaded: they are read from Kernel/Config/Files/XML/ alone. Lost settings: {names}.",
  "place-below":
    "The settings in “{location}” are not loaded: folders inside Kernel/Config/Files/XML/ are not looked at. Lost settings: {names}.",
  "place-ending":
    "The settings in “{location}” are not loaded: only files that end in “.xml”, in lower case, are read. Lost settings: {names}.",
  "place-nested":
    "The settings in “{location}” are not loaded: up to OTRS 5 they are read from Kernel/Config/Files/ alone. Lost settings: {names}.",
} as const;

/** Faults that keep all new settings of a run out of the database, also those of other files and packages. */
const fatalFaults: ReadonlySet<SettingsFaultId> = new Set<SettingsFaultId>([
  "value-missing",
  "value-keyless",
  "value-type",
  "value-unread",
  "name-long",
  "column-long",
  "column-number",
]);

/** Whether it is not known what a framework makes of the file. */
export function isOpen({ id }: Pick<SettingsFault, "id">): boolean {
  return id === "file-entities" || id === "file-old";
}

/** Whether no new setting at all is stored because of a fault. */
export function isFatal({ id }: Pick<SettingsFault, "id">): boolean {
  return fatalFaults.has(id);
}

/**
 * Everything in a settings file that is lost when a release reads it, compared with what an XML parser finds there.
 *
 * Of the format 1.0, of OTRS 5 and older, it is only said where it is not known what they make of a file.
 *
 * @param knowledge tells which files of the framework's own are read later; undefined where nobody knows
 * @throws never
 * @source Znuny 7.1 and OTOBO 11, ConfigurationXML2DB and SettingListParse
 */
export function settingsFaults(
  file: ConfigurationFile,
  release: FrameworkRelease,
  knowledge: Knowledge | undefined,
): readonly SettingsFault[] {
  const tree = SyntaxTree.parse(file.text);
  const meant = meantSettings(tree);
  if (settingsFilesOf(release).version === "1.0") return oldFault(tree, release, [...meant.keys()]);
  const log: ConfigurationLogEntry[] = [];
  const definitions = readDefinitions(file, release, log);
  const found = fileFault(log, tree, release, [...meant.keys()]);
  if (found) return found.lost.length === 0 ? [] : [found];
  const faults = [...oldItems(tree), ...valueFaults(definitions, meant, release, knowledge)];
  if (!switchesOf(release).settingsParsed) faults.push(...readingFaults(tree, definitions, meant));
  return faults.sort((a, b) => a.span.start - b.span.start);
}

/**
 * What is lost because a settings file lies where a release does not look for it, or is called otherwise; undefined
 * where nothing is.
 *
 * @param location relative to the framework's home
 * @param isStored whether another file brings a setting of that name
 */
export function placeFault(
  location: string,
  text: string,
  release: FrameworkRelease,
  isStored: (name: string) => boolean,
): SettingsFault | undefined {
  const place = unreadPlaceOf(location, release);
  if (!place) return undefined;
  const lost = meantNames({ name: location, text }).filter((name) => !isStored(name));
  if (lost.length === 0) return undefined;
  return fault(`place-${place}`, { start: 0, end: 0 }, lost, { location, names: namesText(lost) });
}

/** The names of all settings that a settings file is meant to define, in its order. */
export function meantNames({ text }: ConfigurationFile): readonly string[] {
  return [...meantSettings(SyntaxTree.parse(text)).keys()];
}

/** By name, each as often as it is written; the form of OTRS 5 included. */
function meantSettings(tree: SyntaxTree): ReadonlyMap<string, readonly Element[]> {
  const meant = new Map<string, Element[]>();
  for (const element of tree.elements()) {
    if (!isNamedSetting(element) && !isOldItem(element)) continue;
    const name = element.value("Name")!;
    meant.set(name, [...(meant.get(name) ?? []), element]);
  }
  return meant;
}

function isOldItem(element: Element): boolean {
  return element.name === "ConfigItem" && (element.value("Name") ?? "") !== "";
}

function fault(
  id: SettingsFaultId,
  span: Span,
  lost: readonly string[],
  values: MessageArguments,
): SettingsFault {
  return { id, text: settingsFaultTexts[id], values, span, lost };
}

function settingFault(
  id: SettingsFaultId,
  name: string,
  span: Span,
  values: MessageArguments = {},
): SettingsFault {
  return fault(id, span, [name], { ...values, name });
}

function oldFault(
  tree: SyntaxTree,
  release: FrameworkRelease,
  lost: readonly string[],
): readonly SettingsFault[] {
  const root = productOf(release.dialect).configRootName;
  if (lost.length === 0 || (tree.isWellFormed && tree.root?.name === root)) return [];
  const place = tree.problems[0]?.span ?? tree.root!.nameSpan;
  return [fault("file-old", place, lost, { root, names: namesText(lost) })];
}

/** Why the whole file is left out; undefined when it is not. */
function fileFault(
  log: readonly ConfigurationLogEntry[],
  tree: SyntaxTree,
  release: FrameworkRelease,
  lost: readonly string[],
): SettingsFault | undefined {
  const wanted = productOf(release.dialect).configRootName;
  const config = [...tree.elements()].filter(({ name }) => name === wanted);
  const [root] = config;
  const place = (root ?? tree.root)?.nameSpan ?? { start: 0, end: 0 };
  const values = { root: wanted, names: namesText(lost) };
  for (const { id, values: logged } of log) {
    switch (id) {
      case "config-init-invalid":
        if (!root) return rootFault(tree, place, lost, values);
        return initFault(root, lost, { ...values, init: String(logged?.init ?? "") });
      case "config-root-missing":
        return rootFault(tree, place, lost, values);
      case "config-root-repeated":
        return fault("file-root-repeated", config[1]!.nameSpan, lost, values);
      case "config-malformed":
        return fault("file-malformed", tree.problems[0]!.span, lost, values);
      case "config-entities": {
        const { start, node } = tree.doctype!;
        return fault("file-entities", { start, end: start + node.width }, lost, values);
      }
      case "config-version": {
        const version = root?.attribute("version");
        const form = version?.value === "2.0" ? "file-version-form" : "file-version";
        return fault(form, version?.span ?? place, lost, values);
      }
    }
  }
  return undefined;
}

function rootFault(
  tree: SyntaxTree,
  place: Span,
  lost: readonly string[],
  values: MessageArguments,
): SettingsFault {
  const found = tree.root?.name;
  if (found === undefined || !/_config$/.test(found)) return fault("file-root-missing", place, lost, values);
  return fault("file-root", place, lost, { ...values, found });
}

function initFault(root: Element, lost: readonly string[], values: MessageArguments): SettingsFault {
  const init = root.attribute("init");
  if (!init) return fault("file-init-missing", root.nameSpan, lost, values);
  const isKnown = (initGroups as readonly string[]).includes(init.value);
  if (isKnown) return fault("file-init-form", init.span, lost, values);
  return fault("file-init-unknown", init.span, lost, { ...values, init: init.value });
}

/** As many names are told; a file of the framework's own size would fill the screen with them. */
const toldNames = 12;

/** Names in a list, cut short where there are very many. */
export function namesText(names: readonly string[]): string {
  const told = names.slice(0, toldNames).join(", ");
  return names.length > toldNames ? `${told} … (+${names.length - toldNames})` : told;
}

function oldItems(tree: SyntaxTree): readonly SettingsFault[] {
  return [...tree.elements()]
    .filter(isOldItem)
    .map((item) => settingFault("old-item", item.value("Name")!, item.nameSpan));
}

/** What text patterns overlook in a file that is not left out. */
function readingFaults(
  tree: SyntaxTree,
  definitions: readonly SettingDefinition[],
  meant: ReadonlyMap<string, readonly Element[]>,
): readonly SettingsFault[] {
  const read = new Map<string, XmlRecord[]>();
  for (const { name, record } of definitions) read.set(name, [...(read.get(name) ?? []), record]);
  const faults: SettingsFault[] = [];
  for (const [name, elements] of meant) {
    const records = read.get(name) ?? [];
    for (const [index, element] of elements.filter(isNamedSetting).entries()) {
      const record = records[index];
      if (!record) faults.push(lostSetting(tree, name, element));
      else if (!isSameRecord(record, toRecord(element)))
        faults.push(settingFault("setting-altered", name, namePlace(element)));
    }
  }
  return faults;
}

function lostSetting(tree: SyntaxTree, name: string, element: Element): SettingsFault {
  const text = tree.source.slice(element.span.start, element.span.end);
  const startTag = text.slice(0, element.node.startTagWidth);
  const place = namePlace(element);
  if (element.closing === "empty") return settingFault("setting-closed", name, place);
  if (!startTag.startsWith("<Setting ")) return settingFault("setting-start", name, place);
  if (!startTag.includes('Name="')) return settingFault("setting-quotes", name, place);
  const [problem] = SyntaxTree.parse(text).problems;
  if (problem) {
    return settingFault("setting-malformed", name, shift(problem.span, element.start));
  }
  const isCut = text.indexOf("</Setting>") < text.length - element.node.endTagWidth;
  return settingFault(isCut ? "setting-cdata" : "setting-swallowed", name, place);
}

function namePlace(element: Element): Span {
  return element.attribute("Name")?.valueSpan ?? element.nameSpan;
}

function isSameRecord(some: XmlRecord, others: XmlRecord): boolean {
  if (some.size !== others.size) return false;
  return [...some].every(([key, value]) => {
    const other = others.get(key);
    if (typeof value === "string" || typeof other === "string" || !other) return value === other;
    return value.length === other.length && value.every((each, index) => isSameRecord(each, other[index]!));
  });
}

/** Settings that are read and have no value, or another one than is written. Of two with one name the later counts. */
function valueFaults(
  definitions: readonly SettingDefinition[],
  meant: ReadonlyMap<string, readonly Element[]>,
  release: FrameworkRelease,
  knowledge: Knowledge | undefined,
): readonly SettingsFault[] {
  const last = new Map(definitions.map((definition) => [definition.name, definition]));
  return [...last.values()].flatMap((definition) => {
    const element = meant.get(definition.name)?.at(-1);
    // What an XML parser does not see there was not meant.
    return element ? [...valueFaultsOf(definition, element, release, knowledge)] : [];
  });
}

function* valueFaultsOf(
  definition: SettingDefinition,
  element: Element,
  release: FrameworkRelease,
  knowledge: Knowledge | undefined,
): Iterable<SettingsFault> {
  const { name, record } = definition;
  const place = namePlace(element);
  const value = element.child("Value");
  const { setting, log } = evaluate(definition, release);
  const type = log.find(({ id }) => id === "value-type-unknown")?.values?.type;
  if (!setting) {
    yield type === undefined
      ? settingFault(missingValue(value), name, value?.nameSpan ?? place)
      : settingFault("value-type", name, typePlace(element, String(type)), { type });
    return;
  }
  if (type !== undefined) yield settingFault("item-type", name, typePlace(element, String(type)), { type });
  const column = refusedColumn(record, setting);
  if (column) {
    const attribute = element.attribute(column);
    const id = isNumberColumn(column) ? "column-number" : column === "name" ? "name-long" : "column-long";
    yield settingFault(id, name, attribute?.valueSpan ?? place, { column });
    return;
  }
  const values = element.childrenNamed("Value");
  const parts = values.flatMap((each) => each.elements);
  if (values.length > 1 || parts.length > 1)
    yield settingFault("value-several", name, (values[1] ?? parts[1]!).nameSpan);
  for (const hash of element.descendants()) {
    if (hash.name !== "Hash") continue;
    for (const item of hash.childrenNamed("Item"))
      if (item.attribute("Key") === undefined) yield settingFault("item-keyless", name, item.nameSpan);
  }
  const stronger = knowledge && strongerSource(definition, knowledge);
  if (stronger)
    yield settingFault("setting-beaten", name, place, { file: stronger.file, init: stronger.init });
}

function missingValue(value: Element | undefined): SettingsFaultId {
  const content = value?.elements[0];
  if (!content || !["Item", "Hash", "Array"].includes(content.name)) return "value-missing";
  const isKeyless = content.name === "Hash" && content.childrenNamed("Item").length > 0;
  return isKeyless ? "value-keyless" : "value-unread";
}

function typePlace(setting: Element, type: string): Span {
  for (const element of setting.descendants()) {
    const attribute = element.attribute("ValueType");
    if (attribute?.value === type) return attribute.valueSpan;
  }
  return namePlace(setting);
}
