import { readCutArchive } from "../builder/contents-of-archive.ts";
import {
  ContentCutter,
  type CutArchive,
  type CutRegion,
  markedIndex,
  markOf,
} from "../builder/cut-contents.ts";
import { type OpenedArchive, openedArchive } from "../builder/opened-archive.ts";
import { hasTooManyTags } from "../builder/read-safely.ts";
import type { ArchiveBytes } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { stopOf } from "../model/lenient-reading.ts";
import type { ArchiveDamage, ArchiveFault, LostPart } from "../report/archive-damage.ts";
import { isRootName } from "../rules/shared/root-child.ts";
import { Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { countUpTo } from "../text/count-up-to.ts";
import { decodeText } from "../text/decode.ts";
import type { SourceText } from "../text/source-text.ts";

/** An archive as far as it is whole. */
export interface WholeOfArchive {
  /** Of a damaged one: its whole elements and files alone, in their order; there is nothing else in its text. */
  readonly archive: OpenedArchive;
  /** Undefined for one that is whole. */
  readonly damage: ArchiveDamage | undefined;
}

/**
 * Finds out what is whole of an archive. What the frameworks make of one that is not well-formed is another matter.
 *
 * @returns undefined where nothing is, where it holds no package, or where it is too large to be looked through
 * @throws PackageError when it cannot be read
 */
export async function wholeOfArchive(opened: OpenedArchive): Promise<WholeOfArchive | undefined> {
  if (opened.text !== undefined) return { archive: opened, damage: undefined };
  const { bytes, contents } = opened;
  const { release, fileName, digest } = contents;
  const cut = await cutAnyhow(bytes);
  if (!cut) return undefined;
  const { text, problem } = decodeText(cut.rest);
  if ((problem && problem.id !== "not-utf-8") || hasTooManyTags(text)) return undefined;
  const tree = SyntaxTree.parse(text);
  const stop = stopOf(tree) ?? problem?.textOffset;
  const marks = [...text.matchAll(mark)];
  // Somebody else has written one where the counts differ.
  if (stop === undefined || marks.length !== cut.regions.length) return undefined;
  const parts = [...elementsIn(tree), ...filesIn(tree)].map((part) => ({
    ...part,
    fault: faultOf(part.element, text),
  }));
  const whole = (kind: LostPart["kind"]) =>
    parts.flatMap(({ element: { span }, ...part }) =>
      part.kind === kind && !part.fault ? [text.slice(span.start, span.end)] : [],
    );
  if (parts.every(({ fault }) => fault)) return undefined;
  const lineAt = lineFinder(cut.regions, marks, tree.source);
  const wanted = onlyThese(whole("element"), whole("file"), cut.regions);
  const read = await readCutArchive(bytes, wanted, fileName, release, digest);
  if (!read.contents.structure || !read.cut) return undefined;
  const archive = openedArchive(bytes, read.contents, read.cut, decodeText(read.cut.rest).text);
  const lost = parts
    .sort((one, other) => one.element.start - other.element.start)
    .flatMap(({ kind, element, fault }): LostPart[] => {
      if (!fault) return [];
      const reason = { text: fault, values: { line: lineAt(element.start) } };
      if (kind === "element") return [{ kind, name: element.name, reason }];
      const location = element.attributes.find(({ name, hasValue }) => name === "Location" && hasValue);
      return [{ kind, location: location?.value, reason }];
    });
  return { archive, damage: { fault: faultOfAll(tree, stop, lineAt), lost } };
}

/** The archive without contents, also where it ends in the middle of one; undefined when it is too large otherwise. */
async function cutAnyhow(bytes: ArchiveBytes): Promise<CutArchive | undefined> {
  const cutter = new ContentCutter();
  for await (const piece of bytes.pieces(0, bytes.size)) cutter.push(piece);
  // A tag ends the content that is open.
  cutter.push(new TextEncoder().encode("<"));
  const cut = cutter.finish();
  if (cut) return { rest: cut.rest.subarray(0, -1), regions: cut.regions };
  return bytes.size > largestWhole ? undefined : { rest: await bytes.read(), regions: [] };
}

/** Bytes of the largest archive of which a tree is made with all contents in it. */
const largestWhole = 100_000_000;

interface Part {
  readonly kind: LostPart["kind"];
  readonly element: Element;
}

/** What a package says beside its file lists. */
function elementsIn({ root }: SyntaxTree): readonly Part[] {
  if (!root || !isRootName(root.name)) return [];
  return root.elements
    .filter(({ name }) => name !== "Filelist")
    .map((element) => ({ kind: "element", element }));
}

/** Elements of file lists; of one that is broken also what is in it, as the end tag may be what is missing. */
function filesIn(tree: SyntaxTree): readonly Part[] {
  const found: Part[] = [];
  const walk = (element: Element, isListed: boolean) => {
    if (isListed) found.push({ kind: "file", element });
    if (isListed && !isBroken(element)) return;
    for (const inner of element.elements) walk(inner, isListed || element.name === "Filelist");
  };
  for (const { node, start } of tree.topLevel())
    if (node.kind === "element") walk(new Element(node, start, undefined), false);
  return found;
}

function isBroken({ closing }: Element): boolean {
  return closing !== "end-tag" && closing !== "empty";
}

/** Why an element is not whole; undefined for one that is. */
function faultOf(element: Element, text: string): string | undefined {
  // Such elements hold one another, so that reading each for itself might never end.
  if (isBroken(element)) return faults.malformed.text;
  const { span } = element;
  const written = text.slice(span.start, span.end);
  if (!SyntaxTree.parse(written).isWellFormed) return faults.malformed.text;
  return written.includes("\ufffd") ? faults.encoding.text : undefined;
}

const faults = {
  malformed: { text: "It is not well-formed, and begins in line {line}." },
  encoding: { text: "There are bytes in it that are no UTF-8, and it begins in line {line}." },
} as const satisfies Record<string, Message>;

const mark = /=cut\d+=/g;

/** An archive of these elements and of files with their contents alone. */
function onlyThese(
  elements: readonly string[],
  files: readonly string[],
  regions: readonly CutRegion[],
): CutArchive {
  const kept: CutRegion[] = [];
  const inside = [...elements, "<Filelist>", ...files, "</Filelist>"].join("\n").replace(mark, (found) => {
    const index = markedIndex(found);
    return markOf(kept.push(regions[index]!) - 1);
  });
  const rest = new TextEncoder().encode(`<otrs_package>\n${inside}\n</otrs_package>\n`);
  return { rest, regions: kept };
}

/** Tells the line of an offset in the archive, from 1, as if no contents had been cut out. */
function lineFinder(
  regions: readonly CutRegion[],
  marks: readonly RegExpExecArray[],
  source: SourceText,
): (offset: number) => number {
  /** Line breaks in the contents before each mark, and in all of them. */
  const cutOut = [0];
  for (const { lineFeeds = 0 } of regions) cutOut.push(cutOut.at(-1)! + lineFeeds);
  const starts = marks.map(({ index }) => index);
  return (offset) => source.positionAt(offset).line + 1 + cutOut[countUpTo(starts, offset)]!;
}

function faultOfAll(tree: SyntaxTree, stop: number, lineAt: (offset: number) => number): ArchiveFault {
  const { root, source } = tree;
  if (root?.closing === "missing" || root?.closing === "unfinished")
    return { kind: "cut-off", line: lineAt(source.length) };
  return { kind: tree.isWellFormed ? "encoding" : "malformed", line: lineAt(stop) };
}
