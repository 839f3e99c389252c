import type { Shell } from "../host/shell.ts";
import { dropSandbox, unknownDatabases } from "../sandbox/drop-sandbox.ts";
import type { ExitCode, Given } from "./command.ts";
import { isFolder } from "./folder-argument.ts";
import { worldFor } from "./sandbox-argument.ts";
import type { dropParameters } from "./sandbox-commands.ts";

/** `sopm sandbox drop`: takes a sandbox away, with its databases. */
export async function sandboxDrop(given: Given<typeof dropParameters>, shell: Shell): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const leavesDatabases = given["leave-databases"];
  await isFolder(given.folder, shell);
  const folder = shell.world.paths.resolve(given.folder);
  const { description } = await dropSandbox(folder, worldFor(given, shell), { leavesDatabases });
  const served = description?.served;
  const text = !served ? plainText : leavesDatabases ? leftText : servedText;
  print(`${lineOf({ text, values: { folder, ...served } })}\n`);
  if (!description) shell.complain(unknownDatabases);
  return 0;
}

const plainText = "{folder}: the sandbox is gone.";
const servedText = "{folder}: the sandbox is gone, and so are its databases on the server “{server}”.";
const leftText =
  "{folder}: the sandbox is gone. Its databases on the server “{server}” are still there; their names begin with “{database}”.";
