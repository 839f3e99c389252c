import { dialectIds } from "../../dialect/dialect.ts";
import { productOf } from "../../dialect/products.ts";
import type { ElementRule } from "../rule.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** A release that never was is most likely a slip. */
export const frameworkUnknownRelease: ElementRule = {
  id: "framework-unknown-release",
  scope: "element",
  elements: ["Framework"],
  severity: "information",
  message: "Nobody may ever install this, because no release {release} of OTRS, Znuny or OTOBO is known.",

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "release" && framework?.form !== "version") return undefined;
    const release = /^\d+\.\d+/.exec(framework.text)![0];
    if (!knownReleases.has(release)) return { span: framework.span, arguments: { release } };
    return undefined;
  },
};

const knownReleases: ReadonlySet<string> = new Set(
  dialectIds.flatMap((dialect) => productOf(dialect).releaseLines),
);
