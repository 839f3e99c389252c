import type { ListedVersion, VersionsResult } from "../../../../server/src/protocol/versions.ts";

/** What stands in the view of versions. */
export type VersionNode =
  | { readonly kind: "version"; readonly spec: string; readonly listed: ListedVersion }
  | { readonly kind: "line"; readonly icon: "info" | "warning" | "change"; readonly text: string };

/** The rows of the view: versions, then what there is to say of the search. */
export function versionNodes(spec: string, { versions, notes }: VersionsResult): VersionNode[] {
  return [
    ...versions.map((listed): VersionNode => ({ kind: "version", spec, listed })),
    ...notes.map((text): VersionNode => ({ kind: "line", icon: "info", text })),
  ];
}

/** What stands below a version: why it cannot be read, and what it changed. */
export function changeNodes({ problem, changes }: ListedVersion): VersionNode[] {
  return [
    ...(problem === "" ? [] : [{ kind: "line", icon: "warning", text: problem } as const]),
    ...(changes ?? []).map((text) => ({ kind: "line", icon: "change", text }) as const),
  ];
}
