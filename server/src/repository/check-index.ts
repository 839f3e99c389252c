import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import type { Release } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import { matchFramework } from "../model/framework-range.ts";
import { isTrue } from "../model/package-structure.ts";
import { compareStrictly, isAtLeast } from "../model/version.ts";
import type { IndexEntry, IndexReading } from "./read-index.ts";

/** One problem of an index. It stands at no place of the text, because indexes are generated. */
export interface IndexFinding extends Message {
  readonly id: IndexFindingId;
  /** Name and version of the entry; undefined for what concerns the whole index. */
  readonly package: string | undefined;
}

export type IndexFindingId = keyof typeof indexFindingTexts;

export const indexFindingTexts = {
  "index-not-read": "The index cannot be read, because it is not well-formed in line {line}.",
  "index-malformed": "The index is not well-formed in line {line}; OTOBO refuses it.",
  "entry-incomplete": "“{package}” has no {element}, so clients cannot use the entry.",
  "framework-missing": "“{package}” has no Framework, so clients never offer it.",
  "framework-unknown": "“{package}” is for no framework version that is known: {frameworks}.",
  "file-missing": "The archive “{file}” of “{package}” is not there.",
  "file-mismatch": "The archive “{file}” holds {found}, but the index calls it “{package}”.",
  "requirement-missing":
    "“{package}” requires “{name}” {version}, which is neither in the index nor among the packages beside it.",
  "entry-duplicate": "“{package}” is listed more than once; only the first entry counts.",
} as const;

/** What an archive of the repository says of itself. */
export interface ArchiveIdentity {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/**
 * Finds what keeps clients from using an index as it is meant.
 *
 * @param archive what is at a path; undefined when nothing is. Not called for entries without a file
 * @param others packages that may be required although the index does not list them; undefined to ask for no requirement
 * @source Znuny 7.1, RepositoryPackageListGet: what it leaves out or takes from the wrong place
 */
export async function checkIndex(
  reading: IndexReading,
  archive: (file: string) => Promise<ArchiveIdentity | undefined>,
  others?: OtherPackages,
): Promise<readonly IndexFinding[]> {
  if (reading.kind === "refused") return [finding("index-not-read", undefined, { line: reading.line })];
  const findings: IndexFinding[] = [];
  if (reading.malformedLine !== undefined) {
    findings.push(finding("index-malformed", undefined, { line: reading.malformedLine }));
  }
  const seen = new Map<string, string[]>();
  const known: KnownRanges = new Map();
  for (const entry of reading.entries) {
    const { file } = entry;
    const found = file === "" ? undefined : await archive(file.replace(/^\/+/, ""));
    findings.push(...checkEntry(entry, found, known));
    const versions = seen.get(entry.name) ?? [];
    seen.set(entry.name, versions);
    if (versions.some((version) => compareStrictly(version, entry.version) === 0)) {
      findings.push(finding("entry-duplicate", labelOf(entry)));
    }
    versions.push(entry.version);
  }
  if (others) findings.push(...(await unmetRequirements(reading.entries, seen, others)));
  return findings;
}

/** Packages that no index lists. */
export interface OtherPackages {
  /** Compares versions as this release does. */
  readonly release: Release;
  /** The versions that there are of a name. */
  beside(name: string): Promise<readonly string[]>;
}

/** A requirement without a version is met by none, which the package's own check tells. */
async function unmetRequirements(
  entries: readonly IndexEntry[],
  listed: ReadonlyMap<string, readonly string[]>,
  { release, beside }: OtherPackages,
): Promise<readonly IndexFinding[]> {
  const findings: IndexFinding[] = [];
  for (const entry of entries) {
    for (const { name, version } of entry.requiredPackages) {
      if (!isTrue(version)) continue;
      const isMet = (versions: readonly string[]) =>
        versions.some((each) => isAtLeast(each, version!, release));
      if (isMet(listed.get(name) ?? []) || isMet(await beside(name))) continue;
      findings.push(finding("requirement-missing", labelOf(entry), { name, version: version! }));
    }
  }
  return findings;
}

function* checkEntry(
  entry: IndexEntry,
  found: ArchiveIdentity | undefined,
  known: KnownRanges,
): Iterable<IndexFinding> {
  const label = labelOf(entry);
  for (const element of ["Name", "Version", "File"]) {
    if (!entry.fields.get(element)) yield finding("entry-incomplete", label, { element });
  }
  if (entry.frameworks.length === 0) yield finding("framework-missing", label);
  else if (!fitsKnownRelease(entry, known)) {
    const frameworks = entry.frameworks.map(({ pattern = "" }) => pattern).join(", ");
    yield finding("framework-unknown", label, { frameworks });
  }
  if (entry.file === "") return;
  if (!found) yield finding("file-missing", label, { file: entry.file });
  else if (found.name !== entry.name || found.version !== entry.version) {
    const values = { file: entry.file, found: `${found.name ?? ""} ${found.version ?? ""}`.trim() };
    yield finding("file-mismatch", label, values);
  }
}

function labelOf({ name, version }: IndexEntry): string {
  return `${name} ${version}`.trim();
}

/** Answers for ranges that were asked about before: an index has few, over and over. */
type KnownRanges = Map<string, boolean>;

/** Any patch level from 0 to 99 of a release line that exists, whatever the product. */
function fitsKnownRelease({ frameworks }: IndexEntry, known: KnownRanges): boolean {
  const key = JSON.stringify(frameworks);
  const fits =
    known.get(key) ??
    releases.some(({ version, dialect }) => matchFramework(version, frameworks, dialect).fits);
  known.set(key, fits);
  return fits;
}

const releases: readonly { readonly version: string; readonly dialect: DialectId }[] = dialectIds.flatMap(
  (dialect) =>
    productOf(dialect).releaseLines.flatMap((line) =>
      Array.from({ length: 100 }, (_, patch) => ({ version: `${line}.${patch}`, dialect })),
    ),
);

function finding(
  id: IndexFindingId,
  label: string | undefined,
  values: Message["values"] = {},
): IndexFinding {
  return {
    id,
    package: label,
    text: indexFindingTexts[id],
    values: label === undefined ? values : { package: label, ...values },
  };
}
