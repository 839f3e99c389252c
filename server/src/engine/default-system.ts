import type { PackageContents } from "../builder/package-contents.ts";
import { Database } from "../database/database.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { detectDialect } from "../dialect/detect.ts";
import { type DialectId, dialectsOf } from "../dialect/dialect.ts";
import { firstVersionOf, productOf } from "../dialect/products.ts";
import { PackageError } from "../host/package-error.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { lineOf, releases } from "../knowledge/releases.ts";
import { type FrameworkRange, matchFramework, rangeOfTag } from "../model/framework-range.ts";
import { compareStrictly } from "../model/version.ts";
import { frameworkHome } from "../system/framework-home.ts";
import type { ProductVersion } from "../system/product-version.ts";
import { SystemFacts } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";

/** What is known of a version of a product, the same object for versions of one release line. Each world has its own. */
export type KnowledgeFor = (product: string, version: string) => Knowledge;

/**
 * A system as it is delivered, for whoever has none: without packages, with the framework's files by their names, and
 * with every Perl module. Who asks again gets the same one, and what was found out about it.
 */
export function defaultSystem(
  product: ProductVersion,
  databaseKind: DatabaseKind,
  knowledgeFor: KnowledgeFor,
): SystemState {
  const knowledge = knowledgeFor(product.product, product.version);
  const key = `${databaseKind} ${product.product} ${product.version}`;
  const systems = systemsOf(knowledgeFor);
  const last = systems.get(knowledge) ?? new Map<string, SystemState>();
  let system = last.get(key);
  if (!system) {
    if (last.size >= mostKept) last.clear();
    system = deliveredSystem(product, databaseKind, knowledge);
    systems.set(knowledge, last.set(key, system));
  }
  return system;
}

/** A dry run looks at two releases, which may have the same facts. */
const mostKept = 4;

/** Each world has those of its own: what is found out about a system is nothing to another one. */
const systemsOf = memo((_world: KnowledgeFor) => new WeakMap<Knowledge, Map<string, SystemState>>());

/** A new one of these, with other knowledge than the product's own. */
export function deliveredSystem(
  { product, version, dialect }: ProductVersion,
  databaseKind: DatabaseKind,
  knowledge: Knowledge,
): SystemState {
  return {
    framework: {
      product,
      version,
      dialect,
      operatingSystem: "linux",
      perlModules: new Map(),
      assumeModules: true,
      knowledge,
    },
    packages: [],
    archives: noArchives,
    home: frameworkHome(knowledge),
    database: new Database(databaseKind, knowledge, { dialect, version }),
    settings: new Map(),
    facts: new SystemFacts(),
  };
}

/**
 * The version of a product that a package is made for: the newest that its framework ranges let in. Of one release line
 * it is the release whose files are known. A package that names no framework is for the newest release whose files are
 * known, and one that no release is let in by as well.
 *
 * @param wanted the product line, when it is not the package that tells it
 */
export function productFor(
  { structure }: Pick<PackageContents, "structure">,
  wanted?: DialectId,
): ProductVersion {
  const ranges = rangesOf(structure);
  const root = rootNameOf(structure);
  const frameworks = ranges.map(({ pattern = "" }) => pattern);
  const likely = wanted ?? detectDialect({ root, frameworks }).dialect;
  if (ranges.length > 0) {
    // A range may be for a release that nobody knows, beside one for a release of another product line.
    const others = wanted ? [] : dialectsOf(productOf(likely).family).toReversed();
    for (const dialect of [likely, ...others]) {
      const version = versionsOf(dialect, ranges).find((each) => isLetIn(each, ranges, dialect));
      if (version !== undefined) return { product: productOf(dialect).product, version, dialect };
    }
  }
  const { product, releaseLines } = productOf(likely);
  const known = releaseLines.toReversed().flatMap((line) => wellKnown(product, line));
  return { product, version: known[0] ?? versionsOf(likely, ranges)[0]!, dialect: likely };
}

/**
 * The newest release of each product line that a package may be installed on, the oldest line first. Of a package that
 * names no framework, or none of which anything is known, the one that {@link productFor} gives.
 */
export function productsFitting(contents: Pick<PackageContents, "structure">): readonly ProductVersion[] {
  const ranges = rangesOf(contents.structure);
  const likely = productFor(contents);
  const fitting = dialectsOf(productOf(likely.dialect).family).flatMap((dialect): ProductVersion[] => {
    const { product, releaseLines } = productOf(dialect);
    const known = releaseLines.filter((line) => hasKnownTables(product, line));
    const version = known
      .toReversed()
      .flatMap((line) => [
        ...wellKnown(product, line),
        ...boundsIn(line, ranges),
        firstVersionOf(product, line),
      ])
      .find((each) => isLetIn(each, ranges, dialect));
    return version === undefined ? [] : [{ product, version, dialect }];
  });
  return ranges.length === 0 || fitting.length === 0 ? [likely] : fitting;
}

function hasKnownTables(product: string, line: string): boolean {
  return releases.some((each) => each.product === product && lineOf(each.version) === line);
}

/** Versions of a dialect to try ranges on, the newest line first. */
function versionsOf(dialect: DialectId, ranges: readonly FrameworkRange[]): readonly string[] {
  const { product, releaseLines } = productOf(dialect);
  return releaseLines
    .toReversed()
    .flatMap((line) => [
      ...wellKnown(product, line),
      ...boundsIn(line, ranges),
      firstVersionOf(product, line),
    ]);
}

/**
 * The oldest release that a package may be installed on, of any product of the same family; of two products with the same
 * release line that of the newest.
 *
 * @param newest what {@link productFor} gives
 * @returns undefined where its framework ranges let none in, or the newest alone
 */
export function oldestFor(
  { structure }: Pick<PackageContents, "structure">,
  newest: ProductVersion,
): ProductVersion | undefined {
  const ranges = rangesOf(structure);
  if (ranges.length === 0) return undefined;
  const own = productOf(newest.dialect);
  const lines = dialectsOf(own.family)
    .flatMap((dialect) => productOf(dialect).releaseLines.map((line) => ({ dialect, line })))
    .sort((a, b) => Number(a.line) - Number(b.line) || rank(a.dialect) - rank(b.dialect));
  for (const { dialect, line } of lines) {
    const { product } = productOf(dialect);
    const version = [firstVersionOf(product, line), ...boundsIn(line, ranges), ...wellKnown(product, line)]
      .sort(compareStrictly)
      .find((each) => isLetIn(each, ranges, dialect));
    if (version === undefined) continue;
    const isNewest = product === newest.product && version === newest.version;
    return isNewest ? undefined : { product, version, dialect };
  }
  return undefined;

  /** The product of the newest comes first. */
  function rank(dialect: DialectId): number {
    return productOf(dialect).product === own.product ? 0 : 1;
  }
}

function rangesOf(structure: PackageContents["structure"]): readonly FrameworkRange[] {
  return (structure?.repeated.Framework ?? []).map(rangeOfTag);
}

function isLetIn(version: string, ranges: readonly FrameworkRange[], dialect: DialectId): boolean {
  return matchFramework(version, ranges, dialect).fits;
}

/** The version of a release line whose files are known. */
function wellKnown(product: string, line: string): readonly string[] {
  return releases
    .filter((each) => each.product === product && !each.tablesOnly && lineOf(each.version) === line)
    .map(({ version }) => completed(version))
    .toReversed();
}

/** The bounds of ranges that are versions of a release line. */
function boundsIn(line: string, ranges: readonly FrameworkRange[]): readonly string[] {
  const bounds = new Set(ranges.flatMap(({ minimum, maximum }) => [minimum, maximum]));
  return [...bounds]
    .slice(0, mostBounds)
    .flatMap((bound) => (bound?.startsWith(`${line}.`) ? [completed(bound)] : []));
}

function completed(version: string): string {
  return version.split(".").length < 3 ? `${version}.1` : version;
}

/** Each is tried on all ranges. No package has as many. */
const mostBounds = 40;

function rootNameOf(structure: PackageContents["structure"]): string | undefined {
  // The root is the one tag that every other has above it.
  let element = structure?.single.Name?.element ?? structure?.single.Version?.element;
  while (element?.parent) element = element.parent;
  return element?.name;
}

const noArchives: SystemState["archives"] = {
  contents() {
    throw new PackageError("archive-missing", { file: "" });
  },
};
