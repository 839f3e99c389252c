import { existsSync } from "node:fs";
import { PackageError, type PackageErrorCode } from "../../host/package-error.ts";
import { SandboxFolder } from "./sandbox-folder.ts";

/**
 * What an error of the operating system means for a sandbox; errors of other kinds are given back as they are.
 *
 * @param folder of the sandbox
 */
export function sandboxError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const isMissing =
    (code === "ENOENT" || code === "ENOTDIR") && !existsSync(new SandboxFolder(folder).description);
  if (isMissing) return new PackageError("sandbox-missing", { folder }, { cause: error });
  return diskError(error, folder);
}

/** The same for a folder in which there is no sandbox yet. */
export function diskError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof PackageError || typeof code !== "string") return error;
  if (code === "ENAMETOOLONG") {
    const { path: location = "" } = error as NodeJS.ErrnoException;
    return new PackageError("sandbox-name-invalid", { location }, { cause: error });
  }
  return new PackageError(errorCodes[code] ?? "sandbox-failed", { folder, reason: code }, { cause: error });
}

const errorCodes: Readonly<Record<string, PackageErrorCode>> = {
  EACCES: "sandbox-not-writable",
  EPERM: "sandbox-not-writable",
  EROFS: "sandbox-not-writable",
  ENOSPC: "sandbox-full",
  EDQUOT: "sandbox-full",
  EFBIG: "sandbox-full",
};
