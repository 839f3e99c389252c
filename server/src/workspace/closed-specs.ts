import { type BaseFolderSettings, baseFolderOf } from "../configuration/base-folder.ts";
import { isIgnored, isNoPackageFolder, isSpecName } from "../configuration/passed-over.ts";
import { familyOfIndex } from "../dialect/products.ts";
import { type KnownWorld, kindOfDocument, knownDocumentsAt } from "../engine/find-known-documents.ts";
import { type LintSettings, lintContext, lintInSteps } from "../engine/lint.ts";
import { type KnownDocument, knownSizes, readKnownInSteps } from "../engine/read-known-packages.ts";
import { readNames } from "../engine/read-names.ts";
import type { Simulation } from "../engine/simulate.ts";
import { mayBeSimulated } from "../engine/simulation-excerpt.ts";
import { type SurroundingWorld, surroundingsOf } from "../engine/surroundings.ts";
import type { TaggedSpec } from "../engine/tagged-packages.ts";
import { type FileBadges, fileBadges, noBadges } from "../features/file-badges.ts";
import type { NamedDocumentKind } from "../features/known-symbols.ts";
import { FolderCache } from "../host/folder-cache.ts";
import { type FolderFacts, readableSize } from "../host/folder-facts.ts";
import type { Paths } from "../host/paths.ts";
import type { ReadFile } from "../host/workspace-disk.ts";
import type { World } from "../host/world.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { specOf } from "../model/package-spec.ts";
import type { DatabaseKind } from "../protocol/databases.ts";
import type { Finding, SimulatedReport } from "../rules/rule.ts";
import type { Steps } from "../rules/steps.ts";
import { namedFileKind } from "../symbols/file-symbols.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import type { SourceText } from "../text/source-text.ts";
import { ListedFiles } from "./listed-files.ts";
import type { Neighbours } from "./neighbours.ts";
import { SpecPlaces } from "./spec-places.ts";

/** Milliseconds of checking after which others get their turn. */
const turn = 10;

/** The most that is read and checked unasked. */
export interface WorkspaceLimits {
  readonly specs: number;
  /** Archives that are read so that their packages are known. */
  readonly archives: number;
  readonly folders: number;
  /** Of one spec, in bytes. */
  readonly size: number;
}

export const workspaceLimits: WorkspaceLimits = {
  specs: 10_000,
  archives: 1_000,
  folders: 50_000,
  size: 4_000_000,
};

/** How one spec is checked. */
export type SpecSettings = Pick<
  CheckedFolder,
  "lint" | "databases" | "upgradesSince" | keyof BaseFolderSettings
>;

/** A workspace folder, and whether and how its closed specs are checked. */
export interface CheckedFolder extends BaseFolderSettings {
  /** Absolute. */
  readonly path: string;
  readonly lint: LintSettings;
  /** The databases that packages are tried on; empty for none. */
  readonly databases: readonly DatabaseKind[];
  /** The first released version that upgrades are tried from; empty for all. */
  readonly upgradesSince: string;
  /** What somebody says of settings before all configurations, as text; what holds for some specs changes with it. */
  readonly said?: string;
  /** What holds for a spec in it where configurations say something else; absent where they say nothing. */
  readonly settingsOf?: (spec: string) => Promise<SpecSettings>;
  /** False when none of those that belong to this folder are checked. */
  readonly isChecked: boolean;
  /** Where no specs are looked for, as {@link isIgnored} takes it. */
  readonly ignoredFolders: readonly string[];
  /** Absolute paths of packages beside those of the workspace. */
  readonly knownPackages: readonly string[];
}

/** Something on disk that has come, gone or changed: a file or a whole folder. */
export interface FileChange {
  readonly path: string;
  readonly kind: "created" | "changed" | "deleted";
}

/** What is known of a closed spec. */
export type ClosedSpecOutcome =
  | {
      readonly kind: "checked";
      readonly source: SourceText;
      readonly findings: readonly Finding[];
      readonly badges: FileBadges;
      /** Where its files are, as an absolute path. */
      readonly baseFolder: string;
    }
  | { readonly kind: "too-large" }
  | { readonly kind: "unreadable"; readonly reason: string }
  /** It was deleted, or nobody wants to know of it any more. */
  | { readonly kind: "gone" };

/** What the checks of closed specs ask of the world. */
export type ClosedSpecsWorld = SurroundingWorld & Pick<World, "disk" | "packageDisk">;

/** When closed specs are checked, and who is told of them. */
export interface ClosedSpecsListener {
  /** Milliseconds since any time. */
  readonly milliseconds: () => number;
  /** Ends when everybody else had a turn. */
  readonly pause: () => Promise<void>;
  /** The result of some work of the disk; undefined when it does not come in time. */
  readonly inTime: <T>(work: Promise<T>) => Promise<T | undefined>;
  readonly tell: (path: string, outcome: ClosedSpecOutcome) => void;
  /** The index of a repository was found, or has changed. Absent where nobody checks indexes. */
  readonly foundIndex?: (path: string) => void;
  /**
   * Finds out which versions of specs tags have released, before they are checked. Absent where nobody may be asked yet.
   */
  readonly learnTags?: ((specs: readonly TaggedSpec[]) => Promise<void>) | undefined;
  /** There is more than the limits allow; it is told once for each set of folders. */
  readonly tellLimit: (limits: WorkspaceLimits) => void;
  readonly fail: (error: unknown) => void;
  /** Whether somebody tells of files that change; without, {@link ClosedSpecs.look} finds them. */
  readonly isTold: () => boolean;
  /** Nothing is left to do. */
  readonly rest: () => void;
}

/**
 * Finds the specs in the folders of a workspace and checks those that are not open, one after the other and a few
 * milliseconds at a time. Nothing is kept of a spec but its path, and nothing is done while nothing changes.
 */
export class ClosedSpecs {
  readonly #world: ClosedSpecsWorld;
  readonly #listener: () => ClosedSpecsListener;
  readonly #limits: WorkspaceLimits;
  #folders: readonly CheckedFolder[] = [];
  readonly #specs = new SpecPlaces();
  /** What held for specs when they were checked last. */
  readonly #settings = new Map<string, SpecSettings>();
  /** The specs whose files lie elsewhere, by the folder that they lie in. */
  readonly #bases = new SpecPlaces();
  /** The specs whose files may lie elsewhere, by the folder in which they were looked for. */
  readonly #around = new SpecPlaces();
  readonly #open = new Set<string>();
  readonly #toSearch = new Set<string>();
  readonly #toCheck = new Set<string>();
  /** The documents whose packages are to be known, before any spec is checked. */
  readonly #toLearn = new Map<string, KnownDocument>();
  /** The names of the packages whose tags are to be known, by the paths of their specs. */
  readonly #toAsk = new Map<string, string>();
  readonly #neighbours: Neighbours;
  /** The files of specs whose names are known as well. */
  readonly #listed = new ListedFiles((file) => this.#neighbours.names.forget(file));
  /** Those who wait until all names are known. */
  readonly #waiting: (() => void)[] = [];
  #isConfigured = false;
  /** True while a folder is searched or a document read whose names will be known. */
  #isLearning = false;
  /** What the settings name, with the documents that were found there; undefined before somebody has looked. */
  readonly #named = new Map<string, ReadonlySet<string> | undefined>();
  /** The archives that were found in the folders, open or not. */
  readonly #archives = new SpecPlaces();
  #changes: FileChange[] = [];
  /** How the folders and specs were when they were looked at, where nobody tells of changes. */
  readonly #stamps = new Map<string, string | undefined>();
  /** Folders since the last rest. */
  #searched = 0;
  #limitTold = false;
  #running: Promise<void> | undefined;
  /** The files of the package that was checked last: specs of one folder come one after the other. */
  #lastFiles: { readonly baseFolder: string; readonly cache: FolderCache } | undefined;

  /** @param neighbours hears of all packages that are found */
  constructor(
    world: ClosedSpecsWorld,
    listener: () => ClosedSpecsListener,
    neighbours: Neighbours,
    limits = workspaceLimits,
  ) {
    this.#world = world;
    this.#listener = listener;
    this.#neighbours = neighbours;
    this.#limits = limits;
  }

  /** True while there is something to do. */
  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Ends when all names are known that are on the disk, as far as it answers. */
  async namesRead(): Promise<void> {
    while (this.#isReading) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  get #isReading(): boolean {
    const waiting = [this.#changes.length, this.#toSearch.size, this.#toLearn.size];
    return (
      !this.#isConfigured || this.#isLearning || waiting.some((count) => count > 0) || this.#listed.isWaiting
    );
  }

  #tellRead(): void {
    if (!this.#isReading) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** The specs that were found so far, open or not, as absolute paths. */
  get paths(): readonly string[] {
    return this.#specs.all();
  }

  /** Ends when nothing is left to do. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /**
   * Checks the specs of these folders from now on, and no others; each belongs to the innermost that it lies in. Folders
   * that stay as they are stay checked.
   */
  configure(folders: readonly CheckedFolder[]): void {
    const before = new Map(this.#folders.map((folder) => [folder.path, JSON.stringify(folder)]));
    const changed = folders.filter((folder) => before.get(folder.path) !== JSON.stringify(folder));
    this.#isConfigured = true;
    if (changed.length === 0 && folders.length === this.#folders.length) {
      this.#tellRead();
      return;
    }
    this.#name(new Set(folders.flatMap(({ knownPackages }) => knownPackages)));
    this.#folders = folders;
    this.#settings.clear();
    this.#searched = 0;
    this.#limitTold = false;
    const settled = new Set(folders.filter((folder) => changed.length > 0 && !changed.includes(folder)));
    for (const path of [...this.#stamps.keys()]) {
      // What belongs to other settings now is searched anew.
      const [inner] = this.#ownersOf(path);
      if (!inner || !settled.has(inner.owner)) this.#stamps.delete(path);
    }
    for (const path of this.#specs.all()) {
      // The way to it may start at another folder now.
      if (this.#isCovered(path)) this.#specs.add(path, this.#wayTo(path));
      else this.#forget(path);
    }
    for (const path of this.#archives.all()) {
      if (this.#isCovered(path)) this.#archives.add(path, this.#wayTo(path));
      else if (this.#isNamed(path)) this.#archives.delete(path);
      else this.#forgetArchive(path);
    }
    // A folder that has gone may have had another one around it, to which its specs belong now.
    const looked = before.size > 0 && changed.length === 0 ? folders : changed;
    for (const { path, isChecked } of looked) if (isChecked) this.#toSearch.add(path);
    this.#start();
  }

  /** An open document is not checked here. */
  opened(path: string): void {
    this.#open.add(path);
    this.#toCheck.delete(path);
    this.#toLearn.delete(path);
  }

  /** The file on disk counts again; true when it is one that is checked here. */
  closed(path: string): boolean {
    this.#open.delete(path);
    const kind = kindOfDocument(this.#world.paths.basename(path));
    if (kind === "archive" && this.#isCovered(path)) this.#addArchive(path);
    const isLearned = this.#specs.has(path) || this.#archives.has(path) || this.#isNamed(path);
    if (kind && isLearned) this.#toLearn.set(path, { kind, path });
    else {
      this.#neighbours.forget(path);
      this.#listed.list(path, new Set());
    }
    if (this.#specs.has(path)) this.#toCheck.add(path);
    if (this.#toLearn.size > 0 || this.#neighbours.isToPass) this.#start();
    return this.#specs.has(path);
  }

  /**
   * Takes the files that a spec lists, as far as their names are to be known; the others are passed over.
   *
   * @param baseFolder the absolute path of the folder that they are in
   */
  list(spec: string, baseFolder: string, files: Iterable<string>): void {
    const { join, below } = this.#world.paths;
    const listed = new Set<string>();
    for (const path of files) {
      const file = namedFileKind(path) && join(baseFolder, path);
      if (file && below(baseFolder, file)) listed.add(file);
    }
    this.#listed.list(spec, listed);
    if (this.#listed.isWaiting) this.#start();
  }

  /** Checks a spec once more, for somebody who asks; false when it is not one that is checked here. */
  checkAgain(path: string): boolean {
    this.#check(path);
    if (!this.#toCheck.has(path)) return false;
    this.#start();
    return true;
  }

  /** Checks all specs in a folder and below once more, as when something else holds there. */
  checkBelow(folder: string): void {
    for (const spec of this.#specs.below(folder)) this.#check(spec);
    if (this.#toCheck.size > 0) this.#start();
  }

  changed(changes: readonly FileChange[]): void {
    for (const change of changes) this.#changes.push(change);
    if (this.#changes.length > 0) this.#start();
  }

  /**
   * Looks at all folders and specs for what has changed, where nobody tells of that; true when something has. Nothing
   * is read that is as it was.
   */
  async look(): Promise<boolean> {
    if (this.#listener().isTold() || this.isBusy) return false;
    const paths = [...this.#stamps.keys()];
    const changes: FileChange[] = [];
    for (let start = 0; start < paths.length; start += looksAtOnce) {
      const some = paths.slice(start, start + looksAtOnce);
      const stamps = await this.#listener().inTime(
        Promise.all(some.map((path) => this.#world.disk.stampOf(path))),
      );
      stamps?.forEach((stamp, index) => {
        const path = some[index]!;
        if (stamp === this.#stamps.get(path)) return;
        if (stamp === undefined) this.#stamps.delete(path);
        else this.#stamps.set(path, stamp);
        // What has come into a folder is found by searching it.
        changes.push({ path, kind: stamp === undefined ? "deleted" : "created" });
      });
    }
    this.changed(changes);
    return changes.length > 0;
  }

  async #remember(path: string): Promise<void> {
    if (this.#listener().isTold()) return;
    this.#stamps.set(path, await this.#listener().inTime(this.#world.disk.stampOf(path)));
  }

  #take({ path, kind }: FileChange): void {
    const [inner, ...others] = this.#ownersOf(path);
    if (!inner || inner.names.some(isNoPackageFolder)) return;
    if (kind === "deleted") {
      for (const spec of this.#specs.below(path)) this.#forget(spec);
      for (const archive of this.#archivesBelow(path)) this.#forgetArchive(archive);
    }
    // The files of a package lie below its spec, or in the folder that the settings name.
    const outer = others.at(-1) ?? inner;
    const places = kind === "changed" ? [this.#specs, this.#bases] : [this.#specs, this.#bases, this.#around];
    for (const folder of foldersOnTheWay(this.#world.paths, outer.owner.path, outer.names)) {
      for (const place of places) for (const spec of place.beside(folder)) this.#check(spec);
    }
    for (const spec of this.#bases.below(path)) this.#check(spec);
    this.#listed.changed(path);
    if (kind === "deleted") return;
    const name = inner.names.at(-1);
    if (name !== undefined && isSpecName(name)) {
      if (this.#isCovered(path)) this.#add(path);
    } else if (name !== undefined && isArchiveName(name)) {
      if (this.#isCovered(path)) this.#addArchive(path);
    } else if (name !== undefined && familyOfIndex(name)) {
      if (this.#isCovered(path)) this.#listener().foundIndex?.(path);
    } else if (kind === "created" && this.#isSearched(path)) this.#toSearch.add(path);
  }

  #add(path: string): void {
    if (!this.#specs.has(path) && this.#specs.size >= this.#limits.specs) this.#tellLimit();
    else {
      this.#specs.add(path, this.#wayTo(path));
      if (!this.#open.has(path)) this.#toLearn.set(path, { kind: "spec", path });
      this.#check(path);
    }
  }

  #addArchive(path: string): void {
    if (!this.#archives.has(path) && this.#archives.size >= this.#limits.archives) return;
    this.#archives.add(path, this.#wayTo(path));
    if (!this.#open.has(path)) this.#toLearn.set(path, { kind: "archive", path });
  }

  /** Those that the settings name may lie where no others are looked for. */
  #archivesBelow(path: string): ReadonlySet<string> {
    const { below } = this.#world.paths;
    const named = [...this.#named.values()].flatMap((documents) => [...(documents ?? [])]);
    const gone = named.filter((each) => isArchiveName(each) && below(path, each) !== undefined);
    return new Set([...this.#archives.below(path), ...gone]);
  }

  #forgetArchive(path: string): void {
    this.#archives.delete(path);
    this.#toLearn.delete(path);
    if (!this.#open.has(path)) this.#neighbours.forget(path);
  }

  /** Takes what the settings name in place of what they have named before. */
  #name(named: ReadonlySet<string>): void {
    for (const [path, documents] of [...this.#named]) {
      if (named.has(path)) continue;
      this.#named.delete(path);
      for (const each of documents ?? []) {
        const isFound = this.#specs.has(each) || this.#archives.has(each);
        if (!this.#open.has(each) && !isFound && !this.#isNamed(each)) this.#neighbours.forget(each);
      }
    }
    for (const path of named) if (!this.#named.has(path)) this.#named.set(path, undefined);
  }

  #isNamed(document: string): boolean {
    return [...this.#named.values()].some((documents) => documents?.has(document));
  }

  async #searchNamed(path: string): Promise<void> {
    this.#named.set(path, new Set());
    const found = new Set<string>();
    for await (const document of knownDocumentsAt(path, this.#patientWorld())) {
      found.add(document.path);
      if (!this.#open.has(document.path)) this.#toLearn.set(document.path, document);
      if (found.size % 100 === 0) await this.#listener().pause();
    }
    if (this.#named.has(path)) this.#named.set(path, found);
  }

  async #learning(work: Promise<void>): Promise<void> {
    this.#isLearning = true;
    await work.finally(() => {
      this.#isLearning = false;
    });
  }

  async #learn(document: KnownDocument): Promise<void> {
    const { path, kind } = document;
    this.#toLearn.delete(path);
    const file = await this.#patientWorld().disk.read(path, knownSizes[kind]);
    const isWanted = () => !this.#open.has(path);
    if (!isWanted()) return;
    const packages =
      file.kind === "read" ? await this.#inTurns(readKnownInSteps(document, file.bytes), isWanted) : [];
    if (!packages) return;
    this.#neighbours.read(document, packages);
    if (kind === "index") this.#neighbours.names.forget(path);
    else this.#takeNames(path, kind, file);
    const owner = kind === "spec" ? this.#ownersOf(path)[0]?.owner : undefined;
    const [known] = packages;
    if (owner && known) this.#toAsk.set(path, known.name);
    if (owner && known) this.list(path, this.#baseFolderOf(path, owner), known.files.paths());
    else this.#listed.list(path, new Set());
  }

  /** Whoever keeps us waiting is heard later: what has come to be known by then is passed on. */
  async #learnTags(): Promise<void> {
    const { learnTags, inTime } = this.#listener();
    const specs = [...this.#toAsk].map(([path, name]) => ({ path, name }));
    this.#toAsk.clear();
    await inTime(learnTags!(specs));
  }

  async #learnFile(path: string): Promise<void> {
    const kind = path.endsWith(".pm") ? "perl" : "settings";
    await this.#remember(path);
    const file = await this.#patientWorld().disk.read(path, readableSize);
    if (this.#listed.has(path)) this.#takeNames(path, kind, file);
  }

  #takeNames(path: string, kind: NamedDocumentKind, file: ReadFile): void {
    const { names } = this.#neighbours;
    if (file.kind !== "read") {
      names.forget(path);
      return;
    }
    const { symbols, text, isAsEdited } = readNames(kind, file.bytes);
    names.read(path, kind, symbols, text, isAsEdited ? file.stamp : undefined);
  }

  /** A disk that does not answer in time has nothing. */
  #patientWorld(): KnownWorld {
    const { disk, paths } = this.#world;
    const { inTime } = this.#listener();
    return {
      paths,
      disk: {
        list: (folder) => inTime(disk.list(folder)),
        read: async (path, limit) => (await inTime(disk.read(path, limit))) ?? { kind: "missing" },
        stampOf: (path) => inTime(disk.stampOf(path)),
      },
    };
  }

  #check(path: string): void {
    if (this.#specs.has(path) && !this.#open.has(path)) this.#toCheck.add(path);
  }

  #forget(path: string): void {
    for (const places of [this.#specs, this.#bases, this.#around]) places.delete(path);
    this.#stamps.delete(path);
    this.#settings.delete(path);
    this.#toAsk.delete(path);
    this.#toCheck.delete(path);
    this.#toLearn.delete(path);
    if (this.#open.has(path)) return;
    this.#listed.list(path, new Set());
    if (!this.#isNamed(path)) this.#neighbours.forget(path);
    this.#listener().tell(path, { kind: "gone" });
  }

  #tellLimit(): void {
    if (!this.#limitTold) this.#listener().tellLimit(this.#limits);
    this.#limitTold = true;
  }

  /** The folders that a path lies in, the innermost first, and how it is reached from each. */
  #ownersOf(path: string): readonly Owned[] {
    return this.#folders
      .flatMap((owner) => {
        const names = this.#world.paths.below(owner.path, path);
        return names ? [{ owner, names }] : [];
      })
      .sort((a, b) => a.names.length - b.names.length);
  }

  /** The folders on the way to a spec, from the outermost that is checked on. */
  #wayTo(spec: string): readonly string[] {
    const outer = this.#ownersOf(spec).at(-1)!;
    return foldersOnTheWay(this.#world.paths, outer.owner.path, outer.names.slice(0, -1));
  }

  /** Remembers that a spec depends on what is in a folder; of folders that are not watched nothing is heard. */
  #depend(places: SpecPlaces, spec: string, folder: string | undefined): void {
    const outer = folder === undefined ? undefined : this.#ownersOf(folder).at(-1);
    if (!outer) places.delete(spec);
    else places.add(spec, foldersOnTheWay(this.#world.paths, outer.owner.path, outer.names));
  }

  #isSearched(folder: string): boolean {
    const owners = this.#ownersOf(folder);
    if (!owners[0]?.owner.isChecked) return false;
    return owners.some(({ owner, names }) => owner.isChecked && !isIgnored(owner.ignoredFolders, names));
  }

  /** Whether files are checked that lie where this one does. */
  covers(path: string): boolean {
    return this.#isCovered(path);
  }

  #isCovered(spec: string): boolean {
    return this.#isSearched(this.#world.paths.resolve(spec, ".."));
  }

  /** Where the files of a spec are, as an absolute path; undefined for one that lies in no folder of the workspace. */
  baseFolderOf(spec: string): string | undefined {
    const owner = this.#ownersOf(spec)[0]?.owner;
    return owner && this.#baseFolderOf(spec, owner);
  }

  #baseFolderOf(spec: string, owner: CheckedFolder): string {
    return baseFolderOf(spec, this.#settings.get(spec) ?? owner, owner.path, this.#world.paths);
  }

  #start(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
      this.#lastFiles = undefined;
      this.#searched = 0;
      this.#listener().rest();
    });
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#tellRead();
      await this.#listener().pause();
      try {
        const folder = first(this.#toSearch);
        const [named] = [...this.#named].find(([, documents]) => documents === undefined) ?? [];
        const document = first(this.#toLearn.values());
        const spec = first(this.#toCheck);
        if (this.#changes.length > 0) this.#takeSome();
        else if (folder !== undefined) await this.#learning(this.#search(folder));
        else if (named !== undefined) await this.#learning(this.#searchNamed(named));
        else if (document !== undefined) await this.#learning(this.#learn(document));
        else if (this.#toAsk.size > 0 && this.#listener().learnTags) await this.#learnTags();
        else if (this.#neighbours.isToPass) this.#neighbours.pass();
        else if (this.#listed.isWaiting) await this.#learning(this.#learnFile(this.#listed.next()!));
        else if (spec !== undefined) await this.#checkOne(spec);
        else return;
      } catch (error) {
        // One spec that makes a rule throw keeps nobody from checking the others.
        this.#listener().fail(error);
      }
    }
  }

  #takeSome(): void {
    this.#lastFiles = undefined;
    const end = this.#listener().milliseconds() + turn;
    let taken = 0;
    while (taken < this.#changes.length && this.#listener().milliseconds() < end)
      this.#take(this.#changes[taken++]!);
    this.#changes = this.#changes.slice(taken);
  }

  async #search(folder: string): Promise<void> {
    this.#toSearch.delete(folder);
    if (this.#searched >= this.#limits.folders) {
      this.#tellLimit();
      return;
    }
    this.#searched++;
    await this.#remember(folder);
    const entries = (await this.#listener().inTime(this.#world.disk.list(folder))) ?? [];
    // Nobody may want to know of it any more.
    if (!this.#isSearched(folder)) {
      this.#stamps.delete(folder);
      return;
    }
    for (const { name, path, kind } of entries) {
      // One that was searched and has changed is searched for itself.
      if (kind === "folder" && !this.#stamps.has(path) && this.#isSearched(path)) this.#toSearch.add(path);
      else if (kind === "file" && isSpecName(name)) this.#add(path);
      else if (kind === "file" && isArchiveName(name)) this.#addArchive(path);
      else if (kind === "file" && familyOfIndex(name)) this.#listener().foundIndex?.(path);
    }
  }

  async #checkOne(path: string): Promise<void> {
    this.#toCheck.delete(path);
    const owner = this.#ownersOf(path)[0]?.owner;
    if (!owner) return;
    const isWanted = () =>
      this.#specs.has(path) &&
      !this.#open.has(path) &&
      !this.#toCheck.has(path) &&
      this.#folders.includes(owner);
    await this.#remember(path);
    const read = this.#world.disk.read(path, this.#limits.size);
    const file = (await this.#listener().inTime(read)) ?? late;
    if (!isWanted()) return;
    if (file.kind === "missing") this.#forget(path);
    else if (file.kind !== "read") this.#listener().tell(path, file);
    else await this.#checkBytes(path, file.bytes, owner, isWanted);
  }

  async #checkBytes(
    path: string,
    bytes: Uint8Array,
    owner: CheckedFolder,
    isWanted: () => boolean,
  ): Promise<void> {
    const { paths } = this.#world;
    const { inTime } = this.#listener();
    const settings = (owner.settingsOf && (await inTime(owner.settingsOf(path)))) ?? owner;
    if (!isWanted()) return;
    this.#settings.set(path, settings);
    const base = this.#baseFolderOf(path, owner);
    this.#depend(this.#bases, path, base === paths.dirname(path) ? undefined : base);
    const cache = await inTime(this.#filesIn(base));
    if (!isWanted()) return;
    if (!cache) {
      this.#lastFiles = undefined;
      this.#listener().tell(path, late);
      return;
    }
    const { text, problem } = decodeText(bytes);
    const tree = SyntaxTree.parse(text);
    const spec = specOf(tree);
    let findings: readonly Finding[] | undefined;
    let badges = noBadges;
    let previous: FolderFacts | undefined;
    let simulation: Simulation | undefined;
    while (previous !== cache.facts) {
      previous = cache.facts;
      const others = this.#neighbours.known.beside(path);
      const origin = { path, folder: previous, decodingProblem: problem, others };
      const surroundings = surroundingsOf(origin, this.#world);
      const chosen = lintContext(spec, settings.lint, surroundings);
      let simulated: readonly SimulatedReport[] | undefined = [];
      if (settings.databases.length > 0 && mayBeSimulated(spec, chosen)) {
        simulation ??= await this.#newSimulation();
        const { databases, upgradesSince } = settings;
        const trying = simulation.run(spec, chosen, databases, others, upgradesSince);
        simulated = await this.#inTurns(trying, isWanted);
        if (!simulated) return;
      }
      const steps = lintInSteps(spec, settings.lint, surroundings, chosen, simulated);
      findings = await this.#inTurns(steps, isWanted);
      if (!findings) return;
      badges = fileBadges({ spec, context: chosen.context });
      await inTime(cache.refresh());
      if (!isWanted()) return;
    }
    this.#depend(this.#around, path, cache.looksAround ? paths.dirname(base) : undefined);
    this.#listener().tell(path, {
      kind: "checked",
      source: tree.source,
      findings: findings ?? [],
      badges,
      baseFolder: base,
    });
  }

  /** What plans operations is loaded for those who want it. */
  async #newSimulation(): Promise<Simulation> {
    const { Simulation } = await import("../engine/simulate.ts");
    return new Simulation(this.#world.knowledge.knowledgeFor);
  }

  async #filesIn(baseFolder: string): Promise<FolderCache> {
    if (this.#lastFiles?.baseFolder === baseFolder) return this.#lastFiles.cache;
    const cache = new FolderCache(this.#world.packageDisk(baseFolder));
    this.#lastFiles = { baseFolder, cache };
    await cache.prepare();
    return cache;
  }

  /** The result of some work; undefined when nobody wants it any more. */
  async #inTurns<T>(steps: Steps<T>, isWanted: () => boolean): Promise<T | undefined> {
    const { milliseconds, pause } = this.#listener();
    let end = milliseconds() + turn;
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (milliseconds() < end) continue;
      await pause();
      if (!isWanted()) return undefined;
      end = milliseconds() + turn;
    }
  }
}

/** Files and folders that are looked at together. */
const looksAtOnce = 64;

/** What is told of a spec whose disk does not answer. */
const late = { kind: "unreadable", reason: "ETIMEDOUT" } as const;

/** A folder that something lies in. */
interface Owned {
  readonly owner: CheckedFolder;
  /** The names that lead there from the folder on. */
  readonly names: readonly string[];
}

/** A folder and those that one comes through from there, the last one included. */
function foldersOnTheWay(
  { resolve }: Pick<Paths, "resolve">,
  folder: string,
  names: readonly string[],
): readonly string[] {
  const folders = [folder];
  for (const name of names) folders.push(resolve(folders.at(-1)!, name));
  return folders;
}

function first<T>(some: Iterable<T>): T | undefined {
  for (const each of some) return each;
  return undefined;
}
