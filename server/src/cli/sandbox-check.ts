import { checkDeployments } from "../engine/check-deployment.ts";
import type { Shell } from "../host/shell.ts";
import type { DeployedFile } from "../lifecycle/deploy-check.ts";
import { fileStateMessage } from "../report/file-state-message.ts";
import { jsonText } from "../report/json-text.ts";
import { namesText } from "../sysconfig/settings-faults.ts";
import type { ExitCode, Given } from "./command.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { checkParameters } from "./sandbox-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox check`: compares the files of installed packages with those that are there. */
export async function sandboxCheck(given: Given<typeof checkParameters>, shell: Shell): Promise<ExitCode> {
  const { print, complain, lineOf } = shell;
  const { folder, names, format } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const checked = await checkDeployments(system, names);
  if (checked.kind === "unknown-package") {
    throw new UsageError("There is no package “{name}” in the sandbox.", { name: checked.name });
  }
  const { packages: rows } = checked;
  if (format === "json") {
    const fileOf = ({ location, state, blocker }: DeployedFile) => ({
      location,
      state,
      blocker: blocker ?? null,
    });
    print(jsonText({ packages: rows.map((row) => ({ ...row, files: row.files.map(fileOf) })) }));
  } else {
    for (const { name, version, isDeployed, files, lostSettings } of rows) {
      const sign = !isDeployed ? "✗" : lostSettings.length > 0 ? "!" : "✓";
      print(`${sign} ${lineOf({ text: "{name} {version}", values: { name, version } })}\n`);
      for (const file of files) print(`    ${lineOf(fileStateMessage(file))}\n`);
      if (lostSettings.length > 0) {
        const names = namesText(lostSettings);
        print(
          `    ${lineOf({ text: "Settings of its files are not stored: {names}", values: { names } })}\n`,
        );
      }
    }
    if (rows.length === 0) complain("No package is installed in this sandbox.");
  }
  return rows.every(({ isDeployed, lostSettings }) => isDeployed && lostSettings.length === 0) ? 0 : 1;
}
