import type { FileContent } from "../host/file-content.ts";
import { memo } from "../text/memo.ts";
import { parentPath } from "./home-path.ts";

/** What is at one path below the home of a framework. Paths are relative to the home, with `/`. */
export type HomeEntry = HomeFile | HomeFolder | OtherEntry;

export interface HomeFile {
  readonly kind: "file";
  /** The permission bits, such as 0o644. */
  readonly mode: number;
  /**
   * "unknown" for a file of the framework of which only the name is known, "unreadable" for one that is there but
   * cannot be opened.
   */
  readonly content: FileContent | "unknown" | "unreadable";
}

export interface HomeFolder {
  readonly kind: "folder";
  readonly mode: number;
}

/** Nothing is ever written through one, nor read. */
export interface OtherEntry {
  readonly kind: "other";
  /** `special`: a device, a pipe or a socket. `outside`: a path that leads out of the home. */
  readonly what: "link" | "special" | "outside";
}

/**
 * The files of a system, asked for without waiting. An object is a snapshot as far as whoever made it keeps it one. Files
 * that have to be looked for are {@link HomeFiles}.
 */
export interface Home {
  /** Undefined when there is nothing. */
  entry(path: string): HomeEntry | undefined;
  /**
   * Whether a path belongs to the framework's own files: it is listed in the home's `ARCHIVE`. Undefined where there
   * is no such list; then the frameworks take no file for one of theirs.
   */
  isFrameworkFile(path: string): boolean | undefined;
  /** The names of what is directly in a folder, in no order; empty when there is no such folder. */
  list(folder: string): readonly string[];
}

/** Files that have to be looked for, such as those on a disk. Paths are those that {@link Home} is asked for. */
export interface HomeFiles extends Pick<Home, "isFrameworkFile"> {
  /**
   * What is at each of these paths, which may be thousands, in their order; undefined where there is nothing.
   *
   * @throws what keeps one of them from being looked at; whoever wants the others asks for each by itself
   */
  lookAt(paths: readonly string[]): Promise<readonly (HomeEntry | undefined)[]>;
  /** As {@link Home.list}. */
  list(folder: string): Promise<readonly string[]>;
}

/** Files that nobody has to wait for, for those who ask as if they had to. */
export function filesOf(home: Home): HomeFiles {
  return {
    lookAt: async (paths) => paths.map((path) => home.entry(path)),
    list: async (folder) => home.list(folder),
    isFrameworkFile: (path) => home.isFrameworkFile(path),
  };
}

/** The outermost folder on the way to a path that is none but something else; undefined when there is none such. */
export function blockerOf(home: Home, path: string): string | undefined {
  for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
    const folder = path.slice(0, slash);
    const entry = home.entry(folder);
    if (!entry) return undefined;
    if (entry.kind !== "folder") return folder;
  }
  return undefined;
}

/** One change to the files. Folders that are missing are made by a change of their own. */
export type HomeChange =
  | { readonly kind: "make-folder"; readonly path: string; readonly mode: number }
  /** Replaces what is there. */
  | { readonly kind: "write"; readonly path: string; readonly content: FileContent; readonly mode: number }
  /** Replaces what is at `to`. */
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  /** Replaces what is at `to`. The copy of a file does not have its permissions. */
  | { readonly kind: "copy"; readonly from: string; readonly to: string; readonly mode: number }
  | { readonly kind: "delete"; readonly path: string };

/**
 * The home as changes would leave it. The one below is only read, and must not change any more when it is one of
 * these itself: a stack of hundreds, one for each package, is kept in a few layers.
 */
export class ChangedHome implements Home {
  /** What lies below all changes. */
  readonly #base: Home;
  /** Earlier changes, oldest first; each layer is much larger than the one after it. */
  #layers: readonly Layer[];
  #changed = new Layer();
  /** Changes to this home that others may have as well, and that stay as they are. */
  readonly #shared: Layer[] = [];

  constructor(base: Home) {
    if (base instanceof ChangedHome) {
      this.#base = base.#base;
      this.#layers = addLayer(base.#layers, base.#changed);
    } else {
      this.#base = base;
      this.#layers = [];
    }
  }

  entry(path: string): HomeEntry | undefined {
    let entry = this.#changed.get(path);
    for (let index = this.#layers.length - 1; entry === undefined && index >= 0; index--) {
      entry = this.#layers[index]!.get(path);
    }
    return entry === undefined ? this.#base.entry(path) : (entry ?? undefined);
  }

  isFrameworkFile(path: string): boolean | undefined {
    return this.#base.isFrameworkFile(path);
  }

  list(folder: string): readonly string[] {
    const delivered = this.#base.list(folder);
    let names: Set<string> | undefined;
    for (const layer of [...this.#layers, this.#changed]) {
      for (const [name, path] of layer.namesIn(folder)) {
        names ??= new Set(delivered);
        if (layer.get(path) === null) names.delete(name);
        else names.add(name);
      }
    }
    return names ? [...names] : delivered;
  }

  apply(change: HomeChange): void {
    switch (change.kind) {
      case "make-folder":
        this.#changed.set(change.path, { kind: "folder", mode: change.mode });
        break;
      case "write":
        this.#changed.set(change.path, { kind: "file", mode: change.mode, content: change.content });
        break;
      case "move":
        this.#changed.set(change.to, this.entry(change.from) ?? null);
        this.#changed.set(change.from, null);
        break;
      case "copy": {
        const entry = this.entry(change.from) ?? null;
        this.#changed.set(change.to, entry?.kind === "file" ? { ...entry, mode: change.mode } : entry);
        break;
      }
      case "delete":
        this.#changed.set(change.path, null);
        break;
    }
  }

  /** The paths that were changed at any time, even if they are now as before, in order of their first change. */
  get changedPaths(): readonly string[] {
    return [...new Set([...this.#shared, this.#changed].flatMap((layer) => [...layer.paths()]))];
  }

  /**
   * What tells this home from others as long as only changes were made to it that others may have as well; undefined
   * where nothing does. Two homes with the same are the same.
   */
  get sameness(): object | undefined {
    if (this.#changed.size > 0) return undefined;
    let place: object = this.#base;
    for (const layer of this.#layers) place = placeOver(place).of(layer);
    return place;
  }

  /** The paths at which something else is than in another home that was made by changes to the same one. */
  unlike(other: ChangedHome): readonly string[] | undefined {
    if (this.#base !== other.#base) return undefined;
    const [own, others] = [this.#allLayers, other.#allLayers];
    const common = own.findIndex((layer, index) => layer !== others[index]);
    const layers = common < 0 ? others.slice(own.length) : [...own.slice(common), ...others.slice(common)];
    const paths = new Set<string>();
    for (const layer of layers) {
      for (const path of layer.paths()) {
        if (!areAlike(this.entry(path), other.entry(path))) paths.add(path);
      }
    }
    return [...paths];
  }

  get #allLayers(): readonly Layer[] {
    return this.#changed.size > 0 ? [...this.#layers, this.#changed] : this.#layers;
  }

  /** All changes so far, to be made once more to a home that is as this one was. */
  share(): SharedChanges {
    const changes = this.#changed;
    this.#changed = new Layer();
    this.makeAgain(changes);
    return changes;
  }

  makeAgain(changes: SharedChanges): void {
    const layer = changes as Layer;
    this.#layers = addLayer(this.#layers, layer);
    this.#shared.push(layer);
  }
}

/**
 * The paths at which something else is in one home than in another; undefined where nobody can tell without a look at
 * all, since they were not made by changes to the same one. Neither may change any more.
 */
export function unlikePaths(a: Home, b: Home): readonly string[] | undefined {
  if (a === b) return [];
  return a instanceof ChangedHome && b instanceof ChangedHome ? unlikeIn(a).to(b) : undefined;
}

const unlikeIn = memo((a: ChangedHome) => ({ to: memo((b: ChangedHome) => a.unlike(b)) }));

function areAlike(a: HomeEntry | undefined, b: HomeEntry | undefined): boolean {
  if (a === b) return true;
  if (a?.kind === "file") return b?.kind === "file" && a.mode === b.mode && a.content === b.content;
  return a?.kind === "folder" && b?.kind === "folder" && a.mode === b.mode;
}

/** Changes to a home. Nobody looks into them. */
export interface SharedChanges {
  readonly size: number;
}

/** Changes by path. */
class Layer implements SharedChanges {
  readonly #entries: Map<string, HomeEntry | null>;
  /** Folder -> name of what was changed in it -> its path. Made when somebody lists a second folder. */
  #folders: Map<string, Map<string, string>> | undefined;
  #wasListed = false;

  constructor(entries: Iterable<readonly [string, HomeEntry | null]> = []) {
    this.#entries = new Map(entries);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Null for what is gone, undefined for what was not changed. */
  get(path: string): HomeEntry | null | undefined {
    return this.#entries.get(path);
  }

  set(path: string, entry: HomeEntry | null): void {
    if (this.#folders && !this.#entries.has(path)) addName(this.#folders, path);
    this.#entries.set(path, entry);
  }

  paths(): Iterable<string> {
    return this.#entries.keys();
  }

  /** What was changed directly in a folder: name -> path. */
  namesIn(folder: string): ReadonlyMap<string, string> {
    if (!this.#folders && !this.#wasListed) {
      this.#wasListed = true;
      return this.#namesBelow(folder === "" ? "" : `${folder}/`);
    }
    if (!this.#folders) {
      this.#folders = new Map();
      for (const path of this.#entries.keys()) addName(this.#folders, path);
    }
    return this.#folders.get(folder) ?? noNames;
  }

  #namesBelow(prefix: string): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const path of this.#entries.keys()) {
      if (path.startsWith(prefix) && !path.includes("/", prefix.length)) {
        names.set(path.slice(prefix.length), path);
      }
    }
    return names;
  }

  /** This layer with a later one over it, the same for the same. For layers that do not change any more. */
  readonly under = memo((later: Layer): Layer => {
    const both = new Layer(this.#entries);
    for (const [path, entry] of later.#entries) both.#entries.set(path, entry);
    return both;
  });
}

/** Tells stacks of layers apart: the same layers over the same have one place. */
const placeOver = memo((_below: object) => ({ of: memo((_layer: Layer): object => ({})) }));

const noNames: ReadonlyMap<string, string> = new Map();

function addName(folders: Map<string, Map<string, string>>, path: string): void {
  const folder = parentPath(path);
  const name = folder === "" ? path : path.slice(folder.length + 1);
  const names = folders.get(folder);
  if (names) names.set(name, path);
  else folders.set(folder, new Map([[name, path]]));
}

/** Puts a layer on top. Layers that are not much larger than the one above are joined with it, so that few stay. */
function addLayer(layers: readonly Layer[], layer: Layer): readonly Layer[] {
  if (layer.size === 0) return layers;
  const stack = [...layers];
  let top = layer;
  for (let below = stack.at(-1); below && below.size < 4 * top.size; below = stack.at(-1)) {
    top = below.under(top);
    stack.pop();
  }
  return [...stack, top];
}
