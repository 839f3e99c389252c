import { type FailureKind, failureKinds } from "../report/failure-kinds.ts";
import { oneOf } from "./one-of.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Reads what lets a run fail, as `failed,skipped`.
 *
 * @throws UsageError for what is no kind of failure, and for “never” beside one
 */
export function readFailOn(value: string): ReadonlySet<FailureKind> {
  const kinds = value.split(",").map((each) => oneOf("--fail-on", each.trim(), [...failureKinds, "never"]));
  const failures = kinds.filter((kind) => kind !== "never");
  if (failures.length > 0 && failures.length < kinds.length) {
    throw new UsageError("--fail-on takes “never” alone: with it nothing of the report lets the run fail.");
  }
  return new Set(failures);
}
