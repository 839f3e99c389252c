import type { DatabaseKind } from "../database/engines.ts";
import type { Message } from "../l10n/translate.ts";
import type { PackageIdentity } from "../lifecycle/plan.ts";
import type { Difference, OpenPart } from "../proof/compare-systems.ts";
import type { FailedStep, PathKind, PathVerdict, TriedPath } from "../proof/upgrade-paths.ts";
import { type PlaceFinder, placesIn } from "./place.ts";

/** A system that paths were tried on. */
export interface MatrixColumn {
  /** Such as "Znuny 7.1.7". */
  readonly product: string;
  readonly database: DatabaseKind;
}

/** A version that paths start from. */
export interface MatrixStart {
  readonly version: string;
  /** Where it was found, as people read it; undefined where there is nothing to say. */
  readonly source: string | undefined;
}

export interface MatrixRow {
  /** Undefined for a system without the package. */
  readonly start: string | undefined;
  readonly kind: PathKind;
  /** One for each column. */
  readonly cells: readonly TriedPath[];
}

/** Something that is told once for all cells that have it. */
export interface Told<Thing> {
  readonly thing: Thing;
  /** The versions from which it is so, the oldest first; undefined for a fresh install. */
  readonly starts: readonly (string | undefined)[];
  /** Whether it is so only where the versions between are installed as well. */
  readonly isStepByStep: boolean;
  readonly columns: readonly MatrixColumn[];
}

/** Every way to one version of a package, on every system, beside a fresh install. Plain data. */
export interface MatrixReport {
  readonly package: PackageIdentity;
  /** The name of the spec or the archive. */
  readonly fileName: string | undefined;
  readonly placeOf: PlaceFinder;
  readonly columns: readonly MatrixColumn[];
  readonly starts: readonly MatrixStart[];
  readonly rows: readonly MatrixRow[];
  /** The first version that counts; undefined where all do. */
  readonly since: string | undefined;
  /** Versions that are known and older than that. */
  readonly passedOver: readonly string[];
  /** What the reader has to know of how the versions were found. */
  readonly notes: readonly Message[];
  readonly differences: readonly Told<Difference>[];
  readonly failures: readonly Told<FailedStep>[];
  readonly earlierFailures: readonly Told<FailedStep>[];
  readonly open: readonly Told<OpenPart>[];
  readonly refusals: readonly Told<Message>[];
  readonly counts: Readonly<Record<PathVerdict, number>>;
}

export interface MatrixParts
  extends Pick<
    MatrixReport,
    "package" | "fileName" | "columns" | "starts" | "since" | "passedOver" | "notes"
  > {
  readonly specText: string | undefined;
  /** The paths of each column; all columns have the same paths in the same order. */
  readonly paths: readonly (readonly TriedPath[])[];
}

export function makeMatrixReport({ specText, paths, ...parts }: MatrixParts): MatrixReport {
  const { columns } = parts;
  const rows = (paths[0] ?? []).map(
    ({ start, kind }, index): MatrixRow => ({
      start,
      kind,
      cells: paths.map((column) => column[index]!),
    }),
  );
  const told = <Thing extends object>(
    things: (cell: TriedPath) => readonly Thing[],
    keyOf: (thing: Thing) => unknown,
  ): readonly Told<Thing>[] => toldOnce(rows, columns, things, keyOf);
  const counts = { same: 0, differs: 0, fails: 0, refused: 0, unknown: 0 };
  for (const { cells } of rows) for (const { verdict } of cells) counts[verdict]++;
  return {
    ...parts,
    rows,
    placeOf: placesIn(specText),
    counts,
    // Databases have their own words for the same type.
    differences: told(
      ({ differences }) => differences,
      ({ kind, table, name, operation, parting, rows: values, fresh, other }) => [
        ...[kind, table.toLowerCase(), name.toLowerCase(), operation, parting.cause, parting.tag?.count],
        ...[fresh === undefined, other === undefined, values && [fresh, other]],
      ],
    ),
    failures: told(
      ({ failures }) => failures,
      ({ operation, label, span }) => [operation, label, span?.start],
    ),
    earlierFailures: told(
      ({ earlierFailures }) => earlierFailures,
      ({ operation, version, label }) => [operation, version, label],
    ),
    open: told(
      ({ open }) => open,
      ({ kind, subject }) => [kind, subject],
    ),
    refusals: told(
      ({ refusals }) => refusals,
      ({ text, values }) => [text, values],
    ),
  };
}

function toldOnce<Thing extends object>(
  rows: readonly MatrixRow[],
  columns: readonly MatrixColumn[],
  thingsOf: (cell: TriedPath) => readonly Thing[],
  keyOf: (thing: Thing) => unknown,
): readonly Told<Thing>[] {
  interface Found {
    readonly thing: Thing;
    readonly starts: Set<string | undefined>;
    readonly kinds: Set<PathKind>;
    readonly columns: Set<MatrixColumn>;
  }
  const found = new Map<string, Found>();
  for (const { start, kind, cells } of rows) {
    for (const [index, cell] of cells.entries()) {
      for (const thing of thingsOf(cell)) {
        const key = JSON.stringify(keyOf(thing));
        const known = found.get(key) ?? { thing, starts: new Set(), kinds: new Set(), columns: new Set() };
        known.starts.add(start);
        known.kinds.add(kind);
        known.columns.add(columns[index]!);
        found.set(key, known);
      }
    }
  }
  return [...found.values()].map(({ thing, starts, kinds, columns: all }) => ({
    thing,
    starts: [...starts],
    isStepByStep: !kinds.has("straight"),
    columns: columns.filter((column) => all.has(column)),
  }));
}

/** Whether a build should fail for it: a path that differs, or a step that fails or is refused. */
export function hasFaults({ counts }: MatrixReport): boolean {
  return counts.differs + counts.fails + counts.refused > 0;
}
