import { createHash } from "node:crypto";
import {
  type CopiedFile,
  type FileStatus,
  type FileSystem,
  type Hash,
  type MadeFolder,
  type MadeLink,
  ownCodes,
  type ProcessIdentity,
  type ReadOptions,
  type SystemError,
  systemError,
  type WrittenFile,
} from "../../server/src/host/file-system.ts";

/** What lies on a disk in memory. Links to it are names in folders; one file may have several. */
export interface Node {
  readonly number: number;
  readonly kind: FileStatus["kind"];
  mode: number;
  modified: number;
  /** Counts changes of any kind. */
  version: number;
  /** Of a file. */
  bytes: Uint8Array;
  /** Where a link leads. */
  readonly target: string;
  /** Of a folder: key of the name -> name and what is there. */
  readonly entries: Map<string, Entry>;
}

export interface Entry {
  readonly name: string;
  readonly node: Node;
}

/** A name in a folder that comes to mean something else, or nothing. */
export interface EntryChange {
  readonly folder: Node;
  readonly key: string;
  readonly entry: Entry | undefined;
  /** What had the name before. */
  readonly was: Node | undefined;
}

/** What is about to happen on the disk. Whoever hears of it may throw, so that it does not. */
export interface Step {
  readonly name: keyof FileSystem;
  readonly path: string;
  /** False for what only looks. */
  readonly changes: boolean;
}

/** Who wants to know of what happens on a disk. */
export interface Watcher {
  /** Before each single thing that is done, also of those that are asked for together. */
  before?(step: Step): void;
  /** Names have changed, all of these at once. */
  named?(changes: readonly EntryChange[]): void;
  /** What is in a file has changed. */
  filled?(node: Node): void;
  /** What is in a file, or the names in a folder, are forced to the disk. */
  flushed?(node: Node): void;
}

export interface MemoryDiskOptions {
  readonly isCaseInsensitive?: boolean;
  readonly hasPermissions?: boolean;
  readonly hasWindowsNames?: boolean;
}

/** A disk in memory, that several processes may use. */
export class MemoryDisk {
  readonly options: MemoryDiskOptions;
  /** Numbers of processes that live. */
  readonly processes = new Set<number>();
  readonly root: Node;
  watcher: Watcher = {};
  clock: number;
  #lastNumber = 0;
  #lastName = 0;

  constructor(options: MemoryDiskOptions = {}, clock = 1_700_000_000_000) {
    this.options = options;
    this.clock = clock;
    this.root = this.make("folder", 0o755);
  }

  make(kind: Node["kind"], mode: number, target = ""): Node {
    const number = ++this.#lastNumber;
    const times = { modified: this.clock, version: 0 };
    return { number, kind, mode, ...times, bytes: nothing, target, entries: new Map() };
  }

  keyOf(name: string): string {
    return this.options.isCaseInsensitive ? name.toLowerCase() : name;
  }

  nextName(): number {
    return ++this.#lastName;
  }

  /** The same once more, with what is in it. Bytes of files are never changed in place. */
  copy(): MemoryDisk {
    const disk = new MemoryDisk(this.options, this.clock);
    const copies = new Map<Node, Node>([[this.root, disk.root]]);
    const copyOf = (node: Node): Node => {
      let copy = copies.get(node);
      if (!copy) {
        copy = { ...node, entries: new Map() };
        copies.set(node, copy);
      }
      for (const [key, { name, node: inner }] of node.entries) {
        copy.entries.set(key, { name, node: copyOf(inner) });
      }
      return copy;
    };
    copyOf(this.root);
    disk.continue(this);
    return disk;
  }

  /** Numbers and names go on behind those of another disk. */
  continue(other: MemoryDisk): void {
    this.#lastNumber = other.#lastNumber;
    this.#lastName = other.#lastName;
  }

  /** What is at a path, whose end is not followed unless that is asked for; undefined for nothing. */
  nodeAt(path: string, follow = false): Node | undefined {
    return found(() => find(this, path, follow));
  }

  /** Puts something at a path, in place of what is there. No watcher hears of it. */
  put(path: string, node: Node): void {
    const { folder, key, name } = placeOf(this, path);
    applyChange({ folder, key, entry: { name, node }, was: undefined });
  }

  /** Takes away what is at a path, with all that is in it. No watcher hears of it. */
  drop(path: string): void {
    const { folder, key } = placeOf(this, path);
    applyChange({ folder, key, entry: undefined, was: undefined });
  }

  /** The same once more as what is at a path, with what is in it. */
  twinOf(node: Node): Node {
    const { modified, bytes } = node;
    const twin = { ...this.make(node.kind, node.mode, node.target), modified, bytes };
    for (const [key, { name, node: inner }] of node.entries)
      twin.entries.set(key, { name, node: this.twinOf(inner) });
    return twin;
  }

  /** Everything below a folder, one line each, sorted: path, permission bits and what is in it. */
  tree(folder: string): readonly string[] {
    const lines: string[] = [];
    const walk = (path: string, node: Node) => {
      for (const { name, node: inner } of node.entries.values()) {
        const place = path === "" ? name : `${path}/${name}`;
        const mode = inner.mode.toString(8);
        if (inner.kind === "folder") lines.push(`${place}/ ${mode}`);
        else if (inner.kind === "link") lines.push(`${place} -> ${inner.target}`);
        else if (inner.kind === "file")
          lines.push(`${place} ${mode} ${new TextDecoder().decode(inner.bytes)}`);
        else lines.push(`${place} special`);
        walk(place, inner);
      }
    };
    const place = find(this, folder, true);
    if (place) walk("", place);
    return lines.sort();
  }
}

const nothing = new Uint8Array();

/** The disk in memory, as one process sees it. */
export class MemoryFileSystem implements FileSystem {
  readonly disk: MemoryDisk;
  readonly traits: FileSystem["traits"];
  readonly #process: number;

  constructor(disk = new MemoryDisk(), process = 1, flushes = true) {
    this.disk = disk;
    this.#process = process;
    disk.processes.add(process);
    const { hasPermissions = true, hasWindowsNames = false } = disk.options;
    this.traits = { hasWindowsNames, hasPermissions, flushes };
  }

  split(path: string): { readonly folder: string; readonly name: string } {
    const slash = path.lastIndexOf("/");
    return { folder: slash === 0 ? "/" : path.slice(0, slash), name: path.slice(slash + 1) };
  }

  async status(paths: readonly string[]): Promise<readonly (FileStatus | undefined)[]> {
    return paths.map((path) => {
      this.#look("status", path);
      const node = found(() => find(this.disk, path, false));
      return node && statusOf(node);
    });
  }

  async list(folder: string): Promise<readonly string[]> {
    this.#look("list", folder);
    return [...folderAt(this.disk, folder).entries.values()].map(({ name }) => name);
  }

  async read(path: string, { follow = false, limit, range }: ReadOptions = {}): Promise<Uint8Array> {
    this.#look("read", path);
    const { bytes } = this.#plain(path, follow);
    if (limit !== undefined && bytes.length > limit) throw systemError(ownCodes.tooLarge, path);
    return range ? bytes.slice(...range) : bytes.slice();
  }

  async digests(paths: readonly string[]): Promise<readonly (string | SystemError)[]> {
    return paths.map((path) => {
      try {
        this.#look("digests", path);
        return this.digest(this.#plain(path, false).bytes);
      } catch (error) {
        if (typeof (error as SystemError).code !== "string") throw error;
        return error as SystemError;
      }
    });
  }

  async write(files: readonly WrittenFile[]): Promise<void> {
    for (const { path, bytes, mode = 0o644, isLoose = false } of files) {
      this.#change("write", path);
      this.#create(path, mode);
      this.#fill("write", path, bytes, isLoose);
    }
  }

  async copy(files: readonly CopiedFile[]): Promise<void> {
    for (const { from, path, mode } of files) {
      this.#change("copy", path);
      const node = this.#plain(from, false);
      this.#create(path, mode ?? node.mode);
      this.#fill("copy", path, node.bytes);
    }
  }

  async copyLinks(links: readonly Pick<CopiedFile, "from" | "path">[]): Promise<void> {
    for (const { from, path } of links) {
      this.#change("copyLinks", path);
      const node = find(this.disk, from, false) ?? missing(from);
      if (node.kind !== "link") throw systemError("EINVAL", from);
      this.link(node.target, path);
    }
  }

  async makeLinks(links: readonly MadeLink[]): Promise<void> {
    for (const { path, target } of links) {
      this.#change("makeLinks", path);
      this.link(target, path);
    }
  }

  async linkTargets(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    return paths.map((path) => {
      const node = find(this.disk, path, false);
      return node?.kind === "link" ? node.target : undefined;
    });
  }

  async rename(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    for (const [from, to] of pairs) {
      this.#change("rename", from);
      const [source, target] = [placeOf(this.disk, from), placeOf(this.disk, to)];
      const { node } = source.entry ?? missing(from);
      const there = target.entry?.node;
      if (there === node && source.key === target.key && source.folder === target.folder) {
        if (source.name === target.name) continue;
      } else if (there === node) continue;
      if (node.kind === "folder" && isWithin(node, target.folder)) throw systemError("EINVAL", from);
      if (there && there !== node) {
        if (there.kind === "folder" && node.kind !== "folder") throw systemError("EISDIR", to);
        if (there.kind !== "folder" && node.kind === "folder") throw systemError("ENOTDIR", to);
        if (there.entries.size > 0) throw systemError("ENOTEMPTY", to);
      }
      this.#name([
        { ...source, entry: undefined, was: node },
        { ...target, entry: { name: target.name, node }, was: there },
      ]);
    }
  }

  async makeFolders(folders: readonly MadeFolder[]): Promise<void> {
    for (const { path, mode = 0o755 } of folders) {
      this.#change("makeFolders", path);
      this.#add(path, this.disk.make("folder", mode));
    }
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#change("remove", path);
      this.#unlink(path, (kind) => (kind === "folder" ? "EISDIR" : undefined));
    }
  }

  async removeFolders(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#change("removeFolders", path);
      this.#unlink(path, (kind) => (kind === "folder" ? undefined : "ENOTDIR"));
    }
  }

  async removeTree(path: string): Promise<void> {
    const node = found(() => find(this.disk, path, false));
    if (!node) {
      this.#look("removeTree", path);
      return;
    }
    if (node.kind === "folder") {
      for (const { name } of [...node.entries.values()]) await this.removeTree(`${path}/${name}`);
    }
    this.#change("removeTree", path);
    this.#unlink(path, () => undefined);
  }

  async flush(folders: readonly string[]): Promise<void> {
    if (!this.traits.flushes) return;
    for (const path of folders) {
      this.#change("flush", path);
      const node = found(() => find(this.disk, path, false));
      if (node?.kind === "folder") this.disk.watcher.flushed?.(node);
    }
  }

  digest(bytes: Uint8Array): string {
    return createHash("sha256").update(bytes).digest("hex");
  }

  hash(): Hash {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  }

  randomName(bytes: number): string {
    return this.disk
      .nextName()
      .toString(16)
      .padStart(2 * bytes, "0");
  }

  now(): number {
    return this.disk.clock;
  }

  async pause(milliseconds: number): Promise<void> {
    this.disk.clock += milliseconds;
    await undefined;
  }

  self(): ProcessIdentity {
    return { process: this.#process, host: memoryHost, processStart: "", processSpace: "memory" };
  }

  fateOf({ process, host }: ProcessIdentity): "running" | "gone" | "unknown" {
    if (host !== memoryHost) return "unknown";
    return this.disk.processes.has(process) ? "running" : "gone";
  }

  /** Makes a link, of which only tests have need. */
  link(target: string, path: string): void {
    this.#add(path, this.disk.make("link", 0o777, target));
  }

  /** Makes a pipe, of which only tests have need. */
  special(path: string): void {
    this.#add(path, this.disk.make("special", 0o644));
  }

  /** Gives a file a second name. */
  hardLink(from: string, path: string): void {
    this.#add(path, find(this.disk, from, false) ?? missing(from));
  }

  setMode(path: string, mode: number): void {
    const node = find(this.disk, path, true) ?? missing(path);
    node.mode = mode;
    node.version++;
  }

  #look(name: Step["name"], path: string): void {
    this.disk.watcher.before?.({ name, path, changes: false });
  }

  #change(name: Step["name"], path: string): void {
    this.disk.watcher.before?.({ name, path, changes: true });
    this.disk.clock++;
  }

  #plain(path: string, follow: boolean): Node {
    const node = find(this.disk, path, follow) ?? missing(path);
    if (node.kind !== "file") throw systemError(ownCodes.notPlain, path);
    if (!isReadable(node)) throw systemError("EACCES", path);
    return node;
  }

  #create(path: string, mode: number): void {
    this.#add(path, this.disk.make("file", this.traits.hasPermissions ? mode : 0o666));
  }

  /** A file is there before all of it is. */
  #fill(name: Step["name"], path: string, bytes: Uint8Array, isLoose = false): void {
    const node = find(this.disk, path, false) ?? missing(path);
    node.bytes = new Uint8Array(bytes.subarray(0, Math.floor(bytes.length / 2)));
    this.disk.watcher.filled?.(node);
    this.#change(name, path);
    node.bytes = new Uint8Array(bytes);
    node.modified = this.disk.clock;
    node.version++;
    this.disk.watcher.filled?.(node);
    if (isLoose || !this.traits.flushes) return;
    this.#change(name, path);
    this.disk.watcher.flushed?.(node);
  }

  #add(path: string, node: Node): void {
    const { entry, name, ...place } = placeOf(this.disk, path);
    if (entry) throw systemError("EEXIST", path);
    this.#name([{ ...place, entry: { name, node }, was: undefined }]);
  }

  #unlink(path: string, refusal: (kind: Node["kind"]) => string | undefined): void {
    const { folder, key, entry } = placeOf(this.disk, path);
    const { node } = entry ?? missing(path);
    const code = refusal(node.kind) ?? (node.entries.size > 0 ? "ENOTEMPTY" : undefined);
    if (code) throw systemError(code, path);
    this.#name([{ folder, key, entry: undefined, was: node }]);
  }

  #name(changes: readonly EntryChange[]): void {
    for (const change of changes) {
      applyChange(change);
      change.folder.modified = this.disk.clock;
      change.folder.version++;
    }
    this.disk.watcher.named?.(changes);
  }
}

const memoryHost = "memory";

export function applyChange({ folder, key, entry }: EntryChange): void {
  if (entry) folder.entries.set(key, entry);
  else folder.entries.delete(key);
}

function isReadable({ mode }: Node): boolean {
  return (mode & 0o400) !== 0;
}

function statusOf(node: Node): FileStatus {
  const { kind, number, mode, modified, version, bytes } = node;
  return {
    ...{ kind, mode, modified, user: 0, size: bytes.length },
    identity: `${number} ${version}`,
    isReadable: isReadable(node),
  };
}

function missing(path: string): never {
  throw systemError("ENOENT", path);
}

/** Undefined where the way there leads nowhere. */
function found<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const { code } = error as SystemError;
    if (nothingCodes.has(code)) return undefined;
    throw error;
  }
}

const nothingCodes: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"]);

function isWithin(folder: Node, inner: Node): boolean {
  if (folder === inner) return true;
  return [...folder.entries.values()].some(({ node }) => node.kind === "folder" && isWithin(node, inner));
}

/** As many links as systems follow on one way. */
const mostLinks = 40;
/** Bytes. */
const longestName = 255;

/** @throws SystemError when something on the way is missing or no folder */
function find(disk: MemoryDisk, path: string, follow: boolean): Node | undefined {
  const { folder, name, entry } = placeOf(disk, path, follow);
  return name === "" ? folder : entry?.node;
}

function folderAt(disk: MemoryDisk, path: string): Node {
  const node = find(disk, path, true) ?? missing(path);
  if (node.kind !== "folder") throw systemError("ENOTDIR", path);
  return node;
}

interface Place {
  readonly folder: Node;
  readonly key: string;
  readonly name: string;
  readonly entry: Entry | undefined;
}

/**
 * A path as a folder and a name in it; the name is empty where the path ends in the folder itself. The way there follows
 * links, and `..` leads out of the folder that was really come to.
 *
 * @param follow whether a link at the end is followed as well
 */
function placeOf(disk: MemoryDisk, path: string, follow = false): Place {
  let way = [disk.root];
  const ahead = namesOf(path).reverse();
  for (let links = 0; ; ) {
    const folder = way.at(-1)!;
    const name = ahead.pop();
    if (name === undefined) return { folder, key: "", name: "", entry: undefined };
    if (name === "..") {
      if (way.length > 1) way.pop();
      continue;
    }
    const key = disk.keyOf(checked(name, path));
    const entry = folder.entries.get(key);
    const isLink = entry?.node.kind === "link";
    if (ahead.length === 0 && !(isLink && follow)) return { folder, key, name, entry };
    const { node } = entry ?? missing(path);
    if (isLink) {
      if (++links > mostLinks) throw systemError("ELOOP", path);
      if (node.target.startsWith("/")) way = [disk.root];
      for (const each of namesOf(node.target).reverse()) ahead.push(each);
    } else if (node.kind === "folder") way.push(node);
    else throw systemError("ENOTDIR", path);
  }
}

function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

function checked(name: string, path: string): string {
  // No character has more than three bytes for each of its code units.
  if (name.length * 3 > longestName && new TextEncoder().encode(name).length > longestName)
    throw systemError("ENAMETOOLONG", path);
  return name;
}
