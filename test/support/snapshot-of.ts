import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * What is below a folder, one line each, without what lies below the folders left out: kind, permission bits, time
 * of the last change and content. No link is followed.
 */
export function snapshotOf(folder: string, leftOut: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const waiting = [folder];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const name of readdirSync(place)) {
      const path = join(place, name);
      const shown = relative(folder, path).split(sep).join("/");
      if (leftOut.includes(shown)) continue;
      const status = lstatSync(path);
      const mode = status.mode.toString(8);
      if (status.isDirectory()) {
        lines.push(`${shown}/ ${mode}`);
        waiting.push(path);
      } else if (status.isSymbolicLink()) lines.push(`${shown} -> ${readlinkSync(path)}`);
      else if (!status.isFile()) lines.push(`${shown} ${mode}`);
      else {
        const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
        lines.push(`${shown} ${mode} ${status.mtimeMs} ${digest}`);
      }
    }
  }
  return lines.sort();
}
