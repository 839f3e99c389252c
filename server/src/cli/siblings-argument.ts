import { packagesBelow, type SiblingPackages } from "../engine/sibling-packages.ts";
import type { Shell } from "../host/shell.ts";
import { requireFolder } from "./folder-argument.ts";

/** The packages in the folder that `--packages-of` names; undefined when it names none. @throws UsageError when there is none */
export async function siblingsArgument(
  folder: string | undefined,
  shell: Shell,
): Promise<SiblingPackages | undefined> {
  if (folder === undefined) return undefined;
  await requireFolder(folder, shell);
  return packagesBelow(folder, shell.world);
}
