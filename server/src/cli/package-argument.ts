import { stat } from "node:fs/promises";
import type { PackageContents } from "../builder/package-contents.ts";
import { type ReadPackage, readPackage, type SpecFileOptions } from "../node/read-package.ts";
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
  options: SpecFileOptions = {},
): Promise<ReadPackage> {
  await requirePackageFile(path);
  return readPackage(path, release, options);
}

/**
 * Reads the file that was named, or takes what the package table has of that name. A folder of the name of a package is
 * no reason not to take the package.
 *
 * @param stored undefined when the package table has nothing of the name, or is not to be asked
 * @throws UsageError when there is neither
 * @throws PackageError when it cannot be read
 */
export async function readFileOrStored(
  named: string,
  stored: PackageContents | undefined,
  dialect: Parameters<typeof readPackage>[1],
  options: SpecFileOptions = {},
): Promise<ReadPackage> {
  const status = await stat(named).catch(() => undefined);
  if (stored && !status?.isFile()) return { contents: stored, specText: undefined };
  if (status) return readPackageArgument(named, dialect, options);
  throw new UsageError("“{name}” is neither a file nor a package in the sandbox.", { name: named });
}

/** @throws UsageError when there is no such file */
export async function requirePackageFile(path: string): Promise<void> {
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (status instanceof Error) {
    const reason = status.code ?? status.message;
    throw new UsageError("“{path}” cannot be read: {reason}.", { path, reason });
  }
  if (!status.isFile()) {
    throw new UsageError("“{path}” is no file; name a spec (.sopm) or an archive (.opm).", { path });
  }
}
