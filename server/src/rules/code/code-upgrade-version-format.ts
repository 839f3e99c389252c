import type { Attribute, Element } from "../../syntax/element.ts";
import type { ElementRule, Fix } from "../rule.ts";
import { attributeRemoval, replacement } from "../shared/fixes.ts";
import { isComparedAsRead, meantVersion } from "../shared/version-element.ts";

/** A gate that does not compare as its author thinks. */
export const codeUpgradeVersionFormat: ElementRule = {
  id: "code-upgrade-version-format",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "error",
  message: {
    empty: "This code runs at every upgrade, because Version is empty.",
    invalid:
      "This code runs at the wrong upgrades or at none, because “{version}” is not a version of digits and dots.",
  },

  check(section) {
    const version = section.attribute("Version");
    if (!version || isComparedAsRead(version.value)) return undefined;
    return {
      span: version.value === "" ? version.span : version.valueSpan,
      variant: version.value === "" ? "empty" : "invalid",
      arguments: { version: version.value },
      fixes: fixesOf(section, version),
    };
  },
};

/** An empty gate is as good as none. */
function fixesOf(section: Element, version: Attribute): readonly Fix[] {
  if (version.value === "") return [attributeRemoval(section, version)];
  const meant = meantVersion(version.value);
  return meant === undefined ? [] : [replacement(version.valueSpan, meant)];
}
