import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import type { ExitCode, Given } from "./command.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { exportParameters } from "./sandbox-commands.ts";
import { storedByName } from "./sandbox-operation.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm sandbox export`: writes the archive of a package that a sandbox has into a folder. */
export async function sandboxExport(given: Given<typeof exportParameters>, shell: Shell): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const { folder, name: named, output = "." } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const contents = await storedByName(named, system);
  if (!contents) throw new UsageError("There is no package “{name}” in the sandbox.", { name: named });
  const { Name, Version } = contents.structure?.single ?? {};
  // The name comes from the package, and may hold anything.
  const fileName = `${Name?.content ?? ""}-${Version?.content ?? ""}.opm`.replace(/[^\w.+-]/g, "_");
  const target = shell.world.paths.join(output, fileName);
  if (!(await makeFolder(output, shell))) return 1;
  if (!(await writeResult(shell, await contents.archive.read(), target))) return 1;
  print(`${lineOf({ text: "{path}: the archive of {name}.", values: { path: target, name: named } })}\n`);
  return 0;
}

async function makeFolder(folder: string, shell: Shell): Promise<boolean> {
  const { complain } = shell;
  try {
    await shell.world.output.makeFolder(folder);
    return true;
  } catch (error) {
    const reason = systemCode(error) ?? "";
    complain("“{path}” cannot be written: {reason}.", { path: folder, reason });
    return false;
  }
}
