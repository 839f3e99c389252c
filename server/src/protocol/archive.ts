import type { ProtocolRange } from "./place.ts";
import { request } from "./request.ts";

/** The scheme of what is in archives, as read-only documents. Our own extension shows them. */
export const archiveScheme = "sopm-opm";

/** A package as somebody names it: a spec or an archive by its URI, one that a sandbox has, or an earlier version. */
export type PackagePlace =
  | { readonly kind: "file"; readonly uri: string }
  /** The absolute path of the sandbox, and the name of the package. */
  | { readonly kind: "installed"; readonly folder: string; readonly name: string }
  /** The URI of the spec, and a version of it that was found or the tag of one. */
  | { readonly kind: "version"; readonly uri: string; readonly version: string };

/** Client to server: what an archive holds. It is read once from its beginning to its end, and nothing is decoded. */
export const archiveRequest = request<{ readonly of: PackagePlace }, ArchiveFacts>("sopm/archive");

export interface ArchiveFacts {
  readonly kind: "archive";
  /** Name and version, for reading. */
  readonly title: string;
  /** The name of the package; empty for one without. */
  readonly name: string;
  /** Such as "Acme.sopm"; null for an archive that is damaged, of which nobody knows what belongs into it. */
  readonly specName: string | null;
  /** Vendor, frameworks and so on, for reading: a line each. */
  readonly facts: readonly string[];
  /** In the order of the archive; of one that is damaged those that are whole. */
  readonly files: readonly ArchivedFileFacts[];
  /** Where it is damaged and what is left out, in the reader's language: a line each. */
  readonly damage: readonly string[];
}

export interface ArchivedFileFacts {
  /** As written, so that it may be anything; empty for none. */
  readonly location: string;
  /** Bytes. */
  readonly size: number;
  /** As written; empty for none. */
  readonly permission: string;
  /** What is odd about it, in the reader's language. */
  readonly notes: readonly string[];
}

/** Client to server: one file of an archive, or what its spec has become; null for a file that there is not. */
export const archiveContentRequest = request<ArchiveContentParams, ArchiveContent | null>(
  "sopm/archiveContent",
);

export interface ArchiveContentParams {
  readonly of: PackagePlace;
  /** Its place in the list of files, from 0; absent for the spec part. */
  readonly file?: number;
}

export interface ArchiveContent {
  readonly kind: "content";
  /** In Base64. */
  readonly bytes: string;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

/** Client to server: how two packages differ. */
export const comparePackagesRequest = request<ComparePackagesParams, ComparedPackages>(
  "sopm/comparePackages",
);

export interface ComparePackagesParams {
  readonly before: PackagePlace;
  readonly after: PackagePlace;
}

export interface ComparedPackages {
  readonly kind: "comparison";
  readonly isSame: boolean;
  /** For reading, in the reader's language. */
  readonly text: string;
  /** Files that are on one side only, or not the same, by where they are on each. */
  readonly files: readonly ComparedFile[];
}

export interface ComparedFile {
  readonly location: string;
  readonly before: ComparedContent | null;
  readonly after: ComparedContent | null;
}

export type ComparedContent =
  | { readonly kind: "archived"; readonly file: number }
  | { readonly kind: "disk"; readonly uri: string };

/** Client to server: make the source of an archive in a folder. */
export const editArchiveRequest = request<EditArchiveParams, EditedArchive>("sopm/editArchive");

export interface EditArchiveParams {
  readonly of: PackagePlace;
  /** Absolute path of a folder. */
  readonly folder: string;
  /** Whether files that are there are replaced. */
  readonly force: boolean;
}

export interface DamagedContent {
  /** What becomes of it, in the reader's language. */
  readonly message: string;
  /** The start tag of its element in the spec. */
  readonly range: ProtocolRange;
}

export type EditedArchive =
  | {
      readonly kind: "extracted";
      /** URI of the spec. */
      readonly spec: string;
      /** Whether building it gives the archive back, in the reader's language. */
      readonly message: string;
      /** What was not written and why, in the reader's language. */
      readonly leftOut: readonly string[];
      /** Contents of files that lost something when they were decoded. */
      readonly damaged: readonly DamagedContent[];
    }
  /** Nothing was written: so many files are there already. */
  | { readonly kind: "in-the-way"; readonly count: number };
