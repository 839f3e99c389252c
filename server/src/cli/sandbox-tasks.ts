import type { PerformedTask } from "../engine/perform-tasks.ts";
import type { Shell } from "../host/shell.ts";
import { jsonText } from "../report/json-text.ts";
import { outcomeMessage, violationMessage } from "../report/task-words.ts";
import { measuredJson } from "../report/verified-json.ts";
import type { OrderExplanation, OrderViolation } from "../repository/explain-order.ts";
import type { PackageTask, TaskOutcome } from "../repository/perform-in-order.ts";
import { measuredText } from "./measured-text.ts";

/** A plan to bring packages into an order and install or upgrade them. */
interface OrderedPlan {
  readonly tasks: readonly PackageTask[];
  readonly explanations: readonly OrderExplanation[];
  readonly violations?: readonly OrderViolation[];
  readonly order: { readonly gaveUp: boolean };
}

const outcomeSigns: Readonly<Record<TaskOutcome, string>> = {
  AlreadyUpdated: "✓",
  Installed: "✓",
  Updated: "✓",
  Undeployed: "!",
  InstallError: "✗",
  UpdateError: "✗",
};

/** One line for each task, with the reason where it failed. */
export function resultsAsText(
  { explanations, violations = [] }: OrderedPlan,
  results: readonly PerformedTask[],
  shell: Shell,
): string {
  const { lineOf } = shell;
  const lines: string[] = [];
  for (const { task, outcome, reason, measured } of results) {
    lines.push(`${outcomeSigns[outcome]} ${lineOf(outcomeMessage(task, outcome))}`);
    if (reason) lines.push(`    ${lineOf(reason)}`);
    if (measured) lines.push(measuredText(measured, shell).trimEnd());
  }
  for (const { name, failure, reason, remark } of explanations) {
    lines.push(
      `✗ ${lineOf({ text: "{name}: {failure}", values: { name, failure } })}`,
      `    ${lineOf(reason)}`,
    );
    if (remark) lines.push(`    ${lineOf(remark)}`);
  }
  for (const { name, required } of violations) {
    lines.push(`! ${lineOf(violationMessage({ name, required }))}`);
  }
  if (lines.length === 0) lines.push(lineOf({ text: "There is nothing to bring up to date." }));
  return lines.map((line) => `${line}\n`).join("");
}

export function resultsAsJson(
  { explanations, violations = [], order }: OrderedPlan,
  results: readonly PerformedTask[],
  shell: Shell,
): string {
  const { lineOf } = shell;
  const data = {
    results: results.map(({ task, outcome, reason, deployment, measured }) => ({
      name: task.name,
      installedVersion: task.installedVersion ?? null,
      version: task.offered.entry.version,
      source: task.offered.source,
      action: task.action,
      outcome,
      reason: reason ? lineOf(reason) : null,
      files: deployment?.files ?? [],
      measured: measured ? measuredJson(measured, () => undefined, shell.world.texts.translate) : null,
    })),
    failures: explanations.map(({ name, failure, requiredBy = null, reason, remark }) => ({
      name,
      failure,
      requiredBy,
      reason: lineOf(reason),
      remark: remark ? lineOf(remark) : null,
    })),
    violations,
    gaveUp: order.gaveUp,
  };
  return jsonText(data);
}
