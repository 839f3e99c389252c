import { DatabaseUnavailable } from "../host/database-server.ts";
import { ownCodes, type SystemError, systemCode } from "../host/file-system.ts";
import { PackageError, type PackageErrorCode } from "../host/package-error.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/** What an error of the disk, or of the server with its database, means for a sandbox; errors of other kinds are given back as they are. */
export async function sandboxError(error: unknown, sandbox: SandboxFolder): Promise<unknown> {
  const { folder } = sandbox;
  const code = systemCode(error);
  const canBeMissing = code === "ENOENT" || code === "ENOTDIR";
  if (!canBeMissing) return diskError(error, folder);
  try {
    if (await sandbox.isThere(sandbox.description)) return diskError(error, folder);
  } catch (secondError) {
    return diskError(secondError, folder);
  }
  return new PackageError("sandbox-missing", { folder }, { cause: error });
}

/** The same for a folder in which there is no sandbox yet. */
export function diskError(error: unknown, folder: string): unknown {
  if (error instanceof DatabaseUnavailable) {
    return new PackageError("sandbox-server", { folder }, { because: error.text, cause: error });
  }
  const code = systemCode(error);
  if (code === undefined) return error;
  if (code === "ENAMETOOLONG") {
    const { path: location = "" } = error as SystemError;
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
  [ownCodes.silent]: "sandbox-silent",
};

/** @throws what is no damage, such as a sandbox of a newer version */
export async function problemOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

export function reasonOf(error: unknown): string {
  if (error instanceof PackageError && error.code === "sandbox-damaged") return String(error.values.reason);
  const code = systemCode(error);
  if (code === undefined) throw error;
  return code;
}
