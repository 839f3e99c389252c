import type { DialectId } from "../dialect/dialect.ts";
import { contentOf, type FileContent } from "../host/file-content.ts";
import { decodeBase64 } from "../model/base64.ts";
import { isTrue, type StartTag } from "../model/package-structure.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import type { ContentsNote, PackageContents, PackageFile } from "./package-contents.ts";
import { nothingRead, readSafely, type SafeReading } from "./read-safely.ts";

/** Bytes of the largest archive that is read: a text must not have more than 2^29 code units. */
export const largestArchive = 500_000_000;

/**
 * A package as it comes out of an archive. Contents of files are decoded when they are asked for, each time anew.
 *
 * Only `Encode="Base64"` in exactly this form is decoded, all other content is taken literally.
 *
 * @param fileName for messages; undefined for what has none
 * @param digest SHA-256 of the bytes in hexadecimal
 * @throws never; of what cannot be read there is no structure
 * @source Znuny 7.1 and OTOBO 11, PackageParse
 */
export function contentsOfArchive(
  bytes: Uint8Array,
  fileName: string | undefined,
  dialect: DialectId,
  digest: string,
): PackageContents {
  const { structure, log, notes } = readBytes(bytes, dialect);
  return {
    origin: "archive",
    dialect,
    fileName,
    structure,
    log,
    notes,
    files: (structure?.files ?? []).map(readFile),
    build: undefined,
    archive: contentOf(bytes),
    digest,
  };
}

function readBytes(bytes: Uint8Array, dialect: DialectId): SafeReading {
  if (bytes.length > largestArchive) return unreadable({ id: "too-large" });
  const { text, problem } = decodeText(bytes);
  if (problem) return unreadable({ id: "encoding" });
  return readSafely(SyntaxTree.parse(text), dialect);
}

function unreadable(note: ContentsNote): SafeReading {
  return { ...nothingRead, notes: [note] };
}

function readFile(tag: StartTag): PackageFile {
  return {
    location: tag.attributes.get("Location"),
    permission: tag.attributes.get("Permission"),
    type: tag.attributes.get("Type"),
    content: isTrue(tag.content) ? archivedContent(tag) : undefined,
    tag,
  };
}

function archivedContent({ attributes, content = "", size = 0 }: StartTag): FileContent {
  const isEncoded = attributes.get("Encode") === "Base64";
  return {
    size,
    bytes: () => (isEncoded ? decodeBase64(content) : new TextEncoder().encode(content)),
  };
}
