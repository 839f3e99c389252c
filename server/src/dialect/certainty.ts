import { memo } from "../text/memo.ts";
import { dialectIds, type ProductName, productOf } from "./products.ts";
import { isWithin, overlaps, type Release, type ReleaseRange, type Stretch } from "./switches.ts";

/**
 * What a statement about a release rests on, the surest first:
 *
 * - `run`: the code of that release line was run, and did what we say
 * - `read`: its code was read
 * - `assumed`: nobody has looked at its code, or only at its change log; it is taken to do what another release does
 */
export const certainties = ["run", "read", "assumed"] as const;
export type Certainty = (typeof certainties)[number];

/** What a framework does, as far as it is told apart here. What it has (files, tables) is in the knowledge of it. */
export const behaviourAreas = ["builder", "parser", "versions", "life-cycle", "settings", "sql"] as const;
export type BehaviourArea = (typeof behaviourAreas)[number];

export interface Ground {
  readonly certainty: Certainty;
  /** What was run or read, such as "Znuny 7.1.7"; a line such as "Znuny 6.3" where all of its releases were. */
  readonly release: string;
}

/** The weaker of two. */
export function weaker<T extends { readonly certainty: Certainty }>(a: T, b: T): T {
  return certainties.indexOf(b.certainty) > certainties.indexOf(a.certainty) ? b : a;
}

/** What our statements about an area of a release rest on. */
export function groundOf(area: BehaviourArea, release: Release): Ground {
  return groundIn(rows.find((row) => isWithin(row, release))!, area);
}

/** What a statement rests on that is about all releases of a range: the weakest of what it rests on for each. */
export function groundAcross(area: BehaviourArea, range: ReleaseRange): Ground {
  return groundsAcross(area, range).reduce(weaker);
}

/** What is known of each line of a range. */
function groundsAcross(area: BehaviourArea, range: ReleaseRange): readonly Ground[] {
  return rowsAcross(range).map((row) => groundIn(row, area));
}

/** Numbers that no release line has, such as Znuny 6.9, are in none. Each finding asks, most often about one range. */
const rowsAcross = memo((range: ReleaseRange) =>
  rows.filter((row) => overlaps(row, range) && hasReleases(row)),
);

function hasReleases(row: GroundRow): boolean {
  return dialectIds.some((dialect) =>
    productOf(dialect).releaseLines.some((line) => {
      const [lowest, highest] = ["0", "x"].map((patch) => ({ dialect, version: `${line}.${patch}` }));
      return overlaps(row, { lowest: lowest!, highest: highest! });
    }),
  );
}

/**
 * The release that all of a range are taken for, because nothing is known of what any of them does; undefined where
 * something is.
 */
export const assumedAs = memo((range: ReleaseRange): string | undefined => {
  const grounds = groundsAcross("life-cycle", range);
  return grounds.every(({ certainty }) => certainty === "assumed") ? grounds.at(-1)?.release : undefined;
});

/** What nobody has looked at in the row's own way. */
type Exceptions = Readonly<Partial<Record<BehaviourArea, Ground>>>;

interface GroundRow extends Stretch {
  readonly ground: Ground;
  readonly except: Exceptions;
}

function groundIn({ ground, except }: GroundRow, area: BehaviourArea): Ground {
  return except[area] ?? ground;
}

/**
 * Every release of every product is in exactly one row.
 *
 * Run: OTRS 3.1 of November 2011 without a database; ((OTRS)) Community Edition 6.0.41 on MariaDB; Znuny 7.1.7 and a
 * development state of OTOBO 11.0 of October 2024 that called itself 11.0.5, both on MariaDB and PostgreSQL. Read: every
 * patch release of OTRS 3.2.2 to 6.0.30, of Znuny 6.0.31 to 6.5.4 and 7.0.1 to 7.0.9, of OTOBO 10.0.1 to 11.0.6 and 11.1
 * of October 2024. Of Znuny 7.2 and 7.3 the change logs, their tables and single files. Of OTRS 7 and 8 nothing.
 */
const rows: readonly GroundRow[] = [
  row("OTRS", { until: "3.1" }, "assumed", "OTRS 3.1", {
    settings: { certainty: "assumed", release: "OTRS 5.0" },
    sql: { certainty: "assumed", release: "OTRS 3.2" },
  }),
  row("OTRS", { since: "3.1", until: "3.2" }, "run", "OTRS 3.1", {
    "life-cycle": { certainty: "read", release: "OTRS 3.1" },
    settings: { certainty: "assumed", release: "OTRS 5.0" },
    sql: { certainty: "assumed", release: "OTRS 3.2" },
  }),
  ...lines("OTRS", ["3.2", "3.3", "4.0"], "5.0", {
    versions: { certainty: "assumed", release: "OTRS 3.1" },
    settings: { certainty: "assumed", release: "OTRS 5.0" },
  }),
  ...lines("OTRS", ["5.0"], "6.0"),
  row("OTRS", { since: "6.0", until: "6.0.31" }, "read", "OTRS 6.0"),
  row("OTRS", { since: "6.0.31", until: "6.0.x" }, "run", "OTRS 6.0.41"),
  row("OTRS", { since: "6.0.x", until: "6.1" }, "read", "OTRS 6.0"),
  row("OTRS", { since: "6.1" }, "assumed", "OTRS 6.0.41"),
  ...lines("Znuny", ["6.0", "6.1", "6.2", "6.3", "6.4", "6.5"], "6.6"),
  row("Znuny", { since: "6.6", until: "7.0" }, "assumed", "Znuny 6.5"),
  ...lines("Znuny", ["7.0"], "7.1"),
  row("Znuny", { since: "7.1", until: "7.2" }, "run", "Znuny 7.1.7"),
  row("Znuny", { since: "7.2" }, "assumed", "Znuny 7.1.7"),
  ...lines("OTOBO", ["10.0", "10.1"], "10.2"),
  row("OTOBO", { since: "10.2", until: "11.0" }, "assumed", "OTOBO 10.1"),
  row("OTOBO", { since: "11.0", until: "11.1" }, "run", "OTOBO 11.0.5"),
  ...lines("OTOBO", ["11.1"], "11.2"),
  row("OTOBO", { since: "11.2" }, "assumed", "OTOBO 11.1"),
];

function row(
  product: ProductName,
  stretch: Omit<Stretch, "product">,
  certainty: Certainty,
  release: string,
  except: Exceptions = {},
): GroundRow {
  return { product, ...stretch, ground: { certainty, release }, except };
}

/** Release lines whose own code was read, one after the other. @param end the first behind them */
function lines(
  product: ProductName,
  names: readonly string[],
  end: string,
  except: Exceptions = {},
): readonly GroundRow[] {
  return names.map((line, index) =>
    row(product, { since: line, until: names[index + 1] ?? end }, "read", `${product} ${line}`, except),
  );
}
