import { forbiddenPathsOf } from "../dialect/forbidden-paths.ts";
import type { Release } from "../dialect/switches.ts";
import {
  type PackageStructure,
  readStructure,
  type StartTag,
  type StructureMessage,
  type StructureReading,
} from "../model/package-structure.ts";
import type { Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import { renderArchive } from "./render-archive.ts";

/**
 * The package as it would come out of the archive that the framework's builder makes of a spec, but with the elements
 * of the spec, so that everything in it can be pointed at.
 *
 * Building changes more than one thinks: sections are sorted by phase, children of `PackageMerge` come to stand one
 * level higher, a text `0` vanishes. So the archive is really rendered and read, and its tags are given the elements
 * that they were written from. Only the file list is put together by hand, because it can be long and everything in
 * it is known; its files have neither content nor size.
 *
 * @param structure what `readStructure` gave for the spec
 * @param root stands in for the element of what the builder adds
 */
export function readAsBuilt(structure: PackageStructure, root: Element, release: Release): StructureReading {
  const written: (StartTag | undefined)[] = [];
  const parts = renderArchive(structure, {
    release,
    stamp: noStamp,
    withoutFiles: true,
    onStartTag: (tag) => written.push(tag),
  });
  const archive = SyntaxTree.parse(parts.map((part) => (part.kind === "text" ? part.text : "")).join(""));
  const list = builtFileList(structure.files, firstTagBehindMetadata(archive), release);
  const countOf = (count: number) => (count < list.count ? count : count + list.tagCount);
  let place = 0;
  // The root comes first, which nobody has told of.
  const elementOf = ({ name }: Element) => {
    const element = place++ === 0 ? undefined : written[place - 2]?.element;
    return element && isWrittenAs(element.name, name) ? element : root;
  };
  let reading = readStructure(archive, release, { elementOf, countOf });
  // An attribute that is not escaped can smuggle elements in; then nothing fits any more.
  if (reading.structure && place !== written.length + 1)
    reading = readStructure(archive, release, { elementOf: () => root, countOf });
  // What an author wrote into a section can make the archive malformed, and then it is not known what is installed.
  if (!reading.structure) return reading;
  return {
    structure: { ...reading.structure, files: [...list.files, ...reading.structure.files] },
    log: [...list.log, ...reading.log],
  };
}

const noStamp = { date: "", host: "" };

/** The place in the list of tags of what follows `BuildHost`. All elements before it have a start and an end tag. */
function firstTagBehindMetadata(archive: SyntaxTree): number {
  const elements = archive.root?.elements ?? [];
  const index = elements.findIndex(({ name }) => name === "BuildHost");
  return 2 + 2 * (index + 1);
}

interface BuiltFileList {
  readonly files: readonly StartTag[];
  readonly log: readonly StructureMessage[];
  /** The place of its first tag in the list of all, and how many tags it has. */
  readonly count: number;
  readonly tagCount: number;
}

function builtFileList(files: readonly StartTag[], count: number, release: Release): BuiltFileList {
  const built: StartTag[] = [];
  const log: StructureMessage[] = [];
  files.forEach((spec, index) => {
    const file = builtFile(spec, count + 1 + 2 * index);
    const location = file.attributes.get("Location");
    if (
      location === undefined ||
      location === spec.attributes.get("Location") ||
      !isForbidden(location, release)
    )
      built.push(file);
    // A line break has become a blank on the way, and that made it a forbidden path.
    else log.push({ id: "forbidden-location", location, file });
  });
  return { files: built, log, count, tagCount: files.length === 0 ? 0 : 2 + 2 * files.length };
}

function isForbidden(location: string, release: Release): boolean {
  return forbiddenPathsOf(release).some(({ pattern }) => pattern.test(location));
}

/** Those of one file in a spec are the same object as long as nobody edits it. */
const writtenAttributes = memo((attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const written = new Map<string, string>();
  for (const name of [...attributes.keys()].sort()) {
    if (name === "Encode" || name === "TagKey" || name === "Size") continue;
    const value = attributes.get(name)!;
    written.set(name, /[\t\n\r]/.test(value) ? value.replace(/[\t\n\r]/g, " ") : value);
  }
  written.set("Encode", "Base64");
  return written;
});

function builtFile({ attributes, element }: StartTag, count: number): StartTag {
  return {
    kind: "start",
    name: "File",
    level: 3,
    count,
    parent: "Filelist",
    attributes: writtenAttributes(attributes),
    content: undefined,
    size: undefined,
    element,
  };
}

/** Intros change their names between the form of OTRS 2.2 and the present one. */
function isWrittenAs(name: string, archived: string): boolean {
  return name === archived || plainIntro(name) === plainIntro(archived);
}

function plainIntro(name: string): string {
  return name.replace(/^(Intro\w+?)(Pre|Post)$/, "$1");
}
