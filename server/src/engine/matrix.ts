import type { PackageContents } from "../builder/package-contents.ts";
import type { DatabaseKind } from "../database/engines.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { lookAhead } from "../lifecycle/plan-when-known.ts";
import { compareStrictly } from "../model/version.ts";
import { SameSections } from "../proof/same-sections.ts";
import { type PathKind, type StartVersion, type TriedPath, UpgradePaths } from "../proof/upgrade-paths.ts";
import { type MatrixColumn, type MatrixReport, makeMatrixReport } from "../report/matrix-report.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import type { AsyncSteps } from "../rules/steps.ts";
import type { ProductVersion } from "../system/product-version.ts";
import type { SystemState } from "../system/system-state.ts";
import { defaultSystem, productsFitting } from "./default-system.ts";
import type { PackageVersion, VersionSource } from "./package-version.ts";
import { ownTables, prepareSystem, withUnknownParts } from "./stand-in.ts";
import type { PackageReader, ReadPackage } from "./system-world.ts";

export interface MatrixRequest {
  readonly read: PackageReader<ReadPackage>;
  /** Older and newer ones; those that are not older than the package do not count. */
  readonly versions: readonly PackageVersion[];
  /** Empty for the newest release of each product line that fits. */
  readonly products: readonly ProductVersion[];
  readonly databases: readonly DatabaseKind[];
  /** The first version that counts; undefined for all of them. */
  readonly since: string | undefined;
  readonly kinds: readonly PathKind[];
  /** What the reader has to know of how the versions were found; absent for nothing. */
  readonly notes?: readonly Message[];
}

/** Above what anybody has; of more versions the newest count. */
const mostStarts = 100;

/** The oldest first. @param own the present version; undefined where it is none, which all are older than */
export function olderVersions(
  versions: readonly PackageVersion[],
  own: string | undefined,
): readonly PackageVersion[] {
  return versions
    .filter(({ version }) => own === undefined || compareStrictly(version, own) < 0)
    .toSorted((a, b) => compareStrictly(a.version, b.version));
}

/** Of older versions those that upgrades are tried from. */
export function countingVersions(
  older: readonly PackageVersion[],
  since: string | undefined,
): readonly PackageVersion[] {
  return older
    .filter(({ version }) => since === undefined || compareStrictly(version, since) >= 0)
    .slice(-mostStarts);
}

/**
 * The upgrade matrix of a package. What does not depend on the package as it is now is kept for the next time: older
 * versions as they were read, and what they come to on each system.
 */
export class Matrix {
  readonly #world: Pick<World, "knowledge">;
  readonly #read = new Map<string, PackageContents>();
  /** By product; each reads a package in its way. */
  readonly #sections = new Map<string, SameSections>();
  #paths = new Map<string, UpgradePaths>();

  constructor(world: Pick<World, "knowledge">) {
    this.#world = world;
  }

  /** @throws PackageError when the package, a version or the content of a file cannot be read */
  async *run(request: MatrixRequest): AsyncSteps<MatrixReport> {
    const { read, since, notes = [] } = request;
    const first = await read(undefined);
    const { structure, fileName } = first.contents;
    const own = plainVersion(structure?.single.Version?.content);
    const older = olderVersions(request.versions, own);
    const counting = countingVersions(older, since);
    const passedOver = older.filter((each) => !counting.includes(each)).map(({ version }) => version);
    const products = request.products.length > 0 ? request.products : productsFitting(first.contents);
    const columns: MatrixColumn[] = [];
    const paths: (readonly TriedPath[])[] = [];
    const kept = new Map<string, UpgradePaths>();
    for (const product of products) {
      const { contents } = await read(product);
      const starts: StartVersion[] = [];
      for (const version of counting) {
        starts.push({ ...version, contents: await this.#contentsOf(version, product) });
        yield;
      }
      for (const database of request.databases) {
        columns.push({ product: `${product.product} ${product.version}`, database });
        const base = this.#baseFor(contents, starts, product, database);
        const key = keyOf(base, contents, starts);
        const ways = this.#paths.get(key) ?? new UpgradePaths(base, starts);
        kept.set(key, ways);
        paths.push(yield* triedWhenKnown(ways, contents, starts, request.kinds, base));
      }
    }
    this.#paths = kept;
    const { Name, Version, Vendor } = structure?.single ?? {};
    return makeMatrixReport({
      package: { name: Name?.content, version: Version?.content, vendor: Vendor?.content },
      fileName,
      specText: first.specText,
      columns,
      starts: counting.map(({ version, source }) => ({ version, source: sourceText(source) })),
      since,
      passedOver,
      notes,
      paths,
    });
  }

  async #contentsOf({ identity, read }: PackageVersion, product: ProductVersion): Promise<PackageContents> {
    const release = `${product.product} ${product.version}`;
    const key = `${identity}\n${release}`;
    const known = this.#read.get(key);
    if (known) return known;
    const sections = this.#sections.get(release) ?? new SameSections();
    this.#sections.set(release, sections);
    const contents = sections.of((await read(product)).contents);
    this.#read.set(key, contents);
    return contents;
  }

  /** As the product is delivered, with what the package requires. Nothing is merged: what is absorbed is not there. */
  #baseFor(
    contents: PackageContents,
    starts: readonly StartVersion[],
    product: ProductVersion,
    database: DatabaseKind,
  ): SystemState {
    const delivered = defaultSystem(product, database, this.#world.knowledge.knowledgeFor);
    const { base } = prepareSystem("install", contents, delivered, {
      from: undefined,
      assumeRequirements: true,
    });
    const all = [contents, ...starts.map((start) => start.contents)];
    const merged = new Set(
      contents.structure?.repeated.PackageMerge.map(({ attributes }) => attributes.get("Name")),
    );
    const packages = base.packages.filter(({ name }) => !merged.has(name));
    const requires = all.some(({ structure }) => (structure?.repeated.PackageRequired.length ?? 0) > 0);
    return { ...(requires ? withUnknownParts(base, ...all) : base), packages };
  }
}

/** What older versions come to depends on, beside the versions themselves. */
function keyOf(
  { framework, packages, database }: SystemState,
  contents: PackageContents,
  starts: readonly StartVersion[],
): string {
  return JSON.stringify([
    ...[framework.product, framework.version, database.kind],
    packages.map(({ digest }) => digest),
    packages.length > 0 ? [...ownTables(contents)] : [],
    starts.map(({ version, identity }) => [version, identity]),
  ]);
}

async function* triedWhenKnown(
  ways: UpgradePaths,
  contents: PackageContents,
  starts: readonly StartVersion[],
  kinds: readonly PathKind[],
  system: SystemState,
): AsyncSteps<readonly TriedPath[]> {
  const { facts } = system;
  await lookAhead("upgrade", [contents, ...starts.map((start) => start.contents)], system);
  for (;;) {
    const { unanswered } = facts;
    let result: readonly TriedPath[] = [];
    let problem: unknown;
    try {
      result = yield* ways.try(contents, kinds);
    } catch (error) {
      problem = error;
    }
    if (facts.unanswered === unanswered) {
      if (problem !== undefined) throw problem;
      return result;
    }
    await facts.fetch();
  }
}

function sourceText(source: VersionSource): string {
  switch (source.kind) {
    case "tag":
    case "commit":
      return source.name;
    case "archive":
      return source.path;
    case "repository":
      return source.file;
    case "sandbox":
      return source.folder;
  }
}
