import { lstatSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RememberedRun } from "../engine/package-manager/upgrade-all-state.ts";
import { jsonText } from "../report/json-text.ts";
import { writeResult } from "./write-result.ts";

/** What a sandbox remembers of the last time that all packages were upgraded lies beside its states. */
function placeOf(sandbox: string): string {
  return join(sandbox, "upgrade-all.json");
}

/** Bytes that such notes never come near. */
const largest = 10_000;

/** Undefined when it remembers none, or none that makes sense: nothing but a second run depends on it. */
export function readUpgradeRun(sandbox: string): RememberedRun | undefined {
  const path = placeOf(sandbox);
  try {
    const status = lstatSync(path);
    if (!status.isFile() || status.size > largest) return undefined;
    const { status: state, updateTime, success } = JSON.parse(readFileSync(path, "utf8"));
    const time = new Date(updateTime);
    if ((state !== "Running" && state !== "Finished") || Number.isNaN(time.getTime())) return undefined;
    return { status: state, updateTime: time, success: typeof success === "boolean" ? success : undefined };
  } catch {
    return undefined;
  }
}

/** @returns false when it cannot be written, which has been said then */
export function writeUpgradeRun(sandbox: string, { status, updateTime, success }: RememberedRun): boolean {
  return writeResult(
    jsonText({ status, updateTime: updateTime.toISOString(), success: success ?? null }),
    placeOf(sandbox),
  );
}

/** Deletes the notes; there may be none. */
export function forgetUpgradeRun(sandbox: string): void {
  rmSync(placeOf(sandbox), { force: true });
}
