import { compareStrictly } from "../../model/version.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";
import { boundsOf, frameworkText, isPlainVersion } from "../shared/framework-element.ts";

/** A bound of another release is overruled by large patch levels. */
export const frameworkBoundOutside: ElementRule = {
  id: "framework-bound-outside",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  message: "{name} {bound} does not keep out what it should, because it lies outside {framework}.",

  *check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "release" && framework?.form !== "version") return;
    const release = releaseOf(framework.text);
    for (const bound of boundsOf(element)) {
      const { name, value, valueSpan } = bound;
      if (!isPlainVersion(value) || releaseOf(value) === release) continue;
      // One on the other side would let nothing in, which may be just what a slip of it does.
      const isBelow = compareStrictly(releaseOf(value), release) < 0;
      const isNeedless = isBelow === (name === "Minimum");
      yield {
        span: valueSpan,
        arguments: { name, bound: value, framework: framework.text },
        fixes: isNeedless ? [attributeRemoval(element, bound)] : [],
      };
    }
  },
};

function releaseOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
