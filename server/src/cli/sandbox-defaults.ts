import { contentsOfArchive } from "../builder/contents-of-archive.ts";
import { installDefaultPackages } from "../engine/package-manager/default-packages.ts";
import { type FileSystem, systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import { planExport } from "../lifecycle/export.ts";
import { measuredJson } from "../report/verified-json.ts";
import { hasFailedStatements } from "../report/verify-report.ts";
import { FolderHome } from "../sandbox/checkout-home.ts";
import type { HomeChange } from "../system/home.ts";
import { whenKnown } from "../system/system-facts.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { measuredText } from "./measured-text.ts";
import { performChange } from "./perform-change.ts";
import { printResult } from "./print-result.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type * as rows from "./sandbox-commands.ts";
import { storedByName } from "./sandbox-operation.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox install-defaults`: installs the archives that came with the framework, as one operation. */
export async function sandboxInstallDefaults(
  given: Given<typeof rows.installDefaultsParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { folder, format } = given;
  const { complain, lineOf } = shell;
  const sandbox = await openSandboxArgument(folder, shell, given);
  const before = await sandbox.state();
  const { plans, unread, after } = await installDefaultPackages(
    before,
    async (content, fileName) => {
      const bytes = await content.read();
      const digest = shell.world.files({ flush: false }).digest(bytes);
      return contentsOfArchive(bytes, fileName, before.framework, digest);
    },
    { now: shell.world.clock.now() },
  );
  const changes = plans.flatMap(({ plan }) => plan.steps.flatMap((step) => step.changes));
  const done =
    changes.length > 0
      ? await performChange(shell, sandbox, { before, after, changes, plans: plans.map(({ plan }) => plan) })
      : undefined;
  const measured = done?.measured;
  for (const path of unread) complain("“{path}” cannot be read as an archive.", { path });
  const lines = plans.map(({ path, plan }) => {
    const reason = plan.refusals[0];
    return `${plan.verdict === "success" ? "✓" : "✗"} ${oneLine(path)}\n${reason ? `    ${lineOf(reason)}\n` : ""}`;
  });
  printResult(shell, format, {
    data: {
      packages: plans.map(({ path, plan }) => ({
        path,
        verdict: plan.verdict,
        refusals: plan.refusals.map((refusal) => lineOf(refusal)),
      })),
      unread,
      measured: measured ? measuredJson(measured, () => undefined, shell.world.texts.translate) : null,
    },
    text:
      lines.length > 0
        ? `${lines.join("")}${measured ? measuredText(measured, shell) : ""}`
        : `${lineOf({ text: "There is no archive in var/packages." })}\n`,
  });
  if (measured && hasFailedStatements(measured)) return 1;
  return unread.length > 0 || plans.some(({ plan }) => plan.verdict !== "success") ? 1 : 0;
}

/** `sopm sandbox export-files`: writes the files of a package into a folder, as the framework exports them. */
export async function sandboxExportFiles(
  given: Given<typeof rows.exportFilesParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { complain, lineOf } = shell;
  const { folder, name, output, format } = given;
  const system = await (await openSandboxArgument(folder, shell)).state();
  const contents = await storedByName(name, system);
  if (!contents) throw new UsageError("There is no package “{name}” in the sandbox.", { name });
  const { paths, output: folders } = shell.world;
  const files = shell.world.files({ flush: false });
  const target = paths.resolve(output);
  try {
    await folders.makeFolder(target);
    const home = system.facts.home(new FolderHome(target, files, undefined));
    const { steps } = await whenKnown(system.facts, () => planExport(contents, system, home));
    const failed = steps.filter(({ outcome }) => outcome === "fails");
    for (const step of steps) {
      for (const change of step.changes)
        if (change.part === "home") await make(change.change, (path) => paths.join(target, path), files);
    }
    const written = steps.flatMap(({ changes }) =>
      changes.flatMap((each) =>
        each.part === "home" && each.change.kind === "write" ? [each.change.path] : [],
      ),
    );
    printResult(shell, format, {
      data: { folder: target, files: written, failed: failed.length },
      text: `${lineOf({ text: "{folder}: files of {name}: {count}.", values: { folder: target, count: written.length, name } })}\n`,
    });
    if (failed.length > 0)
      complain("Files that could not be written into “{folder}”: {count}.", {
        count: failed.length,
        folder: target,
      });
    return failed.length > 0 ? 1 : 0;
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    complain("“{path}” cannot be written: {reason}.", { path: target, reason });
    return 1;
  }
}

/** Makes one change that was planned for a folder. The plan has none on a path that leads through a link. */
async function make(change: HomeChange, at: (path: string) => string, files: FileSystem): Promise<void> {
  switch (change.kind) {
    case "make-folder":
      return files.makeFolders([{ path: at(change.path) }]);
    case "write": {
      const path = at(change.path);
      const temporary = `${path}.${files.randomName(8)}.tmp`;
      try {
        await files.write([
          { path: temporary, bytes: await change.content.read(), mode: change.mode & 0o777, isLoose: true },
        ]);
        return await files.rename([[temporary, path]]);
      } catch (error) {
        await files.removeTree(temporary);
        throw error;
      }
    }
    case "move":
      return files.rename([[at(change.from), at(change.to)]]);
    case "delete":
      return files.remove([at(change.path)]);
    case "copy":
      // An export removes nothing, so that it saves nothing by a copy.
      return;
  }
}
