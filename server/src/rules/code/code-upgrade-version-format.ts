import type { ElementRule } from "../rule.ts";

/** A gate that does not compare as its author thinks. */
export const codeUpgradeVersionFormat: ElementRule = {
  id: "code-upgrade-version-format",
  scope: "element",
  elements: ["CodeUpgrade"],
  severity: "error",
  summary: "The Version of a CodeUpgrade is a version",
  message: {
    empty: "This code runs at every upgrade, because Version is empty.",
    invalid:
      "This code runs at the wrong upgrades or at none, because “{version}” is not a version of digits and dots.",
  },
  docs:
    "The section runs when the installed version is lower than `Version`, and the package's version is not. Groups are " +
    "compared by their leading digits, so `1.2.0-rc1` counts as `1.2.0`, `v2` as `0`, and `x` as `0`. Write digits and " +
    "dots alone.",
  bad: '<CodeUpgrade Type="post" Version="1.2.x"><![CDATA[1;]]></CodeUpgrade>',
  good: '<CodeUpgrade Type="post" Version="1.2.0"><![CDATA[1;]]></CodeUpgrade>',
  source: "Znuny 7.1 and OTOBO 11, _Code and _CheckVersion",

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
