import { contentsOfArchive } from "../builder/contents-of-archive.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import { plainName } from "../database/table.ts";
import { joinedWith } from "../dialect/joined-packages.ts";
import { productOf } from "../dialect/products.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { Plan } from "../lifecycle/plan.ts";
import { planOperation } from "../lifecycle/plan-operation.ts";
import type { PlanOptions } from "../lifecycle/plan-options.ts";
import { isTrue } from "../model/package-structure.ts";
import { withEarlierSchema } from "../proof/earlier-schema.ts";
import { ChangedSystem } from "../system/changed-system.ts";
import { ChangedHome } from "../system/home.ts";
import type { SystemState } from "../system/system-state.ts";
import { escapeXml } from "../text/escape.ts";
import { memo } from "../text/memo.ts";

/** The version that is taken to be installed before an upgrade. */
export type EarlierVersion =
  | {
      readonly kind: "archive";
      readonly contents: PackageContents;
      /** The versions that it is upgraded to before, one after the other; absent for none. */
      readonly via?: readonly PackageContents[];
    }
  /** Nobody has its archive; the present package stands for it as far as that goes. */
  | { readonly kind: "version"; readonly version: string };

/** A system made ready for an operation. */
export interface PreparedSystem {
  readonly system: SystemState;
  /** The same before the package itself was put in, with what it requires. */
  readonly base: SystemState;
  /** What was put into it, to be told to the reader. */
  readonly assumptions: readonly Message[];
  /** The paths of all files that were changed when the package was put in; undefined when it was not. */
  readonly touched: (() => readonly string[]) | undefined;
  /** What put the package in, one after the other; undefined when it was not, and where its tables are guessed. */
  readonly installation: readonly Plan[] | undefined;
}

/**
 * Puts into a system what an operation cannot do without: what the package requires, and for everything but an install
 * the package itself, in its earlier version for an upgrade.
 */
export function prepareSystem(
  operation: Operation,
  contents: PackageContents,
  system: SystemState,
  {
    from,
    assumeRequirements,
    now,
  }: {
    readonly from: EarlierVersion | undefined;
    readonly assumeRequirements: boolean;
    /** When the package is taken to have been installed, as in {@link PlanOptions}; the first time counts. */
    readonly now?: string | undefined;
  },
): PreparedSystem {
  const assumptions: Message[] = [];
  let prepared = system;
  if (assumeRequirements) {
    const required = missingRequirements(contents, system);
    if (required.length > 0) {
      prepared = withStandIns(prepared, required, contents);
      const packages = required.map(({ name, version }) => `${name} ${version}`).join(", ");
      assumptions.push({
        text: "Required packages are installed, with tables and modules that nobody knows: {packages}.",
        values: { packages },
      });
    }
  }
  if ((contents.structure?.repeated.ModuleRequired.length ?? 0) > 0 && system.framework.assumeModules) {
    assumptions.push({ text: "All Perl modules that the package requires are there." });
  }
  const earlier = earlierPackage(operation, contents, from);
  if (!earlier) return { system: prepared, base: prepared, assumptions, ...notPutIn };
  // What keeps the package from being installed is told by the operation itself, as far as it still checks it.
  const installation = installed(earlier, prepared, system, now);
  const last = installation.at(-1)!;
  if (last.verdict !== "success") {
    return {
      system: prepared,
      base: prepared,
      assumptions: [...assumptions, cannotBeInstalled],
      ...notPutIn,
    };
  }
  assumptions.push(...earlier.assumptions);
  const { after } = last;
  const isGuessed = operation === "upgrade" && from?.kind === "version";
  return {
    system: isGuessed ? withEarlierSchema(contents, earlier.contents, prepared, after) : after,
    base: prepared,
    assumptions,
    touched: () => (after.home instanceof ChangedHome ? after.home.changedPaths : []),
    installation: isGuessed ? undefined : installation,
  };
}

const notPutIn = { touched: undefined, installation: undefined };

/**
 * The plans of the last installation of a package, with the upgrades behind it. While a spec is edited the archive that it is upgraded from stays
 * the same, and need not be installed for every keystroke.
 */
const lastInstallations = new WeakMap<
  PackageContents,
  { readonly key: string; readonly base: SystemState; readonly plans: readonly Plan[] }
>();

/**
 * Installs a package and upgrades it on the way; behind a plan that does not succeed there is none.
 *
 * @param base what `prepared` was made from; the rows that were added to it are told by their digests
 */
function installed(
  { contents, via = [] }: Pick<EarlierPackage, "contents" | "via">,
  prepared: SystemState,
  base: SystemState,
  now: string | undefined,
): readonly Plan[] {
  const key = [...prepared.packages, ...via].map(({ digest }) => digest).join("\n");
  const last = lastInstallations.get(contents);
  if (last?.key === key && last.base === base) return last.plans;
  const options: PlanOptions = { force: true, withoutFileSteps: true, ...(now === undefined ? {} : { now }) };
  const { facts } = prepared;
  const { unanswered } = facts;
  const plans = [planOperation("install", contents, prepared, options)];
  for (const each of via) {
    const { verdict, after } = plans.at(-1)!;
    if (verdict === "success") plans.push(planOperation("upgrade", each, after, options));
  }
  if (facts.unanswered === unanswered) lastInstallations.set(contents, { key, base, plans });
  return plans;
}

const cannotBeInstalled: Message = {
  text: "The package cannot be installed at all, so it is not there before the operation.",
};

interface EarlierPackage {
  readonly contents: PackageContents;
  readonly via?: readonly PackageContents[] | undefined;
  readonly assumptions: readonly Message[];
}

function earlierPackage(
  operation: Operation,
  contents: PackageContents,
  from: EarlierVersion | undefined,
): EarlierPackage | undefined {
  switch (operation) {
    case "install":
      return undefined;
    case "upgrade": {
      if (!from) return undefined;
      if (from.kind === "archive") {
        const version = from.contents.structure?.single.Version?.content ?? "?";
        const { fileName: file = "", origin } = from.contents;
        const values = { version, file };
        const message: Message =
          origin === "archive"
            ? { text: "{version} is installed, as the archive {file} does it.", values }
            : { text: "{version} is installed, as the spec {file} describes it.", values };
        const { via = [] } = from;
        const passed = via.map(({ structure }) => structure?.single.Version?.content ?? "?").join(", ");
        const climbed: Message = {
          text: "It was upgraded step by step, with Force, to {versions}.",
          values: { versions: passed },
        };
        return {
          contents: from.contents,
          via,
          assumptions: via.length > 0 ? [message, climbed] : [message],
        };
      }
      const values = { version: from.version };
      return {
        contents: withVersion(contents, from.version),
        assumptions: [
          { text: "{version} is installed, with the files of the present package.", values },
          {
            text: "The tables of {version} are guessed: what the upgrade adds is not there before, and what it drops is. Name the archive of {version} to be sure.",
            values,
          },
        ],
      };
    }
    case "reinstall":
    case "uninstall":
      return {
        contents,
        assumptions: [{ text: "The package is installed, as an install without failures leaves it." }],
      };
  }
}

function withVersion(contents: PackageContents, version: string): PackageContents {
  const { structure } = contents;
  const tag = structure?.single.Version;
  if (!structure || !tag) return contents;
  return {
    ...contents,
    digest: `${contents.digest} as ${version}`,
    structure: { ...structure, single: { ...structure.single, Version: { ...tag, content: version } } },
  };
}

/** A package of which nothing is known but this. */
export interface BarePackage {
  readonly name: string;
  readonly version: string;
}

/** Far above what any package requires; the rest of an endless list stays missing. */
const mostRequired = 500;

/**
 * A requirement without a version is refused whatever is installed, and stays missing; so does a package that became part
 * of the framework.
 */
function missingRequirements(
  contents: PackageContents,
  { packages, framework }: SystemState,
): readonly BarePackage[] {
  const there = new Set(packages.map(({ name }) => name));
  return (contents.structure?.repeated.PackageRequired ?? []).flatMap((tag): BarePackage[] => {
    const name = tag.content;
    const version = tag.attributes.get("Version");
    if (name === undefined || there.has(name) || !isTrue(version)) return [];
    if (joinedWith(name, framework) !== undefined) return [];
    if (there.size >= packages.length + mostRequired) return [];
    there.add(name);
    return [{ name, version: version! }];
  });
}

/**
 * Puts packages into a system of which nothing is known but name and version, with the tables and modules that they may have.
 *
 * @param contents of the package that is tried there, whose own tables are known
 */
export function withStandIns(
  system: SystemState,
  packages: readonly BarePackage[],
  contents: PackageContents,
): SystemState {
  if (packages.length === 0) return system;
  return withUnknownParts(withPackages(system, packages), contents);
}

/** Rows of packages of which nothing is known but name and version. */
function withPackages(system: SystemState, required: readonly BarePackage[]): SystemState {
  const { framework } = system;
  const root = productOf(framework.dialect).rootName;
  const changed = new ChangedSystem(system);
  for (const { name, version } of required) {
    const text = `<${root} version="1.1"><Name>${escapeXml(name)}</Name><Version>${escapeXml(version)}</Version></${root}>`;
    const digest = `required ${name} ${version}`;
    const row = { name, version, vendor: "", status: "installed", digest } as const;
    const contents = contentsOfArchive(new TextEncoder().encode(text), undefined, framework, digest);
    changed.apply({ part: "packages", change: { kind: "add-row", row, contents } });
  }
  return changed.state();
}

/**
 * Packages that are only taken to be there have tables and modules as well. So a table that nobody knows may be there,
 * unless it is one that the package makes itself, and a module may be loaded; else every statement and every call for
 * one of theirs would seem to fail.
 *
 * @param packages versions of one package
 */
export function withUnknownParts(system: SystemState, ...packages: readonly PackageContents[]): SystemState {
  const { database, framework } = system;
  const own = new Set(packages.flatMap((contents) => [...ownTables(contents)]));
  const knowledge: Knowledge = {
    ...framework.knowledge,
    isFrameworkModule: (name) => framework.knowledge.isFrameworkModule(name) || undefined,
    table: (name) => framework.knowledge.table(name) ?? (own.has(plainName(name)) ? null : undefined),
  };
  return {
    ...system,
    framework: { ...framework, knowledge },
    database: database.withKnowledge(knowledge),
  };
}

/** The tables that a package makes or renames in any of its sections, as names to compare. */
export const ownTables = memo(({ structure }: PackageContents): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const phases of Object.values(structure?.database ?? {})) {
    for (const tags of phases.values()) {
      for (const tag of tags) {
        if (tag.kind !== "start") continue;
        const name = tag.attributes.get(tag.name === "TableCreate" ? "Name" : "NameNew");
        if (name !== undefined) names.add(plainName(name));
      }
    }
  }
  return names;
});
