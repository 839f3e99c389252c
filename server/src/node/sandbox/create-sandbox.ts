import { randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Database } from "../../database/database.ts";
import { type DatabaseKind, defaultDatabase } from "../../database/engines.ts";
import { PackageError } from "../../host/package-error.ts";
import { noKnowledge } from "../../knowledge/knowledge.ts";
import type { OperationRecord } from "../../system/operation-record.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import type { RepositorySetting, SandboxDescription } from "../../system/sandbox-description.ts";
import { noFileData, type SystemData } from "../../system/system-data.ts";
import { isRunning } from "../is-running.ts";
import { readCheckout } from "./checkout-home.ts";
import { writeDescription } from "./description-file.ts";
import { openSandbox, type Sandbox, type SandboxWorld } from "./sandbox.ts";
import { diskError } from "./sandbox-error.ts";
import { newestOf, SandboxFolder, temporaryPrefix } from "./sandbox-folder.ts";
import { processPlace } from "./sandbox-lock.ts";
import { loadState, writeState } from "./state-files.ts";
import { lookThrough, StoredArchive } from "./stored-archive.ts";

/** What a new sandbox shall be. */
export interface SandboxSpec {
  /** Undefined for the name of its folder. */
  readonly name?: string | undefined;
  readonly vendor?: string | undefined;
  /** A version of a product, or the absolute path of the home of a framework. */
  readonly framework: ProductVersion | string;
  /** Undefined for what the home of the framework says, or else MySQL. */
  readonly databaseKind?: DatabaseKind | undefined;
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
 * @throws PackageError when there is something, or nothing can be written there, and what `begin` throws
 */
export async function createSandbox(
  folder: string,
  spec: SandboxSpec,
  world: SandboxWorld,
  begin?: Beginning,
): Promise<Sandbox> {
  const description = describe(folder, spec, world);
  await makeFolder(folder, async (place) => {
    makeParts(place);
    writeDescription(place, description);
    writeState(place, firstState, creation(world), emptySystem(description.databaseKind), undefined);
    await beginWith(place, world, begin);
  });
  return openSandbox(folder, world);
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
  const firstState = newestOf(place.stateNames());
  if (firstState > 0) await sandbox.configure({ firstState });
}

/**
 * Makes a sandbox that is as another one is now. The past is left behind: there is nothing to undo in it.
 *
 * @param folder an absolute path; missing or empty
 * @throws PackageError when there is something, nothing can be written there, or the other one is being changed
 */
export async function cloneSandbox(
  original: Sandbox,
  folder: string,
  { name = basename(folder) }: Pick<SandboxSpec, "name">,
  world: SandboxWorld,
  begin?: Beginning,
): Promise<Sandbox> {
  await original.whileLocked(async (source) => {
    const names = source.stateNames();
    const { description } = original;
    const { product, version, databaseKind } = description;
    const context = { knowledge: world.knowledgeFor(product, version), databaseKind };
    const { system } = loadState(source, names, newestOf(names), context);
    await makeFolder(folder, async (place) => {
      makeParts(place);
      // Links stay what they are, and lead nowhere that they did not lead before.
      cpSync(source.home, place.home, { recursive: true, verbatimSymlinks: true, filter: isCopied });
      for (const { digest } of system.packages) {
        copyArchive(source.archive(digest), place.archive(digest), digest);
      }
      const own: SandboxDescription = {
        ...description,
        name,
        created: world.now(),
        startsEmpty: false,
        firstState: 0,
      };
      writeDescription(place, own);
      writeState(place, firstState, creation(world), system, undefined);
      await beginWith(place, world, begin);
    });
  });
  return openSandbox(folder, world);
}

/** @throws PackageError when there is no such archive or its bytes have changed */
function copyArchive(from: string, to: string, digest: string): void {
  const archive = new StoredArchive(from, 0, digest);
  try {
    if (lstatSync(from).isFile()) cpSync(from, to);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOENT" ? archive.damaged(error) : error;
  }
  if (!existsSync(to) || lookThrough(to).digest !== digest) throw archive.damaged();
}

/** Pipes and devices that somebody has put into a home are left out. */
function isCopied(path: string): boolean {
  const status = lstatSync(path);
  return status.isFile() || status.isDirectory() || status.isSymbolicLink();
}

const firstState = { number: 0, undoneTo: undefined } as const;

function describe(folder: string, spec: SandboxSpec, { now }: SandboxWorld): SandboxDescription {
  const checkout = typeof spec.framework === "string" ? readCheckout(spec.framework) : undefined;
  const { product, version, dialect } = checkout?.framework ?? (spec.framework as ProductVersion);
  return {
    name: spec.name ?? basename(folder),
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

function makeParts(place: SandboxFolder): void {
  for (const part of [place.home, place.archives, place.states, place.allUndo]) mkdirSync(part);
}

/** Fills a folder beside the place where it shall be and gives it its name at the end. */
async function makeFolder(folder: string, fill: (place: SandboxFolder) => Promise<void>): Promise<void> {
  const name = `${temporaryPrefix}${processPlace()}-${process.pid}-${randomBytes(6).toString("hex")}`;
  const temporary = join(dirname(folder), name);
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new PackageError("sandbox-exists", { folder });
    }
    mkdirSync(dirname(folder), { recursive: true });
    removeForgotten(dirname(folder));
    mkdirSync(temporary);
    await fill(new SandboxFolder(temporary));
    // An empty folder has to go first where the system does not replace one by another.
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(temporary, folder);
  } catch (error) {
    removeFolder(temporary);
    const isOurs = error instanceof PackageError && error.values.folder === temporary;
    if (!isOurs) throw diskError(error, folder);
    throw new PackageError(error.code, { ...error.values, folder }, { cause: error });
  }
}

/** Removes what runs that were killed have left. */
function removeForgotten(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, place, process] = /^\.sopm-new-([0-9a-f]{8})-(\d{1,9})-[0-9a-f]{12}$/.exec(name) ?? [];
    if (place === processPlace() && !isRunning(Number(process))) removeFolder(join(parent, name));
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It could not even be made.
  }
}
