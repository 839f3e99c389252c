import type { Plan, Step } from "../../server/src/lifecycle/plan.ts";

/** The steps of a plan, one line each, without what only brackets others. Outcomes other than `runs` come first. */
export function renderPlan(plan: Pick<Plan, "steps">): readonly string[] {
  return plan.steps.flatMap((step) => {
    const line = lineFor(step);
    return line === undefined ? [] : [step.outcome === "runs" ? line : `${step.outcome}: ${line}`];
  });
}

function lineFor(step: Step): string | undefined {
  switch (step.kind) {
    case "begin":
    case "code-phase-begin":
    case "code-phase-end":
    case "database-phase-begin":
    case "database-phase-end":
      return undefined;
    case "end":
      return `end ${step.success ? "success" : "failure"}`;
    case "check":
      return `check ${step.check}`;
    case "merge-begin":
      return "merge";
    case "merge-end":
      return step.success ? "merged" : "not merged";
    case "code":
      return `code ${step.family} ${step.phase} ${step.code.trim()}`;
    case "database-element":
      return `element ${step.family} ${step.phase} ${step.element}`;
    case "statement":
      return `sql ${step.statement.sql.replace(/\s+/g, " ").replace(/ [(:].*/, "")}`;
    case "write-file":
      return `write ${step.location}${step.savedTo === undefined ? "" : `, old one to ${step.savedTo}`}`;
    case "remove-file":
      return [
        `remove ${step.location}`,
        step.savedTo === undefined ? "" : `, copied to ${step.savedTo}`,
        step.restoredFrom === undefined ? "" : `, ${step.restoredFrom} comes back`,
      ].join("");
    case "package-table":
      return `table ${step.action} ${step.name} ${step.version ?? "all"}`;
    case "configuration":
      return step.part === "read" || step.part === "deploy" ? `configuration ${step.part}` : undefined;
    case "clear-cache":
      return `clear ${step.cache}`;
    case "event":
      return `event ${step.event}`;
  }
}

/** Only the lines of some kinds of steps. */
export function linesOf(plan: Pick<Plan, "steps">, ...kinds: readonly Step["kind"][]): readonly string[] {
  return renderPlan({ steps: plan.steps.filter(({ kind }) => kinds.includes(kind)) });
}
