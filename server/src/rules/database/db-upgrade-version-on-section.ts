import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { attributeInsertion, attributeRemoval } from "../shared/fixes.ts";

/** The gate stands one level too high. */
export const dbUpgradeVersionOnSection: ElementRule = {
  id: "db-upgrade-version-on-section",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  summary: "The Version of an upgrade stands on the changes, not on the DatabaseUpgrade",
  message: "This Version is ignored: while upgrading only that of each element in the section counts.",
  docs:
    "While upgrading, the frameworks look at the `Version` of `TableCreate`, `TableAlter`, `TableDrop` and `Insert` " +
    "directly in the section; elements without are never executed. On `DatabaseUpgrade` itself `Version` has a meaning " +
    "only inside `PackageMerge`, and there only in specs and in archives made by `opmbuild`.",
  bad: '<DatabaseUpgrade Type="post" Version="1.1.0"><TableDrop Name="acme_old"/></DatabaseUpgrade>',
  good: '<DatabaseUpgrade Type="post"><TableDrop Name="acme_old" Version="1.1.0"/></DatabaseUpgrade>',
  source: "Znuny 7.1 and OTOBO 11, PackageUpgrade",

  check(section, _context, parentName) {
    const version = section.attribute("Version");
    if (!version || isMergeSection(section, parentName)) return undefined;
    const bare = section.elements.filter((element) => !element.attribute("Version"));
    const fix =
      bare.length === 0 || version.value === ""
        ? attributeRemoval(section, version)
        : {
            title: "Move Version to the elements in the section",
            edits: [
              ...attributeRemoval(section, version).edits,
              ...bare.flatMap((element) => attributeInsertion(element, "Version", version.value).edits),
            ],
          };
    return { span: version.span, fixes: [fix] };
  },
};
