import { join } from "node:path";
import type { Message } from "../l10n/translate.ts";
import { translate } from "../node/language.ts";
import { repairSandbox } from "../node/sandbox/repair.ts";
import { withSystemReason } from "../node/system-reason.ts";
import type { RepairOutcome, SandboxParams } from "../protocol/sandbox.ts";
import { oneLine } from "../text/visible.ts";
import { sandboxWorld } from "./dry-run-system.ts";

/** Makes a damaged sandbox one that can be used. @throws PackageError when it cannot be */
export async function repairForEditor({ folder }: SandboxParams): Promise<RepairOutcome> {
  const { steps, setAside, left, problem } = await repairSandbox(folder, sandboxWorld);
  if (problem) throw problem;
  return {
    kind: "repaired",
    steps: steps.map(({ message }) => textOf(message)),
    setAside: setAside === undefined ? undefined : join(folder, setAside),
    left: left.filter(({ isHarmless }) => !isHarmless).map(({ message }) => textOf(message)),
  };
}

function textOf({ text, values }: Message): string {
  return oneLine(translate(text, withSystemReason(values)));
}
