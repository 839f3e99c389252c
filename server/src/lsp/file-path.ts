import { fileURLToPath } from "node:url";

/** The absolute path of a file; undefined for what lies on no disk, or on one that this system has no path for. */
export function filePathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
