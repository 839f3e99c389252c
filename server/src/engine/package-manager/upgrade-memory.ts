import type { World } from "../../host/world.ts";
import { jsonText } from "../../report/json-text.ts";
import type { UpgradeMemory } from "../upgrade-all.ts";
import type { RememberedRun } from "./upgrade-all-state.ts";

/** What a system remembers, by its keys, with what it comes to. */
export interface NotedRun extends RememberedRun {
  readonly notes: Readonly<Record<string, string>>;
}

export interface SandboxMemory extends UpgradeMemory {
  read(): Promise<NotedRun | undefined>;
}

/** Bytes that such notes never come near. */
const largest = 10_000_000;

/**
 * What a sandbox remembers of the last time that all packages were upgraded. It lies beside its states.
 *
 * @param sandbox its folder, as an absolute path
 * @param onFault hears why its file cannot be written
 */
export function upgradeMemory(
  sandbox: string,
  { files, output, paths }: Pick<World, "files" | "output" | "paths">,
  onFault: (path: string, error: unknown) => void,
): SandboxMemory {
  const path = paths.join(sandbox, "upgrade-all.json");
  const disk = files({ flush: false });
  return {
    /** None that makes sense counts as none: nothing but a second run depends on it. */
    async read() {
      try {
        const bytes = await disk.read(path, { limit: largest });
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
    },
    async write(notes) {
      try {
        await output.write(path, jsonText(Object.fromEntries(notes)));
        return true;
      } catch (error) {
        onFault(path, error);
        return false;
      }
    },
    forget: () => disk.removeTree(path),
  };
}
