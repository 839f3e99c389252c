import type { RepairOutcome, SandboxParams } from "../protocol/sandbox.ts";
import { repairSandbox } from "../sandbox/repair.ts";
import { oneLine } from "../text/visible.ts";
import { editorSandboxWorld } from "./named-server.ts";
import type { Session } from "./session.ts";

/** Makes a damaged sandbox one that can be used. @throws PackageError when it cannot be */
export async function repairForEditor({ folder }: SandboxParams, session: Session): Promise<RepairOutcome> {
  const { world } = session;
  const { textOf } = world.texts;
  const { steps, setAside, left, problem } = await repairSandbox(folder, await editorSandboxWorld(session));
  if (problem) throw problem;
  return {
    kind: "repaired",
    steps: steps.map(({ message }) => oneLine(textOf(message))),
    setAside: setAside === undefined ? undefined : world.paths.join(folder, setAside),
    left: left.filter(({ isHarmless }) => !isHarmless).map(({ message }) => oneLine(textOf(message))),
  };
}
