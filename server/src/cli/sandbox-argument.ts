import { sandboxServers } from "../engine/sandbox-servers.ts";
import type { SystemWorld } from "../engine/system-world.ts";
import type { Shell } from "../host/shell.ts";
import { recoveryMessage } from "../sandbox/recover.ts";
import { openSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { type SandboxWorld, sandboxWorld } from "../sandbox/sandbox-world.ts";
import type { Given } from "./command.ts";
import type { writeParameters } from "./common-parameters.ts";
import { isFolder } from "./folder-argument.ts";
import { databasesPath, namedDatabases } from "./named-databases.ts";

/** The world of use cases that look at systems and change them. */
export function systemWorld(shell: Shell): SystemWorld {
  return { ...shell.world, openSandbox: (folder) => openSandboxArgument(folder, shell) };
}

/** The options of {@link writeParameters}, which commands have that write into a sandbox. */
type WriteChoice = Partial<Given<typeof writeParameters>>;

/** What sandboxes need of the world. */
export function worldFor(
  { "no-flush": isHasty = false, databases: file }: WriteChoice,
  shell: Shell,
): SandboxWorld {
  const { world } = shell;
  const servers = sandboxServers(async (name) => {
    const path = databasesPath(file, shell);
    if (path === undefined) return undefined;
    const found = (await namedDatabases(path, shell)).databases.find((each) => each.name === name);
    return found && world.databases?.named(found);
  });
  return sandboxWorld(world, !isHasty, servers);
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
  given: WriteChoice = {},
): Promise<Sandbox> {
  // There is no sandbox where nothing is; of everything else it is said what it is.
  await isFolder(folder, shell);
  const sandbox = await openSandbox(shell.world.paths.resolve(folder), worldFor(given, shell));
  if (sandbox.recovery) shell.complain(recoveryMessage(sandbox.recovery));
  return sandbox;
}
