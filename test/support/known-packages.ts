import { kindOfDocument } from "../../server/src/engine/find-known-documents.ts";
import { readKnownPackages } from "../../server/src/engine/read-known-packages.ts";
import { KnownPackages, type OtherPackages } from "../../server/src/host/known-packages.ts";

/** What documents tell of packages, by their paths. */
export function knownIn(documents: Readonly<Record<string, string>>): KnownPackages {
  const known = new KnownPackages();
  for (const [path, text] of Object.entries(documents)) {
    const kind = kindOfDocument(path.slice(path.lastIndexOf("/") + 1));
    if (!kind) throw new Error(`nobody reads ${path}`);
    known.tell(path, readKnownPackages({ kind, path }, new TextEncoder().encode(text)));
  }
  return known;
}

/** The same for a document that is none of them. */
export function packagesIn(documents: Readonly<Record<string, string>>): OtherPackages {
  return knownIn(documents).beside(undefined);
}

/** A package in one line. */
export function packageText(
  name: string,
  version: string,
  { files = [], more = "", frameworks = ["7.1.x"] }: PackageParts = {},
): string {
  const listed = files.map((path) => `<File Permission="660" Location="${path}"/>`).join("");
  const ranges = frameworks.map((text) => `<Framework>${text}</Framework>`).join("");
  return `<otrs_package version="1.0"><Name>${name}</Name><Version>${version}</Version>${ranges}${more}<Filelist>${listed}</Filelist></otrs_package>`;
}

interface PackageParts {
  readonly files?: readonly string[];
  /** Elements beside those that every package has. */
  readonly more?: string;
  readonly frameworks?: readonly string[];
}
