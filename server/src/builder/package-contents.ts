import type { Release } from "../dialect/switches.ts";
import { emptyContent, type FileContent } from "../host/file-content.ts";
import type { MalformedReading } from "../model/lenient-reading.ts";
import type { PackageStructure, StartTag, StructureMessage } from "../model/package-structure.ts";
import type { Refusal } from "./refusal.ts";

/** A package ready to be installed: what the package manager reads out of its archive. */
export interface PackageContents {
  /** "spec" for one that was never built: its tags stand in the spec, its contents come from the disk. */
  readonly origin: "spec" | "archive";
  /** The release that it was read for. */
  readonly release: Release;
  /** The name of the spec or the archive, for messages; undefined for what has none. */
  readonly fileName: string | undefined;
  /** Undefined when nothing can be read out of it. */
  readonly structure: PackageStructure | undefined;
  /** What the framework logs while it reads. */
  readonly log: readonly StructureMessage[];
  /** What becomes of a text that is not well-formed; undefined for one that is. */
  readonly malformed?: MalformedReading | undefined;
  /** Where we read less than the framework might or something else, or why nothing can be read. */
  readonly notes: readonly ContentsNote[];
  /** Those that are not forbidden, in document order. */
  readonly files: readonly PackageFile[];
  /** What building the archive comes to; undefined for an archive, which has been built. */
  readonly build: BuildOutlook | undefined;
  /** The archive's own bytes: of a spec, those that building it would write. Asked for only to store it. */
  readonly archive: FileContent;
  /** SHA-256 of `archive` in hexadecimal for an archive; for a spec something that changes whenever it does. */
  readonly digest: string;
}

/** A package without files, of which nobody knows more than its tags. */
export function contentsWithoutFiles(
  structure: PackageStructure | undefined,
  release: Release,
): PackageContents {
  return {
    ...{ origin: "archive", release, fileName: undefined, structure, log: [], notes: [], files: [] },
    ...{ build: undefined, archive: emptyContent, digest: "" },
  };
}

export interface PackageFile {
  /** As written; undefined when the element has none, and then the file is not installed. */
  readonly location: string | undefined;
  /** As written; undefined when there is none, and then the file is not installed. */
  readonly permission: string | undefined;
  /** The attribute `Type`, such as "replace". */
  readonly type: string | undefined;
  /** Undefined for an empty file: the frameworks cannot tell it from one without content, and do not install it. */
  readonly content: FileContent | undefined;
  readonly tag: StartTag;
}

/** What has to be known of a spec beside what its archive would hold. */
export interface BuildOutlook {
  /** Why no archive would be built; its contents are then those it would have otherwise. */
  readonly refusals: readonly Refusal[];
  /** Files that are not there, so that the build fails. In `files` they stand as empty. */
  readonly missingFiles: readonly PackageFile[];
  /** What the framework logs while it reads the spec, which is more than it logs reading the archive. */
  readonly log: readonly StructureMessage[];
}

/** What the reader of a report should know of how a package was read. */
export type ContentsNote =
  /** A spec is taken as it is when built as a version that somebody has named. */
  | { readonly id: "as-version"; readonly version: string }
  /** The bytes are not what the frameworks read, which is UTF-8 or what the first tag names. */
  | { readonly id: "encoding" }
  /** More text than can be kept in memory. */
  | { readonly id: "too-large" }
  /** Entities of the DOCTYPE stand for so much text that they are not replaced. */
  | { readonly id: "entity-bomb" }
  /** The entity names a file. OTOBO puts its text in; here it is never opened and stands for nothing. */
  | { readonly id: "external-entity"; readonly name: string };

/** As the package says it; empty for none. */
export function packageName({ structure }: Pick<PackageContents, "structure">): string {
  return structure?.single.Name?.content ?? "";
}

/** As the package says it; empty for none. */
export function packageVersion({ structure }: Pick<PackageContents, "structure">): string {
  return structure?.single.Version?.content ?? "";
}
