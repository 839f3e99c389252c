import { isDatabaseFamily, type PackageSpec } from "../model/package-spec.ts";
import { moduleIn } from "../perl/module-name.ts";
import type { Element } from "../syntax/element.ts";
import { touches } from "../text/span.ts";
import { codeSymbols, isCodeFamily, sectionSymbols } from "./code-symbols.ts";
import { conditionSymbols, databaseSymbols, statementSymbols } from "./database-symbols.ts";
import { fileElement, fileList, plainPath } from "./file-list.ts";
import { isFolded, type PackageSymbol, type SymbolKind, type SymbolName, type SymbolRole } from "./symbol.ts";

/** Which names are asked for; what is left out may be anything. */
export interface SymbolQuery {
  readonly kinds?: readonly SymbolKind[];
  readonly role?: SymbolRole;
  /** Tables, columns, indexes and keys are compared without letter case, as databases mostly do. */
  readonly name?: string;
  /** For columns, indexes, keys and subs: those of this table or module. */
  readonly owner?: string | undefined;
}

/**
 * The names in a package: what it defines and what it uses, in document order for each kind. Half-typed text is read as
 * far as it goes, and nothing is judged.
 *
 * What stands in a statement of a database section or in code is read once and kept as long as that text stays the same.
 */
export function* symbolsOf(spec: PackageSpec, query: SymbolQuery = {}): Iterable<PackageSymbol> {
  const asksFor = (...kinds: readonly SymbolKind[]) =>
    !query.kinds || query.kinds.some((kind) => kinds.includes(kind));
  const wanted = symbolMatcher(query);
  if (asksFor("package")) for (const symbol of packageNames(spec)) if (wanted(symbol)) yield symbol;
  if (asksFor("file", "module") && isAny(query.role, "defined")) yield* fileSymbols(spec, query, wanted);
  if (asksFor("module", "sub", "setting") && isAny(query.role, "used")) yield* codeSymbols(spec, wanted);
  if (asksFor("table", "column", "index", "key", "package")) yield* databaseSymbols(spec, query.role, wanted);
}

function isAny(role: SymbolRole | undefined, wanted: SymbolRole): boolean {
  return role === undefined || role === wanted;
}

/** The name that an offset is in or at; undefined where there is none. */
export function symbolAt(spec: PackageSpec, offset: number): PackageSymbol | undefined {
  let inner: Element | undefined;
  for (let outer = spec.tree.elementAt(offset); outer; outer = outer.parent) {
    const symbols =
      inner && isDatabaseFamily(outer.name)
        ? statementSymbols(inner.node, inner.start)
        : ownSymbols(spec, outer);
    const found = symbols.find(({ span }) => touches(span, offset));
    if (found) return found;
    inner = outer;
  }
  return undefined;
}

/** Asks for all that names the same thing. */
export function queryFor({ kind, name, owner }: SymbolName): SymbolQuery {
  return { kinds: [kind], name, owner };
}

/** The names of packages outside of statements: the one that the spec is for, and those beside it. */
function* packageNames(spec: PackageSpec): Iterable<PackageSymbol> {
  for (const name of packageElements) for (const element of spec.all(name)) yield* packageNamedBy(element);
  for (const section of spec.sections(conditionalFamilies)) yield* conditionSymbols(section);
}

const packageElements: readonly string[] = ["Name", "PackageRequired", "PackageMerge"];

const conditionalFamilies = ["Code", "Database", "Intro"].flatMap((family) =>
  ["Install", "Upgrade", "Reinstall", "Uninstall"].map((operation) => `${family}${operation}`),
);

function packageNamedBy(element: Element): readonly PackageSymbol[] {
  if (!packageElements.includes(element.name)) return [];
  const isMerge = element.name === "PackageMerge";
  const merged = element.attribute("Name");
  const named = isMerge ? merged && { value: merged.value, span: merged.valueSpan } : element.trimmedText;
  if (!named || named.value === "") return [];
  const role = element.name === "Name" ? "defined" : "used";
  return [{ kind: "package", name: named.value, owner: undefined, role, span: named.span }];
}

/** Files are defined by the file list, and so are the modules in them. */
function* fileSymbols(
  spec: PackageSpec,
  { kinds, name }: SymbolQuery,
  wanted: (symbol: PackageSymbol) => boolean,
): Iterable<PackageSymbol> {
  const [asksForFiles, asksForModules] = (["file", "module"] as const).map(
    (kind) => !kinds || kinds.includes(kind),
  );
  const list = fileList(spec);
  for (const file of asksForFiles ? list.files : list.matching(moduleFile)) {
    const isNamed =
      name === undefined ||
      (asksForFiles && file.path === name) ||
      (asksForModules && moduleIn(file.path) === name);
    if (!isNamed) continue;
    for (const symbol of namedByFile(fileElement(spec, file))) if (wanted(symbol)) yield symbol;
  }
}

const moduleFile = /\.pm$/;

function namedByFile(file: Element): readonly PackageSymbol[] {
  const location = file.attribute("Location");
  if (!location || location.value === "") return [];
  const path = plainPath(location.value);
  const named = { owner: undefined, role: "defined", span: location.valueSpan } as const;
  const module = moduleIn(path);
  return [
    ...(module === undefined ? [] : [{ ...named, kind: "module", name: module } as const]),
    { ...named, kind: "file", name: path },
  ];
}

/** The names in an element itself, of those that stand in no statement. */
function ownSymbols(spec: PackageSpec, element: Element): readonly PackageSymbol[] {
  if (element.parent?.name === "Filelist") return namedByFile(element);
  const conditions = conditionalFamilies.includes(element.name) ? conditionSymbols(element) : [];
  return [
    ...packageNamedBy(element),
    ...conditions,
    ...(isCodeFamily(element.name) ? sectionSymbols(element, spec.name) : []),
  ];
}

/** Tells whether a symbol is one that is asked for. */
export function symbolMatcher({ kinds, role, name, owner }: SymbolQuery): (symbol: PackageSymbol) => boolean {
  const foldedName = name?.toLowerCase();
  const foldedOwner = owner?.toLowerCase();
  return (symbol) => {
    if (kinds && !kinds.includes(symbol.kind)) return false;
    if (role !== undefined && symbol.role !== role) return false;
    if (!isFolded(symbol.kind))
      return (name === undefined || symbol.name === name) && (owner === undefined || symbol.owner === owner);
    return (
      (foldedName === undefined || symbol.name.toLowerCase() === foldedName) &&
      (foldedOwner === undefined || symbol.owner?.toLowerCase() === foldedOwner)
    );
  };
}
