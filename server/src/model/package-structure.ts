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
  /** The text is not well-formed. */
  | { readonly id: "malformed" }
  /** Well-formed, but nothing in it belongs to a package. */
  | { readonly id: "no-known-tag" }
  /** The file is left out. */
  | { readonly id: "forbidden-location"; readonly location: string; readonly file: StartTag };

export interface StructureReading {
  /** Undefined when the text is not well-formed or holds nothing of a package. */
  readonly structure: PackageStructure | undefined;
  readonly log: readonly StructureMessage[];
}

/**
 * Reads a document as the package manager of a release does.
 *
 * What OTRS and Znuny make of a text that is not well-formed is left out on purpose: they read it twice, and what
 * comes of it nobody wants (Znuny 7.1, XMLParse).
 *
 * @source Znuny 7.1, OTOBO 11 and OTRS 5, PackageParse
 */
export function readStructure(tree: SyntaxTree, release: Release): StructureReading {
  const entities = tree.doctype ? readEntities(tree.doctype.node.raw) : noEntities;
  const root = tree.root;
  if (!tree.isWellFormed || !root || !entities) return { structure: undefined, log: [{ id: "malformed" }] };
  const tags: MutableTag[] = [];
  // An empty CDATA section is an empty text for the XML parser of OTOBO, and nothing for that of the others.
  listTags(root, { entities, emptyCData: switchesOf(release).emptyCdataIsText }, undefined, 1, tags);
  const log: StructureMessage[] = [];
  const { single, repeated, others } = pickKnown(tags, release);
  const files = pickFiles(tags, release, log);
  const database = pickDatabase(tags);
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

type MutableStart = {
  -readonly [Key in Exclude<keyof StartTag, "attributes">]: StartTag[Key];
} & { attributes: Map<string, string> };
type MutableTag = MutableStart | EndTag;

interface TextReading {
  readonly entities: Entities;
  readonly emptyCData: boolean;
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
  // Nothing else in a package is there by the thousand, and nothing changes the attributes of these later.
  const isPlainFile = name === "File" && reading.entities.size === 0;
  const attributes = isPlainFile ? plainAttributes(node) : attributesOf(node, reading.entities);
  const content = contentOf(element, reading);
  tags.push({
    kind: "start",
    name,
    level,
    count: tags.length + 1,
    parent,
    attributes,
    content,
    size: undefined,
    element,
  });
  for (const child of element.elements) listTags(child, reading, name, level + 1, tags);
  tags.push({ kind: "end", name, level, count: tags.length + 1 });
}

/** Kept with the element, because most elements of a spec stay as they are while it is edited. */
const plainAttributes = memo((node: ElementNode) => attributesOf(node, noEntities));

function attributesOf({ attributes }: ElementNode, entities: Entities): Map<string, string> {
  const values = new Map<string, string>();
  for (const attribute of attributes) {
    if (!overwrittenNames.has(attribute.name)) values.set(attribute.name, valueIn(attribute, entities));
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

function valueIn({ rawValue = "", value }: AttributeNode, entities: Entities): string {
  if (entities.size === 0) return value;
  return rawValue.replace(
    /&[^&;]+;|[^&]+/g,
    (piece) =>
      (piece.startsWith("&") ? entities.get(piece.slice(1, -1)) : undefined) ?? attributeValue(piece),
  );
}

function contentOf(element: Element, { entities, emptyCData }: TextReading): string | undefined {
  let content = "";
  let empty = false;
  for (const node of element.node.children) {
    if (node.kind === "element") break;
    if (node.kind === "cdata" && emptyCData) empty = true;
    content +=
      node.kind === "reference" ? (entities.get(node.raw.slice(1, -1)) ?? textOf(node)) : textOf(node);
  }
  return content === "" && !empty ? undefined : content;
}

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
    const compatible =
      readsPhasedNames && /^(Intro(?:Install|Upgrade|Uninstall|Reinstall))(Pre|Post)$/.exec(tag.name);
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

function isSingle(name: string): name is SingleName {
  return (singleNames as readonly string[]).includes(name);
}

function isRepeated(name: string): name is RepeatedName {
  return (repeatedNames as readonly string[]).includes(name);
}

/** The truth of a text in Perl. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && text !== "" && text !== "0";
}

/** A second start tag closes a file list just as its end tag does: the frameworks only compare names. */
function pickFiles(tags: readonly MutableTag[], release: Release, log: StructureMessage[]): StartTag[] {
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
  return files;
}

/** Bytes of a file's content as it is installed. @source Znuny 7.1, PackageParse: other encodings are taken literally */
function sizeOf(file: StartTag): number {
  const content = file.content ?? "";
  if (file.attributes.get("Encode") === "Base64") return base64Length(content);
  return new TextEncoder().encode(content).length;
}

function pickDatabase(tags: readonly MutableTag[]): Record<DatabaseFamily, Map<string, Tag[]>> {
  return Object.fromEntries(databaseFamilies.map((family) => [family, pickFamily(tags, family)])) as Record<
    DatabaseFamily,
    Map<string, Tag[]>
  >;
}

/** As in a file list, a second start tag closes the section. */
function pickFamily(tags: readonly MutableTag[], family: DatabaseFamily): Map<string, Tag[]> {
  const phases = new Map<string, Tag[]>();
  let phase = "post";
  let open = false;
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
  return phases;
}
