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
  summary: "A Framework is a release that exists",
  message: "Nobody may ever install this, because no release {release} of OTRS, Znuny or OTOBO is known.",
  docs:
    "The release in this `Framework` is not among those known to this extension. It may be newer than the extension, " +
    "or a slip of the pen: a package that names only such releases can be installed nowhere.",
  bad: "<otrs_package><Framework>71.0.x</Framework></otrs_package>",
  good: "<otrs_package><Framework>7.1.x</Framework></otrs_package>",
  source: "The releases of OTRS, Znuny and OTOBO as they were published",

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
