import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isComparedAsRead, meantVersion } from "../shared/version-element.ts";

/** A gate that does not compare as its author thinks. */
export const dbUpgradeVersionFormat: ElementRule = {
  id: "db-upgrade-version-format",
  scope: "element",
  elements: ["DatabaseUpgrade"],
  severity: "error",
  message:
    "This {element} is executed at the wrong upgrades or at none, because “{version}” is not a version of digits and dots.",

  *check(section) {
    for (const element of section.elements) {
      const version = element.attribute("Version");
      // An empty one is as good as none, which another rule says.
      if (!version?.value || isComparedAsRead(version.value)) continue;
      const meant = meantVersion(version.value);
      yield {
        span: version.valueSpan,
        arguments: { element: element.name, version: version.value },
        fixes: meant === undefined ? [] : [replacement(version.valueSpan, meant)],
      };
    }
  },
};
