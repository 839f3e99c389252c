import type { ElementRule } from "../rule.ts";
import { boundsOf, frameworkText, releasesThatFit, writingEach } from "../shared/framework-element.ts";

/** `x` stands for any characters, dots included, so `7.x` is not one release but all of them. */
export const frameworkTooWide: ElementRule = {
  id: "framework-too-wide",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  message: {
    releases:
      "This lets the package onto {releases}, and onto all that come, because x stands for any characters.",
    any: "This lets the package onto releases that nobody has tested it with, because x stands for any characters.",
  },

  check(element, { dialect }, parentName) {
    const framework = frameworkText(element, parentName);
    // With bounds it is worse than wide, which another rule says.
    if (framework?.form !== "wide" || boundsOf(element).length > 0) return undefined;
    const { text, span } = framework;
    const releases = releasesThatFit(text, dialect);
    const isFew = releases.length > 0 && releases.length <= 6;
    const fix = writingEach(
      element,
      releases.map((release) => `${release}.x`),
    );
    return {
      span,
      variant: isFew ? "releases" : "any",
      arguments: { releases: releases.join(", ") },
      fixes: isFew && element.attributes.length === 0 ? [fix] : [],
    };
  },
};
