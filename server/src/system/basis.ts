import { type DatabaseKind, engines } from "../database/engines.ts";
import {
  type BehaviourArea,
  behaviourAreas,
  type Certainty,
  groundOf,
  weaker,
} from "../dialect/certainty.ts";
import type { Framework } from "./system-state.ts";

/** Something that is stated about a system, told apart by what the statements rest on. */
export type BasisArea = BehaviourArea | "files" | "tables" | DatabaseKind;

/** What the statements about one area of a system rest on. */
export interface BasisFact {
  readonly area: BasisArea;
  /** "unknown": nobody knows anything, and nothing is taken for granted. */
  readonly certainty: Certainty | "unknown";
  /** What was run or read, such as "Znuny 7.1.7" or "MariaDB 10.11"; undefined where nothing was. */
  readonly release: string | undefined;
}

/** What everything that is said about a system rests on, area by area. */
export function basisOf(framework: Framework, database: DatabaseKind): readonly BasisFact[] {
  const { knowledge } = framework;
  const known = (area: BasisArea, isKnown: boolean): BasisFact =>
    isKnown
      ? { area, certainty: "read", release: knowledge.release }
      : { area, certainty: "unknown", release: undefined };
  return [
    ...behaviourAreas.map((area): BasisFact => ({ area, ...groundOf(area, framework) })),
    known("files", knowledge.fileNames() !== undefined),
    known("tables", knowledge.tableNames() !== undefined),
    { area: database, ...engines[database].ground },
  ];
}

/** What the weakest of some areas rests on; areas of which nothing is known do not count. */
export function weakestOf(basis: readonly BasisFact[], areas: readonly BasisArea[]): Certainty {
  return basis
    .flatMap(({ area, certainty }) =>
      areas.includes(area) && certainty !== "unknown" ? [{ certainty }] : [],
    )
    .reduce(weaker, { certainty: "run" }).certainty;
}
