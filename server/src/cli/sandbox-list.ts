import { messageOf, PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import { jsonText } from "../report/json-text.ts";
import { listSandboxes } from "../sandbox/list-sandboxes.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import type { ExitCode, Given } from "./command.ts";
import { requireFolder } from "./folder-argument.ts";
import type { listParameters } from "./sandbox-commands.ts";
import { table } from "./table.ts";

/** `sopm sandbox list`: the sandboxes that lie in a folder. */
export async function sandboxList(given: Given<typeof listParameters>, shell: Shell): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const { folder = ".", format } = given;
  await requireFolder(folder, shell);
  const listed = await listSandboxes(shell.world.paths.resolve(folder), shell.world.files({ flush: true }));
  if (format === "json") {
    const rows = listed.map(({ folder: path, description, damage }) =>
      description instanceof PackageError
        ? { folder: path, problem: lineOf(messageOf(description)) }
        : {
            folder: path,
            name: description.name,
            vendor: description.vendor ?? null,
            product: `${description.product} ${description.version}`,
            database: description.databaseKind,
            server: description.served?.server ?? null,
            created: description.created,
            ...(damage && { problem: lineOf(messageOf(damage)) }),
          },
    );
    print(jsonText({ sandboxes: rows }));
    return 0;
  }
  if (listed.length === 0) {
    print(
      `${lineOf({ text: "There is no sandbox in {folder}.", values: { folder: shell.world.paths.resolve(folder) } })}\n`,
    );
    return 0;
  }
  const rows = listed.map(({ folder: path, description, damage }) =>
    description instanceof PackageError
      ? [path, lineOf(messageOf(description))]
      : [
          description.name,
          `${description.product} ${description.version}`,
          databaseOf(description),
          description.vendor ?? "",
          path,
          ...(damage ? [lineOf(messageOf(damage))] : []),
        ],
  );
  print(table(rows));
  return 0;
}

/** Such as "postgresql", or "postgresql (here)" of one that is on a server. */
function databaseOf({ databaseKind, served }: SandboxDescription): string {
  return served ? `${databaseKind} (${served.server})` : databaseKind;
}
