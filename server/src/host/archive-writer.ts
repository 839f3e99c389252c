import type { Span } from "../text/span.ts";
import type { PackageErrorData } from "./package-error.ts";

/** A piece of an archive as it is written. */
export type ArchivePart = TextPart | FilePart;

export interface TextPart {
  readonly kind: "text";
  readonly text: string;
}

/** The content of a file, in Base64, between two texts. */
export interface FilePart {
  readonly kind: "file";
  /** As in the spec: relative to the base folder, with `/`. Empty when the element has none. */
  readonly location: string;
  /** Where the element stands in the spec. */
  readonly span: Span;
  /** Written before and behind the content. */
  readonly start: string;
  readonly end: string;
  /** Written instead of all three when the file is empty. */
  readonly whenEmpty: string;
  /** Whether the content is broken into lines of 76 characters, each with a line break behind it. */
  readonly wrapped: boolean;
  /** Whether a folder counts as an empty file. The frameworks' builders read it and get nothing. */
  readonly folderIsEmpty: boolean;
}

/** An element as it is meant to stand in an archive, before it is written as text. */
export interface PlannedElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Characters and CDATA directly in it, without the content of a file; undefined where only layout is written. */
  readonly text: string | undefined;
  /** For the element of a file: its place among the files of the archive, from 0. Its content stands behind the text. */
  readonly file?: number;
}

export interface WriteOptions {
  /** The folder that the files' locations are relative to. */
  readonly baseFolder: string;
  /** Whether files may be taken from outside the base folder through symbolic links. */
  readonly allowSymlinks: boolean;
  /** What has to be found in the archive when it is read back; absent to leave that out. Large ones are not read back. */
  readonly elements?: readonly PlannedElement[] | undefined;
  /** True to keep an archive that reads as something else, and only tell so. */
  readonly keepsDoubtful?: boolean | undefined;
  /** Ends the writing with a `cancelled` error. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: WriteProgress) => void) | undefined;
}

export interface WriteProgress {
  /** Files that are completely in the archive. */
  readonly files: number;
  /** Bytes read from files. */
  readonly bytes: number;
}

export interface WrittenArchive {
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly files: number;
  /** What was wrong with it when it was read back, if it was kept all the same. */
  readonly doubt?: PackageErrorData | undefined;
}

/** Writes archives. */
export interface ArchiveWriter {
  /**
   * Writes an archive under another name first, so that what stood there before is untouched until all is written and
   * reads as it should.
   *
   * @param target path of the archive; an existing file is replaced
   * @throws PackageError, and then there is no trace of the attempt
   */
  readonly write: (
    parts: readonly ArchivePart[],
    target: string,
    options: WriteOptions,
  ) => Promise<WrittenArchive>;
}
