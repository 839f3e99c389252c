import type { KnownPackage, KnownPlace } from "../host/known-packages.ts";
import { releaseWith } from "../knowledge/join-knowledge.ts";
import { columnFact } from "../knowledge/knowledge.ts";
import type { Message } from "../l10n/translate.ts";
import { fileList } from "../symbols/file-list.ts";
import { pathsOfName } from "../symbols/file-symbols.ts";
import type { PackageSymbol, SymbolName } from "../symbols/symbol.ts";
import type { Span } from "../text/span.ts";
import type { KnownSymbols, SymbolPlace } from "./known-symbols.ts";
import { nameFamily } from "./name-family.ts";
import { definitionsIn, type NamedDocument } from "./named-document.ts";

/** Where a name leads to. */
export type DefinitionTarget =
  /** In the document itself. */
  | { readonly kind: "here"; readonly span: Span }
  | { readonly kind: "place"; readonly document: string; readonly place: KnownPlace }
  /** A file of the package itself, by its path below the package's folder. */
  | { readonly kind: "own-file"; readonly path: string }
  /** A file of another package, by its absolute path. */
  | { readonly kind: "file"; readonly file: string }
  /** A table of the framework, of which there is a description, and one of its columns. */
  | { readonly kind: "framework"; readonly table: string; readonly column: string | undefined };

export interface Definition {
  /** The name that was asked about. */
  readonly origin: Span;
  readonly targets: readonly DefinitionTarget[];
  /** What is to be said where there are no targets. */
  readonly nowhere: Message;
}

/** Where the name at an offset is defined; undefined where there is no name. */
export function definition(
  document: NamedDocument,
  offset: number,
  known: KnownSymbols,
): Definition | undefined {
  const name = document.nameAt(offset);
  if (!name) return undefined;
  const targets = targetsOf(name, document, known);
  return { origin: name.span, targets, nowhere: nowhere(name, document, known) };
}

function targetsOf(
  name: PackageSymbol,
  document: NamedDocument,
  known: KnownSymbols,
): readonly DefinitionTarget[] {
  switch (name.kind) {
    case "package":
      return name.role === "defined" ? [here(name)] : packagesNamed(name.name, known);
    case "file":
      return fileTargets(name, document, known);
    case "module":
      return moduleTargets(name, document, known);
    case "sub": {
      const written = definitionsOf(name, document, known);
      const module: SymbolName = { kind: "module", name: name.owner ?? "", owner: undefined };
      return written.length > 0 ? written : moduleTargets(module, document, known);
    }
    case "setting":
      return definitionsOf(name, document, known);
    default:
      return databaseTargets(name, document, known);
  }
}

function here({ span }: Pick<PackageSymbol, "span">): DefinitionTarget {
  return { kind: "here", span };
}

function there({ document, place }: Pick<SymbolPlace, "document" | "place">): DefinitionTarget {
  return { kind: "place", document, place };
}

/** Specs before archives, and archives before indexes. */
function packagesNamed(name: string, { packages }: KnownSymbols): readonly DefinitionTarget[] {
  const named = packages.named(name);
  for (const kind of ["spec", "archive", "index"] satisfies readonly KnownPackage["kind"][]) {
    const found = named.filter((each) => each.kind === kind);
    if (found.length > 0) return found.map(there);
  }
  return [];
}

/** What is defined in the document itself, or else in others. */
function definitionsOf(
  name: SymbolName,
  document: NamedDocument,
  known: KnownSymbols,
): readonly DefinitionTarget[] {
  const own = definitionsIn(document, name);
  if (own.length > 0) return own.map(here);
  return known
    .places(name)
    .filter(({ role }) => role === "defined")
    .map(there);
}

function fileTargets(
  name: SymbolName,
  document: NamedDocument,
  known: KnownSymbols,
): readonly DefinitionTarget[] {
  const { kind, spec, folder } = document;
  const paths = pathsOfName(name);
  if (kind === "archive") {
    const own = definitionsIn(document, name);
    if (own.length > 0) return own.map(here);
  }
  const list = spec && kind === "spec" ? fileList(spec) : undefined;
  const own = paths.filter((path) => list?.has(path) && isFile(path, folder));
  if (own.length > 0) return own.map((path): DefinitionTarget => ({ kind: "own-file", path }));
  return paths.flatMap((path) =>
    known.packages.listing(path).flatMap(({ kind: other, document }): DefinitionTarget[] => {
      const file = other === "spec" ? known.fileOf(document, path) : undefined;
      return file === undefined ? [] : [{ kind: "file", file }];
    }),
  );
}

/** False for what is surely no file in the package's folder. */
function isFile(path: string, folder: NamedDocument["folder"]): boolean {
  const fact = folder?.factOf(path);
  return !fact || (fact.kind === "file" && !fact.leavesBase);
}

/** Where a module says its own name, as far as that is read; else the file it is in, and of archives where they list it. */
function moduleTargets(
  name: SymbolName,
  document: NamedDocument,
  known: KnownSymbols,
): readonly DefinitionTarget[] {
  const places = known.places(name).filter(({ role }) => role === "defined");
  const written = places.filter(({ documentKind }) => documentKind === "perl");
  if (written.length > 0) return written.map(there);
  if (document.kind === "file") {
    const own = definitionsIn(document, name);
    if (own.length > 0) return own.map(here);
  }
  const files = fileTargets(name, document, known);
  return files.length > 0
    ? files
    : places.filter(({ documentKind }) => documentKind === "archive").map(there);
}

/** What creates a thing of the database, under the name that it had then; if nothing does, what gives it a name. */
function databaseTargets(
  name: SymbolName,
  document: NamedDocument,
  known: KnownSymbols,
): readonly DefinitionTarget[] {
  const family = nameFamily(name, "earlier", document, known);
  for (const isRename of [false, true]) {
    const own = family.flatMap((each) =>
      definitionsIn(document, each).filter(({ before }) => (before !== undefined) === isRename),
    );
    if (own.length > 0) return own.map(here);
    const others = family.flatMap((each) =>
      known.places(each).filter((place) => place.role === "defined" && place.isRename === isRename),
    );
    if (others.length > 0) return others.map(there);
  }
  for (const each of family) {
    const framework = ofFramework(each, document);
    if (framework) return [framework];
  }
  return [];
}

function ofFramework(
  { kind, name, owner }: SymbolName,
  { knowledge }: NamedDocument,
): DefinitionTarget | undefined {
  const tableName = (kind === "table" ? name : (owner ?? "")).toLowerCase();
  const table = knowledge.table(tableName);
  if (!table) return undefined;
  if (kind === "table") return { kind: "framework", table: table.name, column: undefined };
  const column = kind === "column" ? columnFact(table, name) : undefined;
  return column ? { kind: "framework", table: table.name, column: column.name } : undefined;
}

/** What is said of a name that leads nowhere. */
function nowhere(symbol: SymbolName, { kind, knowledge }: NamedDocument, known: KnownSymbols): Message {
  const { name } = symbol;
  const release = knowledge.release ?? "";
  switch (symbol.kind) {
    case "package":
      return {
        text: "The package “{name}” is not known: no spec or archive in the workspace has this name, and none of those that the setting “sopm.knownPackages” names.",
        values: { name },
      };
    case "file":
      return kind === "archive"
        ? { text: "The file “{name}” is in the archive.", values: { name } }
        : { text: "The file “{name}” is not in the package's folder.", values: { name } };
    case "module": {
      const paths = pathsOfName(symbol);
      const having = releaseWith(knowledge, (part) =>
        paths.some((path) => part.isFrameworkFile(path) === true),
      );
      if (having !== "")
        return {
          text: "The module “{name}” comes with {release}, and its file is not in the workspace.",
          values: { name, release: having },
        };
      const isKnown = paths.some((path) => known.packages.listing(path).length > 0);
      return isKnown
        ? { text: "The file of the module “{name}” is not on this computer.", values: { name } }
        : { text: "The module “{name}” is in none of the known packages.", values: { name } };
    }
    case "sub":
      return unreadSub(symbol);
    case "setting": {
      const having = releaseWith(knowledge, (part) => part.isFrameworkSetting(name) === true);
      const file = knowledge.settingSources(name)?.at(-1)?.file;
      if (having !== "" && file !== undefined)
        return {
          text: "The setting “{name}” comes with {release}, which defines it in {file}.",
          values: { name, release: having, file },
        };
      return { text: "The setting “{name}” is in no settings file of the known packages.", values: { name } };
    }
    case "table":
      return release === ""
        ? { text: "The table “{name}” is created by none of the known packages.", values: { name } }
        : {
            text: "The table “{name}” is created by none of the known packages, and {release} does not have it.",
            values: { name, release },
          };
    case "key":
      return {
        text: "The foreign key is created by none of the known packages in the table “{table}”.",
        values: { table: symbol.owner ?? "" },
      };
    case "column":
      return {
        text: "The column “{name}” of the table “{table}” is created by none of the known packages.",
        values: { name, table: symbol.owner ?? "" },
      };
    case "index":
      return {
        text: "The index “{name}” of the table “{table}” is created by none of the known packages.",
        values: { name, table: symbol.owner ?? "" },
      };
  }
}

/** What is said of a sub that nobody has read. */
export function unreadSub({ name, owner = "" }: SymbolName): Message {
  return {
    text: "The sub “{name}” of “{module}” is in none of the files that SOPM reads for subs, which are the setup modules in var/packagesetup.",
    values: { name, module: owner },
  };
}
