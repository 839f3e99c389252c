import type { OpenedArchive } from "../../builder/opened-archive.ts";
import type { FileSystem } from "../../host/file-system.ts";
import { version as ownVersion } from "../../protocol/version.ts";
import type { ReleaseJournal } from "./release-journal.ts";

/**
 * What is in an archive and what it needs, as a bill of materials in the form CycloneDX 1.5: its files with their digests, and the
 * packages and modules of Perl that it requires. The same archive has the same one.
 *
 * @param digest SHA-256 of the archive in hexadecimal
 * @throws PackageError when a content cannot be read
 */
export async function sbomText(
  archive: OpenedArchive,
  digest: string,
  { name, version, time }: Pick<ReleaseJournal, "name" | "version" | "time">,
  files: FileSystem,
): Promise<string> {
  const { structure } = archive.contents;
  const single = (element: "Vendor" | "URL" | "License") => structure?.single[element]?.content?.trim() ?? "";
  const [vendor, url, license] = [single("Vendor"), single("URL"), single("License")];
  const listed = archive.files.filter(({ isForbidden, location }) => !isForbidden && location !== undefined);
  const fileParts: object[] = [];
  for (const { location, content } of listed) {
    const { size } = content;
    const content256 = files.digest(await content.read());
    fileParts.push({
      ...{ type: "file", "bom-ref": `file:${location}`, name: location },
      hashes: [{ alg: "SHA-256", content: content256 }],
      properties: [{ name: "sopm:size", value: String(size) }],
    });
  }
  const required = [
    ...(structure?.repeated.PackageRequired ?? []).map((tag) => ["package", tag] as const),
    ...(structure?.repeated.ModuleRequired ?? []).map((tag) => ["module", tag] as const),
  ].map(([kind, tag]) => {
    const called = tag.content?.trim() ?? "";
    const needed = tag.attributes.get("Version")?.trim() ?? "";
    return {
      ...{ type: "library", "bom-ref": `${kind}:${called}`, name: called },
      ...(needed === "" ? {} : { version: needed }),
      ...{ scope: "required", properties: [{ name: "sopm:kind", value: kind }] },
    };
  });
  const own = `package:${name}`;
  const bom = {
    ...{ bomFormat: "CycloneDX", specVersion: "1.5", serialNumber: `urn:uuid:${uuidOf(digest)}`, version: 1 },
    metadata: {
      timestamp: new Date(time * 1000).toISOString().replace(/\.\d+Z$/, "Z"),
      tools: { components: [{ type: "application", name: "sopm", version: ownVersion }] },
      component: {
        ...{ type: "application", "bom-ref": own, name, version },
        ...(vendor === "" ? {} : { publisher: vendor }),
        hashes: [{ alg: "SHA-256", content: digest }],
        ...(license === "" ? {} : { licenses: [{ license: { name: license } }] }),
        ...(url === "" ? {} : { externalReferences: [{ type: "website", url }] }),
      },
    },
    components: uniquely([...fileParts, ...required] as { "bom-ref": string }[]),
    dependencies: [{ ref: own, dependsOn: [...new Set(required.map((each) => each["bom-ref"]))] }],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/** Of a file that is listed twice the last one counts, as frameworks have it. */
function uniquely<Part extends { readonly "bom-ref": string }>(parts: readonly Part[]): readonly Part[] {
  return [...new Map(parts.map((part) => [part["bom-ref"], part])).values()];
}

/** A digest in the form of a UUID of one's own making (version 8 of RFC 9562). */
function uuidOf(digest: string): string {
  const variant = ((Number.parseInt(digest[16]!, 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}
