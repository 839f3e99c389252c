import { bumpVersion } from "../bump-version.ts";
import type { Assist, AssistPlace } from "./assist.ts";

/** Raises the version of the package and begins an entry of its change log. */
export function raiseVersion({ around, now, ...document }: AssistPlace): readonly Assist[] {
  if (around[0]!.name !== "Version" || around[0]!.start !== document.spec.last("Version")?.start) return [];
  // A build puts in the version of a spec that has none of its own.
  if (document.spec.version?.trim() === "0.0.0") return [];
  return (["patch", "minor", "major"] as const).flatMap((part): readonly Assist[] => {
    const bump = bumpVersion(document, part, now);
    if (bump.kind === "impossible") return [];
    const title =
      bump.edits.length > 1
        ? "Raise the version to {version}, with a ChangeLog entry"
        : "Raise the version to {version}";
    return [{ title, arguments: { version: bump.to }, edits: bump.edits }];
  });
}
