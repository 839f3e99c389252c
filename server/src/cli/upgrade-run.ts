import type { RememberedRun } from "../engine/package-manager/upgrade-all-state.ts";
import type { Shell } from "../host/shell.ts";
import type { World } from "../host/world.ts";
import { jsonText } from "../report/json-text.ts";
import { writeResult } from "./write-result.ts";

/** What a system remembers, by its keys, with what it comes to. */
interface NotedRun extends RememberedRun {
  readonly notes: Readonly<Record<string, string>>;
}

/** What a sandbox remembers of the last time that all packages were upgraded lies beside its states. */
function placeOf(sandbox: string, { paths }: World): string {
  return paths.join(sandbox, "upgrade-all.json");
}

/** Bytes that such notes never come near. */
const largest = 10_000_000;

/** Undefined when it remembers none, or none that makes sense: nothing but a second run depends on it. */
export async function readUpgradeRun(sandbox: string, { world }: Shell): Promise<NotedRun | undefined> {
  try {
    const bytes = await world.files({ flush: false }).read(placeOf(sandbox, world), { limit: largest });
    const notes: Readonly<Record<string, string>> = JSON.parse(new TextDecoder().decode(bytes));
    const status = notes["Package_UpgradeAll::Status"];
    const updateTime = new Date(notes["Package_UpgradeAll::UpdateTime"]!.replace(" ", "T"));
    if ((status !== "Running" && status !== "Finished") || Number.isNaN(updateTime.getTime()))
      return undefined;
    const success = status === "Finished" ? notes["Package_UpgradeAll::Success"] === "1" : undefined;
    return { status, updateTime, success, notes };
  } catch {
    // Somebody else's file, or none.
    return undefined;
  }
}

/**
 * @param notes by their keys in the table of system data
 * @returns false when it cannot be written, which has been said then
 */
export function writeUpgradeRun(
  shell: Shell,
  sandbox: string,
  notes: ReadonlyMap<string, string>,
): Promise<boolean> {
  return writeResult(shell, jsonText(Object.fromEntries(notes)), placeOf(sandbox, shell.world));
}

/** Deletes the notes; there may be none. */
export function forgetUpgradeRun(sandbox: string, { world }: Shell): Promise<void> {
  return world.files({ flush: false }).removeTree(placeOf(sandbox, world));
}
