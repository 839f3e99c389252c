import { codeFamilies, databaseFamilies, isDatabaseFamily, type PackageSpec } from "../model/package-spec.ts";
import { moduleIn } from "../perl/module-name.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";
import { shift, touches } from "../text/span.ts";
import { moduleMentions } from "./code-section.ts";
import { namedByElement, tableOf } from "./element-names.ts";
import { fileElement, fileList, plainPath } from "./file-list.ts";
import type { PackageSymbol, SymbolKind, SymbolRole } from "./symbol.ts";

/** Which names are asked for; what is left out may be anything. */
export interface SymbolQuery {
  readonly kinds?: readonly SymbolKind[];
  readonly role?: SymbolRole;
  /** Tables, columns and indexes are compared without letter case, as databases mostly do. */
  readonly name?: string;
  /** For columns and indexes: those of this table. */
  readonly table?: string | undefined;
}

/**
 * The names in a package: what it defines and what it uses, in document order for each kind. Half-typed text is read as
 * far as it goes, and nothing is judged.
 *
 * What stands in a statement of a database section or in code is read once and kept as long as that text stays the same.
 */
export function* symbolsOf(spec: PackageSpec, query: SymbolQuery = {}): Iterable<PackageSymbol> {
  const { kinds } = query;
  if (!kinds || kinds.some((kind) => kind !== "module")) yield* databaseSymbols(spec, query);
  if (!kinds || kinds.includes("module")) yield* moduleSymbols(spec, query);
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

/** All places that name the same thing, in document order for each kind. */
export function occurrencesOf(
  spec: PackageSpec,
  { kind, name, table }: PackageSymbol,
): readonly PackageSymbol[] {
  return [...symbolsOf(spec, { kinds: [kind], name, table })];
}

/** Statements may be rows by the thousand; of those that cannot hold what is asked for nothing is looked at. */
function* databaseSymbols(spec: PackageSpec, query: SymbolQuery): Iterable<PackageSymbol> {
  const wanted = matcherOf(query);
  for (const section of spec.sections(databaseFamilies)) {
    let start = section.contentSpan.start;
    for (const node of section.node.children) {
      const isPassed = node.kind !== "element" || (query.role === "defined" && node.name === "Insert");
      if (!isPassed) yield* statementSymbols(node, start, wanted);
      start += node.width;
    }
  }
}

/** @param start where the statement starts */
function statementSymbols(
  node: ElementNode,
  start: number,
  wanted: (symbol: PackageSymbol) => boolean = () => true,
): readonly PackageSymbol[] {
  return namesIn(node)
    .filter(wanted)
    .map((symbol) => ({ ...symbol, span: shift(symbol.span, start) }));
}

/** Modules are defined by files of the list, and used by code. */
function* moduleSymbols(spec: PackageSpec, { role, name }: SymbolQuery): Iterable<PackageSymbol> {
  if (role === undefined || role === "defined") {
    for (const file of fileList(spec).matching(moduleFile)) {
      if (name === undefined || moduleIn(file.path) === name) yield* moduleOf(fileElement(spec, file));
    }
  }
  if (role === undefined || role === "used") {
    for (const section of spec.sections(codeFamilies)) {
      for (const symbol of modulesUsed(section, spec)) {
        if (name === undefined || symbol.name === name) yield symbol;
      }
    }
  }
}

const moduleFile = /\.pm$/;

function moduleOf(file: Element): readonly PackageSymbol[] {
  const location = file.attribute("Location");
  const name = location && moduleIn(plainPath(location.value));
  if (!location || name === undefined) return [];
  return [{ kind: "module", name, table: undefined, role: "defined", span: location.valueSpan }];
}

function modulesUsed(section: Element, spec: PackageSpec): readonly PackageSymbol[] {
  return moduleMentions(section, spec.name).map(({ module, span }) => {
    return { kind: "module", name: module, table: undefined, role: "used", span };
  });
}

/** The names in an element itself, of those that stand in no statement. */
function ownSymbols(spec: PackageSpec, element: Element): readonly PackageSymbol[] {
  if (element.parent?.name === "Filelist") return moduleOf(element);
  return (codeFamilies as readonly string[]).includes(element.name) ? modulesUsed(element, spec) : [];
}

function matcherOf({ kinds, role, name, table }: SymbolQuery): (symbol: PackageSymbol) => boolean {
  const wantedName = name?.toLowerCase();
  const wantedTable = table?.toLowerCase();
  return (symbol) =>
    (!kinds || kinds.includes(symbol.kind)) &&
    (role === undefined || symbol.role === role) &&
    (wantedName === undefined || symbol.name.toLowerCase() === wantedName) &&
    (wantedTable === undefined || symbol.table?.toLowerCase() === wantedTable);
}

/** The names in a statement, with spans relative to its start. */
const namesIn = memo((node: ElementNode): readonly PackageSymbol[] => {
  const symbols: PackageSymbol[] = [];
  collect(new Element(node, 0, undefined), undefined, undefined, symbols);
  return symbols;
});

/**
 * @param table of the statement around
 * @param foreignTable of the foreign key around
 */
function collect(
  element: Element,
  table: string | undefined,
  foreignTable: string | undefined,
  symbols: PackageSymbol[],
): void {
  const ownTable = tableOf(element) ?? table;
  const ownForeign = element.value("ForeignTable") ?? foreignTable;
  for (const { attribute: attributeName, kind, role, isForeign } of namedByElement(element.name)) {
    const attribute = element.attribute(attributeName);
    if (!attribute || attribute.value === "") continue;
    symbols.push({
      kind,
      name: attribute.value,
      table: kind === "table" ? undefined : isForeign ? ownForeign : ownTable,
      role,
      span: attribute.valueSpan,
    });
  }
  for (const inner of element.elements) collect(inner, ownTable, ownForeign, symbols);
}
