/**
 * What the package managers make of a document.
 *
 * They do not look at its structure: all tags are laid out in one list, in document order, and are then picked out of
 * it by name, at whatever depth they stand. So a `Version` nested anywhere overwrites the version of the package.
 * Everything that is built, installed or compared stands on this reading, not on the tree.
 */
import { forbiddenPathsOf } from "../dialect/forbidden-paths.ts";
import { type Release, switchesOf } from "../dialect/switches.ts";
import { type Element, textOf } from "../syntax/element.ts";
import type { AttributeNode, ElementNode } from "../syntax/node.ts";
import { attributeValue } from "../syntax/references.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import { base64Length } from "./base64.ts";
import { type Entities, readEntities } from "./entities.ts";
import {
  lenientTextOf,
  lenientValue,
  type MalformedReading,
  readingOfMalformed,
  stopOf,
} from "./lenient-reading.ts";
import { codeFamilies, type DatabaseFamily, databaseFamilies, introFamilies } from "./package-spec.ts";

/** Elements of which the last one counts, in no order. */
const singleNames = [
  "Name",
  "Version",
  "Vendor",
  "BuildDate",
  "BuildHost",
  "License",
  "URL",
  "PackageIsVisible",
  "PackageIsDownloadable",
  "PackageIsRemovable",
  "PackageAllowDirectUpdate",
] as const;

/** Elements of which all count, in document order. The forms with `Pre` and `Post` are read as the form without. */
const repeatedNames = [
  "ChangeLog",
  "Description",
  "Framework",
  "OS",
  "PackageRequired",
  "ModuleRequired",
  "PackageMerge",
  ...introFamilies,
  ...codeFamilies,
] as const;

export type SingleName = (typeof singleNames)[number];
export type RepeatedName = (typeof repeatedNames)[number];

/** A start tag in the list of all tags, with the text that follows it. */
export interface StartTag {
  readonly kind: "start";
  readonly name: string;
  /** Nesting depth, the root element being 1. Some rules of the frameworks depend on this number alone. */
  readonly level: number;
  /** The place in the list of all start and end tags, from 1. */
  readonly count: number;
  /** The name of the element around it; undefined for the root. */
  readonly parent: string | undefined;
  /** Values by name, in document order, references replaced; a missing `Type` of Code and Intro is filled in. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Characters and CDATA up to the first child element; undefined when there are none. */
  readonly content: string | undefined;
  /** Bytes of the content of a file, decoded; undefined for everything that is not in a file list, and empty files. */
  readonly size: number | undefined;
  readonly element: Element;
}

export interface EndTag {
  readonly kind: "end";
  readonly name: string;
  readonly level: number;
  readonly count: number;
}

export type Tag = StartTag | EndTag;

export interface PackageStructure {
  /** The last element of each name. */
  readonly single: Readonly<Partial<Record<SingleName, StartTag>>>;
  /** All elements of each name, in document order; empty when there are none. */
  readonly repeated: Readonly<Record<RepeatedName, readonly StartTag[]>>;
  /** Every start tag inside a file list, whatever its name, except those whose Location is forbidden. */
  readonly files: readonly StartTag[];
  /**
   * The tags of the sections of each family by phase, section elements included.
   * A section without Type belongs to the phase of the section before it, `post` when there is none.
   */
  readonly database: Readonly<Record<DatabaseFamily, ReadonlyMap<string, readonly Tag[]>>>;
}

/** What the framework writes to its log while it reads. */
export type StructureMessage =
  /** The XML parser stops, and a lenient one takes over. The line, from 1, is that of the fault. */
  | { readonly id: "read-leniently"; readonly line: number }
  /** Elements are nested deeper than we follow, and some frameworks: nothing is logged by those that do. */
  | { readonly id: "too-deep" }
  /** The text is not well-formed. */
  | { readonly id: "malformed" }
  /** Well-formed, but nothing in it belongs to a package. */
  | { readonly id: "no-known-tag" }
  /** The file is left out. */
  | { readonly id: "forbidden-location"; readonly location: string; readonly file: StartTag };

export interface StructureReading {
  /** Undefined when nothing of a package could be read, as from a text that is not well-formed. */
  readonly structure: PackageStructure | undefined;
  readonly log: readonly StructureMessage[];
  /** Undefined for a text that is well-formed. */
  readonly malformed?: MalformedReading | undefined;
}

/**
 * Reads a document as the package manager of a release does, as long as it is well-formed.
 *
 * @source Znuny 7.1, OTOBO 11 and OTRS 5, PackageParse
 */
export function readStructure(
  tree: SyntaxTree,
  release: Release,
  origin: TagOrigin = ownTags,
): StructureReading {
  const entities = tree.doctype ? readEntities(tree.doctype.node.raw) : noEntities;
  const root = tree.root;
  if (!tree.isWellFormed || !root || !entities) return nothingOf(tree, release);
  const tags: MutableTag[] = [];
  listTags(root, { ...firstParser(release, entities), origin }, undefined, 1, tags);
  return pick(tags, release, []);
}

/** What tags are told to be of, where a document was made of another one. */
export interface TagOrigin {
  /** Asked once for each element, in document order. */
  elementOf(element: Element): Element;
  /** @param count as {@link StartTag.count} */
  countOf(count: number): number;
}

const ownTags: TagOrigin = { elementOf: (element) => element, countOf: (count) => count };

/** What comes of a document of which nothing is read. */
function nothingOf(tree: SyntaxTree, release: Release): StructureReading {
  const stop = stopOf(tree);
  // A document whose entities nobody can read is refused, though nothing is wrong with its form.
  const malformed = stop === undefined ? "refused" : readingOfMalformed(tree, release);
  const log: StructureMessage[] = [];
  if (stop !== undefined && switchesOf(release).readsLeniently) {
    const isDeep = tree.problems.some(({ code }) => code === "too-deep");
    log.push(isDeep ? { id: "too-deep" } : { id: "read-leniently", line: lineOf(tree, stop) });
  }
  // What comes behind that is not known where it is not known what is read.
  if (malformed === "refused") log.push({ id: "malformed" });
  return { structure: undefined, log, malformed };
}

/**
 * Reads an archive as the package manager of a release does, well-formed or not. Where a lenient parser takes over,
 * the tags that the first one had found are followed by all those that the second one finds, whose level counts
 * from the depth at which the first one stopped.
 *
 * @source Znuny 7.1 and OTRS 6.0, XMLParse
 */
export function readArchiveStructure(tree: SyntaxTree, release: Release): StructureReading {
  const { root } = tree;
  const stop = stopOf(tree);
  if (stop === undefined || !root || readingOfMalformed(tree, release) !== "accepted")
    return readStructure(tree, release);
  const tags: MutableTag[] = [];
  listTags(root, { ...firstParser(release, noEntities), end: stop }, undefined, 1, tags);
  const open: string[] = [];
  for (const { kind, name } of tags) {
    if (kind === "start") open.push(name);
    else open.pop();
  }
  listTags(root, lenientParser, open.at(-1), open.length + 1, tags);
  const log = [{ id: "read-leniently", line: lineOf(tree, stop) }] as const;
  return { ...pick(tags, release, log), malformed: "accepted" };
}

/** The line of an offset, from 1. */
function lineOf({ source }: SyntaxTree, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

/** Puts the tags of a document where the package manager looks for them. */
function pick(
  tags: readonly MutableTag[],
  release: Release,
  before: readonly StructureMessage[],
): StructureReading {
  const log: StructureMessage[] = [...before];
  const { single, repeated, others } = pickKnown(tags, release);
  const { files, isOpen } = pickFiles(tags, release, log);
  const database = pickDatabase(tags, isOpen);
  const nothing =
    Object.keys(single).length === 0 &&
    Object.values(repeated).every((list) => list.length === 0) &&
    Object.values(database).every((phases) => phases.size === 0) &&
    files.length === 0 &&
    !others;
  if (nothing) return { structure: undefined, log: [...log, { id: "no-known-tag" }] };
  return { structure: { single, repeated, files, database }, log };
}

const noEntities: Entities = new Map();
const plainReading: TextReading = {
  ...{ entities: noEntities, emptyCData: false, isLenient: false },
  end: Number.POSITIVE_INFINITY,
  origin: ownTags,
};
const lenientParser: TextReading = { ...plainReading, isLenient: true };

type MutableStart = {
  -readonly [Key in Exclude<keyof StartTag, "attributes">]: StartTag[Key];
} & { attributes: Map<string, string> };
type MutableTag = MutableStart | EndTag;

/** How a parser makes tags of elements. */
interface TextReading {
  readonly entities: Entities;
  readonly emptyCData: boolean;
  readonly isLenient: boolean;
  /** The offset where it stops; what lies behind it is not listed. */
  readonly end: number;
  readonly origin: TagOrigin;
}

/** An empty CDATA section is an empty text for the XML parser of OTOBO 11, and nothing for that of the others. */
function firstParser(release: Release, entities: Entities): TextReading {
  const emptyCData = switchesOf(release).emptyCdataIsText;
  return { ...plainReading, entities, emptyCData };
}

/** The recursion ends: a text that nests deeper than {@link maximumDepth} is not well-formed. */
function listTags(
  element: Element,
  reading: TextReading,
  parent: string | undefined,
  level: number,
  tags: MutableTag[],
): void {
  const { name, node } = element;
  const { origin } = reading;
  if (reading.end < element.contentSpan.start) return;
  // Nothing else in a package is there by the thousand, and nothing changes the attributes of these later.
  const isPlainFile = name === "File" && reading.entities.size === 0 && !reading.isLenient;
  const attributes = isPlainFile ? plainAttributes(node) : attributesOf(node, reading);
  const content = contentOf(element, reading);
  tags.push({
    kind: "start",
    name,
    level,
    count: origin.countOf(tags.length + 1),
    parent,
    attributes,
    content,
    size: undefined,
    element: origin.elementOf(element),
  });
  for (const child of element.elements) listTags(child, reading, name, level + 1, tags);
  if (element.span.end <= reading.end)
    tags.push({ kind: "end", name, level, count: origin.countOf(tags.length + 1) });
}

/** Kept with the element, because most elements of a spec stay as they are while it is edited. */
const plainAttributes = memo((node: ElementNode) => attributesOf(node, plainReading));

function attributesOf({ attributes }: ElementNode, reading: TextReading): Map<string, string> {
  const values = new Map<string, string>();
  for (const attribute of attributes) {
    if (!overwrittenNames.has(attribute.name)) values.set(attribute.name, valueIn(attribute, reading));
  }
  return values;
}

/** The list of tags keeps its own facts under these names, in the same place as attributes (XMLParse). */
const overwrittenNames: ReadonlySet<string> = new Set([
  "Tag",
  "TagType",
  "TagLevel",
  "TagCount",
  "TagLastLevel",
  "Content",
]);

function valueIn({ rawValue = "", value }: AttributeNode, { entities, isLenient }: TextReading): string {
  if (isLenient) return lenientValue(rawValue);
  if (entities.size === 0) return value;
  return rawValue.replace(
    /&[^&;]+;|[^&]+/g,
    (piece) =>
      (piece.startsWith("&") ? entities.get(piece.slice(1, -1)) : undefined) ?? attributeValue(piece),
  );
}

function contentOf(element: Element, reading: TextReading): string | undefined {
  const { entities, emptyCData, isLenient, end } = reading;
  let content = "";
  let empty = false;
  let position = element.contentSpan.start;
  for (const node of element.node.children) {
    if (node.kind === "element" || position >= end) break;
    if (node.kind === "cdata" && emptyCData) empty = true;
    const entity = node.kind === "reference" ? entities.get(node.raw.slice(1, -1)) : undefined;
    const text = isLenient ? lenientTextOf(node) : (entity ?? textOf(node));
    content += node.kind === "text" ? text.slice(0, end - position) : text;
    position += node.width;
  }
  return content === "" && !empty ? undefined : content;
}

const phasedIntroName = /^(Intro(?:Install|Upgrade|Uninstall|Reinstall))(Pre|Post)$/;

interface Picked {
  readonly single: Partial<Record<SingleName, StartTag>>;
  readonly repeated: Record<RepeatedName, StartTag[]>;
  /** True when there is an element that is known but that nothing reads. */
  readonly others: boolean;
}

function pickKnown(tags: readonly MutableTag[], release: Release): Picked {
  const unknown = unknownNames(release);
  const readsPhasedNames = switchesOf(release).phasedIntroNames;
  const single: Partial<Record<SingleName, StartTag>> = {};
  const repeated = Object.fromEntries(
    repeatedNames.map((name): [RepeatedName, StartTag[]] => [name, []]),
  ) as Record<RepeatedName, StartTag[]>;
  let others = false;
  for (const tag of tags) {
    if (tag.kind === "end" || unknown.has(tag.name)) continue;
    if (isSingle(tag.name)) {
      single[tag.name] = tag;
      continue;
    }
    // The form of OTRS 2.2, which the whole OTRS line still reads. `IntroReinstallPre` is known but not converted.
    const compatible = readsPhasedNames && phasedIntroName.exec(tag.name);
    if (compatible && compatible[1] === "IntroReinstall") {
      others = true;
    } else if (compatible) {
      tag.name = compatible[1]!;
      tag.attributes.set("Type", compatible[2]!.toLowerCase());
    }
    if (!isRepeated(tag.name)) continue;
    if (/^(Code|Intro)/.test(tag.name) && !isTrue(tag.attributes.get("Type")))
      tag.attributes.set("Type", "post");
    repeated[tag.name].push(tag);
  }
  return { single, repeated, others };
}

/** What later releases added. */
function unknownNames(release: Release): ReadonlySet<string> {
  const { packageMerge, packageAllowDirectUpdate } = switchesOf(release);
  if (!packageMerge)
    return new Set([...singleNames.filter((name) => name.startsWith("Package")), "PackageMerge"]);
  return new Set(packageAllowDirectUpdate ? [] : ["PackageAllowDirectUpdate"]);
}

const singles: ReadonlySet<string> = new Set(singleNames);
const repeatables: ReadonlySet<string> = new Set(repeatedNames);

function isSingle(name: string): name is SingleName {
  return singles.has(name);
}

function isRepeated(name: string): name is RepeatedName {
  return repeatables.has(name);
}

/** Whether elements of a name are read for themselves, wherever they stand. */
export function isReadByName(name: string): boolean {
  return isSingle(name) || isRepeated(name) || phasedIntroName.test(name);
}

/** The truth of a text in Perl. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && text !== "" && text !== "0";
}

/**
 * A second start tag closes a file list just as its end tag does: the frameworks only compare names.
 *
 * @returns `isOpen`: whether a file list is still open behind the last tag, as where a parser stopped in it
 */
function pickFiles(
  tags: readonly MutableTag[],
  release: Release,
  log: StructureMessage[],
): { readonly files: readonly StartTag[]; readonly isOpen: boolean } {
  const forbiddenPaths = forbiddenPathsOf(release);
  const files: StartTag[] = [];
  let open = false;
  for (const tag of tags) {
    if (tag.name === "Filelist") {
      open = !open;
      continue;
    }
    if (!open || tag.kind === "end") continue;
    const location = tag.attributes.get("Location");
    if (location !== undefined && forbiddenPaths.some(({ pattern }) => pattern.test(location))) {
      log.push({ id: "forbidden-location", location, file: tag });
      continue;
    }
    if (isTrue(tag.content)) tag.size = sizeOf(tag);
    files.push(tag);
  }
  return { files, isOpen: open };
}

/** Bytes of a file's content as it is installed. @source Znuny 7.1, PackageParse: other encodings are taken literally */
function sizeOf(file: StartTag): number {
  const content = file.content ?? "";
  if (file.attributes.get("Encode") === "Base64") return base64Length(content);
  return new TextEncoder().encode(content).length;
}

/** Whether a section is open is asked once for all families: one that nothing closes reaches into the next family. */
function pickDatabase(
  tags: readonly MutableTag[],
  isOpen: boolean,
): Record<DatabaseFamily, ReadonlyMap<string, readonly Tag[]>> {
  let open = isOpen;
  const families = databaseFamilies.map((family) => {
    const picked = pickFamily(tags, family, open);
    open = picked.isOpen;
    return [family, picked.phases] as const;
  });
  return Object.fromEntries(families) as Record<DatabaseFamily, ReadonlyMap<string, readonly Tag[]>>;
}

/** As in a file list, a second start tag closes the section. */
function pickFamily(
  tags: readonly MutableTag[],
  family: DatabaseFamily,
  isOpen: boolean,
): { readonly phases: ReadonlyMap<string, readonly Tag[]>; readonly isOpen: boolean } {
  const phases = new Map<string, Tag[]>();
  let phase = "post";
  let open = isOpen;
  for (const tag of tags) {
    const isBorder = tag.name === family;
    if (!open && !isBorder) continue;
    if (!open) {
      const type = tag.kind === "start" ? tag.attributes.get("Type") : undefined;
      if (isTrue(type)) phase = type!;
    }
    const list = phases.get(phase) ?? [];
    list.push(tag);
    phases.set(phase, list);
    if (isBorder) open = !open;
  }
  return { phases, isOpen: open };
}
