import { existsSync } from "node:fs";
import { PackageError, type PackageErrorCode } from "../../package-error.ts";

/**
 * What an error of the operating system means for a sandbox; errors of other kinds are given back as they are.
 *
 * @param folder of the sandbox
 */
export function sandboxError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof PackageError || typeof code !== "string") return error;
  const isMissing = missing.has(code) && !existsSync(folder);
  const meaning = isMissing ? "sandbox-missing" : (errorCodes[code] ?? "sandbox-failed");
  return new PackageError(meaning, { folder, reason: code }, { cause: error });
}

const missing: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);

const errorCodes: Readonly<Record<string, PackageErrorCode>> = {
  EACCES: "sandbox-not-writable",
  EPERM: "sandbox-not-writable",
  EROFS: "sandbox-not-writable",
  ENOSPC: "sandbox-full",
  EDQUOT: "sandbox-full",
  EFBIG: "sandbox-full",
};
