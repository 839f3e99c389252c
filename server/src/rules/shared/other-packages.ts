import type { KnownPackage, OtherPackages } from "../../host/known-packages.ts";
import type { NamedFiles } from "../../model/file-moves.ts";
import { type FrameworkRange, matchFramework, rangeOfElement } from "../../model/framework-range.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import { modulePath } from "../../perl/module-name.ts";
import { fileList, type ListedFile } from "../../symbols/file-list.ts";
import { memo } from "../../text/memo.ts";
import type { Related } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { searchFolders } from "./perl-files.ts";
import { isPlaceholder } from "./root-child.ts";

/** What a rule has to know of the package it checks to compare it with others. */
export interface OwnPackage {
  readonly name: string;
  /** Empty for one without. */
  readonly version: string;
  readonly frameworks: readonly FrameworkRange[];
}

/** Undefined for a package without a name, or one that a build fills in. */
export function ownPackage(spec: PackageSpec): OwnPackage | undefined {
  const { name, version = "" } = spec;
  if (name === undefined || isPlaceholder(name)) return undefined;
  return { name, version, frameworks: spec.all("Framework").map(rangeOfElement) };
}

/**
 * Whether one system can have both packages, as far as their `Framework` elements say. Of a package without any nobody
 * knows.
 */
export function shareRelease(
  one: readonly FrameworkRange[],
  other: readonly FrameworkRange[],
  { dialect }: Pick<RuleContext, "dialect">,
): boolean {
  if (one.length === 0 || other.length === 0) return true;
  return samplesOf([...one, ...other]).some((version) =>
    [one, other].every((ranges) => matchFramework(version, ranges, dialect).fits),
  );
}

/** Versions that ranges may have been written for. */
function samplesOf(ranges: readonly FrameworkRange[]): readonly string[] {
  const texts = ranges
    .slice(0, mostRanges)
    .flatMap(({ pattern = "", minimum, maximum }) => [
      ...["1", "0", "20"].map((value) => pattern.replace(/x/gi, value)),
      ...[minimum, maximum].flatMap((bound) => bound ?? []),
    ]);
  return [...new Set(texts)];
}

/** More no package has. */
const mostRanges = 50;

/** Whether a system could have a package beside the own one. It is asked once about all that say the same. */
export function fitting(
  { frameworks }: Pick<OwnPackage, "frameworks">,
  context: RuleContext,
): (other: KnownPackage) => boolean {
  const shares = memo((others: readonly FrameworkRange[]) => shareRelease(frameworks, others, context));
  return (other) => shares(other.frameworks);
}

/** The packages that bring a module, wherever Perl looks for it below the home. */
export function bringersOf(module: string, others: OtherPackages): readonly KnownPackage[] {
  const path = modulePath(module);
  return searchFolders.flatMap((folder) => others.listing(folder + path));
}

/**
 * The package that alone brings a module, in its newest version; undefined where none does, or where several do.
 *
 * @param fits whether a system could have a package beside the own one
 */
export function bringerOf(
  module: string,
  others: OtherPackages,
  fits: (other: KnownPackage) => boolean,
): KnownPackage | undefined {
  const owners = bringersOf(module, others).filter(fits);
  const names = new Set(owners.map(({ name }) => name));
  return names.size === 1 ? newestIn(owners) : undefined;
}

/** Whether nobody knows the version of a spec before it is released: there is none, or one that a build replaces. */
export function isUnknownVersion(version: string): boolean {
  return version.trim() === "" || /^0(\.0)*$/.test(version) || isPlaceholder(version);
}

/** As {@link compareStrictly}; a version that nobody knows yet is the newest. */
export function compareKnown(a: string, b: string): number {
  const [isUnknownA, isUnknownB] = [isUnknownVersion(a), isUnknownVersion(b)];
  if (isUnknownA || isUnknownB) return Number(isUnknownA) - Number(isUnknownB);
  return compareStrictly(a, b);
}

/** The one with the highest version; undefined where there is none. */
export function newestIn(packages: readonly KnownPackage[]): KnownPackage | undefined {
  return packages.reduce<KnownPackage | undefined>(
    (a, b) => (a && compareKnown(a.version, b.version) >= 0 ? a : b),
    undefined,
  );
}

/** Of each name the one with the highest version. */
export function newestByName(packages: readonly KnownPackage[]): readonly KnownPackage[] {
  const newest = new Map<string, KnownPackage>();
  for (const each of packages) {
    const before = newest.get(each.name);
    newest.set(each.name, before ? newestIn([before, each])! : each);
  }
  return [...newest.values()];
}

/** The versions of a name that tell what is in them, which an index does not; found out once for each name. */
export function withFiles(others: OtherPackages): (name: string) => readonly KnownPackage[] {
  const known = new Map<string, readonly KnownPackage[]>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const found = others.named(name).filter(({ kind }) => kind !== "index");
    known.set(name, found);
    return found;
  };
}

/** The files of the own package, to be compared with those of another one. */
export function filesOfOwn(spec: PackageSpec, { version }: OwnPackage): NamedFiles {
  const list = fileList(spec);
  return {
    version,
    *paths() {
      for (const { path } of list.files) yield path;
    },
    has: (path) => list.has(path),
  };
}

export function filesOfOther({ version, files }: KnownPackage): NamedFiles {
  return { version, paths: () => files.paths(), has: (path) => files.has(path) };
}

/** A listed file that other packages have as well. */
export interface ContestedFile {
  readonly file: ListedFile;
  /** All versions of them that have it. */
  readonly owners: readonly KnownPackage[];
}

/**
 * The listed files that packages of other names have as well, in their order. Undefined in between says that there may
 * be a break.
 */
export function* contestedFiles(
  spec: PackageSpec,
  others: OtherPackages,
): Iterable<ContestedFile | undefined> {
  const { name } = spec;
  // What was found out for files that no edit has touched is kept under the others.
  for (const contested of fileList(spec).eachSummary(others, (files) => contestedAmong(files, others))) {
    for (const { file, owners } of contested) {
      const foreign = owners.filter((owner) => owner.name !== name);
      if (foreign.length > 0) yield { file, owners: foreign };
    }
    yield undefined;
  }
}

function contestedAmong(files: readonly ListedFile[], others: OtherPackages): readonly ContestedFile[] {
  const contested: ContestedFile[] = [];
  for (const file of files) {
    const owners = others.listing(file.path);
    if (owners.length > 0) contested.push({ file, owners });
  }
  return contested;
}

/** A place in the document of another package; nothing for a tag, of which no document is on the disk. */
export function placeIn(
  { kind, document }: Pick<KnownPackage, "kind" | "document">,
  place: Pick<KnownPackage, "place">["place"] | undefined,
  message: string,
  values?: Related["arguments"],
): readonly Related[] {
  if (!place || kind === "tag") return [];
  const { start, end } = place;
  return [{ document, start, end, message, ...(values && { arguments: values }) }];
}
