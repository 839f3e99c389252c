import type { ElementRule } from "../rule.ts";

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
    if (!version || /^\d+(\.\d+){0,5}$/.test(version.value)) return undefined;
    return {
      span: version.value === "" ? version.span : version.valueSpan,
      variant: version.value === "" ? "empty" : "invalid",
      arguments: { version: version.value },
    };
  },
};
