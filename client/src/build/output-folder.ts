import * as vscode from "vscode";

const memoryKey = "sopm.outputFolders";

/**
 * The folder that was chosen for this spec with Build Package To. Undefined when there is none, or when the
 * setting names one: then the server takes that.
 */
export function outputFolder(memory: vscode.Memento, spec: vscode.Uri): string | undefined {
  const setting = vscode.workspace.getConfiguration("sopm", spec).get("build.outputFolder", "");
  return setting === "" ? rememberedFolder(memory, spec) : undefined;
}

/** The folder chosen last for this spec, absolute; undefined means beside the spec. */
export function rememberedFolder(memory: vscode.Memento, spec: vscode.Uri): string | undefined {
  return memory.get<Record<string, string>>(memoryKey, {})[spec.toString()];
}

/** Remembers `folder` for the next builds of this spec; undefined forgets. */
export async function rememberFolder(
  memory: vscode.Memento,
  spec: vscode.Uri,
  folder: string | undefined,
): Promise<void> {
  const { [spec.toString()]: _, ...others } = memory.get<Record<string, string>>(memoryKey, {});
  await memory.update(memoryKey, folder === undefined ? others : { ...others, [spec.toString()]: folder });
}
