import { withoutContents } from "../builder/cut-contents.ts";
import { defaultDialect } from "../dialect/detect.ts";
import {
  isReleased,
  type KnownFiles,
  type KnownMerge,
  type KnownPackage,
  type KnownPlace,
  type KnownRequirement,
} from "../host/known-packages.ts";
import { type FrameworkRange, rangeOfElement } from "../model/framework-range.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import { type IndexEntry, readEntries } from "../repository/read-index.ts";
import { type Steps, toTheEnd } from "../rules/steps.ts";
import { FileList, fileElement, fileList } from "../symbols/file-list.ts";
import { shapeOf } from "../symbols/shape-of-package.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { escapeXml } from "../text/escape.ts";
import { once } from "../text/once.ts";
import { type LineColumn, lineStartsOf, positionIn, type SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";

/** What tells of packages. */
export interface TellingDocument {
  readonly kind: KnownPackage["kind"];
  /** What the package is known by as its document. */
  readonly path: string;
}

/** A document on the disk that tells of packages. */
export interface KnownDocument extends TellingDocument {
  readonly kind: Exclude<KnownPackage["kind"], "tag">;
  /** Absolute. */
  readonly path: string;
}

/** The most that is read of a document of each kind, in bytes. */
export const knownSizes: Readonly<Record<KnownPackage["kind"], number>> = {
  spec: 4_000_000,
  archive: 16_000_000,
  tag: 4_000_000,
  index: 10_000_000,
};

/**
 * What the bytes of a document tell of packages; nothing where they are something else. Nothing of the bytes is kept.
 *
 * @throws never
 */
export function readKnownPackages(document: TellingDocument, bytes: Uint8Array): readonly KnownPackage[] {
  return toTheEnd(readKnownInSteps(document, bytes));
}

/** The same a piece at a time: an index may be long. */
export function* readKnownInSteps(
  document: TellingDocument,
  bytes: Uint8Array,
): Steps<readonly KnownPackage[]> {
  if (document.kind === "index") return yield* packagesOfIndex(document, decodeText(bytes).text);
  const bare = document.kind === "archive" ? withoutContents(bytes) : bytes;
  const { text, sections } = splitSections(decodeText(bare).text, isReleased(document));
  const spec = specOf(SyntaxTree.parse(text));
  const known = packageOfSpec(document, spec);
  if (!known) return [];
  const log = isReleased(document) ? some(spec.all("ChangeLog")) : [];
  const kept = [...log.map(({ span }) => text.slice(span.start, span.end)), ...sections];
  return [{ ...known, files: asFound(spec, text), ...sectionsOf(known, kept) }];
}

/** Longer ones of one package are not kept, in UTF-16 code units. */
const longestSections = 1_000_000;

/** Sections as they are kept: as bytes, because a part of a text would keep all of the text. */
function sectionsOf(
  { name, version }: KnownPackage,
  sections: readonly string[],
): Pick<KnownPackage, "sections" | "shape"> {
  const length = sections.reduce((sum, section) => sum + section.length, 0);
  if (length > longestSections) return { shape: () => undefined };
  const head = `<Name>${escapeXml(name)}</Name><Version>${escapeXml(version)}</Version>`;
  const whole = (inside: string) => `<otrs_package version="1.1">${head}${inside}</otrs_package>`;
  const bytes = new TextEncoder().encode(sections.join("\n"));
  const text = () => whole(new TextDecoder().decode(bytes));
  return {
    sections: { size: bytes.length, text },
    shape: once(() => shapeOf(specOf(SyntaxTree.parse(text())))),
  };
}

interface SplitSpec {
  /**
   * The spec without what stands in its sections of code, SQL and introductions, which is most of many specs. All else
   * stands in the same lines.
   */
  readonly text: string;
  /** The sections whose content says what the package makes of a system, but for those in merges. */
  readonly sections: readonly string[];
}

function splitSections(text: string, withCode: boolean): SplitSpec {
  const pieces: string[] = [];
  const sections: string[] = [];
  const merges = mergesIn(text);
  let passed = 0;
  /** Names of which no further end tag comes. */
  const endless = new Set<string>();
  let done = 0;
  let at = 0;
  for (let tag = text.indexOf("<", at); tag >= 0; tag = text.indexOf("<", at)) {
    at = tag + 1;
    const closing = text.startsWith("<!--", tag)
      ? "-->"
      : text.startsWith("<![CDATA[", tag)
        ? "]]>"
        : undefined;
    if (closing) {
      const end = text.indexOf(closing, tag);
      if (end < 0) break;
      at = end + closing.length;
      continue;
    }
    sectionStart.lastIndex = tag;
    const [start = "", name = ""] = sectionStart.exec(text) ?? [];
    if (name === "" || start.endsWith("/>") || endless.has(name)) continue;
    const inside = tag + start.length;
    const end = text.indexOf(`</${name}`, inside);
    if (end < 0) {
      endless.add(name);
      continue;
    }
    const content = text.slice(inside, end);
    pieces.push(text.slice(done, inside), content.replace(/[^\r\n]+/g, ""));
    const isKept = name.startsWith("Database") || (withCode && name.startsWith("Code"));
    while (passed < merges.length && merges[passed]!.end < tag) passed++;
    const merge = merges[passed];
    if (isKept && !(merge && merge.start < tag)) sections.push(`${start}${content}</${name}>`);
    done = end;
    at = end + 1;
  }
  return { text: pieces.length === 0 ? text : pieces.join("") + text.slice(done), sections };
}

/** The merges of a spec that hold something, in their order. */
function mergesIn(text: string): readonly Span[] {
  const merges: Span[] = [];
  for (const { index: start, 0: tag } of text.matchAll(/<PackageMerge(?:\s[^<>]{0,1000})?>/g)) {
    if (tag.endsWith("/>") || start < (merges.at(-1)?.end ?? 0)) continue;
    const end = text.indexOf("</PackageMerge", start);
    if (end < 0) break;
    merges.push({ start, end });
  }
  return merges;
}

const sectionStart =
  /<((?:Code|Database|Intro)(?:Install|Upgrade|Reinstall|Uninstall))(?:\s[^<>]{0,1000})?>/y;

/** The package of a spec or an archive; undefined for one without a name. Places of its files are found when asked for. */
export function packageOfSpec(document: TellingDocument, spec: PackageSpec): KnownPackage | undefined {
  const name = spec.last("Name");
  const text = name?.text.value ?? "";
  if (!name || text.trim() === "") return undefined;
  const { source } = spec.tree;
  const placeOf = ({ span }: { readonly span: Span }) => placeIn(source, span);
  return {
    ...{ kind: document.kind, document: document.path, name: text, version: spec.version ?? "" },
    frameworks: some(spec.all("Framework")).map(rangeOfElement),
    required: some(spec.all("PackageRequired")).map(
      (element): KnownRequirement => ({
        name: element.text.value,
        version: element.value("Version"),
        place: placeOf(element.text),
      }),
    ),
    merged: some(spec.all("PackageMerge")).flatMap((element): readonly KnownMerge[] => {
      const merged = element.attribute("Name");
      if (!merged?.value) return [];
      return [{ name: merged.value, target: element.value("TargetVersion"), place: placeOf(merged) }];
    }),
    files: filesOf(spec),
    shape: () => shapeOf(spec),
    place: placeOf(name.text),
  };
}

/** More elements of a kind no package has. */
function some<T>(elements: readonly T[]): readonly T[] {
  return elements.slice(0, 1000);
}

function filesOf(spec: PackageSpec): KnownFiles {
  const list = fileList(spec);
  return {
    list,
    *paths() {
      for (const { path } of list.files) yield path;
    },
    has: (path) => list.has(path),
    *pathsBeside(other) {
      const files = other.list instanceof FileList ? list.filesBeside(other.list) : list.files;
      for (const { path } of files) yield path;
    },
    placeOf(path) {
      const file = list.withPath(path);
      const location = file && fileElement(spec, file).attribute("Location");
      return location && placeIn(spec.tree.source, location.valueSpan);
    },
  };
}

/** The same without the document that they were found in. */
function asFound(spec: PackageSpec, text: string): KnownFiles {
  const list = fileList(spec);
  const spans = new Map<string, Span>();
  for (const file of list.files) {
    const location = fileElement(spec, file).attribute("Location");
    if (location && !spans.has(file.path)) spans.set(file.path, location.valueSpan);
  }
  const lines = Uint32Array.from(lineStartsOf(text));
  return {
    list: spans,
    paths: () => spans.keys(),
    has: (path) => spans.has(path),
    pathsBeside: () => spans.keys(),
    placeOf(path) {
      const span = spans.get(path);
      return span && { start: positionIn(lines, span.start), end: positionIn(lines, span.end) };
    },
  };
}

function placeIn(source: SourceText, { start, end }: Span): KnownPlace {
  return { start: source.positionAt(start), end: source.positionAt(end) };
}

const none: readonly never[] = [];

const noFiles: KnownFiles = {
  list: {},
  paths: () => none,
  has: () => false,
  pathsBeside: () => none,
  placeOf: () => undefined,
};

function* packagesOfIndex({ kind, path }: TellingDocument, text: string): Steps<readonly KnownPackage[]> {
  const lines = Uint32Array.from(lineStartsOf(text));
  const placeOf = ({ start, end }: Span) => new PlaceInLines(lines, start, end);
  const common = { kind, document: path, merged: none, files: noFiles, shape: () => undefined };
  const alike = new Map<string, readonly FrameworkRange[]>();
  const make = (entry: IndexEntry): KnownPackage | undefined => {
    const { name, version, nameSpan, requiredPackages, requiredSpans } = entry;
    if (name === "" || !nameSpan) return undefined;
    const required = some(requiredPackages).map(
      (each, index): KnownRequirement => ({
        name: each.name,
        version: each.version,
        place: placeOf(requiredSpans[index]!),
      }),
    );
    const frameworks = asBefore(entry.frameworks, alike);
    const place = placeOf(nameSpan);
    return { ...common, name, version, frameworks, required, place };
  };
  const reading = yield* readEntries(text, "en", defaultDialect, make);
  if (reading.kind === "refused") return [];
  const known = reading.entries.filter((each) => each !== undefined);
  return reading.malformedLine === undefined ? known : eachOnce(known);
}

/** An index that is read twice, because it is not well-formed, has each entry twice. */
function eachOnce(packages: readonly KnownPackage[]): readonly KnownPackage[] {
  const places = new Map<string, KnownPackage>();
  for (const each of packages) {
    const { line, character } = each.place.start;
    const place = `${line}:${character}`;
    if (!places.has(place)) places.set(place, each);
  }
  return [...places.values()];
}

/** The entries of an index have few lists of frameworks, over and over: each is kept once. */
function asBefore(
  frameworks: readonly FrameworkRange[],
  alike: Map<string, readonly FrameworkRange[]>,
): readonly FrameworkRange[] {
  const key = JSON.stringify(frameworks);
  const before = alike.get(key);
  if (before) return before;
  if (alike.size < mostLists) alike.set(key, frameworks);
  return frameworks;
}

/** Nobody writes so many by intention. */
const mostLists = 1000;

/** A place whose line is counted when somebody asks, of which there may be hundreds of thousands. */
class PlaceInLines implements KnownPlace {
  readonly #lines: Uint32Array;
  readonly #start: number;
  readonly #end: number;

  constructor(lines: Uint32Array, start: number, end: number) {
    this.#lines = lines;
    this.#start = start;
    this.#end = end;
  }

  get start(): LineColumn {
    return positionIn(this.#lines, this.#start);
  }

  get end(): LineColumn {
    return positionIn(this.#lines, this.#end);
  }
}
