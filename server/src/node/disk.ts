import { type Dirent, statSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Disk } from "../host/folder-cache.ts";
import { type FileFact, readableSize } from "../host/folder-facts.ts";
import { someAtOnce } from "../host/some-at-once.ts";
import { gitRules } from "./git-rules.ts";
import { isInside } from "./is-inside.ts";

/** More entries than any package has; a folder with more is most likely no package. */
const scanLimit = 60_000;

const versionControlFolders = new Set([".git", ".svn", ".hg", "CVS"]);

/**
 * The real disk below a base folder, given as an absolute path. Outside of it only the folder that it lies in and the
 * folders there are looked at, and only when somebody asks what is around.
 */
export function nodeDisk(baseFolder: string): Disk {
  return {
    inspect: (path) => inspect(baseFolder, path),
    read: (path) => readText(baseFolder, path),
    scan: (folders) => scan(baseFolder, folders),
    specs: () => specsIn(baseFolder),
    gitRules: () => gitRules(baseFolder),
    around: {
      folders: () => foldersAround(baseFolder),
      hasFile: (folder, path) => hasFile(join(baseFolder, folder), path),
      hasSpec: (folder) => hasSpec(join(baseFolder, folder)),
    },
  };
}

/** More folders than one has beside a package. */
const aroundLimit = 100;

async function foldersAround(baseFolder: string): Promise<readonly string[]> {
  const parent = dirname(baseFolder);
  const inside = (await namesOfFolders(baseFolder)).slice(0, aroundLimit);
  const beside = (await namesOfFolders(parent)).filter((name) => name !== basename(baseFolder));
  const around = ["..", ...beside.slice(0, aroundLimit).map((name) => `../${name}`)];
  return parent === baseFolder ? inside : [...around, ...inside];
}

async function hasSpec(folder: string): Promise<boolean> {
  return (await specsIn(folder)).length > 0;
}

async function specsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => name.endsWith(".sopm")).sort();
}

/** Without hidden ones and those of tools; links are not followed. */
async function namesOfFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !/^\.|^(CVS|node_modules)$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

async function hasFile(folder: string, path: string): Promise<boolean> {
  const target = resolve(folder, path);
  if (path.includes("\0") || !isInside(folder, target)) return false;
  return stat(target).then(
    (status) => status.isFile(),
    () => false,
  );
}

async function inspect(baseFolder: string, path: string): Promise<FileFact> {
  // The NUL character would make the system calls throw, and no file has it in its name.
  if (path === "" || path.includes("\0")) return { kind: "missing" };
  const target = resolve(baseFolder, path);
  if (isAbsolute(path) || !isInside(baseFolder, target)) return { kind: "missing" };
  const actual = await spellingOnDisk(baseFolder, path);
  if (actual === undefined) return { kind: "missing" };
  if (actual !== path.split("/").filter(isNamed).join("/")) return { kind: "missing", otherCase: actual };
  return factOf(baseFolder, target);
}

async function readText(baseFolder: string, path: string): Promise<string> {
  const fact = await inspect(baseFolder, path);
  if (fact.kind !== "file" || fact.leavesBase || fact.size > readableSize) return "";
  return readFile(resolve(baseFolder, path)).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => "",
  );
}

/** How long a scan keeps the thread from its other work, in milliseconds. */
const longestTurn = 8;

/** For an entry that is known to be no link and to lie in a folder that is none. */
function factOfPlainFile(target: string): FileFact {
  try {
    const status = statSync(target, { throwIfNoEntry: false });
    if (!status) return { kind: "missing" };
    return status.isFile() ? { kind: "file", size: status.size, leavesBase: false } : { kind: "special" };
  } catch {
    return { kind: "unreadable" };
  }
}

async function factOf(baseFolder: string, target: string): Promise<FileFact> {
  try {
    const status = await stat(target);
    if (status.isDirectory()) return { kind: "directory" };
    if (!status.isFile()) return { kind: "special" };
    const leavesBase = !isInside(await realpath(baseFolder), await realpath(target));
    return { kind: "file", size: status.size, leavesBase };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? { kind: "missing" } : { kind: "unreadable" };
  }
}

/** A path as the disk spells it, found folder by folder; undefined when there is none even in other letter case. */
async function spellingOnDisk(baseFolder: string, path: string): Promise<string | undefined> {
  const spelling: string[] = [];
  for (const part of path.split("/").filter(isNamed)) {
    const names = await namesIn(join(baseFolder, ...spelling));
    const name = names.includes(part)
      ? part
      : names.find((other) => other.toLowerCase() === part.toLowerCase());
    if (name === undefined) return undefined;
    spelling.push(name);
  }
  return spelling.join("/");
}

/** Lists of names that have been asked for and have not come yet. Many files lie in one folder. */
const listing = new Map<string, Promise<readonly string[]>>();

function namesIn(folder: string): Promise<readonly string[]> {
  const asked = listing.get(folder);
  if (asked) return asked;
  const names = readdir(folder)
    .catch((): string[] => [])
    .finally(() => listing.delete(folder));
  listing.set(folder, names);
  return names;
}

function isNamed(part: string): boolean {
  return part !== "" && part !== ".";
}

async function scan(
  baseFolder: string,
  folders: readonly string[],
): Promise<ReadonlyMap<string, FileFact> | undefined> {
  const found = new Map<string, FileFact>();
  const top = await readdir(baseFolder, { withFileTypes: true }).catch(() => []);
  const waiting = top.filter((entry) => folders.includes(entry.name)).map((entry) => entry.name);
  const links: string[] = [];
  const files: string[] = [];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    found.set(folder, { kind: "directory" });
    const entries: Dirent[] = await readdir(join(baseFolder, folder), { withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      if (versionControlFolders.has(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) files.push(path);
      else links.push(path);
    }
    if (found.size + files.length > scanLimit) return undefined;
  }
  // One by one and waiting for each is several times as fast here as asking for all at once, as long as the
  // thread's other work gets its turn.
  let turnStart = performance.now();
  for (const path of files) {
    found.set(path, factOfPlainFile(join(baseFolder, path)));
    if (performance.now() - turnStart < longestTurn) continue;
    await setImmediate();
    turnStart = performance.now();
  }
  await someAtOnce(links, 256, async (path) => {
    found.set(path, await factOf(baseFolder, join(baseFolder, path)));
  });
  return found;
}
