import type { ElementRule } from "../rule.ts";
import { isMergeSection } from "../shared/database-section.ts";
import { attributeInsertion, attributeRemoval } from "../shared/fixes.ts";

/** The gate stands one level too high. */
export const dbUpgradeVersionOnSection: ElementRule = {
  id: "db-upgrade-version-on-section",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message: "This Version is ignored: while upgrading only that of each element in the section counts.",

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
