import { repositoryPlaces } from "../engine/console/repository-places.ts";
import { runOperation } from "../engine/console/run-operation.ts";
import { readArchive } from "../engine/read-archive.ts";
import type { Shell } from "../host/shell.ts";
import { severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { measuredText } from "./measured-text.ts";
import { repositoriesArgument } from "./repositories-argument.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { consoleParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { sayLog } from "./say-log.ts";

/** `sopm sandbox console`: what a console command of the framework does with its location argument. */
export async function sandboxConsole(
  given: Given<typeof consoleParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { world, print } = shell;
  const { folder, operation, location, force } = given;
  const sandbox = await openSandboxArgument(folder, shell, given);
  const system = await sandbox.state();
  const { options, load, unreadable } = await repositoriesArgument(shell, sandbox, given, system, true);
  const places = {
    ...repositoryPlaces(options, load),
    file: async (path: string) =>
      (await world.named.kindOf(path).catch(() => undefined)) === "file"
        ? readArchive(path, system.framework, world)
        : undefined,
  };
  const { plan, output, errors, exitCode } = await runOperation(operation, location, system, places, {
    force,
    now: shell.world.clock.now(),
  });
  const done = plan && (await withProgress(shell, (work) => sandbox.apply(plan, work)));
  for (const each of output) if (each.kind === "intro") print(severalLines(each.box));
  sayLog(errors, shell, unreadable);
  // The console command of a framework prints nothing of it.
  if (done?.measured) shell.warn(measuredText(done.measured, shell).trimEnd());
  return exitCode;
}
