import type { Knowledge } from "../knowledge/knowledge.ts";
import {
  queryFor,
  type SymbolQuery,
  symbolAt,
  symbolMatcher,
  symbolsOf,
} from "../symbols/package-symbols.ts";
import type { PackageSymbol, SymbolName } from "../symbols/symbol.ts";
import { touches } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";

/** A document that somebody asks about the names in it from: a spec, an archive, or a file of a package. */
export interface NamedDocument {
  readonly kind: "spec" | "archive" | "file";
  /** The name that an offset is in or at. */
  nameAt(offset: number): PackageSymbol | undefined;
  names(query: SymbolQuery): Iterable<PackageSymbol>;
  /** The package that it is about; undefined for files of packages. */
  readonly spec: FeatureDocument["spec"] | undefined;
  readonly folder: FeatureDocument["context"]["folder"] | undefined;
  /** What is known of the frameworks that it is for. */
  readonly knowledge: Knowledge;
}

/** A spec or an archive. */
export function namedSpec({ spec, context: { kind, folder, knowledge } }: FeatureDocument): NamedDocument {
  return {
    kind: kind === "archive" ? "archive" : "spec",
    nameAt: (offset) => symbolAt(spec, offset),
    names: (query) => symbolsOf(spec, query),
    ...{ spec, folder, knowledge },
  };
}

/** A file of a package. */
export function namedFile(symbols: readonly PackageSymbol[], knowledge: Knowledge): NamedDocument {
  return {
    kind: "file",
    nameAt: (offset) => symbols.find(({ span }) => touches(span, offset)),
    names: (query) => symbols.filter(symbolMatcher(query)),
    ...{ spec: undefined, folder: undefined, knowledge },
  };
}

/** Where a document defines something itself. */
export function definitionsIn({ names }: NamedDocument, name: SymbolName): readonly PackageSymbol[] {
  return [...names({ ...queryFor(name), role: "defined" })];
}
