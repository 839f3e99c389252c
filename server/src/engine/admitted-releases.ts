import { type DialectId, dialectOf, productOf, productsOf } from "../dialect/products.ts";
import { lineOf, type Release, releases } from "../knowledge/releases.ts";
import { type FrameworkRange, matchFramework } from "../model/framework-range.ts";
import type { PackageSpec } from "../model/package-spec.ts";

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
  const frameworks = spec.all("Framework");
  if (frameworks.length > mostFrameworks) return [];
  const ranges = frameworks.flatMap((element) => {
    const pattern = element.text.value;
    if (pattern.trim() === "") return [];
    return [{ pattern, minimum: element.value("Minimum"), maximum: element.value("Maximum") }];
  });
  const key = JSON.stringify([dialect, isChosen, ranges]);
  if (key.length > longestTogether) return [];
  let admitted = kept.get(key);
  if (!admitted) {
    if (kept.size >= mostKept) kept.clear();
    admitted = find(ranges, dialect, isChosen);
    kept.set(key, admitted);
  }
  return admitted;
}

/** Above what any package has, in elements and in characters. Of one that has more nothing is claimed. */
const mostFrameworks = 40;
const longestTogether = 4000;

/** The same elements are asked about at every keystroke. */
const kept = new Map<string, readonly Release[]>();
const mostKept = 100;

function find(ranges: readonly FrameworkRange[], dialect: DialectId, isChosen: boolean): readonly Release[] {
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

/** Patch levels that the ranges name: on one side of them a package is let in, on the other it is not. */
function patchLevelsIn(ranges: readonly FrameworkRange[]): readonly number[] {
  const texts = ranges.flatMap(({ pattern, minimum, maximum }) => [pattern, minimum, maximum]);
  const levels = texts.flatMap((text) => /^\s*\d+\.\d+\.(\d{1,3})/.exec(text ?? "")?.[1] ?? []);
  return [...new Set(levels)].slice(0, 20).map(Number);
}

/** Versions that stand for all that a release has the facts of. */
function versionsOf({ version, patches }: Release, named: readonly number[]): readonly string[] {
  const levels = [1, Number(version.split(".")[2] ?? 1), 99, ...named];
  return levels
    .filter((level) => patches.first <= level && level <= patches.last)
    .map((level) => `${lineOf(version)}.${level}`);
}
