import { familyOfIndex } from "../dialect/products.ts";
import { type KnownPackage, KnownPackages } from "../host/known-packages.ts";
import type { World } from "../host/world.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { type KnownDocument, knownSizes, readKnownPackages } from "./read-known-packages.ts";

/** What is asked of the disk. */
export type KnownWorld = Pick<World, "disk" | "paths">;

/** The most that is looked at on behalf of one thing that somebody has named. */
const mostDocuments = 10_000;
const mostFolders = 50_000;

/**
 * The documents that tell of packages, at a path that somebody has named: itself, or all in a folder and below. Folders
 * behind links are not entered. Nothing for what is not there.
 *
 * @param path absolute
 * @throws never
 */
export async function* knownDocumentsAt(
  path: string,
  { disk, paths }: KnownWorld,
): AsyncIterable<KnownDocument> {
  const waiting = [path];
  let folders = 0;
  let documents = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = ++folders > mostFolders ? undefined : await disk.list(folder);
    if (!entries) {
      const kind = folder === path ? (kindOfDocument(paths.basename(path)) ?? namedIndex(path)) : undefined;
      if (kind) yield { kind, path };
      continue;
    }
    for (const entry of entries) {
      if (entry.kind === "folder") {
        if (entry.name !== ".git" && entry.name !== "node_modules") waiting.push(entry.path);
        continue;
      }
      const kind = entry.kind === "file" ? kindOfDocument(entry.name) : undefined;
      if (!kind) continue;
      if (++documents > mostDocuments) return;
      yield { kind, path: entry.path };
    }
  }
}

/** What a file tells of, going by its name; undefined for any other. */
export function kindOfDocument(name: string): KnownDocument["kind"] | undefined {
  if (name.endsWith(".sopm")) return "spec";
  if (isArchiveName(name)) return "archive";
  return familyOfIndex(name) && "index";
}

/** An index that somebody names may be called anything. */
function namedIndex(path: string): KnownDocument["kind"] | undefined {
  return path.endsWith(".xml") ? "index" : undefined;
}

/** The archives in a folder itself, which are most often those of the specs in it. @throws never */
export async function archivesIn(
  folder: string,
  { disk }: Pick<World, "disk">,
): Promise<readonly KnownDocument[]> {
  const entries = (await disk.list(folder)) ?? [];
  return entries
    .filter(({ name, kind }) => kind === "file" && isArchiveName(name))
    .map(({ path }) => ({ kind: "archive", path }));
}

/** What a document tells; nothing for one that is not there, cannot be read or is too large. @throws never */
export async function packagesOf(
  document: KnownDocument,
  { disk }: Pick<World, "disk">,
): Promise<readonly KnownPackage[]> {
  const file = await disk.read(document.path, knownSizes[document.kind]);
  return file.kind === "read" ? readKnownPackages(document, file.bytes) : [];
}

/** Of more archives of one package only some are read for a build. */
const mostVersions = 100;

/**
 * What is known of the versions of a package whose archives lie beside its spec, under the names that archives are given.
 *
 * @param spec absolute path
 * @throws never
 */
export async function versionsBeside(
  spec: string,
  world: KnownWorld,
): Promise<{ readonly known: KnownPackages; readonly name: string | undefined }> {
  const known = new KnownPackages();
  const [own] = await packagesOf({ kind: "spec", path: spec }, world);
  if (!own) return { known, name: undefined };
  const archives = await archivesIn(world.paths.dirname(spec), world);
  const named = archives.filter(({ path }) => world.paths.basename(path).startsWith(`${own.name}-`));
  for (const archive of named.slice(0, mostVersions)) {
    const packages = await packagesOf(archive, world);
    known.tell(
      archive.path,
      packages.filter(({ name }) => name === own.name),
    );
  }
  return { known, name: own.name };
}

/**
 * The packages that are known beside some specs: these themselves, the archives that lie beside them, and what
 * somebody has named.
 *
 * @param specs absolute paths
 * @param named paths of specs, archives, indexes and folders, absolute
 * @throws never
 */
export async function knownBeside(
  specs: readonly string[],
  named: readonly string[],
  world: KnownWorld & Pick<World, "named">,
): Promise<KnownPackages> {
  const known = new KnownPackages();
  const seen = new Set<string>();
  const learn = async (document: KnownDocument) => {
    if (seen.has(document.path)) return;
    seen.add(document.path);
    known.tell(document.path, await packagesOf(document, world));
  };
  for (const path of specs) {
    const kind = kindOfDocument(world.paths.basename(path));
    // What comes out of a pipe comes once, and is for whoever checks it.
    const isFile = (await world.named.kindOf(path).catch(() => undefined)) === "file";
    if (kind && isFile) await learn({ kind, path });
  }
  for (const folder of new Set(specs.map((path) => world.paths.dirname(path))))
    for (const archive of await archivesIn(folder, world)) await learn(archive);
  for (const path of named) for await (const each of knownDocumentsAt(path, world)) await learn(each);
  return known;
}
