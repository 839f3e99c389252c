import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { TestContext } from "node:test";
import type { FileSystem } from "../../server/src/host/file-system.ts";
import { nodeFiles } from "../../server/src/node/file-system.ts";
import { MemoryDisk, MemoryFileSystem, type Node } from "./memory-file-system.ts";
import { treeOf } from "./sandbox-work.ts";
import { snapshotOf } from "./snapshot-of.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** With SOPM_FULL=1 everything that is tried in memory is tried on the real disk as well. */
const isFull = process.env.SOPM_FULL === "1";

/**
 * A disk that a suite is tried on, and what somebody does to it by hand, past the program. Paths are absolute; a link at
 * the end of one is not followed.
 */
export interface TriedDisk {
  /** What names of tests call it. */
  readonly name: string;
  readonly files: FileSystem;
  /** A new folder with nothing in it, for as long as a test runs. */
  newFolder(context: Pick<TestContext, "after">): string;
  read(path: string): Buffer;
  /** Writes a file, with the folders around it. One that is there stays the same file. */
  write(path: string, content: string | Uint8Array): void;
  /** Makes a folder, with those around it. */
  makeFolder(path: string): void;
  /** Takes away whatever is there, with all that is in it. */
  remove(path: string): void;
  move(from: string, to: string): void;
  /** Copies a file, or a folder with all that is in it. */
  copy(from: string, to: string): void;
  link(target: string, path: string): void;
  hardLink(from: string, path: string): void;
  pipe(path: string): void;
  isThere(path: string): boolean;
  /** The names in a folder, sorted. */
  names(folder: string): readonly string[];
  /** The regular files below a folder by their paths from there on, sorted. */
  filesBelow(folder: string): readonly string[];
  /** As {@link treeOf} gives it. */
  tree(folder: string): readonly string[];
  /** Another one as soon as anything changes that is not left out. */
  snapshot(folder: string, leftOut: readonly string[]): readonly string[];
}

export const realDisk: TriedDisk = {
  name: "on the disk",
  files: nodeFiles,
  newFolder: (context) => temporaryFolder(context as TestContext),
  read: (path) => readFileSync(path),
  write(path, content) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  },
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  move: (from, to) => renameSync(from, to),
  copy: (from, to) => cpSync(from, to, { recursive: true, preserveTimestamps: true }),
  link: (target, path) => symlinkSync(target, path),
  hardLink: (from, path) => linkSync(from, path),
  pipe: (path) => void execFileSync("mkfifo", [path]),
  isThere: (path) => existsSync(path),
  names: (folder) => readdirSync(folder).sort(),
  filesBelow: (folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => lstatSync(`${folder}/${path}`).isFile())
      .sort(),
  tree: treeOf,
  snapshot: snapshotOf,
};

/** A disk in memory with nothing on it but the devices that somebody could be led to. */
export function memoryTriedDisk(): TriedDisk {
  const disk = new MemoryDisk();
  const files = new MemoryFileSystem(disk);
  const nodeAt = (path: string): Node => {
    const node = disk.nodeAt(path);
    if (!node) throw new Error(`nothing is at ${path}`);
    return node;
  };
  const makeFolder = (path: string) => {
    const node = disk.nodeAt(path, true);
    if (node?.kind === "folder") return;
    makeFolder(dirname(path));
    disk.put(path, disk.make("folder", 0o755));
  };
  const tried: TriedDisk = {
    name: "in memory",
    files,
    newFolder() {
      const folder = `/tried-${disk.nextName()}`;
      makeFolder(folder);
      return folder;
    },
    read: (path) => Buffer.from(nodeAt(path).bytes),
    write(path, content) {
      makeFolder(dirname(path));
      if (!disk.nodeAt(path)) disk.put(path, disk.make("file", 0o644));
      const node = nodeAt(path);
      node.bytes = Buffer.from(content);
      node.modified = ++disk.clock;
      node.version++;
    },
    makeFolder,
    remove: (path) => disk.nodeAt(path) && disk.drop(path),
    move(from, to) {
      const node = nodeAt(from);
      disk.drop(from);
      disk.put(to, node);
    },
    copy(from, to) {
      const twin = disk.twinOf(nodeAt(from));
      const there = disk.nodeAt(to);
      // What is in a folder that is there already comes beside what it has.
      if (there?.kind === "folder" && twin.kind === "folder")
        for (const [key, entry] of twin.entries) there.entries.set(key, entry);
      else disk.put(to, twin);
    },
    link: (target, path) => disk.put(path, disk.make("link", 0o777, target)),
    hardLink: (from, path) => disk.put(path, nodeAt(from)),
    pipe: (path) => disk.put(path, disk.make("special", 0o644)),
    isThere: (path) => disk.nodeAt(path, true) !== undefined,
    names: (folder) => [...nodeAt(folder).entries.values()].map(({ name }) => name).sort(),
    filesBelow: (folder) => pathsBelow(nodeAt(folder), ({ kind }) => kind === "file").sort(),
    tree: (folder) => disk.tree(folder),
    snapshot: (folder, leftOut) =>
      pathsBelow(nodeAt(folder), () => true, leftOut)
        .map((path) => {
          const { number, kind, mode, modified, bytes, target } = nodeAt(`${folder}/${path}`);
          const content = kind === "file" ? `${modified} ${files.digest(bytes)}` : target;
          return `${path} ${number} ${kind} ${mode} ${content}`;
        })
        .sort(),
  };
  tried.makeFolder("/dev");
  tried.pipe("/dev/zero");
  tried.pipe("/dev/stdin");
  return tried;
}

function pathsBelow(
  folder: Node,
  isWanted: (node: Node) => boolean,
  leftOut: readonly string[] = [],
  around = "",
): string[] {
  return [...folder.entries.values()].flatMap(({ name, node }) => {
    const path = `${around}${name}`;
    if (leftOut.includes(path)) return [];
    return [...(isWanted(node) ? [path] : []), ...pathsBelow(node, isWanted, leftOut, `${path}/`)];
  });
}

/**
 * The disks that something is tried on: one in memory, and the real one if it is among the few that stand for all
 * there, or all are wanted.
 */
export function disksFor(isAmongFew: boolean, inMemory: TriedDisk = memoryTriedDisk()): readonly TriedDisk[] {
  return isAmongFew || isFull ? [inMemory, realDisk] : [inMemory];
}

/** A new folder for all tests of a file. */
export function lastingFolder(disk: TriedDisk): string {
  return disk.newFolder({ after: (work: () => void) => process.on("exit", work) } as never);
}
