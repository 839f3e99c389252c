import type { Shell } from "../host/shell.ts";
import type { DoneOperation, Sandbox, SystemWork } from "../sandbox/sandbox.ts";
import { withProgress } from "./sandbox-progress.ts";

/** What a change does, and the package that it is about; without one where it is about several. */
type Change = Pick<SystemWork, "before" | "after" | "changes" | "plans"> &
  Partial<Pick<SystemWork, "name" | "version">>;

/**
 * Does to a sandbox what is no install, upgrade, reinstall or uninstall of one package.
 *
 * @throws PackageError when the sandbox cannot be changed; it is then as before
 */
export async function performChange(
  shell: Shell,
  sandbox: Sandbox,
  { name, version, ...change }: Change,
): Promise<DoneOperation> {
  const work: SystemWork = {
    ...{ kind: "change", verdict: "success", ...change },
    ...{ name, version, previousVersion: undefined },
  };
  return withProgress(shell, (options) => sandbox.perform(work, options));
}
