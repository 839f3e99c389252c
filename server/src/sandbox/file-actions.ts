import type { FileContent } from "../host/file-content.ts";
import { type FileSystemTraits, fitsNames } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { HomeChange, HomeEntry, HomeFiles } from "../system/home.ts";
import type { HomeLedger, LedgerEntry } from "../system/home-ledger.ts";
import { homePath, isTooLong, parentPath } from "../system/home-path.ts";
import type { FileData } from "../system/system-data.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";
import type { Layers, SandboxHome } from "./sandbox-home.ts";

/**
 * What is done to the files of a sandbox's home: everything in `takes` first, then `removedFolders`, `folders`, `puts`
 * and `news`. Each can be taken back, and from what is on the disk one can tell which were done.
 */
export interface FileActions {
  /** Files that are moved out of the home, into the slot whose number is the place in this list. */
  readonly takes: readonly string[];
  /** Folders that are removed if they are empty, inner ones first. */
  readonly removedFolders: readonly FolderAction[];
  /** Folders that are made, outer ones first. */
  readonly folders: readonly FolderAction[];
  /** Files that come back from a slot of an earlier operation. */
  readonly puts: readonly PutAction[];
  /** Files that are written where then nothing is. */
  readonly news: readonly NewFile[];
}

export interface FolderAction {
  readonly path: string;
  readonly mode: number;
}

export interface PutAction {
  readonly operation: number;
  readonly slot: number;
  readonly path: string;
}

export interface NewFile {
  readonly path: string;
  readonly mode: number;
  readonly source: NewSource;
}

export type NewSource =
  | { readonly kind: "content"; readonly content: FileContent }
  /** A copy of a file that was taken. */
  | { readonly kind: "slot"; readonly slot: number }
  /** A copy of a file that stays. */
  | { readonly kind: "home"; readonly path: string };

/**
 * What has to be done to the files so that they become what a series of changes makes of them. What lies between,
 * such as an old file that is put back only to be moved away again, is left out.
 *
 * @throws PackageError when a change does not fit what is there, which means that the files have changed since it was
 *   decided on, or when it leads out of the home
 */
export async function fileActionsFor(
  changes: readonly HomeChange[],
  home: SandboxHome,
  delivered: HomeFiles,
  files: FileData,
  { folder, files: { traits } }: SandboxFolder,
): Promise<{ readonly actions: FileActions; readonly files: FileData }> {
  const paths = pathsOf(changes);
  const layers = await home.layers(paths);
  const own = await delivered.lookAt(paths);
  const fold = new Fold(
    new Map(paths.map((path, index) => [path, layers[index]!])),
    home.ledger,
    folder,
    traits,
  );
  for (const change of changes) fold.apply(change);
  return fold.result(new Map(paths.map((path, index) => [path, own[index]])), files);
}

/** All that is asked about files to make changes: what they are about, and the folders around it. */
function pathsOf(changes: readonly HomeChange[]): readonly string[] {
  const paths = new Set<string>();
  const add = (path: string) => {
    for (let plain = homePath(path) ?? ""; plain !== "" && !paths.has(plain); plain = parentPath(plain)) {
      paths.add(plain);
    }
  };
  for (const change of changes) {
    if ("path" in change) add(change.path);
    else {
      add(change.from);
      add(change.to);
    }
  }
  return [...paths];
}

/** Where the file at a path comes from. */
type Source =
  | { readonly kind: "gone" }
  | { readonly kind: "folder"; readonly mode: number; readonly isReal: boolean }
  | FileSource;

type FileSource =
  | { readonly kind: "content"; readonly content: FileContent; readonly mode: number }
  /** What really lay at `path` before. */
  | { readonly kind: "real"; readonly path: string; readonly mode: number }
  /** A file of the framework of which there is no copy. */
  | { readonly kind: "virtual"; readonly from: string; readonly mode: number };

class Fold {
  readonly #home: ReadonlyMap<string, Layers>;
  readonly #ledger: HomeLedger;
  readonly #folder: string;
  readonly #traits: FileSystemTraits;
  readonly #before = new Map<string, Source>();
  readonly #now = new Map<string, Source>();

  constructor(
    home: ReadonlyMap<string, Layers>,
    ledger: HomeLedger,
    folder: string,
    traits: FileSystemTraits,
  ) {
    this.#home = home;
    this.#ledger = ledger;
    this.#folder = folder;
    this.#traits = traits;
  }

  apply(change: HomeChange): void {
    switch (change.kind) {
      case "make-folder": {
        const path = this.#plain(change.path);
        const there = this.#at(path);
        if (there.kind === "folder") return;
        if (there.kind !== "gone") throw this.#changed(path);
        this.#now.set(path, { kind: "folder", mode: change.mode, isReal: false });
        return;
      }
      case "write": {
        const { content, mode } = change;
        this.#put(this.#plain(change.path), { kind: "content", content, mode });
        return;
      }
      case "move": {
        const from = this.#plain(change.from);
        const source = this.#fileAt(from);
        this.#put(this.#plain(change.to), source);
        if (this.#plain(change.to) !== from) this.#now.set(from, { kind: "gone" });
        return;
      }
      case "copy":
        this.#put(this.#plain(change.to), {
          ...this.#fileAt(this.#plain(change.from)),
          mode: change.mode,
        });
        return;
      case "delete": {
        const path = this.#plain(change.path);
        this.#fileAt(path);
        this.#now.set(path, { kind: "gone" });
        return;
      }
    }
  }

  result(delivered: Delivered, files: FileData): { readonly actions: FileActions; readonly files: FileData } {
    const slots = new Map<string, number>();
    for (const [path, now] of this.#now) {
      const before = this.#at(path, this.#before);
      const stays = now.kind === "real" && now.path === path && now.mode === modeOf(before);
      if (before.kind === "real" && !stays) slots.set(path, slots.size);
    }
    const folders = new Map<string, FolderAction>();
    const news: NewFile[] = [];
    const ledger = new Map(files.ledger);
    const modes = new Map(files.modes);
    for (const [path, now] of this.#now) {
      const stays = now.kind === "real" && now.path === path && !slots.has(path);
      if (stays) continue;
      modes.delete(path);
      if (now.kind === "folder") {
        if (!now.isReal) this.#makeFolder(path, now.mode, folders);
        continue;
      }
      setLedger(ledger, delivered, path, now);
      if (now.kind !== "content" && now.kind !== "real") continue;
      this.#makeFolder(parentPath(path), defaultFolderMode, folders);
      news.push({ path, mode: now.mode, source: sourceOf(now, slots) });
      if (diskMode(now.mode, this.#traits) !== now.mode) modes.set(path, now.mode);
    }
    return {
      actions: {
        takes: [...slots.keys()],
        folders: [...folders.values()].sort((a, b) => depth(a.path) - depth(b.path)),
        puts: [],
        news,
        removedFolders: [],
      },
      files: { ledger, modes },
    };
  }

  #put(path: string, source: Source): void {
    const there = this.#at(path);
    if (there.kind === "folder") throw this.#changed(path);
    this.#now.set(path, source);
  }

  #fileAt(path: string): FileSource {
    const source = this.#at(path);
    if (source.kind === "gone" || source.kind === "folder") throw this.#changed(path);
    return source;
  }

  #at(path: string, known = this.#now): Source {
    const source = known.get(path) ?? this.#before.get(path);
    if (source) return source;
    const found = this.#look(path);
    this.#before.set(path, found);
    return found;
  }

  #look(path: string): Source {
    const { real, framework } = this.#home.get(path) ?? nothing;
    const entry = real ?? framework;
    if (!entry) return { kind: "gone" };
    if (entry.kind === "other") throw this.#changed(path);
    if (entry.kind === "folder") return { kind: "folder", mode: entry.mode, isReal: real !== undefined };
    if (real) return { kind: "real", path, mode: entry.mode };
    const moved = this.#ledger.get(path);
    return { kind: "virtual", from: moved?.kind === "file" ? moved.origin : path, mode: entry.mode };
  }

  /** Makes sure that a folder is really there, with those around it. */
  #makeFolder(path: string, mode: number, folders: Map<string, FolderAction>): void {
    if (path === "" || folders.has(path)) return;
    const there = this.#at(path);
    if (there.kind === "folder" && there.isReal) return;
    // A file where a folder has to be: whoever planned this should have seen it.
    if (there.kind !== "folder" && there.kind !== "gone") throw this.#changed(path);
    this.#makeFolder(parentPath(path), defaultFolderMode, folders);
    folders.set(path, { path, mode: there.kind === "folder" ? there.mode : mode });
  }

  #plain(path: string): string {
    const plain = homePath(path);
    if (plain === undefined) throw new PackageError("sandbox-path-outside", { location: path });
    if (isTooLong(plain) || !fitsNames(plain, this.#traits)) {
      throw new PackageError("sandbox-name-invalid", { location: shortened(path) });
    }
    return plain;
  }

  #changed(path: string): PackageError {
    return new PackageError("sandbox-changed", { folder: this.#folder, location: path });
  }
}

const defaultFolderMode = 0o755;
const nothing: Layers = { real: undefined, framework: undefined };

/** What the framework has at each path before anything was done. */
type Delivered = ReadonlyMap<string, HomeEntry | undefined>;

function modeOf(source: Source): number | undefined {
  return source.kind === "gone" ? undefined : source.mode;
}

function depth(path: string): number {
  return path.split("/").length;
}

function sourceOf(source: Source, slots: ReadonlyMap<string, number>): NewSource {
  if (source.kind === "content") return { kind: "content", content: source.content };
  const { path } = source as Source & { readonly kind: "real" };
  const slot = slots.get(path);
  return slot === undefined ? { kind: "home", path } : { kind: "slot", slot };
}

function setLedger(ledger: Map<string, LedgerEntry>, delivered: Delivered, path: string, now: Source): void {
  const own = delivered.get(path);
  if (now.kind === "virtual") {
    const isAsDelivered = own?.kind === "file" && now.from === path && now.mode === own.mode;
    if (isAsDelivered) ledger.delete(path);
    else ledger.set(path, { kind: "file", origin: now.from, mode: now.mode });
  } else if (own) ledger.set(path, { kind: "gone" });
  else ledger.delete(path);
}

/**
 * The permission bits that a file of a sandbox is given. None may run as somebody else: what is in packages is
 * strangers' code. The owner may always read it, so that it can be moved aside and put back. What the package asks for is
 * kept beside, see `modes`.
 */
export function diskMode(mode: number, { hasPermissions }: FileSystemTraits): number {
  return hasPermissions ? (mode & 0o777) | 0o400 : 0o666;
}

/** As much of a path as somebody reads in a message. */
function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
