import type { ElementRule } from "../rule.ts";
import { boundsOf, frameworkText, isPlainVersion } from "../shared/framework-element.ts";

/** A bound of another release is overruled by large patch levels. */
export const frameworkBoundOutside: ElementRule = {
  id: "framework-bound-outside",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  summary: "Minimum and Maximum belong to the release of their Framework",
  message: "{name} {bound} does not keep out what it should, because it lies outside {framework}.",
  docs:
    "The groups of a bound are compared one by one without stopping at one that is too small, so a large patch level " +
    "makes up for a small release: 7.0.20 reaches the `Minimum` 7.1.0. A bound works only where its first two groups " +
    "are those of the text. Move it to the `Framework` element of its own release.",
  bad: '<otrs_package><Framework Minimum="7.1.0">7.0.x</Framework></otrs_package>',
  good: '<otrs_package><Framework Minimum="7.0.4">7.0.x</Framework></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements",

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
