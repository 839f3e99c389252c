import type { DatabaseKind } from "../database/engines.ts";
import type { Certainty } from "../dialect/certainty.ts";
import type { CheckId, Step } from "../lifecycle/plan.ts";
import { type BasisArea, type BasisFact, weakestOf } from "../system/basis.ts";

/** What the outcome of a step rests on: the weakest of all that has a say in it. */
export function stepCertainty(step: Step, basis: readonly BasisFact[], database: DatabaseKind): Certainty {
  return weakestOf(basis, areasOf(step, database));
}

function areasOf(step: Step, database: DatabaseKind): readonly BasisArea[] {
  switch (step.lane) {
    case "check":
      return step.kind === "check" ? (checkAreas[step.check] ?? lifeCycle) : lifeCycle;
    case "database":
      return step.kind === "statement" ? [...lifeCycle, "sql", database] : lifeCycle;
    case "configuration":
      return [...lifeCycle, "settings"];
    default:
      return lifeCycle;
  }
}

const lifeCycle: readonly BasisArea[] = ["life-cycle"];
const comparing: readonly BasisArea[] = ["life-cycle", "versions"];

const checkAreas: Readonly<Partial<Record<CheckId, readonly BasisArea[]>>> = {
  readable: ["life-cycle", "parser"],
  framework: comparing,
  version: comparing,
  "operating-system": comparing,
  "required-packages": comparing,
  "required-modules": comparing,
};
