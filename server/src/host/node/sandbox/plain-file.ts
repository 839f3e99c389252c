import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/**
 * Opens a file for reading that is one: a link in its place is not followed, and a pipe not waited for.
 *
 * @throws NodeJS.ErrnoException when there is none or it cannot be read
 */
export function openPlainFile(path: string): number {
  const descriptor = openSync(path, onlyPlain);
  try {
    if (fstatSync(descriptor).isFile()) return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  closeSync(descriptor);
  throw notPlain(path);
}

/** The text of a file that is one. @throws NodeJS.ErrnoException */
export function readPlainText(path: string): string {
  const descriptor = openPlainFile(path);
  try {
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

const onlyPlain = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** As the system says it of a link that must not be followed. */
function notPlain(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${path} is no regular file`), { code: "ELOOP" });
}
