import { join } from "node:path";
import { realDisk, type TriedDisk } from "./tried-disk.ts";

/** A folder with things of somebody else in it, beside which a sandbox is made. */
export function plantSurroundings(
  folder: string,
  { write, makeFolder }: Pick<TriedDisk, "write" | "makeFolder"> = realDisk,
): void {
  const files: Readonly<Record<string, string>> = {
    "precious.txt": "precious",
    "etc/passwd": "root",
    "outside/Kernel/System/Acme.pm": "somebody else's",
    "outside/Acme.pm": "somebody else's",
    "home/Kernel/Config.pm": "not the sandbox's home",
  };
  for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
  makeFolder(join(folder, "outside/empty/inner"));
}
