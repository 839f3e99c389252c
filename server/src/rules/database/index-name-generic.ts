import type { Element } from "../../syntax/element.ts";
import type { ElementRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";
import { generatedIndexName } from "../shared/index-names.ts";

/** PostgreSQL keeps the names of indexes and constraints of all tables in one place. */
export const indexNameGeneric: ElementRule = {
  id: "index-name-generic",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "warning",
  message:
    "On PostgreSQL the index is skipped if any other table has one called “{name}”, because names count for the whole database.",

  check(element) {
    const table = element.value("Name") || element.value("NameNew") || "";
    if (table === "") return undefined;
    return element.elements.flatMap((index) => {
      const name = creators.has(index.name) ? (index.value("Name") ?? "") : "";
      if (name === "" || tellsTable(name, table) || !isGeneric(name, index)) return [];
      const usual = generatedIndexName(element, index);
      const span = placeOf(index, "Name");
      // Systems that have the index know it by its old name, which later upgrades would have to drop.
      const fixes =
        usual !== undefined && usual.length <= 30
          ? [{ ...replacement(span, usual), asks: true as const }]
          : [];
      return [{ span, arguments: { name }, fixes }];
    });
  },
};

const creators: ReadonlySet<string> = new Set(["Index", "IndexCreate", "Unique", "UniqueCreate"]);

/** A name that says nothing but which columns are in it and that it is an index. */
function isGeneric(name: string, index: Element): boolean {
  const words = index.elements.flatMap((column) => (column.value("Name") ?? "").toLowerCase().split("_"));
  const plain = new Set([...words, ...indexWords]);
  return name
    .toLowerCase()
    .split("_")
    .every((word) => plain.has(word));
}

const indexWords = ["index", "idx", "ix", "key", "unique", "uniq", "uq", "fk", "pk", ""];

/** A common first word is enough, since long names of tables are abbreviated in those of their indexes. */
function tellsTable(name: string, table: string): boolean {
  const [prefix = ""] = table.toLowerCase().split("_");
  return name.toLowerCase().includes(prefix);
}
