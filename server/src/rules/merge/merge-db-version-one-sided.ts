import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { attributeInsertion } from "../shared/fixes.ts";

/** The builder takes sections out of PackageMerge, and with the level the version that counts changes. */
export const mergeDbVersionOneSided: ElementRule = {
  id: "merge-db-version-one-sided",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "warning",
  message:
    "Once the framework has built the archive, this {element} is never executed: then its own Version counts, not that of the section.",

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
