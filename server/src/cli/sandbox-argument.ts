import type { SystemWorld } from "../engine/system-world.ts";
import type { Shell } from "../host/shell.ts";
import { recoveryMessage } from "../sandbox/recover.ts";
import { openSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { type SandboxWorld, sandboxWorld } from "../sandbox/sandbox-world.ts";
import type { Given } from "./command.ts";
import type { flushParameters } from "./common-parameters.ts";
import { isFolder } from "./folder-argument.ts";

/** The world of use cases that look at systems and change them. */
export function systemWorld(shell: Shell): SystemWorld {
  return { ...shell.world, openSandbox: (folder) => openSandboxArgument(folder, shell) };
}

/** The option of {@link flushParameters}, which commands have that write into a sandbox. */
type FlushChoice = Partial<Given<typeof flushParameters>>;

/** What sandboxes need of the world. */
export function worldFor({ "no-flush": isHasty = false }: FlushChoice, { world }: Shell): SandboxWorld {
  return sandboxWorld(world, !isHasty);
}

/**
 * Opens the sandbox in a folder that somebody named, and says what became of an operation that was interrupted.
 *
 * @throws UsageError when it is no folder, or cannot be looked into
 * @throws PackageError when there is no sandbox in it that can be read
 */
export async function openSandboxArgument(
  folder: string,
  shell: Shell,
  given: FlushChoice = {},
): Promise<Sandbox> {
  // There is no sandbox where nothing is; of everything else it is said what it is.
  await isFolder(folder, shell);
  const sandbox = await openSandbox(shell.world.paths.resolve(folder), worldFor(given, shell));
  if (sandbox.recovery) {
    const { text, values } = recoveryMessage(sandbox.recovery);
    shell.complain(text, values);
  }
  return sandbox;
}
