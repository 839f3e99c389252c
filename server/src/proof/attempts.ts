import type { PackageContents } from "../builder/package-contents.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { planDatabaseSteps } from "../lifecycle/plan-operation.ts";
import { isAtLeast } from "../model/version.ts";
import type { SystemState } from "../system/system-state.ts";

/** A statement that is tried on a database. */
export interface Attempt {
  readonly statement: SqlStatement;
  /** The version of the element of an upgrade that it belongs to; undefined where none decides. */
  readonly gate: string | undefined;
}

/** The statements of an operation in their order; of an upgrade those of all versions. */
export function attemptsOf(
  operation: Operation,
  contents: PackageContents,
  system: SystemState,
): readonly Attempt[] {
  const attempts: Attempt[] = [];
  let gate: string | undefined;
  for (const step of planDatabaseSteps(operation, contents, system, undefined, {})) {
    if (step.kind === "database-phase-begin") gate = step.single?.attributes.get("Version");
    else if (step.kind === "statement" && step.statement.change && step.phase !== "merge")
      attempts.push({ statement: step.statement, gate });
  }
  return attempts;
}

/** Versions from which an upgrade runs the same statements. */
export interface UpgradeStart {
  /** The lowest of them, which is one of the gates; undefined where there is no lower bound. */
  readonly since: string | undefined;
  /** The next gate, which is above all of them. */
  readonly below: string;
}

/**
 * From where upgrades run different statements, the oldest versions first: just below each gate. Every version that was
 * ever released is in one of these ranges, or above all gates, from where nothing runs.
 */
export function upgradeStarts(
  attempts: readonly Attempt[],
  { framework }: SystemState,
): readonly UpgradeStart[] {
  const isAbove = (a: string, b: string) => !isAtLeast(b, a, framework);
  const gates = [...new Set(attempts.flatMap(({ gate }) => gate ?? []))].sort((a, b) =>
    isAbove(a, b) ? 1 : isAbove(b, a) ? -1 : 0,
  );
  return gates.flatMap((below, index): UpgradeStart[] => {
    const since = gates[index - 1];
    // Two gates may be the same version in other words.
    return since === undefined || isAbove(below, since) ? [{ since, below }] : [];
  });
}

/** What an upgrade runs from the versions of a start. */
export function attemptsFrom(
  { since }: Pick<UpgradeStart, "since">,
  attempts: readonly Attempt[],
  { framework }: SystemState,
): readonly Attempt[] {
  if (since === undefined) return attempts;
  return attempts.filter(({ gate }) => gate !== undefined && !isAtLeast(since, gate, framework));
}
