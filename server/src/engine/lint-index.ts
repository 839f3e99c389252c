import { defaultDialect, newestOf } from "../dialect/detect.ts";
import { familyOf } from "../dialect/dialect.ts";
import { familyOfIndex, familyOfIndexRoot } from "../dialect/products.ts";
import type { World } from "../host/world.ts";
import { specOf } from "../model/package-spec.ts";
import {
  type ArchiveIdentity,
  checkIndex,
  type IndexFinding,
  type RepositoryFacts,
} from "../repository/check-index.ts";
import { renderEntry } from "../repository/render-index.ts";
import type { ComparedReport, ComparisonRule } from "../rules/rule.ts";
import { rules } from "../rules/rules.ts";
import { type AsyncSteps, toTheEndOf } from "../rules/steps.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { archivesBelow } from "./archives-below.ts";
import {
  type LintResult,
  type LintSettings,
  type LintSurroundings,
  lintContext,
  lintInSteps,
} from "./lint.ts";
import { readArchive } from "./read-archive.ts";
import type { SiblingPackages } from "./sibling-packages.ts";

/** What is known of a repository beside the text of its index. */
export interface IndexNeighbours extends Pick<RepositoryFacts, "archive"> {
  /** Packages that may be required beside those of the index; absent where nobody knows of others. */
  readonly siblings?: SiblingPackages | undefined;
}

/** Everything that is wrong with the index of a repository. */
export async function lintIndex(...of: Parameters<typeof lintIndexInSteps>): Promise<LintResult> {
  return toTheEndOf(lintIndexInSteps(...of));
}

/** The same a piece at a time: an index may be long. */
export async function* lintIndexInSteps(
  tree: SyntaxTree,
  settings: LintSettings,
  surroundings: LintSurroundings,
  { archive, siblings }: IndexNeighbours,
): AsyncSteps<LintResult> {
  const { fileName } = surroundings;
  const { root } = tree;
  const family = familyOfIndex(fileName) ?? familyOfIndexRoot(root?.name) ?? familyOf(defaultDialect);
  const dialect = settings.dialect === "auto" ? newestOf(family) : settings.dialect;
  // What entries say of frameworks holds for their own package.
  const chosen = lintContext(emptySpec, { ...settings, dialect }, { ...surroundings, kind: "index" });
  const beside = siblings && (async (name: string) => versionsOf(await siblings.named(name, dialect)));
  const facts: RepositoryFacts = { fileName, root, archive, beside, release: dialect };
  const found = yield* checkIndex(tree.source.toString(), facts);
  const compared = found.map(reportOf);
  const findings = yield* lintInSteps(specOf(tree), settings, surroundings, chosen, [], compared);
  return { ...chosen, findings };
}

const emptySpec = specOf(SyntaxTree.parse(""));

function versionsOf(packages: Awaited<ReturnType<SiblingPackages["named"]>>): readonly string[] {
  return packages.flatMap(({ structure }) => structure?.single.Version?.content ?? []);
}

const comparisonRules: ReadonlyMap<string, ComparisonRule> = new Map(
  rules.flatMap((rule) => (rule.scope === "comparison" ? [[rule.id, rule] as const] : [])),
);

function reportOf({ rule, ...report }: IndexFinding): ComparedReport {
  return { ...report, rule: comparisonRules.get(rule)! };
}

/**
 * What is at the paths that an index in a folder gives. One archive is in memory at a time.
 *
 * @throws SystemError when the folder cannot be read
 */
export async function archivesBeside(
  folder: string,
  world: Pick<World, "named" | "packages" | "paths" | "files">,
): Promise<(path: string) => Promise<ArchiveIdentity | undefined>> {
  const listed = new Set(await archivesBelow(folder, world));
  return async (path) => {
    // What is not below the folder is never opened, whatever the index says.
    if (!listed.has(path)) return undefined;
    return identityOf(world.paths.join(folder, path), world);
  };
}

async function identityOf(
  path: string,
  world: Pick<World, "packages" | "paths" | "files">,
): Promise<ArchiveIdentity> {
  const { structure } = await readArchive(path, defaultDialect, world);
  return { entry: structure && renderEntry(structure, defaultDialect) };
}

/**
 * The same for an index that is checked again and again: an archive is read anew when it has changed. What cannot be
 * looked at is not there.
 */
export class KeptArchives {
  readonly #folder: string;
  readonly #world: Pick<World, "named" | "packages" | "paths" | "files">;
  readonly #kept = new Map<string, { readonly stamp: string; readonly identity: ArchiveIdentity }>();

  /** @param folder the absolute path of the folder that the index is in */
  constructor(folder: string, world: Pick<World, "named" | "packages" | "paths" | "files">) {
    this.#folder = folder;
    this.#world = world;
  }

  /** What is at a path below the folder. @throws never */
  async at(relative: string): Promise<ArchiveIdentity | undefined> {
    const { named, packages, paths } = this.#world;
    const path = paths.join(this.#folder, relative);
    if (!relative.endsWith(".opm") || !paths.below(this.#folder, path)) return undefined;
    try {
      // What lies elsewhere is never opened, whatever the index says.
      const [folder, real] = await Promise.all([named.realPath(this.#folder), named.realPath(path)]);
      const stamp = paths.below(folder, real) && (await packages.stampOf(path));
      if (stamp === undefined) return undefined;
      const before = this.#kept.get(path);
      if (before?.stamp === stamp) return before.identity;
      const identity = await identityOf(path, this.#world);
      this.#kept.set(path, { stamp, identity });
      return identity;
    } catch {
      return undefined;
    }
  }
}
