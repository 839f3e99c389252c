import type { Shell } from "../host/shell.ts";
import { jsonText } from "../report/json-text.ts";
import type { OrderExplanation, OrderViolation } from "../repository/explain-order.ts";
import type { PackageTask, TaskOutcome, TaskResult } from "../repository/perform-in-order.ts";

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

const outcomeTexts: Readonly<Record<TaskOutcome, { readonly text: string }>> = {
  AlreadyUpdated: { text: "{name} {version} is up to date" },
  Installed: { text: "{name} {version} is installed" },
  Updated: { text: "{name} is upgraded from {from} to {version}" },
  Undeployed: { text: "{name} {version} is up to date, but its files are not as the package has them" },
  InstallError: { text: "{name} {version} cannot be installed" },
  UpdateError: { text: "{name} cannot be upgraded from {from} to {version}" },
};

/** One line for each task, with the reason where it failed. */
export function resultsAsText(
  { explanations, violations = [] }: OrderedPlan,
  results: readonly TaskResult[],
  shell: Shell,
): string {
  const { lineOf } = shell;
  const lines: string[] = [];
  for (const { task, outcome, reason } of results) {
    const values = {
      name: task.name,
      version: task.offered.entry.version,
      from: task.installedVersion ?? "",
    };
    lines.push(`${outcomeSigns[outcome]} ${lineOf({ text: outcomeTexts[outcome].text, values })}`);
    if (reason) lines.push(`    ${lineOf(reason)}`);
  }
  for (const { name, failure, reason, remark } of explanations) {
    lines.push(
      `✗ ${lineOf({ text: "{name}: {failure}", values: { name, failure } })}`,
      `    ${lineOf(reason)}`,
    );
    if (remark) lines.push(`    ${lineOf(remark)}`);
  }
  for (const { name, required } of violations) {
    const values = { name, required };
    lines.push(`! ${lineOf({ text: "{name} may come before {required}, which it requires", values })}`);
  }
  if (lines.length === 0) lines.push(lineOf({ text: "There is nothing to bring up to date." }));
  return lines.map((line) => `${line}\n`).join("");
}

export function resultsAsJson(
  { explanations, violations = [], order }: OrderedPlan,
  results: readonly TaskResult[],
  shell: Shell,
): string {
  const { lineOf } = shell;
  const data = {
    results: results.map(({ task, outcome, reason, deployment }) => ({
      name: task.name,
      installedVersion: task.installedVersion ?? null,
      version: task.offered.entry.version,
      source: task.offered.source,
      action: task.action,
      outcome,
      reason: reason ? lineOf(reason) : null,
      files: deployment?.files ?? [],
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
