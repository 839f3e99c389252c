import { type PackageContents, packageName, packageVersion } from "../builder/package-contents.ts";
import { dialectIn, type Release, switchesOf } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import { isTrue } from "../model/package-structure.ts";
import { compareStrictly } from "../model/version.ts";
import type { JoinedSources, OfferedPackage } from "../repository/joined-sources.ts";
import { isForFramework } from "../repository/online-list.ts";
import { allResults, type TaskResult } from "../repository/perform-in-order.ts";
import { planUpgradeAll, type UpgradeAllPlan } from "../repository/plan-upgrade-all.ts";
import { readIndex } from "../repository/read-index.ts";
import { renderIndex } from "../repository/render-index.ts";
import type { SystemState } from "../system/system-state.ts";
import { olderVersions } from "./matrix.ts";
import { newestOf, type SiblingPackages, withInstalled } from "./sibling-packages.ts";

export interface UpdateAllRequest {
  readonly contents: PackageContents;
  /** The version that is installed before. */
  readonly earlier: PackageContents;
  /** As it is delivered. */
  readonly system: SystemState;
  readonly siblings: SiblingPackages;
  /** As in the options of plans. */
  readonly now: string;
}

export type UpdatedPackages =
  | { readonly kind: "done"; readonly plan: UpgradeAllPlan; readonly results: readonly TaskResult[] }
  /** There is no system to begin with. */
  | { readonly kind: "not-begun"; readonly reasons: readonly Message[] };

/** Whether a package requires one that is worked on beside it, and a release can update all packages at once. */
export async function canUpdateAll(
  { structure }: PackageContents,
  release: Release,
  siblings: SiblingPackages,
): Promise<boolean> {
  if (!switchesOf(release).upgradeAll) return false;
  for (const { content: name } of structure?.repeated.PackageRequired ?? [])
    if (name !== undefined && (await siblings.named(name, release)).length > 0) return true;
  return false;
}

/**
 * Brings a package and all that it requires of its siblings up to date, from their last versions before to the present
 * ones, in the framework's order. A sibling without an earlier version is there already when something requires it then.
 *
 * @throws PackageError when a version or the content of a file cannot be read
 */
export async function updateAll(request: UpdateAllRequest): Promise<UpdatedPackages> {
  const { contents, earlier, system, siblings, now } = request;
  const { framework } = system;
  const present = await withRequired(contents, siblings, framework);
  const known = new Set(present.map(packageName));
  const foreign = [...new Set(present.flatMap(requiredBy))].filter((name) => !known.has(name));
  if (foreign.length > 0) return { kind: "not-begun", reasons: foreign.map(notOffered) };
  const before: PackageContents[] = [];
  for (const each of present) {
    const last = each === contents ? earlier : await earlierOf(each, siblings, framework);
    if (last) before.push(last);
  }
  const names = new Set(before.map(packageName));
  const asked = new Set(before.flatMap(requiredBy));
  const there = present.filter((each) => !names.has(packageName(each)) && asked.has(packageName(each)));
  const order = [...there, ...before];
  const installed = await withInstalled(order, system, { assumeRequirements: true, now });
  const missing = order.some(
    (each) => !installed.system.packages.some(({ name }) => name === packageName(each)),
  );
  if (missing) return { kind: "not-begun", reasons: installed.notes };
  const offered = await offeredOf(present, framework);
  const byFile = new Map(present.map((each) => [fileOf(each), each]));
  const plan = planUpgradeAll(installed.system, offered, async ({ entry }) => byFile.get(entry.file), {
    now,
  });
  return { kind: "done", plan, results: await allResults(plan.results()) };
}

function notOffered(name: string): Message {
  return {
    text: "The required package {name} is not among those that are known here, so that it is not known whether a repository offers it.",
    values: { name },
  };
}

/** A package behind all that it requires of its siblings. */
async function withRequired(
  contents: PackageContents,
  siblings: SiblingPackages,
  release: Release,
): Promise<readonly PackageContents[]> {
  const seen = new Set([packageName(contents)]);
  const found: PackageContents[] = [];
  await add(contents);
  return found;

  async function add(each: PackageContents): Promise<void> {
    for (const name of requiredBy(each)) {
      if (seen.has(name) || seen.size > mostPackages) continue;
      seen.add(name);
      const newest = newestOf(await siblings.named(name, release));
      if (newest) await add(newest);
    }
    found.push(each);
  }
}

/** Far above what any package requires. */
const mostPackages = 500;

/** The last version before, of those that were released, else of the archives that lie there. */
async function earlierOf(
  contents: PackageContents,
  siblings: SiblingPackages,
  release: Release,
): Promise<PackageContents | undefined> {
  const [name, own] = [packageName(contents), packageVersion(contents)];
  const released = olderVersions((await siblings.versionsOf?.(name)) ?? [], own).at(-1);
  if (released) return (await released.read(release)).contents;
  const lying = await siblings.named(name, release);
  return newestOf(lying.filter((each) => compareStrictly(packageVersion(each), own) < 0));
}

/** As a repository would offer them. */
async function offeredOf(
  packages: readonly PackageContents[],
  framework: SystemState["framework"],
): Promise<JoinedSources> {
  const dialect = dialectIn(framework);
  const list: OfferedPackage[] = [];
  for (const each of packages) {
    const { structure } = each;
    // One that could not be in an index is offered by nobody.
    const index = await renderIndex([{ path: fileOf(each), structure }], dialect);
    const reading = index.kind === "rendered" ? readIndex(index.text, "en", framework) : undefined;
    if (reading?.kind !== "read") continue;
    for (const entry of reading.entries)
      if (isForFramework(entry.frameworks, framework)) list.push({ entry, source: "" });
  }
  return { list, byName: new Map(list.map((each) => [each.entry.name, each])), log: [], diedAt: undefined };
}

function fileOf(contents: PackageContents): string {
  return `${packageName(contents)}-${packageVersion(contents)}.opm`;
}

function requiredBy({ structure }: PackageContents): readonly string[] {
  return (structure?.repeated.PackageRequired ?? []).flatMap(({ content, attributes }) =>
    content !== undefined && isTrue(attributes.get("Version")) ? [content] : [],
  );
}
