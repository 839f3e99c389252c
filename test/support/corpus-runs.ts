import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import { settingsFilesOf } from "../../server/src/dialect/settings-files.ts";
import { productFor } from "../../server/src/engine/default-system.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import { contentOf, type FileContent } from "../../server/src/host/file-content.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { matchFramework } from "../../server/src/model/framework-range.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { type ProductVersion, readProductVersion } from "../../server/src/system/product-version.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { systemNamed } from "./system-named.ts";

/** The release lines that packages are tried on, each with the version that stands for it. */
const corpusProducts = ["OTRS 6.0.30", "Znuny 6.5.1", "Znuny 7.1.7", "OTOBO 10.1.1", "OTOBO 11.0.1"] as const;

/** A package of the corpus, with what is needed to read it as one dialect or another. */
export interface CorpusPackage {
  /** Below the corpus, such as "sopm/acme__Acme__Acme.sopm". */
  readonly name: string;
  /** The package as a dialect reads it, and the text of a spec, with another version where one is given. */
  read(dialect: ProductVersion["dialect"], version?: string): CorpusReading;
}

export interface CorpusReading {
  readonly contents: PackageContents;
  /** Undefined for an archive. */
  readonly specText: string | undefined;
}

/** A package on a system. */
export interface CorpusPlace {
  readonly of: CorpusPackage;
  readonly product: ProductVersion;
  /** True where its framework ranges let it into none of the products, so that it is forced into the nearest. */
  readonly force: boolean;
}

/**
 * What to run: with SOPM_FULL=1, which `isFull` stands for, each package on every product that it fits and on two
 * databases, otherwise each on one product and one database, in turn. Nothing where there is no corpus.
 */
export function corpusRuns(
  corpus: string | undefined,
  isFull: boolean,
): readonly { readonly place: CorpusPlace; readonly database: DatabaseKind }[] {
  const places = (corpus === undefined ? [] : corpusPackages(corpus)).map(placesOf);
  const databases: readonly DatabaseKind[] = ["mysql", "postgresql"];
  if (isFull) return places.flat().flatMap((place) => databases.map((database) => ({ place, database })));
  return places.map((ofPackage, index) => ({
    place: ofPackage[index % ofPackage.length]!,
    database: databases[index % databases.length]!,
  }));
}

/** For messages, such as "sopm/acme__Acme.sopm on Znuny 7.1.7". */
export function titleOf({ of, product, force }: CorpusPlace): string {
  return `${of.name} on ${product.product} ${product.version}${force ? " by force" : ""}`;
}

/** Specs and archives, sorted by name. */
function corpusPackages(corpus: string): readonly CorpusPackage[] {
  const files = ["opm", "sopm"].flatMap((folder) =>
    readdirSync(join(corpus, folder))
      .filter((name) => /\.s?opm$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  return files.map((name) => {
    const bytes = readFileSync(join(corpus, name));
    const fileName = basename(name);
    if (name.endsWith(".opm")) {
      return {
        name,
        read: (dialect) => ({
          contents: contentsOfArchive(bytes, fileName, dialect, name),
          specText: undefined,
        }),
      };
    }
    const { text } = decodeText(bytes);
    const standIn = standInsFor(text);
    return {
      name,
      read(dialect, version) {
        const specText = version === undefined ? text : withVersion(text, version);
        const tree = SyntaxTree.parse(specText);
        return {
          contents: contentsOfSpec(tree, dialect, fileName, (path) => standIn(path, dialect)),
          specText,
        };
      },
    };
  });
}

/** Where a package fits: on every product whose line has a version that it asks for, or by force on the nearest. */
export function placesOf(of: CorpusPackage): readonly CorpusPlace[] {
  const { structure } = of.read("znuny-7").contents;
  const ranges = (structure?.repeated.Framework ?? []).map(({ content, attributes }) => ({
    pattern: content,
    minimum: attributes.get("Minimum"),
    maximum: attributes.get("Maximum"),
  }));
  const bounds = ranges.flatMap(({ minimum, maximum }) => [minimum, maximum]);
  const fitting = corpusProducts.flatMap((name): CorpusPlace[] => {
    const { product, version, dialect } = readProductVersion(name)!;
    const line = version.replace(/\.\d+$/, ".");
    const versions = [version, ...bounds.filter((bound) => bound?.startsWith(line))] as string[];
    const fit = versions.find((each) => ranges.length === 0 || matchFramework(each, ranges, dialect).fits);
    return fit === undefined ? [] : [{ of, product: { product, version: fit, dialect }, force: false }];
  });
  if (fitting.length > 0) return fitting;
  const { dialect } = productFor({ structure });
  const nearest = dialect.startsWith("otrs") ? "OTRS 6.0.30" : nearestOf[dialect];
  return [{ of, product: readProductVersion(nearest ?? "Znuny 7.1.7")!, force: true }];
}

const nearestOf: Readonly<Record<string, string>> = {
  "znuny-6": "Znuny 6.5.1",
  "otobo-10": "OTOBO 10.1.1",
  "otobo-11": "OTOBO 11.0.1",
};

/** A dry run with the text of its spec. An upgrade comes from a version that is a little lower, or the one given. */
export function corpusRun(
  { of, product, force }: CorpusPlace,
  database: DatabaseKind,
  operation: Operation,
  earlierVersion?: string,
): { readonly dryRun: DryRun; readonly specText: string | undefined } {
  const { dialect } = product;
  const version = operation === "upgrade" ? releasedVersion(of.read(dialect).contents) : undefined;
  const { contents, specText } = of.read(dialect, version);
  const from =
    version === undefined
      ? undefined
      : ({ kind: "version", version: earlierVersion ?? lower(version) } as const);
  const dryRun = new DryRun({
    operation,
    contents,
    specText,
    system: systemNamed(`${product.product} ${product.version}`, database),
    isStandIn: true,
    from,
    assumeRequirements: true,
    options: { force, now: "2024-05-02 10:00:00" },
    language: "en",
  });
  return { dryRun, specText };
}

/**
 * The version that a package is released under. Many specs have 0.0.0 in it, which a tool replaces; the newest
 * version that their upgrades speak of is the least they are released as.
 */
function releasedVersion({ structure }: PackageContents): string {
  const version = structure?.single.Version?.content ?? "";
  if (/[1-9]/.test(version)) return version;
  const upgrades = [
    ...[...(structure?.database.DatabaseUpgrade.values() ?? [])].flat(),
    ...(structure?.repeated.CodeUpgrade ?? []),
  ];
  const gates = upgrades.flatMap((tag) => ("attributes" in tag ? (tag.attributes.get("Version") ?? []) : []));
  const plain = gates.filter((gate) => /^\d+(\.\d+)+$/.test(gate)).sort(byNumbers);
  return plain.at(-1) ?? "1.0.1";
}

function byNumbers(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  const different = left.findIndex((group, index) => group !== right[index]);
  return different < 0 ? 0 : left[different]! - (right[different] ?? 0);
}

/** "1.2.0" gives "1.1.99". */
function lower(version: string): string {
  const groups = version.split(".").map((group) => Number.parseInt(group, 10) || 0);
  const last = groups.findLastIndex((group) => group > 0);
  return groups.map((group, index) => (index < last ? group : index === last ? group - 1 : 99)).join(".");
}

function withVersion(text: string, version: string): string {
  return text.replace(/(<Version>)[^<]*(<\/Version>)/, `$1${version}$2`);
}

/**
 * Contents for the files of a spec: Perl with every method that the spec calls, configuration with one setting for
 * each file, and something for the rest.
 */
function standInsFor(specText: string): (path: string, dialect: ProductVersion["dialect"]) => FileContent {
  const subs = [...new Set([...specText.matchAll(/->\s*(\w+)/g)].map(([, name]) => name!))];
  const module = Buffer.from(`package StandIn;\n${subs.map((sub) => `sub ${sub} { 1 }\n`).join("")}1;\n`);
  const known = new Map<string, FileContent>();
  return (path, dialect) => {
    const key = `${dialect} ${path}`;
    let content = known.get(key);
    if (!content) {
      const { configRootName } = productOf(dialect);
      const { folder, version } = settingsFilesOf(dialect);
      const isConfiguration = path.startsWith(`${folder}/`) && path.endsWith(".xml");
      const setting = `StandIn::${basename(path, ".xml")}`;
      const configuration = `<?xml version="1.0" encoding="utf-8" ?>
<${configRootName} version="${version}" init="Application">
  <Setting Name="${setting}" Required="0" Valid="1">
    <Description Translatable="1">Stands in.</Description>
    <Navigation>Core::StandIn</Navigation>
    <Value><Item ValueType="String">1</Item></Value>
  </Setting>
</${configRootName}>
`;
      content = contentOf(
        isConfiguration
          ? Buffer.from(configuration)
          : path.endsWith(".pm")
            ? module
            : Buffer.from(`${path}\n`),
      );
      known.set(key, content);
    }
    return content;
  };
}
