import type { DialectId } from "../dialect/dialect.ts";
import { decodeBase64 } from "../model/base64.ts";
import { isTrue, readStructure, type StartTag, type StructureReading } from "../model/package-structure.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/** A file as it comes out of an archive. */
export interface ArchivedFile {
  /** As written; undefined when the element has none. */
  readonly location: string | undefined;
  /** Octal digits; undefined when there are none, and then the file is not installed. */
  readonly permission: string | undefined;
  /** Undefined for an empty file: the frameworks cannot tell it from one without content, and do not install it. */
  readonly content: Uint8Array | undefined;
  readonly tag: StartTag;
}

export interface ArchiveReading extends StructureReading {
  readonly files: readonly ArchivedFile[];
}

/**
 * Reads an archive back, with the contents of its files, as the package manager of a dialect does. The whole
 * archive is in memory then.
 *
 * Only `Encode="Base64"` in exactly this form is decoded, all other content is taken literally.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageParse
 */
export function readArchive(tree: SyntaxTree, dialect: DialectId): ArchiveReading {
  const reading = readStructure(tree, dialect);
  return { ...reading, files: (reading.structure?.files ?? []).map(readFile) };
}

function readFile(tag: StartTag): ArchivedFile {
  return {
    location: tag.attributes.get("Location"),
    permission: tag.attributes.get("Permission"),
    content: isTrue(tag.content) ? contentOf(tag) : undefined,
    tag,
  };
}

function contentOf({ attributes, content = "" }: StartTag): Uint8Array {
  return attributes.get("Encode") === "Base64" ? decodeBase64(content) : new TextEncoder().encode(content);
}
