import { repairSandbox } from "../node/sandbox/repair.ts";
import type { RepairOutcome, SandboxParams } from "../protocol/sandbox.ts";
import { oneLine } from "../text/visible.ts";
import { sandboxWorld } from "./dry-run-system.ts";
import type { Session } from "./session.ts";

/** Makes a damaged sandbox one that can be used. @throws PackageError when it cannot be */
export async function repairForEditor({ folder }: SandboxParams, { world }: Session): Promise<RepairOutcome> {
  const { textOf } = world.texts;
  const { steps, setAside, left, problem } = await repairSandbox(folder, sandboxWorld(world));
  if (problem) throw problem;
  return {
    kind: "repaired",
    steps: steps.map(({ message }) => oneLine(textOf(message))),
    setAside: setAside === undefined ? undefined : world.paths.join(folder, setAside),
    left: left.filter(({ isHarmless }) => !isHarmless).map(({ message }) => oneLine(textOf(message))),
  };
}
