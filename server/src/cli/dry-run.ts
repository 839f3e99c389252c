import { databaseKinds, defaultDatabase } from "../database/engines.ts";
import { DryRun } from "../engine/dry-run.ts";
import type { EarlierVersion } from "../engine/stand-in.ts";
import { now } from "../host/node/clock.ts";
import { earlierVersion, meansFile, readForDryRun } from "../host/node/dry-run-package.ts";
import { chosenLanguage } from "../host/node/language.ts";
import { PackageError } from "../host/package-error.ts";
import { entrances, operations } from "../lifecycle/operation.ts";
import { readProductVersion } from "../system/product-version.ts";
import type { SystemState } from "../system/system-state.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import { complainAbout } from "./complain-about.ts";
import type { ExitCode } from "./main.ts";
import { oneOf, readOptions, requireFolder } from "./options.ts";
import { requirePackageFile } from "./package-argument.ts";
import { formatReport, reportFormats } from "./report-format.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

const options = {
  sandbox: { type: "string" },
  product: { type: "string" },
  database: { type: "string" },
  from: { type: "string" },
  force: { type: "boolean" },
  entrance: { type: "string" },
  assume: { type: "string", multiple: true },
  requirements: { type: "string" },
  documented: { type: "boolean" },
  format: { type: "string" },
  output: { type: "string" },
  base: { type: "string" },
  "allow-symlinks": { type: "boolean" },
} as const;

/** `sopm dry-run`: tells what an operation on a package would do. Nothing is changed but the file of `--output`. */
export async function dryRun(words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, options);
  const [operationName, path, ...others] = positionals;
  if (operationName === undefined || path === undefined) {
    throw new UsageError("Name an operation and a spec or an archive, such as “install Acme.sopm”.");
  }
  const operation = oneOf("OPERATION", operationName, operations);
  if (others.length > 0) throw new UsageError("One package is looked at at a time.");
  const format = oneOf("--format", values.format ?? "text", reportFormats);
  const entrance = oneOf("--entrance", values.entrance ?? "api", entrances);
  const { sandbox, product, database, from } = values;
  if (sandbox !== undefined && (product !== undefined || database !== undefined)) {
    throw new UsageError("A sandbox has its product and its database; leave out --product and --database.");
  }
  if (from !== undefined && operation !== "upgrade") {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  const isStandIn = sandbox === undefined;
  const requirements = oneOf("--requirements", values.requirements ?? (isStandIn ? "assume" : "check"), [
    "assume",
    "check",
  ]);
  if (isStandIn && operation === "upgrade" && from === undefined) {
    throw new UsageError(
      "Name with --from what is installed before the upgrade: an archive, or a version alone.",
    );
  }
  await requireFolder(values.base);
  await requirePackageFile(path);
  const assume = readAssumptions(values.assume);
  const databaseKind = oneOf("--database", database ?? defaultDatabase, databaseKinds);
  const framework = product === undefined ? undefined : readProductVersion(product);
  if (product !== undefined && !framework) {
    throw new UsageError("“{value}” is no product that SOPM knows; write it as “Znuny 7.1.3”.", {
      value: product,
    });
  }

  try {
    const files = { baseFolder: values.base, allowSymlinks: values["allow-symlinks"] ?? false };
    const { contents, specText, system } = readForDryRun(
      path,
      {
        system: sandbox === undefined ? undefined : await (await openSandboxArgument(sandbox)).state(),
        ...{ product: framework, database: databaseKind },
      },
      files,
    );
    const { dialect } = system.framework;
    const run = new DryRun({
      ...{ operation, contents, specText, system, isStandIn },
      from: from === undefined ? undefined : await readEarlierVersion(from, dialect),
      assumeRequirements: requirements === "assume",
      compareWithDocumentation: values.documented ?? false,
      options: { entrance, force: values.force ?? false, assume, now: now() },
      language: chosenLanguage(),
    });
    requireKeys(assume, run.plan);
    const { report } = run;
    const text = await formatReport(report, format, values.output !== undefined);
    if (!writeResult(text, values.output)) return 1;
    return report.verdict.kind === "success" && report.counts.fails === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    complainAbout(error);
    return 1;
  }
}

async function readEarlierVersion(
  value: string,
  dialect: SystemState["framework"]["dialect"],
): Promise<EarlierVersion> {
  if (meansFile(value)) await requirePackageFile(value);
  const earlier = earlierVersion(value, dialect);
  if (earlier) return earlier;
  throw new UsageError("“{value}” is neither a file nor a version such as 1.0.0.", { value });
}
