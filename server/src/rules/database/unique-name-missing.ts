import type { ElementRule } from "../rule.ts";
import { lacks, placeOf } from "../shared/database-names.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { generatedIndexName } from "../shared/index-names.ts";

/** A constraint without a name gets a random one. */
export const uniqueNameMissing: ElementRule = {
  id: "unique-name-missing",
  scope: "element",
  elements: ["TableCreate", "Table"],
  severity: "warning",
  message:
    "No upgrade can ever drop the constraint, because its name ends in a random number in each installation.",

  check(element) {
    return element.childrenNamed("Unique").flatMap((unique) => {
      if (!lacks(unique, "Name")) return [];
      const name = generatedIndexName(element, unique);
      const attribute = unique.attribute("Name");
      const fixes =
        name === undefined
          ? []
          : [attribute ? replacement(attribute.valueSpan, name) : attributeInsertion(unique, "Name", name)];
      return [{ span: placeOf(unique, "Name"), fixes }];
    });
  },
};
