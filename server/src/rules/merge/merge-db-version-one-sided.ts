import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** The builder takes sections out of PackageMerge, and with the level the version that counts changes. */
export const mergeDbVersionOneSided: ElementRule = {
  id: "merge-db-version-one-sided",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "warning",
  summary: "Database changes of phase merge have their Version on the element and on the section",
  message:
    "Once the framework has built the archive, this {element} is never executed: then its own Version counts, not that of the section.",
  docs:
    "The framework's builder takes `DatabaseUpgrade` out of `PackageMerge`, and from then on the `Version` of " +
    "`TableCreate`, `TableAlter`, `TableDrop` and `Insert` counts. In specs and in archives made by `opmbuild` it is that " +
    "of the section. Write the same version on both.",
  bad: '<DatabaseUpgrade Type="merge" Version="2.0.0"><TableDrop Name="survey_old"/></DatabaseUpgrade>',
  good: '<DatabaseUpgrade Type="merge" Version="2.0.0"><TableDrop Name="survey_old" Version="2.0.0"/></DatabaseUpgrade>',
  source: "Znuny 7.1 and OTOBO 11, _MergedPackages and PackageBuild",

  *check(section, { kind }, parentName) {
    const version = section.value("Version");
    if (!version || !isMergeSection(section, parentName) || kind === "archive") return;
    for (const element of section.elements) {
      if (element.attribute("Version")) continue;
      yield {
        span: element.nameSpan,
        arguments: { element: element.name },
        fixes: [attributeInsertion(element, "Version", version)],
      };
    }
  },
};
