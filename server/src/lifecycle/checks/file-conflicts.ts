import type { PackageContents, PackageFile } from "../../builder/package-contents.ts";
import type { Message } from "../../l10n/translate.ts";
import { looksRenamed } from "../../model/file-moves.ts";
import type { PackageRow } from "../../system/package-table.ts";
import { collapseSlashes, locationsOf } from "../locations.ts";
import { logEntry } from "../log.ts";
import type { Planning } from "../planning.ts";
import type { QuirkId } from "../quirks.ts";
import { type Check, type CheckResult, holds } from "./check.ts";
import { deadlockOverFile } from "./deadlock.ts";

/**
 * No file may belong to another package, installed or not. Locations are compared as they are written, but for
 * double slashes. Packages merged by now are gone.
 *
 * @source Znuny 7.1 and OTOBO 11, _PackageFileCheck: packages in the order of their rows, in each the new files in
 *   theirs
 */
export const fileConflicts: Check = (planning) => {
  const { contents, identity, system } = planning;
  const others = system.packages.filter(
    ({ name }) => name !== identity.name && !isToBeMerged(planning, name),
  );
  if (others.length === 0 || contents.files.length === 0) return holds;
  planning.slashesCollapsed = true;
  const { places: own, unusual } = locationsOf(contents);
  const quirks: QuirkId[] = [];
  for (const row of others) {
    const theirs = system.archives.contents(row.digest);
    const file = firstCommon(contents, own, theirs);
    if (file) {
      const further =
        deadlockOverFile(planning, collapseSlashes(file.location ?? ""), row) ??
        mergeOffer(planning, own, row, theirs);
      return conflict(planning.spanOf(file.tag), file, row, further);
    }
    if (unusual.some((path) => locationsOf(theirs).places.has(path))) quirks.push("location-spelling");
  }
  return { holds: true, quirks: quirks.slice(0, 1) };
};

/** Whether a package is merged later, which is so only where the documentation is taken at its word. */
function isToBeMerged(planning: Planning, name: string): boolean {
  if (planning.has("merge-before-checks")) return false;
  return planning.structure.repeated.PackageMerge.some(({ attributes }) => attributes.get("Name") === name);
}

/** The first file of a package whose location is one of another package. */
function firstCommon(
  contents: PackageContents,
  own: ReadonlyMap<string, number>,
  theirs: PackageContents,
): PackageFile | undefined {
  if (own.size <= theirs.files.length) {
    const others = locationsOf(theirs).places;
    for (const [location, place] of own) if (others.has(location)) return contents.files[place];
    return undefined;
  }
  let first: number | undefined;
  for (const { location = "" } of theirs.files) {
    const place = own.get(collapseSlashes(location));
    if (place !== undefined && (first === undefined || place < first)) first = place;
  }
  return first === undefined ? undefined : contents.files[first];
}

/** What lets a package take over from an installed one whose files it has; undefined where it does not look like it. */
function mergeOffer(
  { switches, structure }: Planning,
  own: ReadonlyMap<string, number>,
  { name, version, status }: PackageRow,
  theirs: PackageContents,
): Message | undefined {
  if (!switches.packageMerge || status !== "installed") return undefined;
  if (structure.repeated.PackageMerge.some(({ attributes }) => attributes.get("Name") === name))
    return undefined;
  if (!looksRenamed(locationsOf(theirs).places.keys(), (location) => own.has(location))) return undefined;
  return {
    text: 'Settings and setup modules aside, every file of {name} is in this package too, so it looks like {name} under a new name. If it is, give it `<PackageMerge Name="{name}" TargetVersion="{version}">`, with the last version of {name} as the target: then the framework removes {name} and keeps its tables.',
    values: { name, version },
  };
}

function conflict(
  span: CheckResult["span"],
  file: PackageFile,
  { name, version }: PackageRow,
  further: Message | undefined,
): CheckResult {
  const values = { location: collapseSlashes(file.location ?? ""), name, version };
  return {
    holds: false,
    reason: {
      text: "The file “{location}” belongs to the package {name} {version}.",
      values,
      ...(further && { further }),
    },
    span,
    log: [logEntry("file-taken", values)],
  };
}
