import type { OpenedArchive } from "../builder/opened-archive.ts";
import { type OpenOptions, openArchive } from "../engine/open-archive.ts";
import type { Shell } from "../host/shell.ts";
import { requireFile } from "./package-argument.ts";

/**
 * Opens the archive that somebody named.
 *
 * @throws UsageError when there is no such file
 * @throws PackageError when it cannot be read
 */
export async function openArchiveArgument(
  path: string,
  shell: Shell,
  options: OpenOptions = {},
): Promise<OpenedArchive> {
  await requireFile(path, "“{path}” is no file; name an archive (.opm).", shell);
  return openArchive(path, shell.world, options);
}

/** Says that nothing can be made of what was named. */
export function complainAboutNoPackage(path: string, { complain }: Shell): void {
  complain(
    "“{path}” is no archive of a package that is well-formed. “sopm lint” tells what is wrong with it.",
    {
      path,
    },
  );
}
