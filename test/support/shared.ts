import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * A folder of reference data that lies beside the project on some machines, or where SOPM_SHARED says;
 * undefined, with one line of output, where there is none.
 */
export function sharedFolder(name: string): string | undefined {
  const folder = join(process.env.SOPM_SHARED ?? join(projectRoot, "..", "shared"), name);
  if (existsSync(folder)) return folder;
  console.log(`left out: tests over ${name}, which is not on this machine`);
  return undefined;
}
