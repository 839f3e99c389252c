import { packageFromMetadata } from "../engine/opmbuild/package-from-metadata.ts";
import { systemCode } from "../host/file-system.ts";
import { isThere } from "../host/named-files.ts";
import type { Shell } from "../host/shell.ts";
import { jsonText } from "../report/json-text.ts";
import { severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { requireFolder } from "./folder-argument.ts";
import { requireFile } from "./package-argument.ts";
import type { initParameters } from "./spec-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm init --from-json`: makes the spec that metadata of opmbuild describe, or prints it. */
export async function initFromJson(
  given: Given<typeof initParameters>,
  metadata: string,
  shell: Shell,
): Promise<ExitCode> {
  const { world, complain, print, lineOf } = shell;
  const { yes, format } = given;
  const { name, vendor, url, license } = given;
  if ([name, vendor, url, license].some((each) => each !== undefined) || given.product.length > 0)
    throw new UsageError(
      "The metadata say what the package is; leave out --name, --product, --vendor, --url and --license.",
    );
  await requireFile(metadata, "“{path}” is no file; name the JSON that “opmbuild sopm” reads.", shell);
  await requireFolder(given.folder, shell);
  const folder = world.paths.resolve(given.folder);
  const path = world.paths.resolve(metadata);
  try {
    const made = await packageFromMetadata(path, folder, world);
    if (made.kind === "refused") {
      complain(made.reason);
      return 1;
    }
    const spec = world.paths.join(folder, `${made.name}.sopm`);
    if (yes && (await isThere(spec, world.named))) {
      complain("“{path}” is there already, and is left as it is.", { path: spec });
      return 1;
    }
    if (yes) await world.output.write(spec, made.text);
    for (const note of made.notes) complain(note);
    if (format === "json")
      print(jsonText({ folder, spec, text: made.text, isWritten: yes, notes: made.notes.map(lineOf) }));
    else if (yes) print(`${lineOf({ text: "{path}: made of the metadata.", values: { path: spec } })}\n`);
    else print(shell.terminal ? severalLines(made.text) : made.text);
    return 0;
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    complain("“{path}” cannot be read: {reason}.", { path: folder, reason });
    return 1;
  }
}
