import type { ElementRule } from "../rule.ts";
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
    for (const { name, value, valueSpan } of boundsOf(element)) {
      if (!isPlainVersion(value) || releaseOf(value) === release) continue;
      yield { span: valueSpan, arguments: { name, bound: value, framework: framework.text } };
    }
  },
};

function releaseOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
