import type { ArchivePart, FilePart } from "../../server/src/host/archive-writer.ts";

/** The content of a file by its Location; undefined for a folder. Throws when there is no such file. */
export type ReadContent = (location: string) => Uint8Array | undefined;

/** The archive that parts make up, put together the plainest way. */
export function archiveText(parts: readonly ArchivePart[], read: ReadContent): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      const content = read(part.location) ?? [];
      if (content.length === 0) return part.whenEmpty;
      const encoded = btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(""));
      return part.start + (part.wrapped ? encoded.replace(/.{1,76}/g, "$&\n") : encoded) + part.end;
    })
    .join("");
}

/** A file as it stands in an archive of the framework's builder, without its start tag. */
export function filePart(location: string, changes: Partial<FilePart> = {}): FilePart {
  return {
    kind: "file",
    location,
    span: { start: 0, end: 0 },
    start: "<",
    end: ">",
    whenEmpty: "<>",
    wrapped: false,
    folderIsEmpty: true,
    ...changes,
  };
}
