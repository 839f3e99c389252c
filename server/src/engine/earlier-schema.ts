import type { PackageContents } from "../builder/package-contents.ts";
import type { SystemState } from "../system/system-state.ts";

export function withEarlierSchema(_contents: PackageContents, system: SystemState): SystemState {
  return system;
}
