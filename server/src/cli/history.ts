import { findVersionsWithNotes, type SandboxWithPackages } from "../engine/find-versions.ts";
import type { VersionSource } from "../engine/package-version.ts";
import { packageReader } from "../engine/read-package.ts";
import { type HistoryStep, versionHistory } from "../engine/version-history.ts";
import { versionSearch } from "../engine/version-search.ts";
import { changeLine, versionPlace } from "../engine/version-words.ts";
import type { Shell } from "../host/shell.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { complainAbout } from "./complain-about.ts";
import { baseOf, ConfiguredRun, optionsLayer, shownPath } from "./configured.ts";
import { knownPackagesArgument } from "./known-packages-argument.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { historyParameters } from "./release-commands.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";

/** `sopm history`: tells the versions of a package, and what each changed. */
export async function history(given: Given<typeof historyParameters>, shell: Shell): Promise<ExitCode> {
  const { world } = shell;
  await requirePackageFile(given.spec, shell);
  const run = new ConfiguredRun(optionsLayer(historyParameters, given), shell);
  const configured = await run.of(given.spec);
  run.tell(configured);
  const spec = world.paths.resolve(given.spec);
  const base = baseOf(spec, given.base, configured, shell);
  const search = versionSearch(spec, base, world.paths);
  const { name, versions, notes } = await findVersionsWithNotes(spec, world, {
    ...search,
    named: await knownPackagesArgument(given["packages-of"], [given.spec], run, shell),
    sandboxes: await sandboxesOf(given.sandbox, shell),
  });
  for (const note of notes) shell.complain(note);
  if (name === undefined) return 1;
  const steps = await versionHistory(versions, packageReader(spec, world, { baseFolder: search.baseFolder }));
  for (const { problem } of steps) if (problem) complainAbout(shell, problem);
  const told = steps.filter(({ found, problem }) => found || !problem);
  printResult(shell, given.format, {
    data: { version: historyJsonVersion, package: name, versions: told.map((each) => dataOf(each)) },
    text: textOf(name, told, shell),
  });
  return steps.some(({ problem }) => problem) ? 1 : 0;
}

async function sandboxesOf(
  folder: string | undefined,
  shell: Shell,
): Promise<readonly SandboxWithPackages[]> {
  if (folder === undefined) return [];
  const sandbox = await openSandboxArgument(folder, shell);
  return [{ folder: sandbox.folder, state: () => sandbox.state() }];
}

/** The version of the form below; it grows when something is removed or changes its meaning. */
const historyJsonVersion = 1;

/** As `schemas/history.schema.json` describes it. */
function dataOf({ version, found, changes }: HistoryStep): object {
  return {
    version: version || "?",
    source: found ? sourceJson(found.source) : { kind: "spec" },
    others: found?.others.map(sourceJson) ?? [],
    changes:
      changes?.map(({ part, name, before, after }) => ({
        part,
        name,
        before: before ?? null,
        after: after ?? null,
      })) ?? null,
  };
}

function sourceJson(source: VersionSource): object {
  return "commit" in source ? { ...source, date: source.date ?? null } : source;
}

function textOf(name: string, told: readonly HistoryStep[], shell: Shell): string {
  const placeOf = (source: VersionSource) =>
    shell.lineOf(versionPlace(source, (path) => shownPath(path, shell)));
  const line = (text: string, indent = "") => `${indent}${oneLine(text)}\n`;
  return told
    .map(({ version, found, changes }) =>
      [
        line(
          `${name} ${version || "?"}: ${found ? placeOf(found.source) : shell.lineOf({ text: "the spec as it is now" })}`,
        ),
        ...(found?.others ?? []).map((other) =>
          line(shell.lineOf({ text: "also {place}", values: { place: placeOf(other) } }), "    "),
        ),
        ...(changes ?? []).map((change) => line(changeLine(change, shell.lineOf), "  ")),
        ...(changes?.length === 0 ? [line(shell.lineOf({ text: "no change" }), "  ")] : []),
      ].join(""),
    )
    .join("");
}
