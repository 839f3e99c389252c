/**
 * A path below the home in its plain form: no empty parts, no `.` and no `..`.
 *
 * @returns undefined for a path that leads out of the home, to the home itself, or that no file can have
 */
export function homePath(path: string): string | undefined {
  if (!unusual.test(path)) return path;
  if (path.includes("\0")) return undefined;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

/** Nearly all paths are in their plain form already. A loop over the characters finds that out less fast. */
const unusual = /^$|\0|(?:^|\/)(?:\.{0,2})(?:\/|$)/;

/** The folder that a plain path lies in; empty for the home itself. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/**
 * Whether a plain path is longer than any system lets a file be called: 255 bytes between two slashes on nearly all of
 * them, and 4,096 bytes on Linux with the home around it.
 */
export function isTooLong(path: string): boolean {
  return (
    hasMoreBytes(path, longestPath) ||
    (maybeLongName.test(path) && path.split("/").some((name) => hasMoreBytes(name, longestName)))
  );
}

/** As many characters between slashes as may come to more than {@link longestName} bytes. */
const maybeLongName = /(?:^|\/)[^/]{86}/;

/** No character has more than three bytes for each of its code units, so that few texts have to be encoded. */
function hasMoreBytes(text: string, limit: number): boolean {
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit;
}

const longestName = 255;
/** Leaves room for the home around it. */
const longestPath = 3_800;
