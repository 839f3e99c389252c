import { defaultDatabase } from "../database/engines.ts";
import { dryRun as dryRunPackage, type EarlierChoice } from "../engine/dry-run.ts";
import { earlierChoice, meansFile } from "../engine/earlier-choice.ts";
import { defaultLintSettings } from "../engine/lint.ts";
import { lintFile } from "../engine/lint-file.ts";
import { packageReader } from "../engine/read-package.ts";
import type { Shell } from "../host/shell.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import { baseFolderHint } from "./base-folder-hint.ts";
import type { ExitCode, Given } from "./command.ts";
import type { dryRunParameters } from "./commands.ts";
import { readFailOn } from "./fail-on-argument.ts";
import { requireFolder } from "./folder-argument.ts";
import { requirePackageFile } from "./package-argument.ts";
import { readProductArgument } from "./product-argument.ts";
import { writeReport } from "./report-format.ts";
import { systemWorld } from "./sandbox-argument.ts";
import { siblingsArgument } from "./siblings-argument.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm dry-run`: tells what an operation on a package would do. Nothing is changed but the file of `--output`. */
export async function dryRun(given: Given<typeof dryRunParameters>, shell: Shell): Promise<ExitCode> {
  const { operation, package: path, base, force, entrance } = given;
  const { sandbox, product, framework: home, database, from } = given;
  if (sandbox !== undefined && (product !== undefined || database !== undefined)) {
    throw new UsageError("A sandbox has its product and its database; leave out --product and --database.");
  }
  if ([sandbox, product, home].filter((each) => each !== undefined).length > 1) {
    throw new UsageError("Name one of --product, --framework and --sandbox.");
  }
  if (from !== undefined && operation !== "upgrade") {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  const failures = readFailOn(given["fail-on"]);
  const isStandIn = sandbox === undefined;
  const requirements = given.requirements ?? (isStandIn ? "assume" : "check");
  if (isStandIn && operation === "upgrade" && from === undefined) {
    throw new UsageError(
      "Name with --from what is installed before the upgrade: an archive, or a version alone.",
    );
  }
  await requireFolder(base, shell);
  await requireFolder(home, shell);
  requireVersion(given.version, [path]);
  await requirePackageFile(path, shell);
  const assume = readAssumptions(given.assume);
  const framework = product === undefined ? undefined : readProductArgument(product);

  const {
    plan,
    report,
    package: read,
  } = await dryRunPackage(
    {
      ...{ operation, database: database ?? defaultDatabase },
      read: packageReader(path, shell.world, {
        baseFolder: base,
        allowSymlinks: given["allow-symlinks"],
        version: given.version,
      }),
      system:
        sandbox !== undefined
          ? { kind: "sandbox", folder: sandbox }
          : framework
            ? { kind: "product", product: framework }
            : home !== undefined
              ? { kind: "home", folder: shell.world.paths.resolve(home) }
              : { kind: "fitting" },
      from: from === undefined ? undefined : await earlierArgument(from, shell),
      assumeRequirements: requirements === "assume",
      digestFiles: given.format !== "text" && given.format !== "junit",
      siblings: await siblingsArgument(given["packages-of"], shell),
      compareWithDocumentation: given.documented,
      options: { entrance, force, assume },
    },
    systemWorld(shell),
  );
  requireKeys(assume, plan);
  // Whether the missing files are elsewhere is for the rule to say.
  if (read.contents.build && read.contents.build.missingFiles.length > 0) {
    const { findings } = await lintFile(path, defaultLintSettings, shell.world, { baseFolder: base });
    const hint = baseFolderHint(path, base, findings, shell.world.paths);
    if (hint) shell.complain(hint.text, hint.values);
  }
  return writeReport(shell, report, given, failures);
}

async function earlierArgument(value: string, shell: Shell): Promise<EarlierChoice> {
  if (await meansFile(value, shell.world)) await requirePackageFile(value, shell);
  const earlier = await earlierChoice(value, shell.world);
  if (earlier) return earlier;
  throw new UsageError("“{value}” is neither a file nor a version such as 1.0.0.", { value });
}
