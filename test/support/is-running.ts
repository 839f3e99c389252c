import { readFileSync } from "node:fs";

/** Tells whether a process is there and more than a body that waits to be buried. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${processId}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}
