import { newestPart } from "../../knowledge/join-knowledge.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { databaseFamilies, type PackageSpec } from "../../model/package-spec.ts";
import { Element } from "../../syntax/element.ts";

/** The tables that the package creates, in document order. */
export function ownTables(spec: PackageSpec): readonly string[] {
  const names = [...tableElements(spec)].flatMap((table) => {
    const name = table.name === "TableAlter" ? table.value("NameNew") : table.value("Name");
    return name ? [name] : [];
  });
  return [...new Set(names)];
}

/** The columns of a table: those the package gives it, then those the newest of its frameworks has in it. */
export function columnsOf(table: string, spec: PackageSpec, knowledge: Knowledge): readonly string[] {
  const columns = new Set<string>();
  for (const element of tableElements(spec)) {
    if (tableNameOf(element) !== table) continue;
    for (const child of element.elements) {
      const name = child.name === "ColumnChange" ? child.value("NameNew") : child.value("Name");
      if (name && /^Column(Add|Change)?$/.test(child.name)) columns.add(name);
    }
  }
  for (const { name } of newestPart(knowledge).table(table)?.columns ?? []) columns.add(name);
  return [...columns];
}

/** The table that an element inside a database section is about; undefined when it does not say. */
export function tableAround(element: Element): string | undefined {
  for (let outer: Element | undefined = element; outer; outer = outer.parent) {
    if (outer.name === "Insert") return outer.value("Table");
    if (isTable(outer.name)) return tableNameOf(outer);
  }
  return undefined;
}

function tableNameOf(table: Element): string | undefined {
  return table.value("Name") ?? table.value("NameNew") ?? table.value("NameOld");
}

function isTable(name: string): boolean {
  return name === "TableCreate" || name === "Table" || name === "TableAlter";
}

/** Everything that creates or alters a table. Sections may hold thousands of rows, of which no objects are made. */
function* tableElements(spec: PackageSpec): Iterable<Element> {
  for (const section of spec.sections(databaseFamilies)) {
    let start = section.contentSpan.start;
    for (const node of section.node.children) {
      if (node.kind === "element" && isTable(node.name)) yield new Element(node, start, section);
      start += node.width;
    }
  }
}
