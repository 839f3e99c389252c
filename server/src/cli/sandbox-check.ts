import { checkDeployment, type DeployedFile } from "../lifecycle/deploy-check.ts";
import { fileStateMessage } from "../report/file-state-message.ts";
import { jsonText } from "../report/json-text.ts";
import type { ExitCode } from "./main.ts";
import { oneOf, readOptions } from "./options.ts";
import { complain, print } from "./output.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox check`: compares the files of installed packages with those that are there. */
export async function sandboxCheck(words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, { format: { type: "string" } });
  const format = oneOf("--format", values.format ?? "text", ["text", "json"]);
  const [folder, ...names] = positionals;
  if (folder === undefined) throw new UsageError("Name one folder with a sandbox.");
  const { packages, archives, home } = await (await openSandboxArgument(folder)).state();
  const unknown = names.find((name) => !packages.some((row) => row.name === name));
  if (unknown !== undefined) {
    throw new UsageError("There is no package “{name}” in the sandbox.", { name: unknown });
  }
  const rows = packages
    .filter(({ name, status }) => status === "installed" && (names.length === 0 || names.includes(name)))
    .map(({ name, version, digest }) => {
      const { isDeployed, files } = checkDeployment(archives.contents(digest), home);
      return { name, version, isDeployed, files };
    });
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
