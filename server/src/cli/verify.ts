import { type NamedSystem, systemOf } from "../configuration/scenario.ts";
import { packageReader } from "../engine/read-package.ts";
import { verifyPackage } from "../engine/verify-package.ts";
import { type DatabaseServer, DatabaseUnavailable } from "../host/database-server.ts";
import type { Shell } from "../host/shell.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { isAllDone, type VerifyReport } from "../report/verify-report.ts";
import { embeddedName } from "../report/verify-words.ts";
import type { ExitCode, Given } from "./command.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { earlierArgument, systemChoice } from "./dry-run.ts";
import { requireFolder } from "./folder-argument.ts";
import { databaseNamed, namedDatabases } from "./named-databases.ts";
import { complainAboutNoPackage, requirePackageFile } from "./package-argument.ts";
import { systemWorld } from "./sandbox-argument.ts";
import { siblingsArgument } from "./siblings-argument.ts";
import { verifyParameters } from "./trial-commands.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm verify`: executes the statements of a package on a database that runs, and tells what became of them. */
export async function verify(given: Given<typeof verifyParameters>, shell: Shell): Promise<ExitCode> {
  const { package: path, product, framework, from } = given;
  if (product !== undefined && framework !== undefined) {
    throw new UsageError("Name one of --product and --framework.");
  }
  await requireFolder(given.base, shell);
  await requireFolder(framework, shell);
  await requirePackageFile(path, shell);
  const operations = operationsOf(given);
  const server = await serverNamed(given, shell);
  const run = new ConfiguredRun(optionsLayer(verifyParameters, given), shell);
  const configured = await run.of(path);
  run.tell(configured);
  const { settings } = configured;
  const { allowSymlinks } = settings.build;
  const chosen = systemNamed(given) ?? systemOf(settings);
  if (chosen?.kind === "sandbox") {
    throw new UsageError(
      "Statements are executed for a system as it is delivered, and not for a sandbox: name the system with --product or --framework.",
    );
  }
  const base = baseOf(path, given.base, configured, shell);
  const read = packageReader(path, shell.world, { baseFolder: base, allowSymlinks });
  if (!(await read(undefined)).contents.structure) {
    await complainAboutNoPackage(path, shell);
    return 1;
  }
  const upgraded = { path, base, named: settings.knownPackages };
  let report: VerifyReport;
  try {
    const request = {
      ...{ operations, server, name: given.database },
      read,
      system: systemChoice(chosen, shell),
      from: from === undefined ? undefined : await earlierArgument(from, upgraded, shell),
      assumeRequirements: true,
      siblings: await siblingsArgument(given["packages-of"], shell),
      options: { force: given.force },
    };
    // Whoever interrupts it leaves no database behind.
    report = await shell.whileInterruptible((signal) =>
      verifyPackage(request, systemWorld(shell), { signal }),
    );
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    shell.complain(error.text);
    return 1;
  }
  if (!(await writeResult(shell, await textOf(report, given, shell), given.output))) return 1;
  return isAllDone(report) ? 0 : 1;
}

/** The system that options name. */
function systemNamed({ product, framework }: Given<typeof verifyParameters>): NamedSystem | undefined {
  if (product !== undefined) return { kind: "product", product };
  return framework === undefined ? undefined : { kind: "home", folder: framework };
}

/** @throws UsageError for an upgrade from nothing */
function operationsOf({ operation, from }: Given<typeof verifyParameters>): readonly Operation[] {
  if (operation === "all")
    return from === undefined ? ["install", "uninstall"] : ["install", "upgrade", "uninstall"];
  if (operation === "upgrade" && from === undefined) {
    throw new UsageError(
      "Name with --from what is installed before the upgrade: an archive, or a version that Git or an archive has.",
    );
  }
  if (operation !== "upgrade" && from !== undefined) {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  return [operation];
}

/** @throws UsageError when there is none of the name */
async function serverNamed(
  { database: name, databases }: Given<typeof verifyParameters>,
  shell: Shell,
): Promise<DatabaseServer> {
  const { databases: servers } = shell.world;
  if (name !== embeddedName) {
    const settings = databaseNamed(name, await namedDatabases(databases, shell), [embeddedName]);
    return servers!.named(settings);
  }
  const server = servers?.embedded();
  if (server) return server;
  throw new UsageError(
    "The embedded database is a part that is not installed. Install it beside SOPM: npm install {part}.",
    { part: "@electric-sql/pglite" },
  );
}

/** The report in the form that was asked for. Only what that form needs is loaded. */
async function textOf(
  report: VerifyReport,
  { format, output }: Given<typeof verifyParameters>,
  { world: { texts }, terminal }: Shell,
): Promise<string> {
  const { translate } = texts;
  switch (format) {
    case "text": {
      const { renderVerifyText } = await import("../report/render-verify-text.ts");
      const { width, colors = false } = (output === undefined ? terminal : undefined) ?? {};
      return renderVerifyText(report, { translate, width, colors });
    }
    case "json":
      return (await import("../report/render-verify-json.ts")).renderVerifyJson(report, translate);
    case "junit":
      return (await import("../report/render-verify-junit.ts")).renderVerifyJunit(report, translate);
  }
}
