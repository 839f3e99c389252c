import type { ElementRule, Fix } from "../rule.ts";
import { boundsOf, frameworkText, releasesThatFit } from "../shared/framework-element.ts";

/** `x` stands for any characters, dots included, so `7.x` is not one release but all of them. */
export const frameworkTooWide: ElementRule = {
  id: "framework-too-wide",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  summary: "A Framework stands for one release",
  message: {
    releases:
      "This lets the package onto {releases}, and onto all that come, because x stands for any characters.",
    any: "This lets the package onto releases that nobody has tested it with, because x stands for any characters.",
  },
  docs:
    "`x` stands for one or more characters of any kind, dots included: `7.x` and `7.x.x` fit 7.0.1 as well as 7.1.3 " +
    "and every later 7. A package that was made for one release is then offered on all of them. Write one `Framework` " +
    "element per release.",
  bad: "<otrs_package><Framework>7.x</Framework></otrs_package>",
  good: "<otrs_package><Framework>7.0.x</Framework><Framework>7.1.x</Framework></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements",

  check(element, { dialect }, parentName) {
    const framework = frameworkText(element, parentName);
    // With bounds it is worse than wide, which another rule says.
    if (framework?.form !== "wide" || boundsOf(element).length > 0) return undefined;
    const { text, span } = framework;
    const releases = releasesThatFit(text, dialect);
    const isFew = releases.length > 0 && releases.length <= 6;
    const fix: Fix = {
      title: "Write one Framework per release",
      edits: [
        {
          span: element.span,
          newText: releases.map((release) => `<Framework>${release}.x</Framework>`).join("\n    "),
        },
      ],
    };
    return {
      span,
      variant: isFew ? "releases" : "any",
      arguments: { releases: releases.join(", ") },
      fixes: isFew && element.attributes.length === 0 ? [fix] : [],
    };
  },
};
