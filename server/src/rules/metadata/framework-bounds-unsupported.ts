import { dialectIds, productOf } from "../../dialect/products.ts";
import { isOn, type ReleaseRange, switchAcross } from "../../dialect/switches.ts";
import { matchesPattern } from "../../model/framework-range.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { boundsOf, frameworkText } from "../shared/framework-element.ts";

/** Bounds are younger than packages. */
export const frameworkBoundsUnsupported: ElementRule = {
  id: "framework-bounds-unsupported",
  scope: "element",
  elements: ["Framework"],
  severity: "warning",
  whereNot: "frameworkBounds",
  message: "{name} keeps nothing out, because the framework looks at the text of Framework alone.",

  *check(element, { releases }, parentName) {
    const framework = frameworkText(element, parentName);
    if (!framework || !letsInRelease(framework.text, releases)) return;
    const isIgnored = switchAcross("frameworkBounds", releases) === "off";
    for (const bound of boundsOf(element)) {
      yield {
        span: bound.span,
        // Later releases honour it.
        severity: isIgnored ? "warning" : "information",
        arguments: { name: bound.name },
        fixes: isIgnored ? [attributeRemoval(element, bound)] : [],
      };
    }
  },
};

/** Whether a text lets in releases without bounds; beside one that does, others may be for newer releases. */
function letsInRelease(text: string, { lowest }: ReleaseRange): boolean {
  const { product } = productOf(lowest.dialect);
  const patch = /\.\d+\.(\d+)$/.exec(text)?.[1] ?? "1";
  return dialectIds
    .filter((dialect) => productOf(dialect).product === product)
    .flatMap((dialect) =>
      productOf(dialect).releaseLines.map((line) => ({ dialect, version: `${line}.${patch}` })),
    )
    .some((release) => !isOn("frameworkBounds", release) && matchesPattern(release.version, text));
}
