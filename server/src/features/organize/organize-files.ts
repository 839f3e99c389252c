import type { PackageSpec } from "../../model/package-spec.ts";
import { reordering } from "../../rules/shared/fixes.ts";
import type { TextEdit } from "../../text/edit.ts";
import { movableParts } from "./movable-parts.ts";

/**
 * The edits that sort the file lists of a package by `Location`, letters as computers compare them, which is how tools
 * print paths. Comments move with the file that they precede, and what is listed twice keeps its order. A list with
 * something in it that is no file stays.
 */
export function organizeFiles({ root, tree: { source } }: PackageSpec): readonly TextEdit[] {
  return (root?.childrenNamed("Filelist") ?? []).flatMap((list) => {
    const parts = movableParts(list, source);
    if (!parts || parts.some(({ element }) => element.value("Location") === undefined)) return [];
    const locations = new Map(parts.map((part) => [part, part.element.value("Location")!]));
    const sorted = [...parts].sort((a, b) => compare(locations.get(a)!, locations.get(b)!));
    return reordering(source, parts, sorted);
  });
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
