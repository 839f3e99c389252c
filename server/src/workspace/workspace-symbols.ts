import type {
  FoundSymbol,
  KnownSymbols,
  NamedDocumentKind,
  SymbolPlace,
  SymbolRename,
} from "../features/known-symbols.ts";
import type { KnownPackage, KnownPackages } from "../host/known-packages.ts";
import { specOf } from "../model/package-spec.ts";
import { compareStrictly } from "../model/version.ts";
import { nameOfPath, pathsOfName } from "../symbols/file-symbols.ts";
import { type SymbolQuery, symbolsOf } from "../symbols/package-symbols.ts";
import type { PackageSymbol, SymbolKind, SymbolName } from "../symbols/symbol.ts";
import { fuzzyRank } from "../text/fuzzy.ts";
import type { OpenDocument } from "./open-documents.ts";
import { fileSymbols, type OpenFiles, openFileKind } from "./open-files.ts";
import type { SymbolIndex } from "./symbol-index.ts";

/** Where the names of a workspace are. */
export interface SymbolSources {
  readonly known: KnownPackages;
  /** Of documents on the disk. */
  readonly index: SymbolIndex;
  readonly documents: { all(): readonly OpenDocument[] };
  readonly files: Pick<OpenFiles, "all" | "get">;
  /** The file that a document lists at a path; see {@link KnownSymbols.fileOf}. */
  readonly fileOf: KnownSymbols["fileOf"];
}

/**
 * The names in the documents of a workspace but one: of open ones those that are typed, of others those of the index.
 *
 * @param document the absolute path of the one; undefined for one that lies on no disk
 */
export function symbolsBeside(document: string | undefined, sources: SymbolSources): KnownSymbols {
  const { known, index, documents, files, fileOf } = sources;
  const isOpen = new Set(documents.all().flatMap(({ path }) => path ?? []));
  const speaks = speaking(known);
  const isAsked = (path: string) =>
    path !== document && !isOpen.has(path) && !files.get(path) && speaks(path);

  function* open(query: SymbolQuery): Iterable<readonly [OpenDocument, NamedDocumentKind, PackageSymbol]> {
    for (const each of documents.all()) {
      const { path, kind, tree } = each;
      if (path === undefined || path === document || kind === "index" || !speaks(path)) continue;
      for (const symbol of symbolsOf(specOf(tree), query)) yield [each, kind, symbol];
    }
    for (const each of files.all()) {
      if (each.path === document) continue;
      for (const symbol of fileSymbols(each, query)) yield [each, openFileKind(each), symbol];
    }
  }

  /** Files and modules are not in the index, as what is known of packages has them. */
  function* listed(name: SymbolName): Iterable<SymbolPlace> {
    for (const path of pathsOfName(name)) {
      for (const each of known.beside(document).listing(path)) {
        const place = isAsked(each.document) ? each.files.placeOf(path) : undefined;
        if (place) yield { ...placedIn(each), role: "defined", isRename: false, place };
      }
    }
  }

  return {
    packages: known.beside(document),
    fileOf,
    places(name) {
      const { kind, name: text, owner } = name;
      const places: SymbolPlace[] = [...listed(name)];
      for (const place of index.places(name)) if (isAsked(place.document)) places.push(place);
      for (const found of open({ kinds: [kind], name: text, owner })) places.push(placeOf(...found));
      return places;
    },
    isReleased(name) {
      for (const { documentKind } of index.places(name)) if (documentKind === "archive") return true;
      return false;
    },
    renames(kinds) {
      const renames: SymbolRename[] = [];
      for (const each of index.renames())
        if (kinds.includes(each.kind) && isAsked(each.document)) renames.push(each);
      for (const [, , { kind, name, owner, before }] of open({ kinds, role: "defined" }))
        if (before !== undefined) renames.push({ kind, name, owner, before });
      return renames;
    },
    *search(letters, kinds, wanted) {
      const query = letters.toLowerCase();
      yield* searchFiles(query, kinds, wanted, known, speaks);
      // Modules are found by the files they are in.
      const others = kinds.filter((kind) => kind !== "file" && kind !== "module");
      for (const each of index.definitions(query, others, wanted)) if (isAsked(each.document)) yield each;
      for (const found of open({ kinds: others, role: "defined" })) {
        const [, , symbol] = found;
        const rank = fuzzyRank(query, symbol.name);
        if (rank !== undefined) yield { ...nameOf(symbol), ...placeOf(...found), rank };
      }
    },
  };
}

/** The nearest files and modules. Places are only looked up of those. */
function* searchFiles(
  query: string,
  kinds: readonly SymbolKind[],
  wanted: number,
  known: KnownPackages,
  speaks: (path: string) => boolean,
): Iterable<FoundSymbol> {
  if (!kinds.includes("file") && !kinds.includes("module")) return;
  const inPath = query.replaceAll("::", "/");
  const found: { readonly each: KnownPackage; readonly path: string; readonly rank: number }[] = [];
  for (const each of known.all()) {
    if (!speaks(each.document)) continue;
    for (const path of each.files.paths()) {
      const rank = fuzzyRank(inPath, path);
      if (rank !== undefined) found.push({ each, path, rank });
    }
    if (query === "" && found.length >= wanted) break;
  }
  const nearest = found.length > wanted ? found.sort((a, b) => a.rank - b.rank).slice(0, wanted) : found;
  for (const { each, path, rank } of nearest) {
    const name = nameOfPath(path);
    if (!kinds.includes(name.kind)) continue;
    const place = { place: each.files.placeOf(path) ?? each.place };
    yield { ...name, ...placedIn(each), role: "defined", isRename: false, ...place, rank, path };
  }
}

function nameOf({ kind, name, owner }: SymbolName): SymbolName {
  return { kind, name, owner };
}

function placedIn({ document, kind }: KnownPackage): Pick<SymbolPlace, "document" | "documentKind"> {
  return { document, documentKind: kind === "archive" ? "archive" : "spec" };
}

function placeOf(
  { path = "", tree }: OpenDocument,
  kind: NamedDocumentKind,
  symbol: PackageSymbol,
): SymbolPlace {
  const { role, span, before } = symbol;
  const { source } = tree;
  return {
    document: path,
    documentKind: kind,
    role,
    isRename: before !== undefined,
    place: { start: source.positionAt(span.start), end: source.positionAt(span.end) },
  };
}

/**
 * Tells whether a document is to be heard: an archive only where its package has no spec, and of several versions the
 * newest.
 */
function speaking(known: KnownPackages): (document: string) => boolean {
  const { named } = known.beside(undefined);
  return (document) =>
    known.in(document).every((each) => {
      if (each.kind !== "archive") return true;
      return named(each.name).every((other) => other === each || !outdoes(other, each));
    });
}

/** Whether a package is rather to be heard than an archive. */
function outdoes(other: KnownPackage, archive: KnownPackage): boolean {
  if (other.kind !== "archive") return other.kind === "spec";
  const order = compareStrictly(other.version, archive.version);
  return order > 0 || (order === 0 && other.document < archive.document);
}
