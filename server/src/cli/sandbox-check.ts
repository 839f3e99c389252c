import { checkPackageDeployment } from "../engine/package-manager/package-facts.ts";
import type { Shell } from "../host/shell.ts";
import type { DeployCheck, DeployedFile } from "../lifecycle/deploy-check.ts";
import { fileStateMessage } from "../report/file-state-message.ts";
import { jsonText } from "../report/json-text.ts";
import type { PackageRow } from "../system/package-table.ts";
import type { ExitCode, Given } from "./command.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { checkParameters } from "./sandbox-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox check`: compares the files of installed packages with those that are there. */
export async function sandboxCheck(given: Given<typeof checkParameters>, shell: Shell): Promise<ExitCode> {
  const { print, complain, say } = shell;
  const { folder, names, format } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const { packages } = system;
  const unknown = names.find((name) => !packages.some((row) => row.name === name));
  if (unknown !== undefined) {
    throw new UsageError("There is no package “{name}” in the sandbox.", { name: unknown });
  }
  const chosen = packages.filter(
    ({ name, status }) => status === "installed" && (names.length === 0 || names.includes(name)),
  );
  const rows: (Pick<PackageRow, "name" | "version"> & Pick<DeployCheck, "isDeployed" | "files">)[] = [];
  for (const { name, version } of chosen) {
    const { isDeployed, files } = (await checkPackageDeployment(name, version, system))!;
    rows.push({ name, version, isDeployed, files });
  }
  if (format === "json") {
    const fileOf = ({ location, state, blocker }: DeployedFile) => ({
      location,
      state,
      blocker: blocker ?? null,
    });
    print(jsonText({ packages: rows.map((row) => ({ ...row, files: row.files.map(fileOf) })) }));
  } else {
    for (const { name, version, isDeployed, files } of rows) {
      print(`${isDeployed ? "✓" : "✗"} ${say({ text: "{name} {version}", values: { name, version } })}\n`);
      for (const file of files) print(`    ${say(fileStateMessage(file))}\n`);
    }
    if (rows.length === 0) complain("No package is installed in this sandbox.");
  }
  return rows.every(({ isDeployed }) => isDeployed) ? 0 : 1;
}
