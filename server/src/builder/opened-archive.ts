import type { ArchiveBytes, FileContent } from "../host/file-content.ts";
import { base64Length, isDamagedBase64 } from "../model/base64.ts";
import { isTrue, type StartTag } from "../model/package-structure.ts";
import { edited } from "../text/edit.ts";
import { archivedContent, regionContent } from "./contents-of-archive.ts";
import { type CutArchive, markedIndex } from "./cut-contents.ts";
import type { PackageContents } from "./package-contents.ts";

/** An archive that is looked at itself: how it is written, beside what the package manager reads out of it. */
export interface OpenedArchive {
  readonly contents: PackageContents;
  readonly bytes: ArchiveBytes;
  /**
   * As it is written, but for the contents of files: in place of a long one there is something short. The tags of
   * `files` stand in it. Undefined for one that is not well-formed or that holds no package.
   */
  readonly text: string | undefined;
  /** All in its file lists in document order, also those that the frameworks leave out; none without a text. */
  readonly files: readonly ArchivedFile[];
  /** What was cut out of it before anybody parsed it; undefined for one that was read as a whole. */
  readonly cut?: CutArchive | undefined;
  /** How many bytes it has in common with another one from the beginning on; absent where nobody has looked. */
  readonly common?: { readonly other: ArchiveBytes; readonly length: number } | undefined;
}

export interface ArchivedFile {
  /** As written; undefined when the element has none. */
  readonly location: string | undefined;
  /** As written; undefined when the element has none. */
  readonly permission: string | undefined;
  /** What is in it; of an empty file as well. */
  readonly content: FileContent;
  /** Whether the frameworks leave it out because of its place. */
  readonly isForbidden: boolean;
  /** Whether an earlier element of the list has the same location. */
  readonly isRepeated: boolean;
  /** Whether something is lost when its content is decoded, as {@link isDamagedBase64} says. */
  readonly isDamaged: () => boolean;
  readonly tag: StartTag;
  /** Bytes of the content as it is written. */
  readonly writtenSize: number;
  /** The offset in the archive of the first of them; undefined for short contents. */
  readonly writtenStart: number | undefined;
  /** Those bytes, in order. A piece is overwritten when the next one is asked for. @throws PackageError */
  readonly written: () => AsyncIterable<Uint8Array>;
}

/**
 * Puts together what was read of an archive.
 *
 * @param cut what the contents were cut out of; undefined for one that was read as a whole
 * @param text of `cut`, else of the archive; undefined for one in which places mean nothing
 */
export function openedArchive(
  bytes: ArchiveBytes,
  contents: PackageContents,
  cut: CutArchive | undefined,
  text: string | undefined,
): OpenedArchive {
  return { contents, bytes, text, files: text === undefined ? [] : filesIn(contents, bytes, cut, text) };
}

function filesIn(
  { files, log }: PackageContents,
  bytes: ArchiveBytes,
  cut: CutArchive | undefined,
  text: string,
): readonly ArchivedFile[] {
  const forbidden = log.flatMap((each) => (each.id === "forbidden-location" ? [each.file] : []));
  const listed = [
    ...files.map(({ tag, content }) => ({ tag, content, isForbidden: false })),
    ...forbidden.map((tag) => ({ tag, content: undefined, isForbidden: true })),
  ].sort((a, b) => a.tag.count - b.tag.count);
  const seen = new Set<string>();
  return listed.map(({ tag, content, isForbidden }): ArchivedFile => {
    const { start, end } = tag.element.contentSpan;
    const written = text.slice(start, end);
    const region = cut?.regions[markedIndex(written)];
    const location = tag.attributes.get("Location");
    const isRepeated = location !== undefined && seen.has(location);
    if (location !== undefined) seen.add(location);
    const encoded = region ? undefined : new TextEncoder().encode(written);
    return {
      location,
      permission: tag.attributes.get("Permission"),
      content: content ?? (region ? regionContent(bytes, region) : contentOfLeftOut(tag)),
      isForbidden,
      isRepeated,
      isDamaged: () => (region ? region.isDamaged === true : isDamaged(tag)),
      tag,
      writtenStart: region?.start,
      writtenSize: region ? region.end - region.start : encoded!.length,
      written: region
        ? () => bytes.pieces(region.start, region.end)
        : async function* () {
            yield encoded!;
          },
    };
  });
}

/** Of a short content, or one that is no Base64. */
function isDamaged({ attributes, element }: StartTag): boolean {
  const { value } = element.text;
  return isTrue(value) && attributes.get("Encode") === "Base64" && isDamagedBase64(value);
}

/** The tag of a file that the frameworks leave out still has its content, and no size. An empty file has neither. */
function contentOfLeftOut(tag: StartTag): FileContent {
  const isEncoded = tag.content !== undefined && tag.attributes.get("Encode") === "Base64";
  return archivedContent(isEncoded ? { ...tag, size: base64Length(tag.content) } : tag);
}

/** The text of an archive without the contents of its files: what its spec has become. Undefined where it has none. */
export function specPartOf({ text, files }: Pick<OpenedArchive, "text" | "files">): string | undefined {
  if (text === undefined) return undefined;
  return edited(
    text,
    files.map(({ tag }) => ({ span: tag.element.contentSpan, newText: "" })),
  );
}
