import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/**
 * Opens a file for reading that is one: a link in its place is not followed, and a pipe not waited for.
 *
 * @throws NodeJS.ErrnoException when there is none or it cannot be read
 */
export function openPlainFile(path: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, onlyPlain);
  } catch (error) {
    throw notPlainCodes.has((error as NodeJS.ErrnoException).code ?? "") ? notPlain(path, error) : error;
  }
  try {
    if (fstatSync(descriptor).isFile()) return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  closeSync(descriptor);
  throw notPlain(path);
}

/**
 * The text of a file that is one.
 *
 * @param longest bytes; a longer one is not read
 * @throws NodeJS.ErrnoException
 */
export function readPlainText(path: string, longest = Number.POSITIVE_INFINITY): string {
  const descriptor = openPlainFile(path);
  try {
    if (fstatSync(descriptor).size > longest) {
      throw Object.assign(new Error(`${path} is too large`), { code: "ERR_FS_FILE_TOO_LARGE" });
    }
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The text of a file that the user has named or chosen the folder of, where links are followed on purpose. A pipe or a
 * device is not read, nor waited for.
 *
 * @param longest bytes
 * @returns undefined for what is no file, cannot be read or is longer
 */
export function readChosenText(path: string, longest: number): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    return status.isFile() && status.size <= longest ? readFileSync(descriptor, "utf8") : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const onlyPlain = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What systems say of links that must not be followed, of sockets and of folders. */
const notPlainCodes: ReadonlySet<string> = new Set(["ELOOP", "EMLINK", "ENXIO", "EOPNOTSUPP", "EISDIR"]);

/** The code of an error about a link, a folder, a device, a pipe or a socket in the place of a file. */
export const notPlainCode = "not-plain";

function notPlain(path: string, cause?: unknown): NodeJS.ErrnoException {
  return Object.assign(new Error(`${path} is no regular file`, { cause }), { code: notPlainCode });
}
