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
  summary: "Unique constraints have names",
  message:
    "No upgrade can ever drop the constraint, because its name ends in a random number in each installation.",
  docs:
    "Without `Name` the framework makes one up from the table and a random number below 1000. It differs from system to " +
    "system, so no package can drop the constraint later, and two of them may get the same name.",
  bad: '<TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Unique><UniqueColumn Name="title"/></Unique></TableCreate>',
  good: '<TableCreate Name="acme_contract"><Column Name="title" Required="true" Size="200" Type="VARCHAR"/><Unique Name="acme_contract_title"><UniqueColumn Name="title"/></Unique></TableCreate>',
  source: "Znuny 7.1 and OTOBO 11, TableCreate of the database drivers",

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
