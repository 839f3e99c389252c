import type { PackageContents } from "../builder/package-contents.ts";
import { Database } from "../database/database.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { detectDialect } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { PackageError } from "../host/package-error.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { lineOf, releases } from "../knowledge/releases.ts";
import { matchFramework } from "../model/framework-range.ts";
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
  const lastSystems = lastSystemsOf(knowledgeFor);
  const last = lastSystems.get(knowledge);
  if (last?.key === key) return last.system;
  const system = deliveredSystem(product, databaseKind, knowledge);
  lastSystems.set(knowledge, { key, system });
  return system;
}

/** Each world has those of its own: what is found out about a system is nothing to another one. */
const lastSystemsOf = memo(
  (_world: KnowledgeFor) => new WeakMap<Knowledge, { readonly key: string; readonly system: SystemState }>(),
);

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
    database: new Database(databaseKind, knowledge),
    settings: new Map(),
    facts: new SystemFacts(),
  };
}

/**
 * The version of a product that a package is made for: of those that are thought of, the first that its framework
 * ranges let in. Releases whose files are known come first, and of these as of others the newest.
 *
 * @param wanted the product line, when it is not the package that tells it
 */
export function productFor(
  { structure }: Pick<PackageContents, "structure">,
  wanted?: DialectId,
): ProductVersion {
  const ranges = (structure?.repeated.Framework ?? []).map(({ content, attributes }) => ({
    pattern: content,
    minimum: attributes.get("Minimum"),
    maximum: attributes.get("Maximum"),
  }));
  const root = rootNameOf(structure);
  const frameworks = ranges.map(({ pattern = "" }) => pattern);
  const dialect = wanted ?? detectDialect({ root, frameworks }).dialect;
  const { product, releaseLines } = productOf(dialect);
  const lines = [...releaseLines].reverse();
  const bounds = [...new Set(ranges.flatMap(({ minimum, maximum }) => [minimum, maximum]))].slice(
    0,
    mostBounds,
  );
  const versions = [
    ...releases
      .filter((each) => each.product === product && !each.tablesOnly)
      .map(({ version }) => version)
      .filter((version) => lines.includes(lineOf(version) ?? ""))
      .reverse(),
    ...lines.flatMap((line) => [
      ...bounds.filter((bound) => bound?.startsWith(`${line}.`)),
      `${line}.${usualPatch}`,
    ]),
  ].flatMap((version) =>
    version === undefined ? [] : [version.split(".").length < 3 ? `${version}.1` : version],
  );
  const version = versions.find((each) => matchFramework(each, ranges, dialect).fits) ?? versions[0]!;
  return { product, version, dialect };
}

/** Each is tried on all ranges. No package has as many. */
const mostBounds = 40;

/** A patch level that every release line has. */
const usualPatch = 1;

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
