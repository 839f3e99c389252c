import { systemCode } from "../host/file-system.ts";
import { PackageError, type PackageErrorCode } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import { complainAbout } from "./complain-about.ts";

/**
 * Writes a result to the file that was named, or to standard output. What stood in the file is there until all of the
 * result is.
 *
 * @param text bytes only for a file
 * @returns false when it cannot be written, which has been said then
 */
export async function writeResult(
  shell: Shell,
  text: string | Uint8Array,
  file: string | undefined,
): Promise<boolean> {
  if (file === undefined) {
    shell.print(String(text));
    return true;
  }
  try {
    await shell.world.output.write(file, text);
    return true;
  } catch (error) {
    complainAboutWriting(shell, file, error);
    return false;
  }
}

/** Says why a file was not written. */
export function complainAboutWriting(shell: Shell, file: string, error: unknown): void {
  if (error instanceof PackageError && standsInTheWay.has(error.code)) {
    complainAbout(shell, error);
    return;
  }
  shell.complain("“{path}” cannot be written: {reason}.", { path: file, reason: reasonOf(error) });
}

/** Says why a file was not read, or not written again. @throws what is no fault of a file */
export function complainAboutFile(shell: Shell, path: string, error: unknown): void {
  if (error instanceof PackageError) {
    complainAboutWriting(shell, path, error);
    return;
  }
  const reason = systemCode(error);
  if (reason === undefined) throw error;
  shell.complain("“{path}” cannot be read: {reason}.", { path, reason });
}

/** What is said in the same words of archives and reports. */
const standsInTheWay: ReadonlySet<PackageErrorCode> = new Set([
  "output-is-folder",
  "output-is-special",
  "output-is-link",
  "output-changed",
]);

/** The code of the system beneath an error. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as Error;
  return systemCode(cause) ?? (cause as Error).message;
}
