import { join } from "node:path";
import type { ExtensionContext } from "vscode";

/** The folder in which server and command line keep what makes their next start quicker; absolute path. */
export function codeCacheFolder({ globalStorageUri }: ExtensionContext): string {
  return join(globalStorageUri.fsPath, "code-cache");
}
