import { type DialectId, dialectsOf, type Family, families, rootNames } from "./dialect.ts";
import { majorsOf, productOf } from "./products.ts";

export interface DetectionInput {
  /** The name of the root element; undefined when there is none yet. */
  readonly root: string | undefined;
  /** The texts of all `Framework` elements, such as "7.1.x", in any order. */
  readonly frameworks: readonly string[];
}

export interface Detection {
  readonly dialect: DialectId;
  /** False when another dialect is as likely, so that a setting should be able to say otherwise. */
  readonly certain: boolean;
}

/**
 * Guesses the dialect of a spec: the root element gives the family, the highest framework release the product line.
 *
 * OTRS 6.0 cannot be told from Znuny 6.0 nor OTRS 7.0 from Znuny 7.0; Znuny is assumed and `certain` is false.
 * A root of the OTRS family beside frameworks of OTOBO only is taken for OTOBO, because the framework check and not
 * the root decides where a package can be installed.
 */
export function detectDialect({ root, frameworks }: DetectionInput): Detection {
  const family = families.find((each) => rootNames[each] === root);
  const releases = frameworks.flatMap(readRelease);
  const ofOtobo = releases.filter(({ major }) => familyOfMajor(major) === "otobo");
  const ofOtrs = releases.filter(({ major }) => familyOfMajor(major) === "otrs");
  if (family === "otobo" || (ofOtobo.length > 0 && ofOtrs.length === 0)) {
    const { dialect, certain } = guess("otobo", ofOtobo);
    return { dialect, certain: certain && family !== "otrs" };
  }
  return guess("otrs", ofOtrs);
}

/** The first release of OTOBO has a higher number than any of OTRS and Znuny. */
const firstOfOtobo = Math.min(...dialectsOf("otobo").flatMap(majorsOf));

/** The family of a release with this major version; undefined where none is known. */
export function familyOfMajor(major: number): Family | undefined {
  if (major < firstOfOtobo) return "otrs";
  return candidates("otobo", major).length > 0 ? "otobo" : undefined;
}

interface Release {
  readonly major: number;
  /** Undefined when the text has an `x` or nothing there. */
  readonly minor: number | undefined;
}

/** Nothing for a text that starts with no number, such as "x.x.x". */
function readRelease(framework: string): readonly Release[] {
  const match = /^\s*(\d{1,4})(?:\.(\d{1,4}))?(?![\d\w])/.exec(framework);
  if (!match) return [];
  return [{ major: Number(match[1]), minor: match[2] === undefined ? undefined : Number(match[2]) }];
}

/** The newest dialect of a family that has the highest of the releases; without releases the newest of all. */
function guess(family: Family, releases: readonly Release[]): Detection {
  const highest = highestOf(releases);
  if (!highest) return { dialect: newestOf(family), certain: false };
  const { major, minor = 0 } = highest;
  const [dialect, ...others] = candidates(family, major).toReversed();
  const line = `${major}.${minor}`;
  const isShared = others.some((each) => productOf(each).releaseLines.includes(line));
  return { dialect: dialect ?? nearest(family, major), certain: !isShared };
}

/** The dialects of a family with releases of this major version; of several the last one is assumed. */
function candidates(family: Family, major: number): readonly DialectId[] {
  return dialectsOf(family).filter((dialect) => majorsOf(dialect).includes(major));
}

/** For a major version that nobody knows: the dialect of the highest one below it, or the oldest. */
function nearest(family: Family, major: number): DialectId {
  const known = dialectsOf(family);
  const below = known.flatMap(majorsOf).filter((each) => each < major);
  return candidates(family, Math.max(...below)).at(-1) ?? known[0]!;
}

/** What is assumed of a family of which no release is named: the last in the table. */
export function newestOf(family: Family): DialectId {
  return dialectsOf(family).at(-1)!;
}

function highestOf(releases: readonly Release[]): Release | undefined {
  return releases.reduce<Release | undefined>(
    (highest, release) => (highest && compareReleases(highest, release) >= 0 ? highest : release),
    undefined,
  );
}

function compareReleases(a: Release, b: Release): number {
  return a.major - b.major || (a.minor ?? -1) - (b.minor ?? -1);
}

/** What is assumed of a document that says nothing; what all packages have in common may be read with it. */
export const defaultDialect: DialectId = detectDialect({ root: undefined, frameworks: [] }).dialect;
