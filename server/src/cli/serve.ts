import { rootDocumentName, serveRepository } from "../engine/serve-repository.ts";
import { servedAs } from "../engine/served-as.ts";
import type { Shell } from "../host/shell.ts";
import type { ExitCode, Given } from "./command.ts";
import { requireFolder } from "./folder-argument.ts";
import type { serveParameters } from "./repository-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm serve`: offers the archives of a folder to frameworks on this computer, until it is ended. */
export async function serve(given: Given<typeof serveParameters>, shell: Shell): Promise<ExitCode> {
  const { world, print, warn, lineOf } = shell;
  const { folder, port } = given;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError("“{port}” is no port; name a number up to 65535.", { port });
  }
  await requireFolder(folder, shell);
  if (!world.webServers) throw new UsageError("A repository cannot be served here.");
  const place = world.paths.resolve(folder);
  const server = await world.webServers.listen(
    Number(port),
    serveRepository(
      {
        ...{ folder: place, name: world.paths.basename(place) },
        onLeftOut: (message) => warn(lineOf(message)),
        onAsked: ({ method, target }, status) => {
          if (given.verbose)
            warn(lineOf({ text: "{line}", values: { line: `${status} ${method} ${target}` } }));
        },
      },
      world,
    ),
  );
  const url = `http://127.0.0.1:${server.port}`;
  for (const message of servedAs(url, place, `${url}/${rootDocumentName}`)) print(`${lineOf(message)}\n`);
  await shell.whileInterruptible(
    (interrupted) =>
      new Promise<void>((resolve) => {
        if (interrupted.aborted) resolve();
        else interrupted.addEventListener("abort", () => resolve());
      }),
  );
  await server.stop();
  return 0;
}
