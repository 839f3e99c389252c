import type { Release } from "../dialect/switches.ts";
import { type ComparedPackage, comparedArchive, comparePackages } from "../engine/compare-packages.ts";
import { comparedVersion, versionOrTagNamed } from "../engine/compared-version.ts";
import { findVersionsWithNotes } from "../engine/find-versions.ts";
import { openArchive, openInstalled, openTwoArchives } from "../engine/open-archive.ts";
import { readPackage, type SpecFileOptions } from "../engine/read-package.ts";
import { versionSearch } from "../engine/version-search.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { ComparedSide } from "../report/package-comparison.ts";
import { renderComparison } from "../report/render-comparison.ts";
import type { diffParameters } from "./archive-commands.ts";
import type { ExitCode, Given } from "./command.ts";
import { complainAbout } from "./complain-about.ts";
import { requireFolder } from "./folder-argument.ts";
import { complainAboutNoPackage, requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import { storedByName } from "./sandbox-operation.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm diff`: how two packages differ. */
export async function diff(given: Given<typeof diffParameters>, shell: Shell): Promise<ExitCode> {
  const { base, format } = given;
  await requireFolder(base, shell);
  const files = { baseFolder: base, allowSymlinks: given["allow-symlinks"] };
  try {
    const [before, after] = await comparedPackages(given, files, shell);
    const comparison = await comparePackages(before, after);
    const text = renderComparison(comparison, shell.world.texts.translate);
    const { bytes } = comparison;
    const said = bytes && {
      ...bytes,
      reasons: bytes.reasons.map((reason) => ({ id: reason.id, message: shell.lineOf(reason) })),
    };
    const sideData = (side: ComparedSide) => ({ ...side, damage: side.damage.map(shell.lineOf) });
    const sides = { before: sideData(comparison.before), after: sideData(comparison.after) };
    printResult(shell, format, { data: { ...comparison, ...sides, bytes: said ?? null }, text });
    for (const each of [before, after]) await complainWhereUnreadable(each, shell);
    return comparison.isSame ? 0 : 1;
  } catch (error) {
    // As of other programs that compare, 1 means that they differ.
    if (!(error instanceof PackageError)) throw error;
    complainAbout(shell, error);
    return 2;
  }
}

/** Of a file that is no package nothing is compared but its bytes. */
async function complainWhereUnreadable({ title, contents }: ComparedPackage, shell: Shell): Promise<void> {
  if (contents.structure || (await shell.world.named.kindOf(title).catch(() => undefined)) !== "file") return;
  await complainAboutNoPackage(title, shell);
}

/** What stands before the folder of a sandbox, behind which `#` and the name of a package come. */
const sandboxPrefix = "sandbox:";

/** What stands before a spec, behind which `#` and a version of it or a tag come. */
const versionPrefix = "version:";

async function comparedPackages(
  { before, after }: Pick<Given<typeof diffParameters>, "before" | "after">,
  files: SpecFileOptions,
  shell: Shell,
): Promise<readonly [ComparedPackage, ComparedPackage]> {
  if (!isArchiveFile(before) || !isArchiveFile(after)) {
    const one = await comparedPackage(before, undefined, files, shell);
    return [one, await comparedPackage(after, one, files, shell)];
  }
  await requirePackageFile(before, shell);
  await requirePackageFile(after, shell);
  const [one, other] = await openTwoArchives(before, after, shell.world);
  return [await comparedArchive(before, "archive", one), await comparedArchive(after, "archive", other)];
}

function isArchiveFile(title: string): boolean {
  return !title.startsWith(sandboxPrefix) && !title.startsWith(versionPrefix) && isArchiveName(title);
}

/**
 * @param before the one that it is compared with; undefined for the first
 * @throws UsageError when there is no such package
 */
async function comparedPackage(
  title: string,
  before: ComparedPackage | undefined,
  files: SpecFileOptions,
  shell: Shell,
): Promise<ComparedPackage> {
  const { world } = shell;
  const release = before?.contents.release;
  if (title.startsWith(sandboxPrefix)) return installedPackage(title, release, shell);
  if (title.startsWith(versionPrefix)) return earlierPackage(title, release, files, shell);
  await requirePackageFile(title, shell);
  if (isArchiveName(title)) {
    const options = { release, hasDigest: false, like: before?.archive };
    return comparedArchive(title, "archive", await openArchive(title, world, options));
  }
  const { contents } = await readPackage(title, release, world, files);
  return { title, kind: "spec", contents, archive: undefined };
}

async function installedPackage(
  title: string,
  release: Release | undefined,
  shell: Shell,
): Promise<ComparedPackage> {
  const [, folder, name] = /^(.+)#([^#]+)$/s.exec(title.slice(sandboxPrefix.length)) ?? [];
  if (folder === undefined || name === undefined)
    throw new UsageError("“{value}” names no package in a sandbox; write it as sandbox:FOLDER#NAME.", {
      value: title,
    });
  const stored = await storedByName(name, await (await openSandboxArgument(folder, shell)).state());
  if (!stored) throw new UsageError("There is no package “{name}” in the sandbox.", { name });
  return comparedArchive(title, "installed", await openInstalled(stored, shell.world, release));
}

async function earlierPackage(
  title: string,
  release: Release | undefined,
  { baseFolder }: SpecFileOptions,
  shell: Shell,
): Promise<ComparedPackage> {
  const { world } = shell;
  const [, spec, version] = /^(.+)#([^#]+)$/s.exec(title.slice(versionPrefix.length)) ?? [];
  if (spec === undefined || version === undefined || isArchiveName(spec))
    throw new UsageError("“{value}” names no version of a spec; write it as version:SPEC#VERSION.", {
      value: title,
    });
  await requirePackageFile(spec, shell);
  const path = world.paths.resolve(spec);
  const { versions, notes } = await findVersionsWithNotes(
    path,
    world,
    versionSearch(path, baseFolder, world.paths),
  );
  const found = versionOrTagNamed(version, versions);
  if (found) return comparedVersion(found, title, release, world);
  for (const note of notes) shell.complain(note);
  throw new UsageError(
    "No version and no tag “{version}” of “{path}” is found; “sopm history” lists those that are.",
    {
      version,
      path: spec,
    },
  );
}
