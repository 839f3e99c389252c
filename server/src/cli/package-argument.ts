import type { PackageContents } from "../builder/package-contents.ts";
import { readPackage, type SpecFileOptions } from "../engine/read-package.ts";
import type { ReadPackage } from "../engine/system-world.ts";
import { packageRoots, whatFileIs } from "../engine/what-file-is.ts";
import { systemCode } from "../host/file-system.ts";
import type { NamedFiles } from "../host/named-files.ts";
import type { Shell } from "../host/shell.ts";
import type { ConfiguredRun } from "./configured.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Reads the spec or archive that was named.
 *
 * @param release of the system it is for
 * @throws UsageError when there is no such file
 * @throws PackageError when it cannot be read
 */
export async function readPackageArgument(
  path: string,
  release: Parameters<typeof readPackage>[1],
  shell: Shell,
  options: SpecFileOptions = {},
): Promise<ReadPackage> {
  await requirePackageFile(path, shell);
  return readPackage(path, release, shell.world, options);
}

/**
 * Reads the file that was named, or takes what the package table has of that name. A folder of the name of a package is
 * no reason not to take the package.
 *
 * @param stored undefined when the package table has nothing of the name, or is not to be asked
 * @param run knows where the files of a spec are
 * @throws UsageError when there is neither, and for a version that what is installed is to have
 * @throws PackageError when it cannot be read
 */
export async function readFileOrStored(
  named: string,
  stored: PackageContents | undefined,
  dialect: Parameters<typeof readPackage>[1],
  shell: Shell,
  run: ConfiguredRun,
  given: NonNullable<Parameters<ConfiguredRun["filesOf"]>[1]> = {},
): Promise<ReadPackage> {
  const kind = await shell.world.named.kindOf(named).catch(() => undefined);
  const { version } = given;
  if (stored && kind !== "file" && version !== undefined) {
    throw new UsageError("“{name}” is installed and has its version; --version is for specs.", {
      name: named,
    });
  }
  if (stored && kind !== "file") return { contents: stored, specText: undefined };
  if (kind) return readPackageArgument(named, dialect, shell, await run.filesOf(named, given));
  throw new UsageError("“{name}” is neither a file nor a package in the sandbox.", { name: named });
}

/** @throws UsageError when there is no such file */
export function requirePackageFile(path: string, shell: Shell): Promise<void> {
  return requireFile(path, "“{path}” is no file; name a spec (.sopm) or an archive (.opm).", shell);
}

/** Says that nothing can be made of what was named, as it is no package. */
export async function complainAboutNoPackage(path: string, shell: Shell): Promise<void> {
  shell.complain(
    "“{path}” cannot be read as a package. {found} A spec (.sopm) or an archive (.opm) is expected, with one of these as its root element: {roots}.",
    { path, found: shell.lineOf(await whatFileIs(path, shell.world)), roots: packageRoots },
  );
}

/**
 * @param noFile what is said of something else in its place
 * @throws UsageError when there is no such file
 */
export async function requireFile(path: string, noFile: string, { world: { named } }: Shell): Promise<void> {
  if ((await kindOfNamed(path, named)) !== "file") throw new UsageError(noFile, { path });
}

/** What somebody has named. @throws UsageError when there is nothing */
export async function kindOfNamed(path: string, { kindOf }: NamedFiles): ReturnType<NamedFiles["kindOf"]> {
  try {
    return await kindOf(path);
  } catch (error) {
    const reason = systemCode(error) ?? String(error);
    throw new UsageError("“{path}” cannot be read: {reason}.", { path, reason });
  }
}
