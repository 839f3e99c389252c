import type { ElementRule } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { generatedIndexName } from "../shared/index-names.ts";

const indexElements: ReadonlySet<string> = new Set([
  "Index",
  "IndexCreate",
  "IndexDrop",
  "UniqueCreate",
  "UniqueDrop",
]);

/** Indexes are made and found by their names. */
export const indexNameMissing: ElementRule = {
  id: "index-name-missing",
  scope: "element",
  elements: ["TableCreate", "Table", "TableAlter"],
  severity: "error",
  summary: "Indexes and changed constraints have names",
  message: {
    index: "PostgreSQL and Oracle get no index, because it has no name.",
    change: "Nothing happens, because <{element}> has no Name.",
  },
  docs:
    "The drivers of PostgreSQL and Oracle leave out an index without a name and write a line to the log; MySQL makes up " +
    "a name that a later upgrade cannot know. `IndexCreate`, `UniqueCreate` and the elements that drop do nothing " +
    "without one. Begin the name with the table's.",
  bad: '<TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Index><IndexColumn Name="title"/></Index></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Index Name="acme_contract_title"><IndexColumn Name="title"/></Index></TableCreate>',
  source:
    "Znuny 7.1 and OTOBO 11, IndexCreate, IndexDrop, UniqueCreate and UniqueDrop of the database drivers",
  policyPlugins: ["XSD"],

  check(element) {
    return element.elements
      .filter((child) => indexElements.has(child.name) && lacks(child, "Name"))
      .map((index) => {
        const name = generatedIndexName(element, index);
        const attribute = index.attribute("Name");
        const fixes =
          name === undefined
            ? []
            : [attribute ? replacement(attribute.valueSpan, name) : attributeInsertion(index, "Name", name)];
        return {
          span: placeOf(index, "Name"),
          variant: index.name === "Index" ? "index" : "change",
          arguments: { element: index.name },
          fixes,
        };
      });
  },
};
