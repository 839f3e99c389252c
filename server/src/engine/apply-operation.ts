import type { Operation } from "../lifecycle/operation.ts";
import type { Plan } from "../lifecycle/plan.ts";
import type { PlanOptions } from "../lifecycle/plan-options.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { SystemState } from "../system/system-state.ts";
import { inputsOf } from "./report-inputs.ts";
import type { ReadPackage, SystemWorld, WithProgress } from "./system-world.ts";
import { type TriedOperation, tryOperation } from "./try-operation.ts";

export interface ApplyRequest<Read extends ReadPackage> {
  readonly operation: Operation;
  readonly sandbox: Sandbox;
  /** Reads the package for the system, or takes one that the system has. @throws PackageError */
  readonly read: (system: SystemState) => Promise<Read>;
  readonly options: Pick<PlanOptions, "entrance" | "force" | "assume">;
  /** Looks at the plan before anything changes. What it throws ends the operation. */
  readonly beforeApply?: (plan: Plan) => void;
  readonly withProgress: WithProgress;
}

export type ApplyOutcome<Read extends ReadPackage> =
  /** Of a spec that lists a file that is not there no archive can be made. Nothing was changed. */
  | { readonly kind: "file-missing"; readonly location: string | undefined }
  /** Nothing was changed. */
  | ({ readonly kind: "refused"; readonly package: Read } & TriedOperation)
  | ({ readonly kind: "applied"; readonly package: Read; readonly number: number } & TriedOperation);

/**
 * Performs an operation on a sandbox, and reports it as a dry run does.
 *
 * @throws PackageError when the package cannot be read or the sandbox cannot be changed; it is then as before
 */
export async function applyOperation<Read extends ReadPackage>(
  { operation, sandbox, read, options, beforeApply, withProgress }: ApplyRequest<Read>,
  { clock, texts, files }: Pick<SystemWorld, "clock" | "texts" | "files">,
): Promise<ApplyOutcome<Read>> {
  const system = await sandbox.state();
  const found = await read(system);
  const { contents, specText } = found;
  const [missing] = contents.build?.missingFiles ?? [];
  if (missing) return { kind: "file-missing", location: missing.location };
  const tried = await tryOperation({
    ...{ operation, contents, specText, system, isStandIn: false, assumeRequirements: false },
    options: { ...options, now: clock.now() },
    applied: true,
    inputs: await inputsOf(found, system, files({ flush: false }), true),
    language: texts.language,
  });
  const { plan } = tried;
  beforeApply?.(plan);
  const done = await withProgress((work) => sandbox.apply(plan, work));
  const { report } = tried;
  return done
    ? {
        ...{ kind: "applied", package: found, number: done.number, ...tried },
        report: { ...report, measured: done.measured },
      }
    : { kind: "refused", package: found, ...tried };
}
