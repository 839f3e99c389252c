import { existsSync } from "node:fs";
import type { PackageContents } from "../builder/package-contents.ts";
import { DryRun } from "../engine/dry-run.ts";
import { now } from "../host/node/clock.ts";
import { chosenLanguage } from "../host/node/language.ts";
import type { ReadPackage } from "../host/node/read-package.ts";
import { entrances, type Operation } from "../lifecycle/operation.ts";
import type { SystemState } from "../system/system-state.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import type { ExitCode } from "./main.ts";
import { oneOf, readOptions, requireFolder } from "./options.ts";
import { complain } from "./output.ts";
import { readPackageArgument } from "./package-argument.ts";
import { formatReport, reportFormats } from "./report-format.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { withProgress } from "./sandbox-progress.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm sandbox install|upgrade|reinstall|uninstall`: performs an operation on a sandbox and reports it. */
export async function sandboxOperation(operation: Operation, words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, {
    force: { type: "boolean" },
    entrance: { type: "string" },
    assume: { type: "string", multiple: true },
    format: { type: "string" },
    output: { type: "string" },
    base: { type: "string" },
    "allow-symlinks": { type: "boolean" },
  });
  const [folder, named, ...others] = positionals;
  if (folder === undefined || named === undefined || others.length > 0) {
    throw new UsageError(
      "Name the folder of a sandbox and one package: a spec, an archive, or what is installed.",
    );
  }
  const format = oneOf("--format", values.format ?? "text", reportFormats);
  const entrance = oneOf("--entrance", values.entrance ?? "api", entrances);
  await requireFolder(values.base);
  const assume = readAssumptions(values.assume);
  const sandbox = await openSandboxArgument(folder);
  const system = await sandbox.state();
  const files = { baseFolder: values.base, allowSymlinks: values["allow-symlinks"] ?? false };
  const { contents, specText } = await packageOf(named, operation, system, files);
  if (contents.build && contents.build.missingFiles.length > 0) {
    const path = contents.build.missingFiles[0]!.location ?? "?";
    complain("No archive can be made of the spec, because a file is missing: {path}. Nothing was changed.", {
      path,
    });
    return 1;
  }
  const run = new DryRun({
    ...{ operation, contents, specText, system, isStandIn: false, assumeRequirements: false },
    options: { entrance, force: values.force ?? false, assume, now: now() },
    language: chosenLanguage(),
    applied: true,
  });
  requireKeys(assume, run.plan);
  // Made first: the report looks at files as they are before.
  const { report } = run;
  await withProgress((work) => sandbox.apply(run.plan, work));
  const text = await formatReport(report, format, values.output !== undefined);
  if (!writeResult(text, values.output)) return 1;
  return report.verdict.kind === "success" && report.counts.fails === 0 ? 0 : 1;
}

/** A file when there is one of that name, else what the package table has. @throws UsageError when there is neither */
async function packageOf(
  named: string,
  operation: Operation,
  system: SystemState,
  files: Parameters<typeof readPackageArgument>[2],
): Promise<ReadPackage> {
  if (existsSync(named)) return readPackageArgument(named, system.framework.dialect, files);
  const stored = operation === "install" ? undefined : storedPackage(named, system);
  if (stored) return { contents: stored, specText: undefined };
  throw new UsageError("“{name}” is neither a file nor a package in the sandbox.", { name: named });
}

/** `Acme` or `Acme-1.0.0`; of several rows the newest. */
export function storedPackage(
  named: string,
  { packages, archives }: SystemState,
): PackageContents | undefined {
  const row = packages.findLast(({ name, version }) => name === named || `${name}-${version}` === named);
  return row && archives.contents(row.digest);
}
