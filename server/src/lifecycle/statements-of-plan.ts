import type { Plan, Step } from "./plan.ts";

export type StatementStep = Extract<Step, { readonly kind: "statement" }>;

/** The steps that send something to the database, in order. */
export function statementsOf({ steps }: Plan): readonly StatementStep[] {
  return steps.filter(
    (step): step is StatementStep =>
      step.kind === "statement" && (step.outcome === "runs" || step.outcome === "fails"),
  );
}
