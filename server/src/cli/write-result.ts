import { writeSync } from "node:fs";
import { resolve } from "node:path";
import { systemReason } from "../host/node/system-reason.ts";
import { createTemporaryFile } from "../host/node/temporary-file.ts";
import { PackageError } from "../host/package-error.ts";
import { complain, print } from "./output.ts";

/**
 * Writes a result to the file that was named, or to standard output. What stood in the file is there until all of the
 * result is.
 *
 * @param text bytes only for a file
 * @returns false when it cannot be written, which has been said then
 */
export function writeResult(text: string | Uint8Array, file: string | undefined): boolean {
  if (file === undefined) {
    print(String(text));
    return true;
  }
  try {
    writeFile(text, resolve(file));
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    complain("“{path}” cannot be written: {reason}.", { path: file, reason: systemReason(reason) });
    return false;
  }
}

/** The code of the system beneath an error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof PackageError))
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  if (error.code === "output-not-file") return "EISDIR";
  return (error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message;
}

function writeFile(text: string | Uint8Array, path: string): void {
  const temporary = createTemporaryFile(path);
  try {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    for (let start = 0; start < bytes.length; ) start += writeSync(temporary.descriptor, bytes, start);
    temporary.commit();
  } catch (error) {
    temporary.remove();
    throw error;
  }
}
