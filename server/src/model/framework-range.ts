import type { DialectId } from "../dialect/dialect.ts";
import { isOn } from "../dialect/switches.ts";
import type { Element } from "../syntax/element.ts";
import { isAffordable } from "./affordable-expression.ts";
import type { StartTag } from "./package-structure.ts";
import { groupsOf, perlNumber } from "./version.ts";

/** One `Framework` element. */
export interface FrameworkRange {
  /** The text; undefined when the element is empty. */
  readonly pattern: string | undefined;
  readonly minimum?: string | undefined;
  readonly maximum?: string | undefined;
}

/** What a `Framework` element of a spec says. */
export function rangeOfElement(element: Element): FrameworkRange & { readonly pattern: string } {
  return {
    pattern: element.text.value,
    minimum: element.value("Minimum"),
    maximum: element.value("Maximum"),
  };
}

/** The same as the frameworks' parser reads it. */
export function rangeOfTag({ content, attributes }: StartTag): FrameworkRange {
  return { pattern: content, minimum: attributes.get("Minimum"), maximum: attributes.get("Maximum") };
}

/** Patch levels that ranges name: on one side of them a package is let in, on the other it is not. */
export function patchLevelsIn(ranges: readonly FrameworkRange[]): readonly number[] {
  const texts = ranges.flatMap(({ pattern, minimum, maximum }) => [pattern, minimum, maximum]);
  const levels = texts.flatMap((text) => /^\s*\d+\.\d+\.(\d{1,3})/.exec(text ?? "")?.[1] ?? []);
  return [...new Set(levels)].slice(0, 20).map(Number);
}

export interface FrameworkMatch {
  readonly fits: boolean;
  /** The text of the range looked at last, which the installers show although another one may have decided. */
  readonly reportedPattern: string | undefined;
  /** The last Minimum that was not reached, even if a later range made up for it. */
  readonly minimumNotMet: string | undefined;
  readonly maximumExceeded: string | undefined;
}

/**
 * Tells whether a framework fits one of the ranges of a package, as the installer of a dialect decides it.
 *
 * The last range whose pattern matches decides, not the best one. Minimum and Maximum are compared group by group
 * without stopping at a group that is too small, so a large patch level makes up for a small release: 7.0.20 reaches
 * the Minimum 7.1.0. OTRS before 5.0.14 takes the first pattern that matches and knows no Minimum and Maximum.
 *
 * @param framework the version as the running system reports it, for example "7.1.3"
 * @param ranges all `Framework` elements in document order; without one nothing fits
 * @source Znuny 7.1 and OTOBO 11, AnalyzePackageFrameworkRequirements; OTRS 5.0.26, 5.0.13 and 3.1, _CheckFramework
 */
export function matchFramework(
  framework: string,
  ranges: readonly FrameworkRange[],
  dialect: DialectId,
): FrameworkMatch {
  const onlyPatterns = !isOn("frameworkBounds", { dialect, version: framework });
  let fits = false;
  let reportedPattern: string | undefined;
  let minimumNotMet: string | undefined;
  let maximumExceeded: string | undefined;
  for (const { pattern, minimum, maximum } of ranges) {
    reportedPattern = pattern;
    if (!matchesPattern(framework, pattern ?? "")) continue;
    fits = true;
    if (onlyPatterns) break;
    if (isGiven(minimum)) {
      const { result, violated } = compareBound(framework, minimum, fits, (a, b) => a > b);
      fits = result;
      if (violated) minimumNotMet = minimum;
    }
    if (fits && isGiven(maximum)) {
      const { result, violated } = compareBound(framework, maximum, fits, (a, b) => a < b);
      fits = result;
      if (violated) maximumExceeded = maximum;
    }
  }
  return { fits, reportedPattern, minimumNotMet, maximumExceeded };
}

/**
 * Tells whether a framework version fits the text of a `Framework` element.
 *
 * `x` stands for one or more characters of any kind, so "7.x" fits "7.1.3"; a dot is a dot; everything else is a
 * regular expression. Letter case does not matter.
 *
 * @throws never; a pattern that is no regular expression, or takes too long to try, fits nothing
 */
export function matchesPattern(framework: string, pattern: string): boolean {
  return matchesExpression(framework, pattern.replaceAll(".", "\\.").replace(/x/gi, ".+"));
}

/**
 * As Perl reads it between `^` and `$`: alternatives are not held together, and a final line break may follow.
 *
 * @throws never; one that would take too long to try fits nothing
 */
export function matchesExpression(text: string, expression: string): boolean {
  if (!isAffordable(expression, text.length)) return false;
  try {
    return new RegExp(`^${expression}(?=\\n?$)`, "i").test(text);
  } catch {
    return false;
  }
}

function isGiven(bound: string | undefined): bound is string {
  return bound !== undefined && bound !== "" && bound !== "0";
}

/** Each group that differs overwrites the result of the one before; only one that is surely within ends it. */
function compareBound(
  framework: string,
  bound: string,
  before: boolean,
  within: (frameworkGroup: number, boundGroup: number) => boolean,
): { readonly result: boolean; readonly violated: boolean } {
  const frameworkGroups = groupsOf(framework);
  const boundGroups = groupsOf(bound);
  let result = before;
  let violated = false;
  for (let index = 0; index < 3; index++) {
    const frameworkGroup = frameworkGroups[index] || "0";
    const boundGroup = boundGroups[index] || "0";
    if (frameworkGroup === boundGroup || /x/i.test(frameworkGroup)) continue;
    result = within(perlNumber(frameworkGroup), perlNumber(boundGroup));
    if (result) break;
    violated = true;
  }
  return { result, violated };
}
