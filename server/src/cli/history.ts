import {
  type FoundVersion,
  findVersionsWithNotes,
  type SandboxWithPackages,
} from "../engine/find-versions.ts";
import type { VersionSource } from "../engine/package-version.ts";
import { packageReader } from "../engine/read-package.ts";
import type { ReadPackage } from "../engine/system-world.ts";
import {
  type ChangedPart,
  changesBetween,
  type VersionChange,
  type VersionFacts,
  versionFacts,
} from "../engine/version-changes.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { historyParameters } from "./commands.ts";
import { complainAbout } from "./complain-about.ts";
import { baseOf, ConfiguredRun, optionsLayer, shownPath } from "./configured.ts";
import { knownPackagesArgument } from "./known-packages-argument.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";

/** One version with what it has otherwise than the one before it. */
interface ToldVersion {
  readonly version: string;
  /** Undefined for the spec as it is now. */
  readonly found: FoundVersion | undefined;
  /** Undefined for the first version, and where one of the two cannot be read. */
  readonly changes: readonly VersionChange[] | undefined;
}

/** `sopm history`: tells the versions of a package, and what each changed. */
export async function history(given: Given<typeof historyParameters>, shell: Shell): Promise<ExitCode> {
  const { world } = shell;
  await requirePackageFile(given.spec, shell);
  const run = new ConfiguredRun(optionsLayer(historyParameters, given), shell);
  const configured = await run.of(given.spec);
  run.tell(configured);
  const spec = world.paths.resolve(given.spec);
  const base = baseOf(spec, given.base, configured, shell);
  const baseFolder = base === undefined ? undefined : world.paths.resolve(base);
  const { name, versions, notes } = await findVersionsWithNotes(spec, world, {
    baseFolder,
    named: await knownPackagesArgument(given["packages-of"], [given.spec], run, shell),
    sandboxes: await sandboxesOf(given.sandbox, shell),
    git: { untrustedFolders: [world.paths.dirname(spec), ...(baseFolder === undefined ? [] : [baseFolder])] },
  });
  for (const { text, values } of notes) shell.complain(text, values);
  if (name === undefined) return 1;
  const told: ToldVersion[] = [];
  let isRead = true;
  let before: VersionFacts | undefined;
  const tell = async (found: FoundVersion | undefined, read: () => Promise<ReadPackage>) => {
    try {
      const contents = await read();
      const facts = await versionFacts(contents);
      const version = found?.version ?? contents.contents.structure?.single.Version?.content ?? "?";
      told.push({ version, found, changes: before && (await changesBetween(before, facts)) });
      before = facts;
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      complainAbout(shell, error);
      isRead = false;
      if (found) told.push({ version: found.version, found, changes: undefined });
    }
  };
  for (const found of versions) await tell(found, () => found.read(undefined));
  await tell(undefined, () => packageReader(spec, world, { baseFolder })(undefined));
  printResult(shell, given.format, {
    data: { package: name, versions: told.map((each) => dataOf(each)) },
    text: textOf(name, told, shell),
  });
  return isRead ? 0 : 1;
}

async function sandboxesOf(
  folder: string | undefined,
  shell: Shell,
): Promise<readonly SandboxWithPackages[]> {
  if (folder === undefined) return [];
  const sandbox = await openSandboxArgument(folder, shell);
  return [{ folder: sandbox.folder, state: () => sandbox.state() }];
}

function dataOf({ version, found, changes }: ToldVersion): object {
  return {
    version,
    source: found ? found.source : { kind: "spec" },
    others: found?.others ?? [],
    changes:
      changes?.map(({ part, name, before, after }) => ({
        part,
        name,
        before: before ?? null,
        after: after ?? null,
      })) ?? null,
  };
}

function textOf(name: string, told: readonly ToldVersion[], shell: Shell): string {
  const line = (text: string, indent = "") => `${indent}${oneLine(text)}\n`;
  return told
    .map(({ version, found, changes }) =>
      [
        line(
          `${name} ${version}: ${found ? placeOf(found.source, shell) : shell.lineOf({ text: "the spec as it is now" })}`,
        ),
        ...(found?.others ?? []).map((other) =>
          line(shell.lineOf({ text: "also {place}", values: { place: placeOf(other, shell) } }), "    "),
        ),
        ...(changes ?? []).map((change) => line(changeText(change, shell), "  ")),
        ...(changes?.length === 0 ? [line(shell.lineOf({ text: "no change" }), "  ")] : []),
      ].join(""),
    )
    .join("");
}

function placeOf(source: VersionSource, shell: Shell): string {
  const { lineOf } = shell;
  switch (source.kind) {
    case "tag":
    case "commit": {
      const { name, commit, date = "?" } = source;
      const values = { name, commit: commit.slice(0, 12), date };
      return source.kind === "tag"
        ? lineOf({ text: "tag {name} of {date}, commit {commit}", values })
        : lineOf({ text: "commit {commit} of {date}, the last one of this version", values });
    }
    case "archive":
      return lineOf({ text: "archive {path}", values: { path: shownPath(source.path, shell) } });
    case "repository": {
      const values = { file: source.file, path: shownPath(source.path, shell) };
      return lineOf({ text: "{file} in the repository {path}", values });
    }
    case "sandbox":
      return lineOf({ text: "in the sandbox {path}", values: { path: shownPath(source.folder, shell) } });
  }
}

function changeText({ part, name, before, after }: VersionChange, { lineOf }: Shell): string {
  const sign = before === undefined ? "+" : after === undefined ? "-" : "~";
  const told = [before, after].filter((each) => each !== undefined && each !== "");
  return `${sign} ${lineOf({ text: partTexts[part] })} ${name || lineOf({ text: "every version" })} ${told.join(" → ")}`.trimEnd();
}

const partTexts: Readonly<Record<ChangedPart, string>> = {
  framework: "framework",
  requirement: "requirement",
  file: "file",
  table: "table",
  column: "column",
  key: "key",
  setting: "setting",
  "database-upgrade": "database upgrade for versions below",
  "code-upgrade": "code upgrade for versions below",
};
