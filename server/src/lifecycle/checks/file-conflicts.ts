import type { PackageFile } from "../../builder/package-contents.ts";
import { homePath } from "../../system/home-path.ts";
import { logEntry } from "../log.ts";
import type { QuirkId } from "../quirks.ts";
import { type Check, type CheckResult, holds } from "./check.ts";

/**
 * No file may belong to another package, installed or not. Locations are compared as they are written, but for
 * double slashes. Packages merged by now are gone.
 *
 * @source Znuny 7.1 and OTOBO 11, _PackageFileCheck: packages in the order of their rows, in each the new files in
 *   theirs
 */
export const fileConflicts: Check = (planning) => {
  const { contents, identity, system } = planning;
  const others = system.packages.filter(({ name }) => name !== identity.name);
  if (others.length === 0 || contents.files.length === 0) return holds;
  planning.slashesCollapsed = true;
  const own = new Map<string, { readonly file: PackageFile; readonly order: number }>();
  const plain = new Set<string>();
  for (const [order, file] of contents.files.entries()) {
    const location = collapseSlashes(file.location ?? "");
    if (!own.has(location)) own.set(location, { file, order });
    const path = homePath(location);
    if (path !== undefined && path !== location) plain.add(path);
  }
  const quirks: QuirkId[] = [];
  for (const row of others) {
    let first: { readonly file: PackageFile; readonly order: number } | undefined;
    for (const { location = "" } of system.archives.contents(row.digest).files) {
      const plainLocation = collapseSlashes(location);
      const found = own.get(plainLocation);
      if (found && (!first || found.order < first.order)) first = found;
      if (plain.size > 0 && plain.has(plainLocation)) quirks.push("location-spelling");
    }
    if (first) return conflict(planning.spanOf(first.file.tag), first.file, row);
  }
  return { holds: true, quirks: quirks.slice(0, 1) };
};

function conflict(
  span: CheckResult["span"],
  file: PackageFile,
  { name, version }: { readonly name: string; readonly version: string },
): CheckResult {
  const values = { location: collapseSlashes(file.location ?? ""), name, version };
  return {
    holds: false,
    reason: { text: "The file “{location}” belongs to the package {name} {version}.", values },
    span,
    log: [logEntry("file-taken", values)],
  };
}

/** In one pass: three slashes become two. */
export function collapseSlashes(location: string): string {
  return location.includes("//") ? location.replaceAll("//", "/") : location;
}
