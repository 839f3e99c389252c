import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { CommittedFiles, ContentNames } from "../host/committed-files.ts";
import { someAtOnce } from "../host/some-at-once.ts";
import { GitObjects } from "./git-objects.ts";

/** Files that moved longer ago than this were missed before. */
const mostCommits = 50;

/** Bytes of a file that is compared. */
const largestFile = 20_000_000;

/** Goes by what Git names content with, which is the SHA-1 of it. Git itself is not started. */
export const committedFiles: CommittedFiles = { before, now };

async function before(baseFolder: string, paths: readonly string[]): Promise<ContentNames> {
  const found = new Map<string, string>();
  const repository = await repositoryOf(baseFolder);
  if (!repository) return found;
  const { objects, prefix } = repository;
  const folders = new Map<string, ReadonlyMap<string, string>>();
  let commit: string | undefined = await headOf(repository);
  for (let count = 0; commit !== undefined && count < mostCommits && found.size < paths.length; count++) {
    const object = await objects.read(commit);
    if (object?.type !== "commit") break;
    const [, tree, parent] = /^tree ([0-9a-f]{40})\n(?:parent ([0-9a-f]{40})\n)?/.exec(
      object.bytes.toString("latin1"),
    ) ?? [undefined, undefined, undefined];
    if (tree === undefined) break;
    for (const path of paths) {
      if (found.has(path)) continue;
      const id = await idIn(tree, [...prefix, ...path.split("/")], objects, folders);
      if (id !== undefined) found.set(path, id);
    }
    commit = parent;
  }
  return found;
}

async function now(baseFolder: string, paths: readonly string[]): Promise<ContentNames> {
  const found = new Map<string, string>();
  await someAtOnce(paths, 16, async (path) => {
    try {
      const file = join(baseFolder, path);
      const status = await lstat(file);
      if (!status.isFile() || status.size === 0 || status.size > largestFile) return;
      const bytes = await readFile(file);
      found.set(path, createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex"));
    } catch {
      // What cannot be read could be anything.
    }
  });
  return found;
}

interface Repository {
  /** Where `HEAD` lies. */
  readonly folder: string;
  /** Where all working trees have theirs. */
  readonly common: string;
  readonly objects: GitObjects;
  /** The names that lead from the top of the working tree to the base folder. */
  readonly prefix: readonly string[];
}

async function repositoryOf(baseFolder: string): Promise<Repository | undefined> {
  for (let top = baseFolder; ; top = dirname(top)) {
    const git = join(top, ".git");
    const status = await lstat(git).catch(() => undefined);
    if (!status) {
      if (dirname(top) === top) return undefined;
      continue;
    }
    // A working tree beside the first one has a file that leads there.
    const written = status.isFile() ? /^gitdir: (.+)/.exec((await textOf(git)) ?? "")?.[1] : undefined;
    if (!status.isDirectory() && written === undefined) return undefined;
    const folder = written === undefined ? git : resolve(top, written.trim());
    const common = resolve(folder, (await textOf(join(folder, "commondir")))?.trim() ?? ".");
    const prefix = relative(top, baseFolder)
      .split(sep)
      .filter((name) => name !== "");
    return { folder, common, objects: new GitObjects(join(common, "objects")), prefix };
  }
}

async function headOf({ folder, common }: Repository): Promise<string | undefined> {
  const head = (await textOf(join(folder, "HEAD")))?.trim() ?? "";
  if (isId(head)) return head;
  const name = /^ref: (refs\/[^\s]+)$/.exec(head)?.[1];
  if (name === undefined || name.split("/").some((part) => part === "" || part.startsWith(".")))
    return undefined;
  const id = ((await textOf(join(folder, name))) ?? (await textOf(join(common, name))))?.trim();
  if (id !== undefined) return isId(id) ? id : undefined;
  const packed = (await textOf(join(common, "packed-refs"))) ?? "";
  const line = packed.split("\n").find((each) => each.slice(41).trimEnd() === name);
  const listed = line?.slice(0, 40) ?? "";
  return isId(listed) ? listed : undefined;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** What Git calls the content of a file in a tree; undefined where there is none. */
async function idIn(
  tree: string,
  names: readonly string[],
  objects: GitObjects,
  known: Map<string, ReadonlyMap<string, string>>,
): Promise<string | undefined> {
  let id: string | undefined = tree;
  for (const [index, name] of names.entries()) {
    let entries: ReadonlyMap<string, string> | undefined = known.get(id);
    if (!entries) {
      const object = await objects.read(id);
      entries = object?.type === "tree" ? entriesOf(object.bytes) : new Map();
      known.set(id, entries);
    }
    // Files and folders of one name are told apart by the sign before it.
    id = entries.get(`${index < names.length - 1 ? "/" : " "}${name}`);
    if (id === undefined) return undefined;
  }
  return id;
}

/** Names, behind a blank for files and a slash for folders; links and other repositories are left out. */
function entriesOf(tree: Buffer): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (let at = 0; at < tree.length; ) {
    const end = tree.indexOf(0, at);
    if (end < 0 || end + 21 > tree.length) break;
    const [, mode = "", name = ""] = /^(\d+) (.*)$/s.exec(tree.toString("utf8", at, end)) ?? [];
    const id = tree.toString("hex", end + 1, end + 21);
    if (/^0?40000$/.test(mode)) entries.set(`/${name}`, id);
    else if (/^100/.test(mode)) entries.set(` ${name}`, id);
    at = end + 21;
  }
  return entries;
}
