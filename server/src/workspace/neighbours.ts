import { type KnownDocument, packageOfSpec } from "../engine/read-known-packages.ts";
import { type KnownPackage, KnownPackages } from "../host/known-packages.ts";
import { specOf } from "../model/package-spec.ts";
import type { OpenDocument } from "./open-documents.ts";
import { SymbolIndex } from "./symbol-index.ts";

/** What is known of the packages of a workspace, and whom a change of one concerns. */
export class Neighbours {
  readonly known = new KnownPackages();
  /** The names in documents on the disk. */
  readonly names = new SymbolIndex();
  readonly #onChange: (documents: ReadonlySet<string>) => void;
  #changes = new Changes();

  /** @param onChange called with the absolute paths of the documents that may have other findings now */
  constructor(onChange: (documents: ReadonlySet<string>) => void) {
    this.#onChange = onChange;
  }

  /** Takes an open document as it is now. */
  typed({ path, kind, tree }: Pick<OpenDocument, "path" | "kind" | "tree">): void {
    if (path === undefined) return;
    const known = packageOfSpec({ kind, path }, specOf(tree));
    this.#tell(path, known ? [known] : [], true);
    this.pass();
  }

  /** Takes what a document on the disk tells. Nobody hears of it before {@link pass}: there may be thousands. */
  read({ path }: Pick<KnownDocument, "path">, packages: readonly KnownPackage[]): void {
    this.#tell(path, packages, false);
  }

  /** The same of a document that is gone. */
  forget(path: string): void {
    this.#tell(path, [], false);
    this.names.forget(path);
  }

  /** True when somebody is to be told of a change. */
  get isToPass(): boolean {
    return this.#changes.documents.size > 0;
  }

  /** Tells of all changes since the last time. */
  pass(): void {
    if (this.#changes.documents.size === 0) return;
    const changes = this.#changes;
    this.#changes = new Changes();
    const concerned = this.#concernedBy(changes);
    const [only, ...others] = changes.documents;
    // Who has changed is checked anyway; of several each may concern the others.
    if (only !== undefined && others.length === 0) concerned.delete(only);
    if (concerned.size > 0) this.#onChange(concerned);
  }

  #tell(path: string, packages: readonly KnownPackage[], isOpen: boolean): void {
    const before = this.known.in(path);
    const isSame = areSame(before, packages);
    const namesBefore = this.known.nameCount;
    if (!isSame) this.#changes.add(path, before, packages);
    this.known.tell(path, packages, { isOpen, isSame });
    // With the second name there begins to be anything to look in.
    this.#changes.concernsAll ||= Math.min(this.known.nameCount, 2) !== Math.min(namesBefore, 2);
  }

  /** The documents whose findings may speak of changed packages, by what they have in common with them. */
  #concernedBy({ names, holders, files, tables, concernsAll }: Changes): Set<string> {
    const { named, spelledOtherwise, requiring, absorbing, listing } = this.known.beside(undefined);
    const concerned = new Set<string>();
    const add = (found: Iterable<KnownPackage>) => {
      for (const { document } of found) concerned.add(document);
    };
    if (concernsAll) {
      add(this.known.all());
      return concerned;
    }
    for (const path of files) add(listing(path));
    for (const name of tables)
      for (const { document } of this.names.places({ kind: "table", name, owner: undefined }))
        concerned.add(document);
    // The names in documents that are open are nowhere written down, and there are few of these.
    if (tables.size > 0) for (const document of this.known.openDocuments()) concerned.add(document);
    for (const name of holders) for (const find of [named, requiring, absorbing]) add(find(name));
    for (const name of names) add(spelledOtherwise(name));
    // A circle may lead through any number of packages. What is added to a set on the way is visited as well.
    const reached = new Set(names);
    for (const name of reached) {
      const packages = named(name);
      add(packages);
      for (const each of requiring(name)) reached.add(each.name);
      for (const { required } of packages) for (const next of required) reached.add(next.name);
      if (reached.size > mostNames) break;
    }
    for (const name of reached) add(absorbing(name));
    return concerned;
  }
}

/** What has changed since somebody was told. */
class Changes {
  readonly documents = new Set<string>();
  /** Of the packages that say something else, and of those that they absorb. */
  readonly names = new Set<string>();
  /** Of those that have other files, and of those that they require or absorb. */
  readonly holders = new Set<string>();
  /** Paths that are in one of them now and were not, or the other way round. */
  readonly files = new Set<string>();
  /** Tables that one of them makes now and did not, or the other way round, in lower case. */
  readonly tables = new Set<string>();
  concernsAll = false;

  add(document: string, before: readonly KnownPackage[], now: readonly KnownPackage[]): void {
    this.documents.add(document);
    const isSaid = !saySame(before, now);
    for (const { name, merged, required } of [...before, ...now]) {
      const concerned = [{ name }, ...merged];
      if (isSaid) for (const each of concerned) this.names.add(each.name);
      for (const each of [...concerned, ...required]) this.holders.add(each.name);
    }
    if (isSaid) this.#addTables(before, now);
    this.#addFiles(before, now);
    this.#addFiles(now, before);
  }

  #addTables(before: readonly KnownPackage[], now: readonly KnownPackage[]): void {
    const madeBefore = new Set(before.flatMap(tablesIn));
    const madeNow = new Set(now.flatMap(tablesIn));
    for (const table of madeBefore) if (!madeNow.has(table)) this.tables.add(table);
    for (const table of madeNow) if (!madeBefore.has(table)) this.tables.add(table);
  }

  #addFiles(some: readonly KnownPackage[], others: readonly KnownPackage[]): void {
    const [only] = others.length === 1 ? others : [];
    for (const { files } of some) {
      const isElsewhere = (path: string) => others.some((each) => each.files.has(path));
      if (others.some((each) => each.files.list === files.list)) continue;
      for (const path of only ? files.pathsBeside(only.files) : files.paths())
        if (!isElsewhere(path)) this.files.add(path);
    }
  }
}

/** Of more packages that hang together, only those are checked again that are found first. */
const mostNames = 2000;

/** True where two things that a document tells differ in nothing but places. */
function areSame(some: readonly KnownPackage[], others: readonly KnownPackage[]): boolean {
  return saySame(some, others) && some.every((each, index) => haveSameFiles(each, others[index]!));
}

/** True where they differ in nothing but places and files. */
function saySame(some: readonly KnownPackage[], others: readonly KnownPackage[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      (each, index) => factsOf(each) === factsOf(others[index]!) && makeTheSame(each, others[index]!),
    )
  );
}

function factsOf({ kind, name, version, frameworks, required, merged }: KnownPackage): string {
  return JSON.stringify([
    ...[kind, name, version, frameworks],
    required.map((each) => [each.name, each.version]),
    merged.map((each) => [each.name, each.target]),
  ]);
}

/** Of a spec that is open only the names of its tables are told: nothing else of it is asked for by others. */
function makeTheSame(one: KnownPackage, other: KnownPackage): boolean {
  if (one.sections && other.sections) return one.sections.text() === other.sections.text();
  // The sections that make them have mostly stayed the same.
  return one.shape()?.tables === other.shape()?.tables || tablesOf(one) === tablesOf(other);
}

function tablesOf(known: KnownPackage): string {
  return tablesIn(known).join();
}

function tablesIn({ shape }: KnownPackage): readonly string[] {
  return [...(shape()?.tables.keys() ?? [])];
}

function haveSameFiles({ files: one }: KnownPackage, { files: other }: KnownPackage): boolean {
  return one.list === other.list || (hasAll(one, other) && hasAll(other, one));
}

function hasAll(some: KnownPackage["files"], others: KnownPackage["files"]): boolean {
  for (const path of others.pathsBeside(some)) if (!some.has(path)) return false;
  return true;
}
