import type { Plan } from "../lifecycle/plan.ts";
import type { Assumption } from "../lifecycle/plan-options.ts";
import { oneOf } from "./one-of.ts";
import { UsageError } from "./usage-error.ts";

/** Reads `KEY=fails`; keys hold about everything, so that the last `=` counts. @throws UsageError */
export function readAssumptions(values: readonly string[]): ReadonlyMap<string, Assumption> {
  return new Map(
    values.map((value): [string, Assumption] => {
      const at = value.lastIndexOf("=");
      if (at <= 0) {
        throw new UsageError(
          "--assume takes the key of a step and its outcome, such as “code CodeInstall 1=fails”.",
        );
      }
      return [value.slice(0, at), oneOf("--assume", value.slice(at + 1), ["fails", "succeeds"])];
    }),
  );
}

/** A slip in a key must not pass for a step that was assumed to fail. @throws UsageError */
export function requireKeys(assume: ReadonlyMap<string, Assumption>, { steps }: Plan): void {
  if (assume.size === 0) return;
  const keys = new Set(steps.map(({ key }) => key));
  for (const key of assume.keys()) {
    if (keys.has(key)) continue;
    throw new UsageError("There is no step “{key}”; with --format json each step tells its key.", { key });
  }
}
