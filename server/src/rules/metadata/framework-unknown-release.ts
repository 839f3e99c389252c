import { dialectIds } from "../../dialect/dialect.ts";
import { productOf, productsOf } from "../../dialect/products.ts";
import type { ElementRule } from "../rule.ts";
import { frameworkText } from "../shared/framework-element.ts";

/** A release that never was is most likely a slip. */
export const frameworkUnknownRelease: ElementRule = {
  id: "framework-unknown-release",
  scope: "element",
  elements: ["Framework"],
  severity: "information",
  message:
    "Most likely this lets the package onto no system, because no release {release} of {products} is known.",

  check(element, { product: { family } }, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "release" && framework?.form !== "version") return undefined;
    const release = /^\d+\.\d+/.exec(framework.text)![0];
    if (knownReleases.has(release)) return undefined;
    return { span: framework.span, arguments: { release, products: productsOf(family).join(", ") } };
  },
};

const knownReleases: ReadonlySet<string> = new Set(
  dialectIds.flatMap((dialect) => productOf(dialect).releaseLines),
);
