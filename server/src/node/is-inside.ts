import { isAbsolute, relative, sep } from "node:path";

/**
 * Tells whether a path is a folder or lies below it, as the system at hand compares paths.
 * Both are absolute and in plain form; links are not followed.
 */
export function isInside(folder: string, path: string): boolean {
  // So it is with nearly all paths, and finding the way takes long.
  const below = folder.endsWith(sep) ? folder : folder + sep;
  if (path.startsWith(below) && !path.includes("..")) return true;
  const way = relative(folder, path);
  // On Windows what lies on another drive has no relative path.
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
