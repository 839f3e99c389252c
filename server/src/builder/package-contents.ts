import type { DialectId } from "../dialect/dialect.ts";
import type { FileContent } from "../host/file-content.ts";
import type { PackageStructure, StartTag, StructureMessage } from "../model/package-structure.ts";

/** A package ready to be installed: what the package manager reads out of its archive. */
export interface PackageContents {
  /** "spec" for one that was never built: its tags stand in the spec, its contents come from the disk. */
  readonly origin: "spec" | "archive";
  readonly dialect: DialectId;
  /** The name of the spec or the archive, for messages; undefined for what has none. */
  readonly fileName: string | undefined;
  /** Undefined when nothing can be read out of it. */
  readonly structure: PackageStructure | undefined;
  /** What the framework logs while it reads. */
  readonly log: readonly StructureMessage[];
  /** Those that are not forbidden, in document order. */
  readonly files: readonly PackageFile[];
  /** The archive's own bytes: of a spec, those that building it would write. Asked for only to store it. */
  readonly archive: FileContent;
  /** SHA-256 of `archive` in hexadecimal for an archive; for a spec something that changes whenever it does. */
  readonly digest: string;
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
