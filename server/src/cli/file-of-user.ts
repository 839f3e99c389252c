import { readNamedFile } from "../configuration/read-named-file.ts";
import type { World } from "../host/world.ts";
import { UsageError } from "./usage-error.ts";

/**
 * What a file says that whoever calls has named, by an option or by the environment.
 *
 * @param noObject what is said of a file that is no JSON object; {file} is its path
 * @throws UsageError
 */
export async function fileOfUser(file: string, noObject: string, world: World): Promise<object> {
  const found = await readNamedFile(file, world).catch((error: { code?: string }) => {
    throw new UsageError("The file “{file}” cannot be read: {reason}.", {
      file,
      reason: error.code ?? String(error),
    });
  });
  if (!found) throw new UsageError(noObject, { file });
  return found;
}
