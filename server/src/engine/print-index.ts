import type { BuildMode } from "../builder/build-mode.ts";
import { detectDialect, newestOf } from "../dialect/detect.ts";
import { type DialectId, families } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import type { World } from "../host/world.ts";
import { readIndex } from "../repository/read-index.ts";
import { renderIndex } from "../repository/render-index.ts";
import { type ParsedArchive, renderOpmbuildIndex } from "../repository/render-opmbuild-index.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { archivesBelow } from "./archives-below.ts";
import { defaultLintSettings } from "./lint.ts";
import { type LintedFile, type LintWorld, lintFile } from "./lint-file.ts";
import { readArchive } from "./read-archive.ts";
import type { SiblingPackages } from "./sibling-packages.ts";

export interface IndexRequest {
  /** With archives in it and below. */
  readonly folder: string;
  /** "auto" to tell it from the first archive, or from the index that is there. */
  readonly dialect: DialectId | "auto";
}

type IndexWorld = Pick<World, "named" | "packages" | "paths" | "files">;

export type IndexOutcome =
  | { readonly kind: "rendered"; readonly text: string }
  /** Archive by its path below the folder. */
  | { readonly kind: "element-missing"; readonly path: string; readonly element: string }
  | { readonly kind: "too-large" | "unreadable"; readonly path: string };

/**
 * The index of a repository: every archive in the folder and below. One archive is in memory at a time.
 *
 * @param mode whose index it is
 * @throws SystemError when a folder cannot be read, PackageError when an archive cannot
 */
export async function makeIndex(
  { folder, dialect: asked, mode }: IndexRequest & { readonly mode: BuildMode },
  world: IndexWorld,
): Promise<IndexOutcome> {
  const paths = await archivesBelow(folder, world);
  if (mode === "opmbuild") {
    const made = await renderOpmbuildIndex(parsedArchives(folder, paths, world));
    if (made.kind === "rendered") return made;
    return { kind: made.reason === "too-large" ? "too-large" : "unreadable", path: made.path };
  }
  const dialect = asked === "auto" ? await dialectOfFirst(folder, paths, world) : asked;
  const made = await renderIndex(readArchives(folder, paths, dialect, world), dialect);
  if (made.kind === "rendered") return made;
  const { path, missing } = made;
  return missing === undefined
    ? { kind: "unreadable", path }
    : { kind: "element-missing", path, element: missing };
}

export interface CheckedIndex extends LintedFile {
  readonly path: string;
  /** How many it has; undefined for one that is not well-formed. */
  readonly entries: number | undefined;
}

export type IndexCheck =
  | { readonly kind: "checked"; readonly indexes: readonly CheckedIndex[] }
  /** There is none of these. */
  | { readonly kind: "none"; readonly names: readonly string[] };

/**
 * What keeps clients from using the index that is in a folder, or the indexes.
 *
 * @param siblings packages that may be required beside those of the index; undefined where nobody knows of others
 * @throws SystemError when a folder or the index cannot be read, PackageError when an archive cannot
 */
export async function checkFolderIndex(
  { folder, dialect, siblings }: IndexRequest & { readonly siblings?: SiblingPackages | undefined },
  world: LintWorld,
): Promise<IndexCheck> {
  const { named, paths } = world;
  const candidates: readonly DialectId[] = dialect === "auto" ? families.map(newestOf) : [dialect];
  const indexes: CheckedIndex[] = [];
  for (const each of candidates) {
    const path = paths.join(folder, productOf(each).indexFileName);
    // A pipe or a device in its place is never opened.
    if ((await named.kindOf(path).catch(() => undefined)) !== "file") continue;
    const settings = { ...defaultLintSettings, dialect: each };
    const checked = await lintFile(path, settings, world, { siblings });
    const reading = readIndex(checked.tree.source.toString(), "en", each);
    const isSound = reading.kind === "read" && reading.malformedLine === undefined;
    indexes.push({ ...checked, path, entries: isSound ? reading.entries.length : undefined });
  }
  if (indexes.length > 0) return { kind: "checked", indexes };
  return { kind: "none", names: candidates.map((each) => productOf(each).indexFileName) };
}

async function* readArchives(
  folder: string,
  paths: readonly string[],
  dialect: DialectId,
  world: IndexWorld,
) {
  for (const path of paths) {
    const { structure } = await readArchive(world.paths.join(folder, path), dialect, world);
    yield { path, structure };
  }
}

async function* parsedArchives(
  folder: string,
  paths: readonly string[],
  world: IndexWorld,
): AsyncIterable<ParsedArchive> {
  for (const path of paths) {
    const archive = await world.packages.archive(world.paths.join(folder, path));
    const tree = async () => {
      const { text, problem } = decodeText(await archive.read());
      return problem ? undefined : SyntaxTree.parse(text);
    };
    yield { path, size: archive.size, tree };
  }
}

/** Bytes in which the root element stands, unless somebody hides it. */
const startLength = 65_536;

/** As the root element of the first archive tells; the frameworks take their own. */
async function dialectOfFirst(
  folder: string,
  [first]: readonly string[],
  { packages, paths }: IndexWorld,
): Promise<DialectId> {
  if (first === undefined) return detectDialect({ root: undefined, frameworks: [] }).dialect;
  const archive = await packages.archive(paths.join(folder, first));
  let root: string | undefined;
  for await (const start of archive.pieces(0, Math.min(archive.size, startLength))) {
    root = SyntaxTree.parse(decodeText(start).text).root?.name;
    break;
  }
  return detectDialect({ root, frameworks: [] }).dialect;
}
