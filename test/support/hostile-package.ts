import { createHash } from "node:crypto";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";

/** An archive from its text or bytes. */
export function archiveOf(archive: string | Uint8Array): PackageContents {
  const bytes = typeof archive === "string" ? Buffer.from(archive) : archive;
  return contentsOfArchive(bytes, "Acme.opm", "znuny-7", createHash("sha256").update(bytes).digest("hex"));
}

/** Elements around what a test is about. @param name and version are put in as they are */
export function hostilePackage(body: string, name = "Acme", version = "1.0.0"): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.1"><Name>${name}</Name><Version>${version}</Version><Vendor>Acme Inc.</Vendor><Framework>7.1.x</Framework>
${body}
</otrs_package>`;
}

/** A list of files, each with the same short content. */
export function fileList(...locations: readonly string[]): string {
  const files = locations.map(
    (location) =>
      `<File Location="${attributeText(location)}" Permission="644" Encode="Base64">QWNtZQ==</File>`,
  );
  return `<Filelist>${files.join("\n")}</Filelist>`;
}

export function attributeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
