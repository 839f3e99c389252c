import { Database } from "../database/database.ts";
import { type DatabaseKind, defaultDatabase } from "../database/engines.ts";
import { type FileStatus, type FileSystem, ownCodes, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import { noKnowledge } from "../knowledge/knowledge.ts";
import type { OperationRecord } from "../system/operation-record.ts";
import type { ProductVersion } from "../system/product-version.ts";
import type { RepositorySetting, SandboxDescription } from "../system/sandbox-description.ts";
import { noFileData, type SystemData } from "../system/system-data.ts";
import { readCheckout } from "./checkout-home.ts";
import { writeDescription } from "./description-file.ts";
import { openSandbox, Sandbox, type SandboxWorld } from "./sandbox.ts";
import { diskError } from "./sandbox-error.ts";
import { newestOf, SandboxFolder } from "./sandbox-folder.ts";
import { contextOf } from "./sandbox-world.ts";
import { withDatabases } from "./served-databases.ts";
import { loadState, writeState } from "./state-files.ts";
import { lookThrough, StoredArchive } from "./stored-archive.ts";
import { removeForgotten, removeUnfinished, temporaryName } from "./unfinished-folders.ts";

/** What a new sandbox shall be. */
export interface SandboxSpec {
  /** Undefined for the name of its folder. */
  readonly name?: string | undefined;
  readonly vendor?: string | undefined;
  /** A version of a product, or the absolute path of the home of a framework. */
  readonly framework: ProductVersion | string;
  /** Undefined for what the home of the framework says, or else MySQL. */
  readonly databaseKind?: DatabaseKind | undefined;
  /** What the settings call the server that has a database for it, which counts more than a kind; undefined for none. */
  readonly server?: string | undefined;
  /** The name Perl has for it; undefined for Linux. */
  readonly operatingSystem?: string | undefined;
  /** Undefined when every module is taken to be there. */
  readonly perlModules?: ReadonlyMap<string, string> | undefined;
  readonly repositories?: readonly RepositorySetting[] | undefined;
}

/** What is done to a sandbox before it appears, such as installing packages. Reset goes back to what this leads to. */
export type Beginning = ((sandbox: Sandbox) => Promise<void>) | undefined;

/**
 * Makes a sandbox. It appears complete or not at all, so that a run that was killed can be repeated.
 *
 * @param folder an absolute path; missing or empty
 * @throws PackageError when there is something, nothing can be written there, or the server cannot be used, and what
 *   `begin` throws
 */
export async function createSandbox(
  folder: string,
  spec: SandboxSpec,
  world: SandboxWorld,
  begin?: Beginning,
): Promise<Sandbox> {
  const description = await describe(folder, spec, world).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  const make = (own: SandboxDescription, beginServer: (first: Sandbox) => Promise<void>) =>
    makeFolder(folder, world, async (place) => {
      await makeParts(place);
      // It names the databases before there are any, for whoever has to drop them when this is cut off.
      await writeDescription(place, own);
      await writeState(place, firstState, creation(world), emptySystem(own.databaseKind), undefined);
      await beginServer(new Sandbox(place.folder, world));
      await beginWith(place, world, begin);
    });
  const { server } = spec;
  if (server === undefined) await make(description, async () => {});
  else {
    try {
      await withDatabases(
        world.servers,
        { server, database: undefined },
        { folder, release: description },
        async (databases) => {
          const served = { server, database: databases.name };
          await make({ ...description, databaseKind: databases.kind, served }, async (first) => {
            // What names the databases must not be lost before them.
            await world.files.flush([world.files.split(first.folder).folder]);
            await databases.begin(await first.state());
          });
        },
      );
    } catch (error) {
      throw notMade(diskError(error, folder), folder);
    }
  }
  return openSandbox(folder, world);
}

/** What an error of the server means for a sandbox that there is not yet; others as they are. */
function notMade(error: unknown, folder: string): unknown {
  if (!(error instanceof PackageError && error.code === "sandbox-server")) return error;
  return new PackageError("sandbox-not-made", { folder }, { because: error.because, cause: error });
}

/** The system in a new sandbox. */
export function emptySystem(databaseKind: DatabaseKind): SystemData {
  return {
    packages: [],
    database: new Database(databaseKind, noKnowledge),
    settings: new Map(),
    files: noFileData,
  };
}

async function beginWith(place: SandboxFolder, world: SandboxWorld, begin: Beginning): Promise<void> {
  if (!begin) return;
  const sandbox = await openSandbox(place.folder, world);
  await begin(sandbox);
  const firstState = newestOf(await place.stateNames());
  if (firstState > 0) await sandbox.configure({ firstState });
}

/**
 * Makes a sandbox that is as another one is now, but for a database on a server, of which it has none. The past is left
 * behind: there is nothing to undo in it.
 *
 * @param folder an absolute path; missing or empty
 * @throws PackageError when there is something, nothing can be written there, or the other one is being changed
 */
export async function cloneSandbox(
  original: Sandbox,
  folder: string,
  spec: Pick<SandboxSpec, "name">,
  world: SandboxWorld,
  begin?: Beginning,
): Promise<Sandbox> {
  await original.whileLocked(async (source) => {
    const names = await source.stateNames();
    const { description } = original;
    const { system } = await loadState(source, names, newestOf(names), await contextOf(description, world));
    await makeFolder(folder, world, async (place) => {
      await makeParts(place);
      await copyFolder(world.files, source.home, place.home);
      for (const { digest } of system.packages) await copyArchive(source, place, digest);
      await world.files.flush([place.archives]);
      const { served: _, ...kept } = description;
      const own: SandboxDescription = {
        ...kept,
        name: spec.name ?? world.files.split(folder).name,
        created: world.now(),
        startsEmpty: false,
        firstState: 0,
      };
      await writeDescription(place, own);
      await writeState(place, firstState, creation(world), system, undefined);
      await beginWith(place, world, begin);
    });
  });
  return openSandbox(folder, world);
}

/** @throws PackageError when there is no such archive or its bytes have changed */
async function copyArchive(source: SandboxFolder, place: SandboxFolder, digest: string): Promise<void> {
  const { files } = place;
  const archive = new StoredArchive(source, source.archive(digest), 0, digest);
  try {
    await files.copy([{ from: source.archive(digest), path: place.archive(digest) }]);
  } catch (error) {
    const code = systemCode(error);
    throw code === "ENOENT" || code === ownCodes.notPlain ? archive.damaged(error) : error;
  }
  if ((await lookThrough(files, place.archive(digest))).digest !== digest) throw archive.damaged();
}

/**
 * Copies what is in a folder into another one. Links stay what they are, and lead nowhere that they did not lead before;
 * pipes and devices that somebody has put there are left out.
 */
async function copyFolder(files: FileSystem, source: string, target: string): Promise<void> {
  const names = await files.list(source);
  const found = await files.status(names.map((name) => `${source}/${name}`));
  const ofKind = (kind: FileStatus["kind"]) =>
    names.flatMap((name, index) => {
      const status = found[index];
      if (status?.kind !== kind) return [];
      return [{ from: `${source}/${name}`, path: `${target}/${name}`, mode: status.mode & 0o777 }];
    });
  await files.copy(ofKind("file"));
  await files.copyLinks(ofKind("link"));
  for (const folder of ofKind("folder")) {
    await files.makeFolders([folder]);
    await copyFolder(files, folder.from, folder.path);
  }
  await files.flush([target]);
}

const firstState = { number: 0, undoneTo: undefined } as const;

async function describe(
  folder: string,
  spec: SandboxSpec,
  { now, files }: SandboxWorld,
): Promise<SandboxDescription> {
  const checkout = typeof spec.framework === "string" ? await readCheckout(spec.framework, files) : undefined;
  const { product, version, dialect } = checkout?.framework ?? (spec.framework as ProductVersion);
  return {
    name: spec.name ?? files.split(folder).name,
    vendor: spec.vendor,
    ...{ product, version, dialect },
    databaseKind: spec.databaseKind ?? checkout?.databaseKind ?? defaultDatabase,
    operatingSystem: spec.operatingSystem ?? "linux",
    perlModules: spec.perlModules ?? new Map(),
    assumeModules: spec.perlModules === undefined,
    origin:
      typeof spec.framework === "string" ? { kind: "checkout", folder: spec.framework } : { kind: "product" },
    created: now(),
    startsEmpty: true,
    repositories: spec.repositories ?? [],
    firstState: 0,
  };
}

function creation({ now }: SandboxWorld): OperationRecord {
  return {
    ...{
      kind: "create",
      name: undefined,
      version: undefined,
      previousVersion: undefined,
      verdict: "success",
    },
    ...{ date: now(), files: 0, undoneTo: undefined },
  };
}

async function makeParts({ files, home, archives, states, allUndo }: SandboxFolder): Promise<void> {
  await files.makeFolders([home, archives, states, allUndo].map((path) => ({ path })));
}

/** Fills a folder beside the place where it shall be and gives it its name at the end. */
async function makeFolder(
  folder: string,
  world: SandboxWorld,
  fill: (place: SandboxFolder) => Promise<void>,
): Promise<void> {
  const { files } = world;
  const parent = files.split(folder).folder;
  const place = new SandboxFolder(`${parent}/${temporaryName(files)}`, files);
  try {
    if (await hasSomething(folder, files)) throw new PackageError("sandbox-exists", { folder });
    await makeFolders(parent, files);
    await removeForgotten(parent, world);
    await files.makeFolders([{ path: place.folder }]);
    await fill(place);
    // An empty folder has to go first where the system does not replace one by another.
    if (await new SandboxFolder(folder, files).isThere(folder)) await files.removeFolders([folder]);
    await files.rename([[place.folder, folder]]);
    await files.flush([parent]);
  } catch (error) {
    await removeUnfinished(place, world);
    const isOurs = error instanceof PackageError && error.values.folder === place.folder;
    if (!isOurs) throw diskError(error, folder);
    const { because } = error;
    throw new PackageError(error.code, { ...error.values, folder }, { because, cause: error });
  }
}

/** @throws SystemError when it is something else than a folder, or cannot be read */
async function hasSomething(folder: string, files: FileSystem): Promise<boolean> {
  const [status] = await files.status([folder]);
  return status !== undefined && (await files.list(folder)).length > 0;
}

/** Makes a folder with all that are missing around it. */
async function makeFolders(folder: string, files: FileSystem): Promise<void> {
  const [status] = await files.status([folder]);
  if (status) return;
  const { folder: parent } = files.split(folder);
  if (parent !== folder) await makeFolders(parent, files);
  await files.makeFolders([{ path: folder }]);
  await files.flush([parent]);
}
