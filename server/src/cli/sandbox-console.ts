import { statSync } from "node:fs";
import { repositoryPlaces } from "../engine/console/repository-places.ts";
import { runOperation } from "../engine/console/run-operation.ts";
import { readArchiveFile } from "../node/archive-file.ts";
import { now } from "../node/clock.ts";
import { severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { localRepositories } from "./local-repositories.ts";
import { complain, print } from "./output.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { consoleParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";

/** `sopm sandbox console`: what a console command of the framework does with its location argument. */
export async function sandboxConsole(given: Given<typeof consoleParameters>): Promise<ExitCode> {
  const { folder, operation, location, force } = given;
  const sandbox = await openSandboxArgument(folder);
  const system = await sandbox.state();
  const { options, load } = await localRepositories(sandbox, given.repository, system, true);
  const places = {
    ...repositoryPlaces(options, load),
    file: (path: string) =>
      statSync(path, { throwIfNoEntry: false })?.isFile()
        ? readArchiveFile(path, system.framework)
        : undefined,
  };
  const { plan, output, errors, exitCode } = runOperation(operation, location, system, places, {
    force,
    now: now(),
  });
  if (plan) await withProgress((work) => sandbox.apply(plan, work));
  for (const each of output) if (each.kind === "intro") print(severalLines(each.box));
  for (const { text, values } of errors) complain(text, values);
  return exitCode;
}
