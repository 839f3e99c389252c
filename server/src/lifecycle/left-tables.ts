import type { Planning } from "./planning.ts";

/** Tables that the package makes and that are still there. */
export function leftTables(_planning: Planning): readonly string[] {
  return [];
}
