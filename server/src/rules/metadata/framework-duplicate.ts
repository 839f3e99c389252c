import { matchesPattern } from "../../model/framework-range.ts";
import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import {
  boundsOf,
  dialectsWithBounds,
  type FrameworkText,
  frameworkText,
} from "../shared/framework-element.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Of several entries that fit a version the last one decides, not the one that lets the package in. */
export const frameworkDuplicate: PackageRule = {
  id: "framework-duplicate",
  scope: "package",
  severity: "error",
  dialects: dialectsWithBounds,
  summary: "No two Framework elements fit the same version",
  message: {
    decides:
      "This does not decide for {text}, because “{other}” further down fits it too and the last one counts.",
    same: "This says nothing new, because the same Framework stands further down.",
  },
  docs:
    "All `Framework` elements are looked at in turn, and the last one that fits the running version decides, together " +
    "with its bounds. So two elements for one release are no alternatives: with `7.0.x` and then `7.0.x` with " +
    "`Minimum` 7.0.5 the package is refused on 7.0.3. Keep one element per release.",
  bad: '<otrs_package><Framework>7.0.x</Framework><Framework Minimum="7.0.5">7.0.x</Framework></otrs_package>',
  good: '<otrs_package><Framework Minimum="7.0.5">7.0.x</Framework></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements",

  *check(spec) {
    const elements = rootChildren(spec, "Framework");
    if (elements.length < 2) return;
    const entries = elements.flatMap((element) => {
      const framework = frameworkText(element, element.parent?.name);
      const isUsable = framework && framework.form !== "empty" && framework.form !== "expression";
      return isUsable && !framework.hasBlanks ? [{ element, framework, bounds: boundsText(element) }] : [];
    });
    for (const [index, { element, framework, bounds }] of entries.entries()) {
      const rival = entries
        .slice(index + 1)
        .find((later) => overlap(framework, later.framework) && isTelling(framework, bounds, later));
      if (!rival) continue;
      const isSame = framework.text === rival.framework.text && bounds === rival.bounds;
      yield {
        span: framework.span,
        variant: isSame ? "same" : "decides",
        severity: isSame ? "warning" : "error",
        arguments: { text: framework.text, other: rival.framework.text },
        fixes: [removal(spec, element)],
        unnecessary: isSame,
      };
    }
  },
};

interface Entry {
  readonly framework: FrameworkText;
  readonly bounds: string;
}

/** Overlapping texts without bounds agree, so they matter only when one of them is written twice. */
function isTelling({ text }: FrameworkText, bounds: string, later: Entry): boolean {
  return bounds !== later.bounds || text === later.framework.text;
}

function boundsText(element: Element): string {
  return boundsOf(element)
    .map(({ name, value }) => `${name} ${value}`)
    .join(" ");
}

/** Tells whether some version fits both, trying those that each text looks like. */
function overlap(a: FrameworkText, b: FrameworkText): boolean {
  return (
    samples(a.text).some((version) => matchesPattern(version, b.text)) ||
    samples(b.text).some((version) => matchesPattern(version, a.text))
  );
}

function samples(text: string): readonly string[] {
  return ["1", "1.1", "12"].map((value) => text.replace(/x/gi, value));
}
