import type { OpenedArchive } from "../builder/opened-archive.ts";
import { type OpenOptions, openArchive } from "../engine/open-archive.ts";
import { packageRoots, whatFileIs } from "../engine/what-file-is.ts";
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

/** Says that nothing can be made of what was named, as it is no archive. */
export async function complainAboutNoArchive(path: string, shell: Shell): Promise<void> {
  shell.complain(
    "“{path}” cannot be read as an archive. {found} An archive (.opm) is expected, with one of these as its root element: {roots}.",
    { path, found: shell.lineOf(await whatFileIs(path, shell.world)), roots: packageRoots },
  );
}
