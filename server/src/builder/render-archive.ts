import { productOf } from "../dialect/products.ts";
import { dialectIn, type Release, switchesOf } from "../dialect/switches.ts";
import type { ArchivePart, PlannedElement } from "../host/archive-writer.ts";
import { type DatabaseFamily, databaseFamilies } from "../model/package-spec.ts";
import type {
  PackageStructure,
  RepeatedName,
  SingleName,
  StartTag,
  Tag,
} from "../model/package-structure.ts";
import { isWrittenOnOwnLines } from "../model/written-text.ts";
import { escapeXml } from "../text/escape.ts";
import { type BuildStamp, PartList } from "./archive-part.ts";

export interface RenderOptions {
  readonly release: Release;
  readonly stamp: BuildStamp;
  /** Written in place of the package's own version. */
  readonly version?: string | undefined;
  /**
   * Told of each start tag below the root in the order they are written, those of files left out; undefined for an
   * element that the package does not have.
   */
  readonly onStartTag?: ((tag: StartTag | undefined) => void) | undefined;
  /** Told of every element in the order they are written, with what it is meant to hold. */
  readonly onElement?: ((element: PlannedElement) => void) | undefined;
  /** True to write no file list. */
  readonly withoutFiles?: boolean | undefined;
}

/** The elements an archive begins with; the frameworks write them in this order (Znuny 7.1, PackageBuild). */
const writtenNames = [
  "Name",
  "Version",
  "Vendor",
  "URL",
  "License",
  "ChangeLog",
  "Description",
  "Framework",
  "OS",
  "IntroInstall",
  "IntroUninstall",
  "IntroReinstall",
  "IntroUpgrade",
  "PackageIsVisible",
  "PackageIsDownloadable",
  "PackageIsRemovable",
  "PackageAllowDirectUpdate",
  "PackageMerge",
  "PackageRequired",
  "ModuleRequired",
  "CodeInstall",
  "CodeUpgrade",
  "CodeUninstall",
  "CodeReinstall",
] as const satisfies readonly (SingleName | RepeatedName)[];

/** Attributes under these names are the framework's own notes on a tag (Znuny 7.1, PackageBuild). */
const ownNotes: ReadonlySet<string> = new Set(["Encode", "TagKey"]);

/**
 * The archive of a package, as the framework's own builder writes it. Pure: the same input gives the same parts.
 *
 * What no framework reads is not written: comments, unknown elements, the author's build data.
 *
 * @source Znuny 7.1, OTOBO 11, OTRS 5 and 3.1, PackageBuild
 */
export function renderArchive(structure: PackageStructure, options: RenderOptions): readonly ArchivePart[] {
  const { rootName } = productOf(dialectIn(options.release));
  const { onElement } = options;
  const list = new PartList();
  onElement?.({ name: rootName, attributes: new Map([["version", "1.1"]]), text: undefined });
  list.text('<?xml version="1.0" encoding="utf-8" ?>\n', `<${rootName} version="1.1">\n`);
  // Tags whose notes the builder has thrown away by the time it comes to the database sections.
  const spent = new Set<StartTag>(structure.files);
  for (const name of writtenNames) {
    if (isRepeated(name, structure)) {
      for (const tag of structure.repeated[name]) {
        const element = repeatedElement(name, tag, structure, options);
        list.text(renderElement(element));
        onElement?.(element);
        options.onStartTag?.(tag);
      }
    } else {
      const tag = structure.single[name];
      const element = singleElement(name, tag, options);
      if (element) {
        list.text(renderElement(element));
        onElement?.(element);
        options.onStartTag?.(tag);
      }
      if (tag) spent.add(tag);
    }
  }
  for (const [name, text] of [
    ["BuildDate", options.stamp.date],
    ["BuildHost", options.stamp.host],
  ] as const) {
    const element = { name, attributes: noAttributes, text };
    list.text(renderElement(element));
    onElement?.(element);
  }
  options.onStartTag?.(structure.single.BuildDate);
  options.onStartTag?.(structure.single.BuildHost);
  if (!options.withoutFiles) renderFiles(structure.files, options, list);
  for (const family of databaseFamilies) renderFamily(structure, family, options, spent, list);
  list.text(`</${rootName}>`);
  return list.finish();
}

function isRepeated(name: string, structure: PackageStructure): name is RepeatedName {
  return Object.hasOwn(structure.repeated, name);
}

const noAttributes: ReadonlyMap<string, string> = new Map();

/** Undefined for what is not written. Name and Version are always: looking at their text has made them. */
export function singleElement(
  name: SingleName,
  tag: StartTag | undefined,
  { version }: RenderOptions,
): PlannedElement | undefined {
  const override = name === "Version" ? version : undefined;
  if (!tag && override === undefined && name !== "Name" && name !== "Version") return undefined;
  const attributes = tag ? writtenAttributes(tag) : noAttributes;
  return { name, attributes, text: withoutZero(override ?? tag?.content) };
}

export function repeatedElement(
  name: RepeatedName,
  tag: StartTag,
  structure: PackageStructure,
  { release }: RenderOptions,
): PlannedElement {
  const text = switchesOf(release).builderKeepsZero ? (tag.content ?? "") : withoutZero(tag.content);
  const suffix = name.startsWith("Intro") && isForOtrs22(structure, release) ? suffixOf(tag) : "";
  return {
    name: `${name}${suffix}`,
    attributes: writtenAttributes(tag, suffix === "" ? undefined : "Type"),
    text,
  };
}

/** A line of its own for an element without children. */
export function renderElement({ name, attributes, text = "" }: PlannedElement): string {
  return `    <${name}${renderAttributes(attributes)}>${escapeXml(text)}</${name}>\n`;
}

/** Packages for OTRS 2.2 get intros in the form of that time; “12.2.5” is taken for it as well. */
function isForOtrs22({ repeated }: PackageStructure, release: Release): boolean {
  return (
    switchesOf(release).phasedIntroNames &&
    repeated.Framework.some(({ content }) => content?.includes("2.2."))
  );
}

function suffixOf(tag: StartTag): "Pre" | "Post" {
  return tag.attributes.get("Type") === "pre" ? "Pre" : "Post";
}

/** The text `0` is false in Perl, and the builder writes an empty text in its place. */
function withoutZero(content: string | undefined): string {
  return content === undefined || content === "0" ? "" : content;
}

/** All attributes but the framework's own notes. A file's size counts as one. */
function writtenAttributes(tag: StartTag, leftOut?: string): ReadonlyMap<string, string> {
  const attributes = withoutNames(tag.attributes, (name) => ownNotes.has(name) || name === leftOut);
  return tag.size === undefined ? attributes : new Map([...attributes, ["Size", String(tag.size)]]);
}

function withoutNames(
  attributes: ReadonlyMap<string, string>,
  isLeftOut: (name: string) => boolean,
): ReadonlyMap<string, string> {
  // There can be thousands of files, and few have anything to leave out.
  for (const name of attributes.keys())
    if (isLeftOut(name)) return new Map([...attributes].filter(([each]) => !isLeftOut(each)));
  return attributes;
}

/** Sorted by name. */
export function renderAttributes(attributes: ReadonlyMap<string, string>): string {
  if (attributes.size === 0) return "";
  const names = [...attributes.keys()];
  if (names.length > 1) names.sort();
  let text = "";
  for (const name of names) text += ` ${name}="${escapeXml(attributes.get(name)!)}"`;
  return text;
}

/** The size of a file is what it comes to, whatever the spec says of it. */
export function fileAttributes({ attributes }: StartTag): ReadonlyMap<string, string> {
  return withoutNames(attributes, (name) => ownNotes.has(name) || name === "Size");
}

function renderFiles(files: readonly StartTag[], { onElement }: RenderOptions, list: PartList): void {
  if (files.length === 0) return;
  onElement?.({ name: "Filelist", attributes: noAttributes, text: undefined });
  list.text("    <Filelist>\n");
  for (const [index, file] of files.entries()) {
    const attributes = fileAttributes(file);
    const start = ' Encode="Base64">';
    const end = "</File>\n";
    list.text(`        <File${renderAttributes(attributes)}`);
    list.file({
      location: file.attributes.get("Location") ?? "",
      span: file.element.span,
      start,
      end,
      whenEmpty: start + end,
      wrapped: false,
      folderIsEmpty: true,
    });
    onElement?.({
      name: "File",
      attributes: new Map([...attributes, ["Encode", "Base64"]]),
      text: "",
      file: index,
    });
  }
  list.text("    </Filelist>\n");
}

function renderFamily(
  { database }: PackageStructure,
  family: DatabaseFamily,
  { release, onStartTag, onElement }: RenderOptions,
  spent: ReadonlySet<Tag>,
  list: PartList,
): void {
  for (const [phase, tags] of [...database[family]].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let depth = 1;
    for (const tag of tags) {
      if (spent.has(tag)) continue;
      const onOwnLines = isWrittenOnOwnLines(tag);
      if (tag.kind === "end") {
        depth--;
        list.text(`${onOwnLines ? indent(depth) : ""}</${tag.name}>\n`);
        continue;
      }
      const own = databaseAttributes(tag, release);
      const type = tag.level === 3 ? ` Type="${phase}"` : "";
      list.text(`${indent(depth)}<${tag.name}${type}${renderAttributes(own)}>`);
      onElement?.({
        name: tag.name,
        attributes: tag.level === 3 ? new Map([["Type", phase], ...own]) : own,
        text: onOwnLines ? undefined : (tag.content ?? ""),
      });
      onStartTag?.(tag);
      depth++;
      if (onOwnLines) list.text("\n");
      else list.text(escapeXml(tag.content ?? ""));
    }
  }
}

/**
 * The attributes of an element of a section, without the phase, which those directly below the section carry in front
 * and which is not escaped. OTRS before 5.0.20 writes the author's `Type` behind it.
 */
function databaseAttributes({ level, attributes }: StartTag, release: Release): ReadonlyMap<string, string> {
  const keepsType = level !== 3 || switchesOf(release).builderDoublesType;
  return withoutNames(
    attributes,
    (name) => name === "TagKey" || (!keepsType && name.toLowerCase() === "type"),
  );
}

/** A tag that was left out can bring the depth below zero. */
function indent(depth: number): string {
  return "    ".repeat(Math.max(0, depth));
}
