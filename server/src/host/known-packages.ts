import type { FrameworkRange } from "../model/framework-range.ts";
import type { PackageShape } from "../model/package-shape.ts";
import type { Requirement } from "../model/requirements.ts";
import { once } from "../text/once.ts";
import type { LineColumn } from "../text/source-text.ts";

/** A place in the document of a known package. Lines and columns count from 0. */
export interface KnownPlace {
  readonly start: LineColumn;
  readonly end: LineColumn;
}

export interface KnownRequirement extends Requirement {
  /** Undefined for one without a version, which none is good enough for. */
  readonly version: string | undefined;
  readonly place: KnownPlace;
}

export interface KnownMerge {
  readonly name: string;
  readonly target: string | undefined;
  readonly place: KnownPlace;
}

/** The files that a known package installs, by their paths with single slashes. */
export interface KnownFiles {
  /** The same object means the same files. */
  readonly list: object;
  paths(): Iterable<string>;
  has(path: string): boolean;
  /** At least those paths that another one does not have: those of two versions of a spec are found without a look at all. */
  pathsBeside(other: KnownFiles): Iterable<string>;
  /** Where a file is listed; undefined for one that is not. */
  placeOf(path: string): KnownPlace | undefined;
}

/** The sections of a package that make something of a system, kept so that nothing has to be read twice. */
export interface KnownSections {
  /** About what they take, in bytes. */
  readonly size: number;
  /**
   * As a spec of their own, without those of merges: of what was released code, databases and the change log, of a spec
   * databases alone.
   */
  text(): string;
}

/** One version of a package, as far as it matters to others. */
export interface KnownPackage {
  /**
   * A spec, open or on the disk; an archive; a spec that a tag has released; or an entry of an index, which tells nothing of
   * files and merges.
   */
  readonly kind: "spec" | "archive" | "tag" | "index";
  /** The absolute path of the spec, the archive or the index; of a tag a text that leads nowhere. */
  readonly document: string;
  /** The name of the tag; absent for other kinds. */
  readonly tag?: string | undefined;
  readonly name: string;
  /** Empty for a spec without. */
  readonly version: string;
  readonly frameworks: readonly FrameworkRange[];
  readonly required: readonly KnownRequirement[];
  readonly merged: readonly KnownMerge[];
  readonly files: KnownFiles;
  /** Absent for an index, for a spec that is open, and for more of them than are kept. */
  readonly sections?: KnownSections | undefined;
  /** What its sections come to, found out when it is first asked for; undefined where they are not known. */
  shape(): PackageShape | undefined;
  /** Where its name stands. */
  readonly place: KnownPlace;
}

/** Whether systems may have it: it was packed, or a tag says that it was released. */
export function isReleased({ kind }: Pick<KnownPackage, "kind">): boolean {
  return kind === "archive" || kind === "tag";
}

/**
 * The packages that are known beside the one that is checked. The same object means that nothing of them has changed
 * but places.
 */
export interface OtherPackages {
  /** All versions known of a name, in no order. */
  named(name: string): readonly KnownPackage[];
  /** Those whose names differ from this one in letter case alone. */
  spelledOtherwise(name: string): readonly KnownPackage[];
  /** Those that list a file at this path. */
  listing(path: string): readonly KnownPackage[];
  requiring(name: string): readonly KnownPackage[];
  /** Those that take one of this name over. */
  absorbing(name: string): readonly KnownPackage[];
  /** Those whose installation makes a table. All of them are looked through, and what was found is kept. */
  making(table: string): readonly KnownPackage[];
  /** All names, sorted by code unit. */
  names(): readonly string[];
  /** True when a package of another name is known, so that what is not known is not merely out of sight. */
  readonly isRepository: boolean;
}

/** What is known of packages, document by document. */
export class KnownPackages {
  readonly #documents = new Map<string, readonly KnownPackage[]>();
  readonly #byName = new Index();
  readonly #byFoldedName = new Index();
  readonly #byRequired = new Index();
  readonly #byMerged = new Index();
  readonly #byFile = new Index();
  readonly #indexes = [this.#byName, this.#byFoldedName, this.#byRequired, this.#byMerged, this.#byFile];
  /** Those whose files are asked for one by one, because they change as somebody types. */
  readonly #open = new Set<KnownPackage>();
  readonly #views = new Map<string | undefined, OtherPackages>();
  #listed = 0;
  #sectionSize = 0;

  /** How many different names there are. */
  get nameCount(): number {
    return this.#byName.size;
  }

  /** The packages that a document tells of; none where it is not known. */
  in(document: string): readonly KnownPackage[] {
    return this.#documents.get(document) ?? [];
  }

  /** The absolute paths of the documents whose files change as somebody types. */
  openDocuments(): ReadonlySet<string> {
    return new Set([...this.#open].map(({ document }) => document));
  }

  /** All packages, for those who go through them. */
  *all(): Iterable<KnownPackage> {
    for (const packages of this.#documents.values()) yield* packages;
  }

  /**
   * Takes what a document tells in place of what it told before.
   *
   * @param isOpen whether its files change as somebody types
   * @param isSame whether it tells the same as before, but for places
   */
  tell(
    document: string,
    packages: readonly KnownPackage[],
    { isOpen = false, isSame = false }: { readonly isOpen?: boolean; readonly isSame?: boolean } = {},
  ): void {
    for (const before of this.in(document)) this.#forget(before);
    const kept = packages.map((each) => this.#bounded(each));
    if (kept.length > 0) this.#documents.set(document, kept);
    else this.#documents.delete(document);
    for (const each of kept) this.#remember(each, isOpen);
    for (const index of this.#indexes) index.tidy();
    if (isSame) return;
    for (const viewer of this.#views.keys()) if (viewer !== document) this.#views.delete(viewer);
  }

  /**
   * The packages beside the one in a document.
   *
   * @param document undefined for one that lies on no disk
   */
  beside(document: string | undefined): OtherPackages {
    let view = this.#views.get(document);
    if (!view) {
      view = this.#viewFrom(document);
      this.#views.set(document, view);
    }
    return view;
  }

  #viewFrom(document: string | undefined): OtherPackages {
    const byName = this.#byName;
    const byFile = this.#byFile;
    const open = this.#open;
    const own = () => (document === undefined ? nothing : this.in(document));
    return {
      named: (name) => byName.at(name, document),
      spelledOtherwise: (name) =>
        this.#byFoldedName.at(name.toLowerCase(), document).filter((each) => each.name !== name),
      listing(path) {
        let found = byFile.at(path, document);
        for (const each of open)
          if (each.document !== document && each.files.has(path)) found = [...found, each];
        return found;
      },
      requiring: (name) => this.#byRequired.at(name, document),
      absorbing: (name) => this.#byMerged.at(name, document),
      making: this.#makersBeside(document),
      names: once(() => [...byName.keys].filter((name) => byName.at(name, document).length > 0).sort()),
      get isRepository() {
        for (const name of byName.keys) if (!own().some((each) => each.name === name)) return true;
        return false;
      },
    };
  }

  #makersBeside(document: string | undefined): OtherPackages["making"] {
    const kept = new Map<string, readonly KnownPackage[]>();
    return (table) => {
      const name = table.toLowerCase();
      let makers = kept.get(name);
      if (!makers) {
        makers = [...this.all()].filter((each) => each.document !== document && makes(each, name));
        kept.set(name, makers);
      }
      return makers;
    };
  }

  #bounded(each: KnownPackage): KnownPackage {
    const { size = 0 } = each.sections ?? {};
    if (size === 0 || this.#sectionSize + size <= mostSections) return each;
    return { ...each, sections: undefined, shape: () => undefined };
  }

  #remember(each: KnownPackage, isOpen: boolean): void {
    this.#byName.add(each.name, each);
    this.#byFoldedName.add(each.name.toLowerCase(), each);
    for (const { name } of each.required) this.#byRequired.add(name, each);
    for (const { name } of each.merged) this.#byMerged.add(name, each);
    this.#sectionSize += each.sections?.size ?? 0;
    if (isOpen) this.#open.add(each);
    else {
      for (const path of each.files.paths()) {
        if (this.#listed >= mostFiles) break;
        this.#byFile.add(path, each);
        this.#listed++;
      }
    }
  }

  #forget(each: KnownPackage): void {
    this.#byName.remove(each.name, each);
    this.#byFoldedName.remove(each.name.toLowerCase(), each);
    for (const { name } of each.required) this.#byRequired.remove(name, each);
    for (const { name } of each.merged) this.#byMerged.remove(name, each);
    this.#sectionSize -= each.sections?.size ?? 0;
    if (this.#open.delete(each)) return;
    for (const path of each.files.paths()) if (this.#byFile.remove(path, each)) this.#listed--;
  }
}

/** Most packages do not even name a table, and what they make need not be found out then. */
function makes({ sections, shape }: KnownPackage, table: string): boolean {
  if (sections && !sections.text().toLowerCase().includes(table)) return false;
  return shape()?.tables.get(table)?.isOwn === true;
}

/** Far above what all packages of a company have. More are not looked up. */
const mostFiles = 1_000_000;

/** Bytes of sections that are kept in all. What more packages make of a system is not known. */
const mostSections = 50_000_000;

/** Most keys have one package, and there may be hundreds of thousands of them. */
class Index {
  /** Undefined for a key that is to go, see {@link tidy}. */
  readonly #packages = new Map<string, KnownPackage | Set<KnownPackage> | undefined>();
  readonly #emptied = new Set<string>();

  get size(): number {
    return this.#packages.size;
  }

  get keys(): Iterable<string> {
    return this.#packages.keys();
  }

  /** Those of a key that another document than this one tells of. */
  at(key: string, document: string | undefined): readonly KnownPackage[] {
    const found = this.#packages.get(key);
    if (!found) return nothing;
    if (found instanceof Set) return [...found].filter((each) => each.document !== document);
    return found.document === document ? nothing : [found];
  }

  add(key: string, each: KnownPackage): void {
    const present = this.#packages.get(key);
    if (!present) this.#packages.set(key, each);
    else if (present instanceof Set) present.add(each);
    else if (present !== each) this.#packages.set(key, new Set([present, each]));
  }

  /** True when it was there. */
  remove(key: string, each: KnownPackage): boolean {
    const present = this.#packages.get(key);
    const others = present instanceof Set ? present : undefined;
    if (others ? !others.delete(each) : present !== each) return false;
    if (!others || others.size === 0) {
      this.#packages.set(key, undefined);
      this.#emptied.add(key);
    }
    return true;
  }

  /**
   * Drops the keys that have no package any more. Most come back with the next version of a document, and a key that goes
   * and comes back leaves a gap in a map, which everybody passes who looks for it until the map is made anew.
   */
  tidy(): void {
    for (const key of this.#emptied) if (!this.#packages.get(key)) this.#packages.delete(key);
    this.#emptied.clear();
  }
}

const nothing: readonly KnownPackage[] = [];
