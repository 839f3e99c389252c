import {
  type EditorConfig,
  type EditorConfigFile,
  isOutermostConfig,
  readEditorConfig,
} from "../text/editor-config.ts";
import type { Paths } from "./paths.ts";
import type { WorkspaceDisk } from "./workspace-disk.ts";

export const editorConfigName = ".editorconfig";

/** Bytes; nobody writes more into one. */
const longest = 100_000;
/** More folders than a file lies below the one in which its rules are. */
const mostFolders = 30;

/**
 * What the `.editorconfig` files in the folder of a file and above it say about that file. One that cannot be read says
 * nothing. Never throws.
 *
 * @param path absolute
 */
export async function editorConfigFor(
  path: string,
  { disk, paths }: { readonly disk: Pick<WorkspaceDisk, "read">; readonly paths: Paths },
): Promise<EditorConfig> {
  const files: EditorConfigFile[] = [];
  let folder = paths.dirname(path);
  for (let count = 0; count < mostFolders; count++) {
    const read = await disk.read(paths.join(folder, editorConfigName), longest);
    if (read.kind === "read") {
      const text = new TextDecoder().decode(read.bytes);
      files.unshift({ text, path: (paths.below(folder, path) ?? []).join("/") });
      if (isOutermostConfig(text)) break;
    }
    const outer = paths.dirname(folder);
    if (outer === folder) break;
    folder = outer;
  }
  return readEditorConfig(files);
}
