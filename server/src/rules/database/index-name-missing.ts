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
  message: {
    index: "PostgreSQL and Oracle get no index, because it has no name.",
    change: "Nothing happens, because <{element}> has no Name.",
  },
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
