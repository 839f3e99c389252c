import { type DialectId, dialectIds, dialectOf, productOf, productsOf } from "../dialect/products.ts";
import {
  type FrameworkRelease,
  keyOf,
  type ReleaseRange,
  releasesOf,
  turningPoints,
} from "../dialect/switches.ts";
import { lineOf, type Release, releases } from "../knowledge/releases.ts";
import {
  type FrameworkRange,
  matchFramework,
  patchLevelsIn,
  rangeOfElement,
} from "../model/framework-range.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { memo } from "../text/memo.ts";

/**
 * The releases with known facts that a package may be installed on, the newest last: those of which its `Framework`
 * elements let in some patch level. While there is none with a text, all releases of the dialect.
 *
 * Products of one family cannot be told apart by a spec, so all of them count unless somebody said which dialect it is.
 *
 * @param isChosen true when settings name the dialect
 */
export function admittedReleases(
  spec: PackageSpec,
  dialect: DialectId,
  isChosen: boolean,
): readonly Release[] {
  const ranges = rangesOf(spec);
  return ranges ? released({ ranges, dialect, isChosen }) : [];
}

/**
 * The lowest and the highest release that the `Framework` elements of a package let in, known facts or not: of a dialect
 * and of the older ones of its product, so that a package for OTOBO 10 and 11 is not taken for one of 11 alone. While
 * they let in none of the dialect, or there is none with a text, all releases of the dialect. The same object for the
 * same two.
 */
export function admittedRange(spec: PackageSpec, dialect: DialectId): ReleaseRange {
  const ranges = rangesOf(spec);
  return ranges && ranges.length > 0 ? spanned({ ranges, dialect }) : releasesOf(dialect);
}

/** What the `Framework` elements with a text say; undefined for more of them than any package has. */
const rangesOf = memo((spec: PackageSpec): readonly FrameworkRange[] | undefined => {
  const frameworks = spec.all("Framework");
  if (frameworks.length > mostFrameworks) return undefined;
  const ranges = frameworks.map(rangeOfElement).filter(({ pattern }) => pattern.trim() !== "");
  return JSON.stringify(ranges).length > longestTogether ? undefined : ranges;
});

/** Above what any package has, in elements and in characters. Of one that has more nothing is claimed. */
const mostFrameworks = 40;
const longestTogether = 4000;

/** The same elements are asked about at every keystroke. */
function keepingAnswers<Question, Answer>(
  find: (question: Question) => Answer,
): (question: Question) => Answer {
  const kept = new Map<string, Answer>();
  return (question) => {
    const key = JSON.stringify(question);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const answer = find(question);
    kept.set(key, answer);
    return answer;
  };
}

const mostKept = 100;

interface Admission {
  readonly ranges: readonly FrameworkRange[];
  readonly dialect: DialectId;
}

const spanned = keepingAnswers(({ ranges, dialect }: Admission): ReleaseRange => {
  const levels = patchLevelsIn(ranges);
  const fitting = (each: DialectId): readonly FrameworkRelease[] =>
    turningPoints(each, levels)
      .filter((version) => matchFramework(version.replace(/x$/, "999"), ranges, each).fits)
      .map((version) => ({ dialect: each, version }));
  const highest = fitting(dialect).at(-1);
  if (!highest) return releasesOf(dialect);
  const [lowest] = dialectsUpTo(dialect).flatMap(fitting);
  return rangeBetween({ lowest: lowest!, highest });
});

/** A dialect behind the older ones of its product, oldest first. */
function dialectsUpTo(dialect: DialectId): readonly DialectId[] {
  const { product } = productOf(dialect);
  const ofProduct = dialectIds.filter((each) => productOf(each).product === product);
  return ofProduct.slice(0, ofProduct.indexOf(dialect) + 1);
}

/** Texts that let in the same releases have one object, by which it is seen that nothing has changed. */
const rangeBetween = keepingAnswers((range: ReleaseRange): ReleaseRange => {
  const all = releasesOf(range.highest.dialect);
  const isAll = keyOf(range.lowest) === keyOf(all.lowest) && keyOf(range.highest) === keyOf(all.highest);
  return isAll ? all : range;
});

const released = keepingAnswers(find);

function find({ ranges, dialect, isChosen }: Admission & { readonly isChosen: boolean }): readonly Release[] {
  const own = productOf(dialect);
  if (ranges.length === 0) {
    return releases.filter(
      ({ product, version }) => product === own.product && dialectOf(product, version) === dialect,
    );
  }
  const products: readonly string[] = isChosen ? [own.product] : productsOf(own.family);
  const named = patchLevelsIn(ranges);
  return releases.filter((release) => {
    if (!products.includes(release.product)) return false;
    const line = dialectOf(release.product, release.version);
    return (
      line !== undefined &&
      versionsOf(release, named).some((version) => matchFramework(version, ranges, line).fits)
    );
  });
}

/** Versions that stand for all that a release has the facts of. */
function versionsOf({ version, patches }: Release, named: readonly number[]): readonly string[] {
  const levels = [1, Number(version.split(".")[2] ?? 1), 99, ...named];
  return levels
    .filter((level) => patches.first <= level && level <= patches.last)
    .map((level) => `${lineOf(version)}.${level}`);
}
