import { databaseFamilies, type PackageSpec } from "../model/package-spec.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";
import { shift } from "../text/span.ts";
import { foreignKeyName } from "./database-schema.ts";
import { namedByElement, tableOf } from "./element-names.ts";
import type { PackageSymbol, SymbolRole } from "./symbol.ts";

/**
 * The names in the statements of all database sections. Statements may be rows by the thousand; of those that cannot hold
 * what is asked for nothing is looked at.
 */
export function* databaseSymbols(
  spec: PackageSpec,
  role: SymbolRole | undefined,
  wanted: (symbol: PackageSymbol) => boolean,
): Iterable<PackageSymbol> {
  for (const section of spec.sections(databaseFamilies)) {
    let start = section.contentSpan.start;
    for (const node of section.node.children) {
      const isPassed = node.kind !== "element" || (role === "defined" && node.name === "Insert");
      if (!isPassed) yield* statementSymbols(node, start, wanted);
      start += node.width;
    }
  }
}

/** @param start where the statement starts */
export function statementSymbols(
  node: ElementNode,
  start: number,
  wanted: (symbol: PackageSymbol) => boolean = () => true,
): readonly PackageSymbol[] {
  return namesIn(node)
    .filter(wanted)
    .map((symbol) => ({ ...symbol, span: shift(symbol.span, start) }));
}

/** The packages beside which an element runs or does not. */
export function conditionSymbols(element: Element): readonly PackageSymbol[] {
  return ["IfPackage", "IfNotPackage"].flatMap((name): readonly PackageSymbol[] => {
    const condition = element.attribute(name);
    if (!condition || condition.value === "") return [];
    return [
      {
        ...{ kind: "package", name: condition.value, owner: undefined, role: "used" },
        span: condition.valueSpan,
      },
    ];
  });
}

/** The names in a statement, with spans relative to its start. */
export const namesIn = memo((node: ElementNode): readonly PackageSymbol[] => {
  const symbols: PackageSymbol[] = [];
  collect(new Element(node, 0, undefined), {}, symbols);
  return symbols;
});

/** What the elements around one say about it. */
interface Around {
  /** The table of the statement. */
  readonly table?: string | undefined;
  /** The table that the foreign key refers to. */
  readonly foreignTable?: string | undefined;
  /** What is done with the foreign key. */
  readonly keyRole?: SymbolRole;
}

function collect(element: Element, around: Around, symbols: PackageSymbol[]): void {
  const table = tableOf(element) ?? around.table;
  const foreignTable = element.value("ForeignTable") ?? around.foreignTable;
  const keyRole = keyRoles.get(element.name) ?? around.keyRole;
  for (const { attribute: attributeName, kind, role, isForeign } of namedByElement(element.name)) {
    const attribute = element.attribute(attributeName);
    if (!attribute || attribute.value === "") continue;
    const before = attributeName === "NameNew" ? element.value("NameOld") : undefined;
    symbols.push({
      kind,
      name: attribute.value,
      owner: kind === "table" ? undefined : isForeign ? foreignTable : table,
      role,
      span: attribute.valueSpan,
      ...(before ? { before } : {}),
    });
  }
  if (element.name === "Reference" && keyRole) {
    const [local, foreign] = [element.value("Local") ?? "", element.value("Foreign") ?? ""];
    const name = foreignKeyName({ local, foreign });
    symbols.push({ kind: "key", name, owner: table, role: keyRole, span: element.nameSpan });
  }
  symbols.push(...conditionSymbols(element));
  const inside = { table, foreignTable, ...(keyRole && { keyRole }) };
  for (const inner of element.elements) collect(inner, inside, symbols);
}

const keyRoles: ReadonlyMap<string, SymbolRole> = new Map([
  ["ForeignKey", "defined"],
  ["ForeignKeyCreate", "defined"],
  ["ForeignKeyDrop", "dropped"],
]);
