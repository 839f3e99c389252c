import { commonLength, differenceAt, firstDifference } from "../builder/first-difference.ts";
import type { OpenedArchive } from "../builder/opened-archive.ts";
import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import { settingsFilesOf } from "../dialect/settings-files.ts";
import { dialectIn, type Release } from "../dialect/switches.ts";
import { type ArchiveBytes, emptyContent, type FileContent, isSameContent } from "../host/file-content.ts";
import { labelOf } from "../lifecycle/element-label.ts";
import { databaseFamilies } from "../model/package-spec.ts";
import type { PackageStructure, RepeatedName, SingleName, StartTag } from "../model/package-structure.ts";
import { type ArchiveDamage, damageMessages } from "../report/archive-damage.ts";
import type {
  AttributeDifference,
  ByteDifference,
  ComparedSide,
  FactDifference,
  FileDifference,
  PackageComparison,
  SettingDifference,
  StatementDifference,
} from "../report/package-comparison.ts";
import { readConfiguration } from "../sysconfig/read-configuration.ts";
import type { ConfigurationFile } from "../sysconfig/read-definitions.ts";
import type { SettingStore } from "../sysconfig/setting.ts";
import { decodeText } from "../text/decode.ts";
import { unifiedDiff } from "../text/unified-diff.ts";
import { byteReasons, notWellFormed } from "./byte-reasons.ts";
import { buildAttributes, buildData, type Statement, statements } from "./package-parts.ts";
import { wholeOfArchive } from "./whole-of-archive.ts";

/** One of two packages that are compared. */
export interface ComparedPackage {
  /** As somebody has named it. */
  readonly title: string;
  readonly kind: ComparedSide["kind"];
  readonly contents: PackageContents;
  /** Its archive, as far as it is whole; undefined for a spec. */
  readonly archive: OpenedArchive | undefined;
  /** Undefined for what is whole. */
  readonly damage?: ArchiveDamage | undefined;
}

/** An archive to compare. What is whole of a damaged one is compared. @throws PackageError when it cannot be read */
export async function comparedArchive(
  title: string,
  kind: ComparedSide["kind"],
  opened: OpenedArchive,
): Promise<ComparedPackage> {
  const { archive, damage } = (await wholeOfArchive(opened)) ?? { archive: opened, damage: undefined };
  return { title, kind, contents: archive.contents, archive, damage };
}

/**
 * How two packages differ, element by element and file by file; of two archives also why their bytes do. Contents of files
 * that have the same bytes in both archives are not decoded.
 *
 * @throws PackageError when a content cannot be read
 */
export async function comparePackages(
  before: ComparedPackage,
  after: ComparedPackage,
): Promise<PackageComparison> {
  const sides = { before: sideOf(before), after: sideOf(after) };
  const first = await differentByte(before, after);
  const nothing = { facts: [], files: [], database: [], settings: [], bytes: undefined };
  if (first === "none") return { isSame: true, ...sides, ...nothing };
  const facts = factDifferences(before.contents.structure, after.contents.structure);
  const files = await fileDifferences(filesOf(before), filesOf(after), first?.offset ?? 0);
  const database = statementDifferences(before.contents.structure, after.contents.structure);
  const settings = await settingDifferences(before.contents, after.contents, files);
  const bytes: ByteDifference | undefined = first && {
    first,
    reasons:
      before.damage || after.damage
        ? [notWellFormed]
        : byteReasons(before.archive!, after.archive!, { facts, files, database }),
  };
  const isSame = !first && [facts, files, database].every(({ length }) => length === 0);
  return { isSame, ...sides, facts, files, database, settings, bytes };
}

function sideOf({ title, kind, contents: { structure }, damage }: ComparedPackage): ComparedSide {
  const name = structure?.single.Name?.content;
  return {
    title,
    kind,
    name,
    version: structure?.single.Version?.content,
    isReadable: structure !== undefined,
    damage: damageMessages(title, damage),
  };
}

/** "none" for the same bytes, undefined where there is nothing to compare. */
async function differentByte({ archive: before }: ComparedPackage, { archive: after }: ComparedPackage) {
  if (!before || !after) return undefined;
  const { bytes, cut } = before;
  const length =
    after.common?.other === bytes
      ? after.common.length
      : await commonLength([bytes, 0], [after.bytes, 0], bytes.size);
  if (length === bytes.size && length === after.bytes.size) return "none";
  if (length !== undefined && cut) return differenceAt(length, { bytes, cut }, after);
  const [left, right] = [before, after].map(({ bytes }) => bytes.pieces(0, bytes.size));
  return (await firstDifference(left!, right!)) ?? "none";
}

function factDifferences(
  before: PackageStructure | undefined,
  after: PackageStructure | undefined,
): readonly FactDifference[] {
  const singles = [before, after].flatMap((each) => Object.keys(each?.single ?? {}) as SingleName[]);
  const repeated = Object.keys((before ?? after)?.repeated ?? {}) as RepeatedName[];
  const found: FactDifference[] = [];
  const add = (element: string, one: readonly string[], other: readonly string[]) => {
    if (one.length !== other.length || one.some((each, index) => each !== other[index]))
      found.push({ element, before: one, after: other });
  };
  for (const name of new Set(singles)) {
    if (buildData.has(name)) continue;
    const [one, other] = [before, after].map((each) => shown(each?.single[name]));
    add(name, one!, other!);
  }
  for (const name of repeated) {
    const [one, other] = [before, after].map((each) => (each?.repeated[name] ?? []).flatMap(shown));
    add(name, one!, other!);
  }
  return found;
}

/** Line breaks at the ends are laid out by each builder in its own way. */
function shown(tag: StartTag | undefined): readonly string[] {
  if (!tag) return [];
  const attributes = [...tag.attributes].map(([name, value]) => `${name}="${value}"`).sort();
  const text = (tag.content ?? "").replace(/\r\n?/g, "\n").trim();
  return [[...attributes, text === "0" ? "" : text].filter((each) => each !== "").join(" ")];
}

/** A file that counts, beside how it is written where it is in an archive. */
interface ListedFile {
  readonly location: string;
  readonly tag: StartTag;
  readonly content: FileContent;
  readonly written: WrittenContent | undefined;
}

interface WrittenContent {
  /** It is in. */
  readonly archive: ArchiveBytes;
  /** Bytes. */
  readonly size: number;
  /** The offset in the archive of the first of them; undefined for short contents. */
  readonly start: number | undefined;
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** Files that a spec lists and that are not there are none. */
function filesOf({ contents, archive }: ComparedPackage): readonly ListedFile[] {
  if (archive?.text !== undefined)
    return archive.files.map(({ location = "", tag, content, writtenSize, writtenStart, written }) => ({
      ...{ location, tag, content },
      written: { archive: archive.bytes, size: writtenSize, start: writtenStart, read: written },
    }));
  const missing = new Set<PackageFile>(contents.build?.missingFiles);
  return contents.files
    .filter((file) => !missing.has(file))
    .map(({ location = "", tag, content }) => ({
      ...{ location, tag, content: content ?? emptyContent, written: undefined },
    }));
}

/** @param same bytes at the beginning that both archives have in common */
async function fileDifferences(
  before: readonly ListedFile[],
  after: readonly ListedFile[],
  same: number,
): Promise<readonly FileDifference[]> {
  const found: FileDifference[] = [];
  const others = byLocation(after);
  for (const file of before) {
    const other = others.get(file.location)?.shift();
    const difference = other ? await fileDifference(file, other, same) : oneSided(file, "removed");
    if (difference) found.push(difference);
  }
  for (const left of others.values()) found.push(...left.map((file) => oneSided(file, "added")));
  return found.sort((a, b) => (a.location < b.location ? -1 : a.location > b.location ? 1 : 0));
}

/** Of several in one place the first of one side belongs to the first of the other. */
function byLocation(files: readonly ListedFile[]): ReadonlyMap<string, ListedFile[]> {
  const found = new Map<string, ListedFile[]>();
  for (const file of files) {
    const list = found.get(file.location);
    if (list) list.push(file);
    else found.set(file.location, [file]);
  }
  return found;
}

function oneSided({ location, content }: ListedFile, change: "added" | "removed"): FileDifference {
  return {
    ...{ location, change, attributes: [], isSameContent: false, diff: undefined },
    sizeBefore: change === "removed" ? content.size : undefined,
    sizeAfter: change === "added" ? content.size : undefined,
  };
}

async function fileDifference(
  before: ListedFile,
  after: ListedFile,
  same: number,
): Promise<FileDifference | undefined> {
  const attributes = attributeDifferences(before.tag, after.tag);
  const isSame = await hasSameContent(before, after, same);
  if (isSame && attributes.length === 0) return undefined;
  const { location, content } = before;
  return {
    ...{ location, change: "changed", attributes, isSameContent: isSame },
    ...{ sizeBefore: content.size, sizeAfter: after.content.size },
    diff: isSame ? undefined : await textDiff(location, content, after.content),
  };
}

function attributeDifferences(before: StartTag, after: StartTag): readonly AttributeDifference[] {
  const names = new Set([...before.attributes.keys(), ...after.attributes.keys()]);
  return [...names]
    .filter((name) => !buildAttributes.includes(name))
    .map((name) => ({ name, before: before.attributes.get(name), after: after.attributes.get(name) }))
    .filter((each) => each.before !== each.after);
}

/**
 * What is written in the same way is not decoded.
 *
 * @param same bytes at the beginning that both archives have in common, which are not read again
 */
async function hasSameContent(before: ListedFile, after: ListedFile, same: number): Promise<boolean> {
  if (before.content.size !== after.content.size) return false;
  const isWrittenAlike =
    before.tag.attributes.get("Encode") === after.tag.attributes.get("Encode") &&
    before.written?.size === after.written?.size;
  if (before.written && after.written && isWrittenAlike) {
    const { start, size } = before.written;
    if (start !== undefined && start === after.written.start && start + size <= same) return true;
    if (await isWrittenTheSame(before.written, after.written)) return true;
  }
  const [one, other] = [before.content.inPieces?.(), after.content.inPieces?.()];
  if (one && other) return !(await firstDifference(one, other));
  return isSameContent(before.content, after.content);
}

/** Of two that are of the same size. */
async function isWrittenTheSame(before: WrittenContent, after: WrittenContent): Promise<boolean> {
  const common =
    before.start === undefined || after.start === undefined
      ? undefined
      : await commonLength([before.archive, before.start], [after.archive, after.start], before.size);
  if (common !== undefined) return common === before.size;
  return !(await firstDifference(before.read(), after.read()));
}

/** Bytes of a text whose lines are compared. */
const longestText = 1_000_000;

async function textDiff(
  location: string,
  before: FileContent,
  after: FileContent,
): Promise<string | undefined> {
  if (Math.max(before.size, after.size) > longestText) return undefined;
  const [one, other] = [textIn(await before.read()), textIn(await after.read())];
  return one === undefined || other === undefined ? undefined : unifiedDiff(location, one, other);
}

/** Undefined for bytes that are no text. */
function textIn(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function statementDifferences(
  before: PackageStructure | undefined,
  after: PackageStructure | undefined,
): readonly StatementDifference[] {
  return databaseFamilies.flatMap((family) => {
    const [one, other] = [before, after].map((each) => (each ? statements(each.database[family]) : []));
    return inFamily(family, one!, other!);
  });
}

function inFamily(
  section: string,
  before: readonly Statement[],
  after: readonly Statement[],
): readonly StatementDifference[] {
  const gone = [...before];
  const found: StatementDifference[] = [];
  const take = (isIt: (each: Statement) => boolean) => {
    const index = gone.findIndex(isIt);
    return index < 0 ? undefined : gone.splice(index, 1)[0];
  };
  const left: Statement[] = [];
  const kept: (readonly [Statement, Statement])[] = [];
  for (const each of after) {
    const twin = take(({ text, phase }) => text === each.text && phase === each.phase);
    if (twin) kept.push([twin, each]);
    else left.push(each);
  }
  const places = new Map(before.map((each, index) => [each, index]));
  let furthest = -1;
  for (const [twin, each] of kept) {
    const place = places.get(twin)!;
    if (place < furthest) found.push(statementDifference(section, "order", twin, each));
    furthest = Math.max(furthest, place);
  }
  for (const each of left) {
    const moved = take(({ text }) => text === each.text);
    const changed = moved ?? take(({ tag }) => labelOf(tag) === labelOf(each.tag));
    const change = moved ? "moved" : changed ? "changed" : "added";
    found.push(statementDifference(section, change, changed, each));
  }
  for (const each of gone) found.push(statementDifference(section, "removed", each, undefined));
  return found;
}

function statementDifference(
  section: string,
  change: StatementDifference["change"],
  before: Statement | undefined,
  after: Statement | undefined,
): StatementDifference {
  const element = labelOf((after ?? before)!.tag);
  const [one, other] = [before, after].map((each) => (each ? `${each.text}\n` : ""));
  const hasDiff = change !== "moved" && change !== "order";
  return {
    ...{ section, element, change, phaseBefore: before?.phase, phaseAfter: after?.phase },
    diff: hasDiff ? unifiedDiff(element, one!, other!) : undefined,
  };
}

/** Settings are read where a file that defines some is another one. */
async function settingDifferences(
  before: PackageContents,
  after: PackageContents,
  files: readonly FileDifference[],
): Promise<readonly SettingDifference[]> {
  const folder = `${settingsFilesOf(before.release).folder}/`;
  const isSettings = (location = "") => location.startsWith(folder) && location.endsWith(".xml");
  if (!files.some(({ location, isSameContent }) => !isSameContent && isSettings(location))) return [];
  const [one, other] = await Promise.all(
    [before, after].map((each) => settingsOf(each, isSettings, folder.length, before.release)),
  );
  return [...new Set([...one!.keys(), ...other!.keys()])].sort().flatMap((name): SettingDifference[] => {
    const [was, is] = [one!.get(name), other!.get(name)].map(
      (setting) => setting && JSON.stringify(setting.value),
    );
    if (was === is) return [];
    const change = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    return [{ name, change, before: was, after: is }];
  });
}

async function settingsOf(
  { files }: PackageContents,
  isSettings: (location: string | undefined) => boolean,
  folderLength: number,
  release: Release,
): Promise<SettingStore> {
  const read: ConfigurationFile[] = [];
  for (const { location, content } of files) {
    if (!isSettings(location) || !content || content.size > longestText) continue;
    read.push({ name: location!.slice(folderLength), text: decodeText(await content.read()).text });
  }
  const options = typeof release === "string" ? { dialect: dialectIn(release) } : release;
  return readConfiguration(read, options).settings;
}
