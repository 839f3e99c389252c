import { fileURLToPath } from "node:url";

/** The absolute path of a file; undefined for what lies on no disk, or on one that this system has no path for. */
export function filePathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}
