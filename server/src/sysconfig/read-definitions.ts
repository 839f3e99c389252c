import { productOf } from "../dialect/products.ts";
import { type FrameworkRelease, switchesOf } from "../dialect/switches.ts";
import type { Knowledge, SettingSource } from "../knowledge/knowledge.ts";
import type { Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { type ConfigurationLogEntry, logEntry } from "./configuration-log.ts";
import { isTrue, textField, toRecord, type XmlRecord } from "./xml-record.ts";

/** A file of the folder for configuration. */
export interface ConfigurationFile {
  /** Without folder, such as "Acme.xml". */
  readonly name: string;
  readonly text: string;
}

/** The groups in which files are read: a later group replaces settings of an earlier one. */
export const initGroups = ["Framework", "Application", "Config", "Changes"] as const;
export type InitGroup = (typeof initGroups)[number];

/** A setting as a file has it, before anybody asks for its value. */
export interface SettingDefinition {
  readonly name: string;
  readonly file: string;
  readonly init: InitGroup;
  readonly record: XmlRecord;
}

/**
 * Lists the settings that a file of format 2.0 defines, in document order.
 *
 * OTOBO reads the file with an XML parser. The OTRS line searches it with text patterns and gives each setting that
 * it finds to an XML parser of its own: it loses no more than the broken setting, and overlooks settings that are
 * written unusually. OTRS 6 to 8 and Znuny 6 are assumed to read as Znuny 7.1, OTOBO 10 as OTOBO 11.
 *
 * @param log what the framework logs is added to it
 * @source Znuny 7.1 and OTOBO 11, ConfigurationXML2DB and SettingListParse
 */
export function readDefinitions(
  { name: file, text }: ConfigurationFile,
  release: FrameworkRelease,
  log: ConfigurationLogEntry[],
): readonly SettingDefinition[] {
  const { configRootName: root } = productOf(release.dialect);
  if (!isTrue(text)) {
    log.push(logEntry("config-empty", { file }));
    return [];
  }
  const init = textBetween(text, [`<${root}`, 'init="'], '"') ?? "";
  if (!isInitGroup(init)) {
    log.push(logEntry("config-init-invalid", { file, root, init }));
    return [];
  }
  const records = switchesOf(release).settingsParsed
    ? parseRecords(text, file, root, log)
    : findRecords(text, file, root, release, log);
  return records.flatMap((record) => {
    const name = textField(record, "Name");
    return isTrue(name) ? [{ name, file, init, record }] : [];
  });
}

/**
 * A source of the framework's own that is read later than a definition, and so takes its place; undefined for none and
 * where nobody knows.
 */
export function strongerSource(
  { name, init, file }: Pick<SettingDefinition, "name" | "init" | "file">,
  knowledge: Knowledge,
): SettingSource | undefined {
  const rank = initGroups.indexOf(init);
  return knowledge.settingSources(name)?.find((source) => {
    const sourceRank = (initGroups as readonly string[]).indexOf(source.init);
    return sourceRank > rank || (sourceRank === rank && source.file > file);
  });
}

function isInitGroup(text: string): text is InitGroup {
  return (initGroups as readonly string[]).includes(text);
}

/** What stands behind the first occurrences of texts that follow each other, up to an end; undefined without one. */
function textBetween(text: string, starts: readonly string[], end: string): string | undefined {
  let position = 0;
  for (const start of starts) {
    const index = text.indexOf(start, position);
    if (index < 0) return undefined;
    position = index + start.length;
  }
  const index = text.indexOf(end, position);
  return index < 0 ? undefined : text.slice(position, index);
}

/** OTOBO: `Setting` elements with a name may stand anywhere in the document, the root element too. */
function parseRecords(
  text: string,
  file: string,
  root: string,
  log: ConfigurationLogEntry[],
): readonly XmlRecord[] {
  const tree = SyntaxTree.parse(text);
  const problem = tree.problems[0];
  if (problem) {
    const line = text.slice(0, problem.span.start).split("\n").length;
    log.push(logEntry("config-malformed", { file, line }));
    return [];
  }
  // The framework would expand the entities, also those that read other files.
  if (tree.doctype?.node.raw.includes("<!ENTITY")) {
    log.push(logEntry("config-entities", { file }));
    return [];
  }
  const elements = [...tree.elements()];
  const [config, ...others] = elements.filter(({ name }) => name === root);
  if (!config || others.length > 0) {
    log.push(logEntry(config ? "config-root-repeated" : "config-root-missing", { file, root }));
    return [];
  }
  if (config.value("version") !== "2.0") {
    log.push(logEntry("config-version", { file, root }));
    return [];
  }
  for (const item of config.childrenNamed("ConfigItem")) {
    log.push(logEntry("config-old-item", { file, name: item.value("Name") ?? "" }));
  }
  return elements.filter(isNamedSetting).map(toRecord);
}

export function isNamedSetting(element: Element): boolean {
  return element.name === "Setting" && (element.value("Name") ?? "") !== "";
}

/** The OTRS line: comments and lines that begin with a number sign are taken away first, wherever they stand. */
function findRecords(
  text: string,
  file: string,
  root: string,
  release: FrameworkRelease,
  log: ConfigurationLogEntry[],
): readonly XmlRecord[] {
  const { settingsInCommentsCount, settingsVersionIgnored } = switchesOf(release);
  const uncommented = settingsInCommentsCount ? (each: string) => each : withoutComments;
  const searched = uncommented(uncommented(text).replace(/(?<![^\n])#[^\n]*/g, ""));
  if (!settingsVersionIgnored && versionIn(searched, root) !== "2.0") {
    log.push(logEntry("config-version", { file, root }));
    return [];
  }
  for (const { inner: name } of matchesIn(searched, ["<ConfigItem", 'Name="'], '"', [])) {
    log.push(logEntry("config-old-item", { file, name }));
  }
  const records: XmlRecord[] = [];
  for (const { whole, inner: name } of matchesIn(searched, ["<Setting ", 'Name="'], '"', [
    ">",
    "</Setting>",
  ])) {
    if (name === "") continue;
    const tree = SyntaxTree.parse(whole);
    if (tree.isWellFormed) records.push(toRecord(tree.root!));
    else
      log.push(logEntry("setting-malformed", { file, name }), logEntry("setting-left-out", { file, name }));
  }
  return records;
}

function withoutComments(text: string): string {
  let result = "";
  let position = 0;
  for (;;) {
    const start = text.indexOf("<!--", position);
    const end = start < 0 ? -1 : text.indexOf("-->", start + 4);
    if (end < 0) return result + text.slice(position);
    result += text.slice(position, start);
    position = end + 3;
  }
}

/** Name of the root element and its attribute have to stand on one line. */
function versionIn(text: string, root: string): string | undefined {
  for (const line of text.split("\n")) {
    const version = textBetween(line, [root, 'version="'], '"');
    if (version !== undefined) return version;
  }
  return undefined;
}

/**
 * All places where texts follow each other with anything between them, each as near as possible. That is what a
 * pattern of literals and `.*?` finds, without its cost on a text that has only some of them.
 */
function* matchesIn(
  text: string,
  starts: readonly string[],
  innerEnd: string,
  ends: readonly string[],
): Iterable<{ readonly whole: string; readonly inner: string }> {
  for (let from = 0; ; ) {
    const places: number[] = [];
    let position = from;
    for (const part of [...starts, innerEnd, ...ends]) {
      const index = text.indexOf(part, position);
      if (index < 0) return;
      places.push(index);
      position = index + part.length;
    }
    const innerStart = places[starts.length - 1]! + starts.at(-1)!.length;
    yield { whole: text.slice(places[0], position), inner: text.slice(innerStart, places[starts.length]) };
    from = position;
  }
}
