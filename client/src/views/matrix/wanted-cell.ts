import type { DatabaseKind } from "../../../../server/src/protocol/databases.ts";
import type { MatrixResult } from "../../../../server/src/protocol/matrix.ts";
import type { TrialReport } from "../../../../server/src/protocol/trials.ts";

/** An upgrade in one step on a system. */
export interface WantedPath {
  readonly start: string;
  /** Such as "Znuny 7.1.7". */
  readonly product: string;
  /** Where the matrix does not have it, another one of the product does as well. */
  readonly database: DatabaseKind;
}

/** The path that a trial tries; undefined for one that is no upgrade. */
export function pathOfTrial({ from, system, database }: TrialReport): WantedPath | undefined {
  if (from === undefined || system?.kind !== "product" || database === undefined) return undefined;
  return { start: from, product: system.product, database };
}

/** The cell of a path; undefined where the matrix does not have it. */
export function cellOfPath(
  { start, product, database }: WantedPath,
  { paths, systems }: Pick<MatrixResult, "paths" | "systems">,
): { readonly row: number; readonly column: number } | undefined {
  const row = paths.findIndex((path) => path.start === start && !path.isStepByStep);
  const exact = systems.findIndex((each) => each.product === product && each.database === database);
  const column = exact < 0 ? systems.findIndex((each) => each.product === product) : exact;
  return row < 0 || column < 0 ? undefined : { row, column };
}
