import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ReadContent } from "./archive-text.ts";

/** Reads the files of a package below a folder. */
export function contentsBelow(folder: string): ReadContent {
  return (location) => {
    const file = join(folder, location);
    return statSync(file).isDirectory() ? undefined : readFileSync(file);
  };
}
