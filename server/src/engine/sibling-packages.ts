import type { PackageContents } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import { systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { installedRows } from "../lifecycle/installed-rows.ts";
import type { Plan } from "../lifecycle/plan.ts";
import { planWhenKnown } from "../lifecycle/plan-when-known.ts";
import { specOf } from "../model/package-spec.ts";
import { isTrue } from "../model/package-structure.ts";
import { compareStrictly, isAtLeast } from "../model/version.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { SystemState } from "../system/system-state.ts";
import { decodeText } from "../text/decode.ts";
import { archivesBelow } from "./archives-below.ts";
import { findVersions, type VersionWorld } from "./find-versions.ts";
import type { PackageVersion } from "./package-version.ts";
import { type PackageWorld, packageReader } from "./read-package.ts";
import { specsBelow } from "./specs-below.ts";
import { versionSearch } from "./version-search.ts";

/** The packages that somebody works on beside the one that is tried. */
export interface SiblingPackages {
  /** Those of a name, as a release reads them. What cannot be read is none. */
  named(name: string, release: Release): Promise<readonly PackageContents[]>;
  /** The versions of one as they were released, of a spec among them; absent where nobody looks for them. */
  versionsOf?(name: string): Promise<readonly PackageVersion[]>;
}

/**
 * Installs in a system what a package requires and its siblings are, with what these require, in the order in which an
 * administrator would. What is there already in a version that is high enough stays as it is.
 *
 * @param assumeRequirements whether what a sibling requires, and no sibling is, keeps it from being installed
 * @throws PackageError when the content of a file is needed and cannot be read
 */
export async function withSiblings(
  contents: PackageContents,
  system: SystemState,
  siblings: SiblingPackages,
  { assumeRequirements, now }: { readonly assumeRequirements: boolean; readonly now: string },
): Promise<WithInstalled> {
  const installed: string[] = [];
  const plans: Plan[] = [];
  const notes: Message[] = [];
  const seen = new Set([contents.structure?.single.Name?.content]);
  let prepared = system;
  await installRequired(contents);
  if (installed.length > 0) {
    const values = { packages: installed.join(", ") };
    notes.unshift({
      text: "Required packages are installed as they are in the workspace: {packages}.",
      values,
    });
  }
  return { system: prepared, notes, plans };

  async function installRequired({ structure }: PackageContents): Promise<void> {
    for (const { content: name, attributes } of structure?.repeated.PackageRequired ?? []) {
      const wanted = attributes.get("Version");
      if (name === undefined || seen.has(name) || !isTrue(wanted)) continue;
      if (seen.size > mostSiblings) return;
      seen.add(name);
      const { framework } = prepared;
      const fits = (version: string | undefined) =>
        version !== undefined && isAtLeast(version, wanted!, framework);
      if (fits(installedRows(prepared.packages, name)[0]?.version)) continue;
      const known = await siblings.named(name, framework);
      const newest = newestOf(known.filter((each) => fits(versionOf(each))));
      if (newest) await install(newest, name);
    }
  }

  async function install(sibling: PackageContents, name: string): Promise<void> {
    await installRequired(sibling);
    const plan = await installationOn(prepared, sibling, { assumeRequirements, now });
    const version = versionOf(sibling)!;
    if (plan) {
      prepared = plan.after;
      plans.push(plan);
      installed.push(`${name} ${version}`);
    } else {
      notes.push({
        text: "The package {name} {version} of the workspace cannot be installed on this system, so that it does not count.",
        values: { name, version },
      });
    }
  }
}

/**
 * Installs packages in a system, one after the other, as somebody has named them.
 *
 * @throws PackageError when the content of a file is needed and cannot be read
 */
export async function withInstalled(
  packages: readonly PackageContents[],
  system: SystemState,
  options: InstallOptions,
): Promise<WithInstalled> {
  const installed: string[] = [];
  const plans: Plan[] = [];
  const notes: Message[] = [];
  let prepared = system;
  for (const contents of packages) {
    const values = {
      name: contents.structure?.single.Name?.content ?? contents.fileName ?? "?",
      version: versionOf(contents) ?? "?",
    };
    const plan = await installationOn(prepared, contents, options);
    if (plan) {
      prepared = plan.after;
      plans.push(plan);
      installed.push(`${values.name} ${values.version}`);
    } else {
      notes.push({
        text: "The package {name} {version} that is to be installed before cannot be installed on this system, so that it does not count.",
        values,
      });
    }
  }
  if (installed.length > 0) {
    notes.unshift({
      text: "Packages are installed before: {packages}.",
      values: { packages: installed.join(", ") },
    });
  }
  return { system: prepared, notes, plans };
}

/** Undefined for none. */
export function newestOf(packages: readonly PackageContents[]): PackageContents | undefined {
  return packages.toSorted((a, b) => compareStrictly(versionOf(b) ?? "", versionOf(a) ?? ""))[0];
}

/** A system with packages installed. */
interface WithInstalled {
  readonly system: SystemState;
  /** What the reader of a report has to know of it. */
  readonly notes: readonly Message[];
  /** What was done for it, in order. */
  readonly plans: readonly Plan[];
}

interface InstallOptions {
  readonly assumeRequirements: boolean;
  readonly now: string;
}

/** How a package is installed; undefined when it cannot be. */
async function installationOn(
  system: SystemState,
  contents: PackageContents,
  { assumeRequirements, now }: InstallOptions,
): Promise<Plan | undefined> {
  const options = { withoutFileSteps: true, now };
  let plan = await planWhenKnown("install", contents, system, options);
  if (assumeRequirements && plan.refusals.some(({ check }) => check === "required-packages")) {
    plan = await planWhenKnown("install", contents, system, { ...options, force: true });
  }
  return plan.verdict === "success" ? plan : undefined;
}

/** The siblings of the names that a package requires or a system has, as the system's release reads them. */
export async function siblingsOf(
  { structure }: PackageContents,
  { packages, framework }: SystemState,
  siblings: SiblingPackages,
): Promise<readonly PackageContents[]> {
  const required = (structure?.repeated.PackageRequired ?? []).flatMap(({ content }) => content ?? []);
  const names = new Set([...required, ...packages.map(({ name }) => name)]);
  return (await Promise.all([...names].map((name) => siblings.named(name, framework)))).flat();
}

/** Far above what any package requires. */
const mostSiblings = 500;

function versionOf({ structure }: PackageContents): string | undefined {
  return structure?.single.Version?.content;
}

/** What looking for packages in folders asks of the world. */
type FolderWorld = VersionWorld & Pick<World, "named">;

/**
 * The packages in a folder and below: every spec, and every archive that is named after its package. They are looked for
 * once, and read when their name is asked for.
 *
 * @throws SystemError when a folder with archives cannot be read
 */
export async function packagesBelow(folder: string, world: FolderWorld): Promise<SiblingPackages> {
  const specs = new Map<string, string[]>();
  for await (const { path, problem } of specsBelow(folder, world)) {
    const name = problem === undefined ? await nameOfSpec(path, world) : undefined;
    if (name !== undefined) specs.set(name, [...(specs.get(name) ?? []), path]);
  }
  const { paths } = world;
  const archives = (await archivesBelow(folder, world)).map((path) => paths.join(folder, path));
  return {
    async versionsOf(name) {
      const [spec] = specs.get(name) ?? [];
      if (spec === undefined) return [];
      const path = paths.resolve(spec);
      return findVersions(path, world, versionSearch(path, undefined, paths));
    },
    async named(name, release) {
      const named = archives.filter((path) => paths.basename(path).startsWith(`${name}-`));
      const read = [...(specs.get(name) ?? []), ...named].map((path) => readIfPossible(path, release, world));
      const found = (await Promise.all(read)).filter((contents) => contents !== undefined);
      return found.filter(({ structure }) => structure?.single.Name?.content === name);
    },
  };
}

/** The name in the text of a spec; undefined for one that has none or cannot be read. */
async function nameOfSpec(path: string, { packages }: Pick<World, "packages">): Promise<string | undefined> {
  return unlessUnreadable(async () => {
    const { text, problem } = decodeText(await packages.spec(path));
    return problem ? undefined : specOf(SyntaxTree.parse(text)).name;
  });
}

function readIfPossible(
  path: string,
  release: Release,
  world: PackageWorld,
): Promise<PackageContents | undefined> {
  return unlessUnreadable(async () => (await packageReader(path, world)(release)).contents);
}

/** What is read; undefined where the disk or the package is against it. */
export async function unlessUnreadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PackageError || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
