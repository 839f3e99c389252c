import { type DialectId, type Family, families, rootNames } from "./dialect.ts";

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
  const ofOtobo = releases.filter(({ major }) => major === 10 || major === 11);
  const ofOtrs = releases.filter(({ major }) => major < 10);
  if (family === "otobo" || (ofOtobo.length > 0 && ofOtrs.length === 0)) {
    return otoboDialect(ofOtobo, family);
  }
  return otrsDialect(ofOtrs);
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

function otoboDialect(releases: readonly Release[], family: Family | undefined): Detection {
  const highest = highestOf(releases);
  return {
    dialect: highest?.major === 10 ? "otobo-10" : "otobo-11",
    certain: highest !== undefined && family !== "otrs",
  };
}

function otrsDialect(releases: readonly Release[]): Detection {
  const highest = highestOf(releases);
  if (!highest) return { dialect: "znuny-7", certain: false };
  const { major, minor } = highest;
  if (major < 5) return { dialect: "otrs-legacy", certain: true };
  if (major === 5) return { dialect: "otrs-5", certain: true };
  if (major === 6) return { dialect: "znuny-6", certain: (minor ?? 0) > 0 };
  if (major === 7) return { dialect: "znuny-7", certain: (minor ?? 0) > 0 };
  return { dialect: "otrs-8", certain: true };
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
