import type { ArchivePart, FilePart } from "../host/archive-writer.ts";
import type { FileContent } from "../host/file-content.ts";
import { encodeBase64, encodedSize } from "../model/base64.ts";

/**
 * The bytes of an archive that nobody has written, put together when they are asked for. All of it is in memory then.
 *
 * @param render gives the parts of an archive of the framework's builder, whose Base64 has no line breaks
 * @param contentOf what is in a file; undefined for one that is not there, which stands as an empty one
 */
export function archiveContent(
  render: () => readonly ArchivePart[],
  contentOf: (part: FilePart) => FileContent | undefined,
): FileContent {
  let pieces: readonly Piece[] | undefined;
  const collect = () => {
    pieces ??= render().flatMap((part) => piecesOf(part, contentOf));
    return pieces;
  };
  return {
    get size() {
      return collect().reduce((size, piece) => size + sizeOf(piece), 0);
    },
    read: () => join(collect()),
  };
}

/** A text that is encoded already, or a file. */
type Piece = Uint8Array | FileContent;

const encoder = new TextEncoder();

function piecesOf(part: ArchivePart, contentOf: (part: FilePart) => FileContent | undefined): Piece[] {
  if (part.kind === "text") return [encoder.encode(part.text)];
  const content = contentOf(part);
  if (!content || content.size === 0) return [encoder.encode(part.whenEmpty)];
  return [encoder.encode(part.start), content, encoder.encode(part.end)];
}

function sizeOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : encodedSize(piece.size);
}

/** One file after the other, so that no more than one is in memory beside the archive. */
async function join(pieces: readonly Piece[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + sizeOf(piece), 0));
  let offset = 0;
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) bytes.set(piece, offset);
    else encodeBase64(await piece.read(), bytes, offset);
    offset += sizeOf(piece);
  }
  return bytes;
}
