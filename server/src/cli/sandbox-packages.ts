import type { PackageContents } from "../builder/package-contents.ts";
import { fileSearchCommand, listCommand, listFilesCommand } from "../engine/console/list-commands.ts";
import {
  addPackage,
  removePackage,
  type TableOutcome,
} from "../engine/package-manager/change-package-table.ts";
import {
  checkVersion,
  fileChecksums,
  frameworkRequirements,
  isPackageInstalled,
  packagesToMerge,
} from "../engine/package-manager/package-facts.ts";
import {
  archiveChecksum,
  listPackagesBriefly,
  storedPackage,
} from "../engine/package-manager/package-list.ts";
import type { Shell } from "../host/shell.ts";
import { requirementOverview } from "../repository/requirement-overview.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { SystemState } from "../system/system-state.ts";
import { decodeText } from "../text/decode.ts";
import { severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun } from "./configured.ts";
import { complainAboutNoPackage, readFileOrStored, readPackageArgument } from "./package-argument.ts";
import { performChange } from "./perform-change.ts";
import { printResult } from "./print-result.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type * as rows from "./sandbox-commands.ts";
import { storedByName } from "./sandbox-operation.ts";
import { table } from "./table.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm sandbox packages`: the package table, as the frameworks list it. */
export async function sandboxPackages(
  given: Given<typeof rows.packagesParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { complain, lineOf } = shell;
  const { folder, format, filter, deployment, short } = given;
  if (short && (deployment || filter !== undefined)) {
    throw new UsageError(
      "--short lists all packages without looking at their files; leave out --filter and --deployment.",
    );
  }
  const system = await (await openSandboxArgument(folder, shell)).state();
  if (short) {
    const list = await listPackagesBriefly(system);
    printResult(shell, format, {
      data: { packages: list },
      text: table(list.map((row) => [row.name, row.version, row.status, row.md5])),
    });
    return 0;
  }
  const { output } = await listCommand(system, {
    showDeployment: deployment,
    ...(filter === undefined ? {} : { filter }),
  });
  const boxes = output.flatMap((each) => (each.kind === "package" ? [each.lines] : []));
  printResult(shell, format, {
    data: {
      packages: boxes.map((lines) => {
        const files = lines.flatMap(({ field, value }) => (field === "file-status" ? [value] : []));
        const facts = lines.filter(({ field }) => field !== "file-status");
        return {
          ...Object.fromEntries(facts.map(({ field, value }) => [field, value])),
          ...(deployment ? { files } : {}),
        };
      }),
    },
    text: boxes
      .map(
        (lines) =>
          `${table(lines.map(({ field, value }) => [lineOf({ text: fieldTitles[field] }), value]))}\n`,
      )
      .join(""),
  });
  for (const each of output) if (each.kind === "message") complain(each.message.text);
  if (output.length === 0) complain("There is no such package in the sandbox.");
  return 0;
}

const fieldTitles = {
  file: "File",
  name: "Name",
  version: "Version",
  vendor: "Vendor",
  url: "URL",
  license: "License",
  description: "Description",
  deployment: "Deployment",
  "file-status": "",
} as const;

/** `sopm sandbox get`: the archive of exactly one name and version. */
export async function sandboxGet(given: Given<typeof rows.getParameters>, shell: Shell): Promise<ExitCode> {
  const { print, complain } = shell;
  const { folder, name, version, output } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const contents = await storedPackage(system, name, version);
  if (!contents) {
    complain("There is no package “{name}” {version} in the sandbox.", { name, version });
    return 1;
  }
  const bytes = await contents.archive.read();
  if (output !== undefined) return (await writeResult(shell, bytes, output)) ? 0 : 1;
  print(severalLines(decodeText(bytes).text));
  return 0;
}

/** `sopm sandbox files`: every file of every package. */
export async function sandboxFiles(
  { folder, format }: Given<typeof rows.filesParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const system = await (await openSandboxArgument(folder, shell)).state();
  const { output } = await listFilesCommand(system);
  const files = output.flatMap((each) =>
    each.kind === "file" ? [{ package: each.package, location: each.location }] : [],
  );
  printResult(shell, format, {
    data: { files },
    text: table(files.map((file) => [file.package, file.location])),
  });
  return 0;
}

/** `sopm sandbox search`: the files whose location contains a text, with their packages. */
export async function sandboxSearch(
  given: Given<typeof rows.searchParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { complain } = shell;
  const { folder, format, text } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const { output, errors } = await fileSearchCommand(system, text);
  const files = output.flatMap((each) =>
    each.kind === "package" ? [Object.fromEntries(each.lines.map(({ field, value }) => [field, value]))] : [],
  );
  printResult(shell, format, {
    data: { files },
    text: table(files.map(({ name = "", version = "", file = "" }) => [name, version, file])),
  });
  for (const { text: problem, values } of errors) complain(problem, values);
  return errors.length > 0 ? 1 : 0;
}

/** `sopm sandbox md5`: the checksums of the files in a package. */
export async function sandboxMd5(
  { folder, package: named, format }: Given<typeof rows.md5Parameters>,
  shell: Shell,
): Promise<ExitCode> {
  const system = await (await openSandboxArgument(folder, shell)).state();
  const contents = await packageNamed(named, system, shell);
  const files = [...(await fileChecksums(contents))].map(([location, md5]) => ({ location, md5 }));
  printResult(shell, format, {
    data: { archive: await archiveChecksum(contents), files },
    text: table(files.map(({ location, md5 }) => [md5, location])),
  });
  return 0;
}

/** `sopm sandbox requirements`: what a package asks for, and what the system has of it. */
export async function sandboxRequirements(
  given: Given<typeof rows.requirementsParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { complain, lineOf } = shell;
  const { folder, package: named, format } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const contents = await packageNamed(named, system, shell);
  const { structure } = contents;
  if (!structure) {
    if ((await shell.world.named.kindOf(named).catch(() => undefined)) === "file")
      await complainAboutNoPackage(named, shell);
    else complain("What the sandbox has of “{name}” cannot be read as a package.", { name: named });
    return 1;
  }
  const framework = frameworkRequirements(contents, system);
  const { packages = [], modules = [] } = requirementOverview(structure, system);
  const merges = packagesToMerge(contents, system);
  const { product, version } = system.framework;
  const sign = (isMet: boolean) => (isMet ? "✓" : "✗");
  printResult(shell, format, {
    data: {
      framework: {
        fits: framework.fits,
        minimumNotMet: framework.minimumNotMet ?? null,
        maximumExceeded: framework.maximumExceeded ?? null,
      },
      packages,
      modules,
      merges: merges.map((each) => ({ ...each, target: each.target ?? null })),
    },
    text: table([
      [
        sign(framework.fits),
        lineOf({ text: "framework" }),
        `${product} ${version}`,
        framework.minimumNotMet ?? framework.maximumExceeded ?? "",
      ],
      ...packages.map((each) => [
        sign(each.isInstalled),
        lineOf({ text: "package" }),
        each.name,
        each.version,
      ]),
      ...modules.map((each) => [
        sign(each.isInstalled),
        lineOf({ text: "Perl module" }),
        each.name,
        each.version,
      ]),
      ...merges.map((each) => ["→", lineOf({ text: "is merged" }), each.name, each.installed]),
    ]),
  });
  const isMet = framework.fits && [...packages, ...modules].every(({ isInstalled }) => isInstalled);
  return isMet ? 0 : 1;
}

/** `sopm sandbox is-installed`: whether a package of a name, or that of an archive, is installed in any version. */
export async function sandboxIsInstalled(
  given: Given<typeof rows.isInstalledParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { lineOf } = shell;
  const { folder, package: named, format } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const kind = await shell.world.named.kindOf(named).catch(() => undefined);
  const wanted = kind === "file" ? await packageNamed(named, system, shell) : named;
  const isInstalled = isPackageInstalled(wanted, system);
  printResult(shell, format, {
    data: { isInstalled },
    text: `${lineOf({ text: isInstalled ? "installed" : "not installed" })}\n`,
  });
  return isInstalled ? 0 : 1;
}

/** `sopm sandbox check-version`: compares two versions as the package manager of the system does. */
export async function sandboxCheckVersion(
  given: Given<typeof rows.checkVersionParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { lineOf } = shell;
  const { folder, installed, version, format } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const isEnough = checkVersion(version, installed, "installed-is-enough", system);
  const isNewer = checkVersion(version, installed, "other-is-newer", system);
  const text = isEnough ? "{installed} is at least {version}" : "{installed} is older than {version}";
  printResult(shell, format, {
    data: { installedIsEnough: isEnough, otherIsNewer: isNewer },
    text: `${lineOf({ text, values: { installed, version } })}\n`,
  });
  return isEnough ? 0 : 1;
}

/** `sopm sandbox add`: puts a package into the package table without installing it. */
export async function sandboxAdd(given: Given<typeof rows.addParameters>, shell: Shell): Promise<ExitCode> {
  const { folder, package: named, format } = given;
  const sandbox = await openSandboxArgument(folder, shell, given);
  const system = await sandbox.state();
  const files = await new ConfiguredRun(new Map(), shell).filesOf(named);
  const { contents } = await readPackageArgument(named, system.framework, shell, files);
  const { Name, Version } = contents.structure?.single ?? {};
  return changeTable(
    sandbox,
    system,
    addPackage(contents, system),
    Name?.content,
    Version?.content,
    format,
    shell,
  );
}

/** `sopm sandbox remove`: takes a package out of the package table, and leaves its files. */
export async function sandboxRemove(
  given: Given<typeof rows.removeParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, name, version, format } = given;
  const sandbox = await openSandboxArgument(folder, shell, given);
  const system = await sandbox.state();
  return changeTable(sandbox, system, removePackage(name, version, system), name, version, format, shell);
}

async function changeTable(
  sandbox: Sandbox,
  before: SystemState,
  outcome: TableOutcome,
  name: string | undefined,
  version: string | undefined,
  format: "text" | "json",
  shell: Shell,
): Promise<ExitCode> {
  const { complain } = shell;
  if (outcome.kind === "refused") {
    complain(outcome.reason);
    return 1;
  }
  const { changes, after } = outcome;
  await performChange(shell, sandbox, { before, after, changes, name, version });
  const { packages } = after;
  printResult(shell, format, {
    data: { packages },
    text: table(packages.map((row) => [row.name, row.version, row.status])),
  });
  return 0;
}

/** A file, or what the package table has. */
async function packageNamed(named: string, system: SystemState, shell: Shell): Promise<PackageContents> {
  const stored = await storedByName(named, system);
  const run = new ConfiguredRun(new Map(), shell);
  return (await readFileOrStored(named, stored, system.framework, shell, run)).contents;
}
