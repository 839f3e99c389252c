import { defaultDatabase } from "../database/engines.ts";
import { tryOperation } from "../engine/dry-run.ts";
import type { EarlierVersion } from "../engine/stand-in.ts";
import type { Shell } from "../host/shell.ts";
import { earlierVersion, meansFile, readForDryRun } from "../node/dry-run-package.ts";
import type { SystemState } from "../system/system-state.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import type { ExitCode, Given } from "./command.ts";
import type { dryRunParameters } from "./commands.ts";
import { requireFolder } from "./folder-argument.ts";
import { requirePackageFile } from "./package-argument.ts";
import { readProductArgument } from "./product-argument.ts";
import { writeReport } from "./report-format.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm dry-run`: tells what an operation on a package would do. Nothing is changed but the file of `--output`. */
export async function dryRun(given: Given<typeof dryRunParameters>, shell: Shell): Promise<ExitCode> {
  const { operation, package: path, base, force, entrance } = given;
  const { sandbox, product, database, from } = given;
  if (sandbox !== undefined && (product !== undefined || database !== undefined)) {
    throw new UsageError("A sandbox has its product and its database; leave out --product and --database.");
  }
  if (from !== undefined && operation !== "upgrade") {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  const isStandIn = sandbox === undefined;
  const requirements = given.requirements ?? (isStandIn ? "assume" : "check");
  if (isStandIn && operation === "upgrade" && from === undefined) {
    throw new UsageError(
      "Name with --from what is installed before the upgrade: an archive, or a version alone.",
    );
  }
  await requireFolder(base, shell);
  await requirePackageFile(path, shell);
  const assume = readAssumptions(given.assume);
  const framework = product === undefined ? undefined : readProductArgument(product);

  const files = { baseFolder: base, allowSymlinks: given["allow-symlinks"] };
  const { contents, specText, system } = await readForDryRun(
    path,
    {
      system: sandbox === undefined ? undefined : await (await openSandboxArgument(sandbox, shell)).state(),
      product: framework,
      database: database ?? defaultDatabase,
    },
    files,
  );
  const { plan, report } = await tryOperation({
    ...{ operation, contents, specText, system, isStandIn },
    from: from === undefined ? undefined : await readEarlierVersion(from, system.framework, shell),
    assumeRequirements: requirements === "assume",
    compareWithDocumentation: given.documented,
    options: { entrance, force, assume, now: shell.world.clock.now() },
    language: shell.world.texts.language,
  });
  requireKeys(assume, plan);
  return writeReport(shell, report, given);
}

async function readEarlierVersion(
  value: string,
  framework: SystemState["framework"],
  shell: Shell,
): Promise<EarlierVersion> {
  if (meansFile(value)) await requirePackageFile(value, shell);
  const earlier = await earlierVersion(value, framework);
  if (earlier) return earlier;
  throw new UsageError("“{value}” is neither a file nor a version such as 1.0.0.", { value });
}
