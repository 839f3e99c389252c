import { writeSync } from "node:fs";
import { resolve } from "node:path";
import { PackageError, type PackageErrorCode } from "../host/package-error.ts";
import { createTemporaryFile } from "../node/temporary-file.ts";
import { complainAbout } from "./complain-about.ts";
import type { Shell } from "./shell.ts";

/**
 * Writes a result to the file that was named, or to standard output. What stood in the file is there until all of the
 * result is.
 *
 * @param text bytes only for a file
 * @returns false when it cannot be written, which has been said then
 */
export function writeResult(shell: Shell, text: string | Uint8Array, file: string | undefined): boolean {
  if (file === undefined) {
    shell.print(String(text));
    return true;
  }
  try {
    writeFile(text, resolve(file));
    return true;
  } catch (error) {
    if (error instanceof PackageError && standsInTheWay.has(error.code)) {
      complainAbout(shell, error);
      return false;
    }
    shell.complain("“{path}” cannot be written: {reason}.", { path: file, reason: reasonOf(error) });
    return false;
  }
}

/** What is said in the same words of archives and reports. */
const standsInTheWay: ReadonlySet<PackageErrorCode> = new Set([
  "output-is-folder",
  "output-is-special",
  "output-is-link",
]);

/** The code of the system beneath an error. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as Error;
  return (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
}

function writeFile(text: string | Uint8Array, path: string): void {
  // Like a file that a shell redirects into.
  const temporary = createTemporaryFile(path, 0o666 & ~process.umask());
  try {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    for (let start = 0; start < bytes.length; ) start += writeSync(temporary.descriptor, bytes, start);
    temporary.commit();
  } catch (error) {
    temporary.remove();
    throw error;
  }
}
