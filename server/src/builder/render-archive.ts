import { type DialectId, familyOf } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { type DatabaseFamily, databaseFamilies } from "../model/package-spec.ts";
import type {
  PackageStructure,
  RepeatedName,
  SingleName,
  StartTag,
  Tag,
} from "../model/package-structure.ts";
import { type ArchivePart, type BuildStamp, PartList } from "./archive-part.ts";

export interface RenderOptions {
  readonly dialect: DialectId;
  readonly stamp: BuildStamp;
  /** Written in place of the package's own version. */
  readonly version?: string | undefined;
  /**
   * Told of each start tag below the root in the order they are written, those of files left out; undefined for an
   * element that the package does not have.
   */
  readonly onStartTag?: ((tag: StartTag | undefined) => void) | undefined;
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
export const ownNotes: ReadonlySet<string> = new Set(["Encode", "TagKey"]);

/**
 * The archive of a package, as the framework's own builder writes it. Pure: the same input gives the same parts.
 *
 * What no framework reads is not written: comments, unknown elements, the author's build data.
 *
 * @source Znuny 7.1, OTOBO 11, OTRS 5 and 3.1, PackageBuild
 */
export function renderArchive(structure: PackageStructure, options: RenderOptions): readonly ArchivePart[] {
  const { rootName } = productOf(options.dialect);
  const list = new PartList();
  list.text('<?xml version="1.0" encoding="utf-8" ?>\n', `<${rootName} version="1.1">\n`);
  // Tags whose notes the builder has thrown away by the time it comes to the database sections.
  const spent = new Set<StartTag>(structure.files);
  for (const name of writtenNames) {
    if (isRepeated(name, structure)) {
      for (const tag of structure.repeated[name]) {
        list.text(renderRepeated(name, tag, structure, options));
        options.onStartTag?.(tag);
      }
    } else {
      const tag = structure.single[name];
      const text = renderSingle(name, tag, options);
      if (text !== "") options.onStartTag?.(tag);
      list.text(text);
      if (tag) spent.add(tag);
    }
  }
  list.text(
    `    <BuildDate>${escapeXml(options.stamp.date)}</BuildDate>\n`,
    `    <BuildHost>${escapeXml(options.stamp.host)}</BuildHost>\n`,
  );
  options.onStartTag?.(structure.single.BuildDate);
  options.onStartTag?.(structure.single.BuildHost);
  if (!options.withoutFiles) renderFiles(structure.files, list);
  for (const family of databaseFamilies) renderFamily(structure, family, options, spent, list);
  list.text(`</${rootName}>`);
  return list.finish();
}

function isRepeated(name: string, structure: PackageStructure): name is RepeatedName {
  return Object.hasOwn(structure.repeated, name);
}

/** Name and Version are written even if the spec lacks them: looking at their text has made them. */
export function renderSingle(
  name: SingleName,
  tag: StartTag | undefined,
  { version }: RenderOptions,
): string {
  const override = name === "Version" ? version : undefined;
  if (!tag && override === undefined && name !== "Name" && name !== "Version") return "";
  const attributes = tag ? writtenAttributes(tag) : "";
  return `    <${name}${attributes}>${escapeXml(withoutZero(override ?? tag?.content))}</${name}>\n`;
}

export function renderRepeated(
  name: RepeatedName,
  tag: StartTag,
  structure: PackageStructure,
  { dialect }: RenderOptions,
): string {
  // OTRS 3.1 writes a `0` here, other than in elements of which only one counts.
  const content = dialect === "otrs-legacy" ? (tag.content ?? "") : withoutZero(tag.content);
  const suffix = name.startsWith("Intro") && isForOtrs22(structure, dialect) ? suffixOf(tag) : "";
  const attributes = writtenAttributes(tag, suffix === "" ? undefined : "Type");
  return `    <${name}${suffix}${attributes}>${escapeXml(content)}</${name}${suffix}>\n`;
}

/** Packages for OTRS 2.2 get intros in the form of that time; “12.2.5” is taken for it as well. */
function isForOtrs22({ repeated }: PackageStructure, dialect: DialectId): boolean {
  return familyOf(dialect) === "otrs" && repeated.Framework.some(({ content }) => content?.includes("2.2."));
}

function suffixOf(tag: StartTag): "Pre" | "Post" {
  return tag.attributes.get("Type") === "pre" ? "Pre" : "Post";
}

/** The text `0` is false in Perl, and the builder writes an empty text in its place. */
function withoutZero(content: string | undefined): string {
  return content === undefined || content === "0" ? "" : content;
}

/** All attributes but the framework's own notes, sorted by name. A file's size counts as one. */
function writtenAttributes(tag: StartTag, leftOut?: string): string {
  const attributes = new Map(tag.attributes);
  if (tag.size !== undefined) attributes.set("Size", String(tag.size));
  return renderAttributes(attributes, (name) => !ownNotes.has(name) && name !== leftOut);
}

export function renderAttributes(
  attributes: ReadonlyMap<string, string>,
  isWritten: (name: string) => boolean,
): string {
  return [...attributes.keys()]
    .filter(isWritten)
    .sort()
    .map((name) => ` ${name}="${escapeXml(attributes.get(name)!)}"`)
    .join("");
}

function renderFiles(files: readonly StartTag[], list: PartList): void {
  if (files.length === 0) return;
  list.text("    <Filelist>\n");
  for (const file of files) {
    const attributes = renderAttributes(file.attributes, (name) => !ownNotes.has(name) && name !== "Size");
    const start = ' Encode="Base64">';
    const end = "</File>\n";
    list.text(`        <File${attributes}`);
    list.file({
      location: file.attributes.get("Location") ?? "",
      span: file.element.span,
      start,
      end,
      whenEmpty: start + end,
      wrapped: false,
      folderIsEmpty: true,
    });
  }
  list.text("    </Filelist>\n");
}

function renderFamily(
  { database }: PackageStructure,
  family: DatabaseFamily,
  { dialect, onStartTag }: RenderOptions,
  spent: ReadonlySet<Tag>,
  list: PartList,
): void {
  for (const [phase, tags] of [...database[family]].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let depth = 1;
    for (const tag of tags) {
      if (spent.has(tag)) continue;
      const onOwnLines = tag.level <= 3 || /Foreign|Reference|Index/.test(tag.name);
      if (tag.kind === "end") {
        depth--;
        list.text(onOwnLines ? indent(depth) : "", `</${tag.name}>\n`);
        continue;
      }
      list.text(indent(depth), `<${tag.name}`, renderDatabaseAttributes(tag, phase, dialect), ">");
      onStartTag?.(tag);
      depth++;
      if (onOwnLines) list.text("\n");
      else list.text(escapeXml(tag.content ?? ""));
    }
  }
}

/**
 * The elements directly below the section carry its phase, which is not escaped.
 * OTRS 5 and older write the author's `Type` behind it.
 */
function renderDatabaseAttributes(
  { level, attributes }: StartTag,
  phase: string,
  dialect: DialectId,
): string {
  if (level !== 3) return renderAttributes(attributes, isNoTagKey);
  const keepsType = dialect === "otrs-legacy" || dialect === "otrs-5";
  const own = renderAttributes(
    attributes,
    (name) => isNoTagKey(name) && (keepsType || name.toLowerCase() !== "type"),
  );
  return ` Type="${phase}"${own}`;
}

function isNoTagKey(name: string): boolean {
  return name !== "TagKey";
}

/** A tag that was left out can bring the depth below zero. */
function indent(depth: number): string {
  return "    ".repeat(Math.max(0, depth));
}

/** Nothing else is escaped: a line break in an attribute becomes a blank when the archive is read (_Encode). */
export function escapeXml(text: string): string {
  if (!/[&<>"]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
