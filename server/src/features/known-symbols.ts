import type { KnownPlace, OtherPackages } from "../host/known-packages.ts";
import type { SymbolKind, SymbolName, SymbolRole } from "../symbols/symbol.ts";

/** What a document that names something is read as. */
export type NamedDocumentKind = "spec" | "archive" | "settings" | "perl";

/** Where a document names something. */
export interface SymbolPlace {
  /** Absolute path. */
  readonly document: string;
  readonly documentKind: NamedDocumentKind;
  readonly role: SymbolRole;
  /** True where something that was there gets this name. */
  readonly isRename: boolean;
  readonly place: KnownPlace;
}

/** Something that gets another name. */
export interface SymbolRename extends SymbolName {
  readonly before: string;
}

/** A definition that answers a question for some letters. */
export interface FoundSymbol extends SymbolName, SymbolPlace {
  /** Of several, the lowest is the best. */
  readonly rank: number;
  /** The path of a file or a module, as its package lists it. */
  readonly path?: string;
}

/**
 * The names in the documents of a workspace beside the one that somebody asks from: those that are open as they are
 * typed, the others as they were last read. Archives are among them as far as their package has no spec here, and of
 * several versions the newest alone.
 */
export interface KnownSymbols {
  readonly packages: OtherPackages;
  places(name: SymbolName): readonly SymbolPlace[];
  /** Whether any archive that is known has the name, so that systems may have it. */
  isReleased(name: SymbolName): boolean;
  /** What is renamed, in any document. */
  renames(kinds: readonly SymbolKind[]): readonly SymbolRename[];
  /** The definitions that have some letters in their order, in no order; of each kind of document at most so many. */
  search(letters: string, kinds: readonly SymbolKind[], wanted: number): Iterable<FoundSymbol>;
  /**
   * The file that a document of a package lists at a path.
   *
   * @returns an absolute path; undefined where it cannot be told, and for archives, whose files are in them
   */
  fileOf(document: string, path: string): string | undefined;
}
