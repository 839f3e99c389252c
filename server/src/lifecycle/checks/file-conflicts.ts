import type { PackageContents, PackageFile } from "../../builder/package-contents.ts";
import { homePath } from "../../system/home-path.ts";
import { logEntry } from "../log.ts";
import type { Planning } from "../planning.ts";
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
  const others = system.packages.filter(
    ({ name }) => name !== identity.name && !isToBeMerged(planning, name),
  );
  if (others.length === 0 || contents.files.length === 0) return holds;
  planning.slashesCollapsed = true;
  const own = locationsOf(contents);
  const unusual = [...own.keys()].filter((location) => homePath(location) !== location);
  const quirks: QuirkId[] = [];
  for (const row of others) {
    const theirs = system.archives.contents(row.digest);
    const file = firstCommon(contents, own, theirs);
    if (file) return conflict(planning.spanOf(file.tag), file, row);
    if (unusual.some((location) => locationsOf(theirs).has(homePath(location) ?? "")))
      quirks.push("location-spelling");
  }
  return { holds: true, quirks: quirks.slice(0, 1) };
};

/** Whether a package is merged later, which is so only where the documentation is taken at its word. */
function isToBeMerged(planning: Planning, name: string): boolean {
  if (planning.has("merge-before-checks")) return false;
  return planning.structure.repeated.PackageMerge.some(({ attributes }) => attributes.get("Name") === name);
}

/** Location -> the place of its first file in the list. */
type Locations = ReadonlyMap<string, number>;

/** Each package is looked at again by every operation on another one. */
function locationsOf(contents: PackageContents): Locations {
  let locations = locationsKept.get(contents);
  if (!locations) {
    const places = new Map<string, number>();
    for (const [place, { location = "" }] of contents.files.entries()) {
      const plain = collapseSlashes(location);
      if (!places.has(plain)) places.set(plain, place);
    }
    locations = places;
    locationsKept.set(contents, locations);
  }
  return locations;
}

const locationsKept = new WeakMap<PackageContents, Locations>();

/** The first file of a package whose location is one of another package. */
function firstCommon(
  contents: PackageContents,
  own: Locations,
  theirs: PackageContents,
): PackageFile | undefined {
  if (own.size <= theirs.files.length) {
    const others = locationsOf(theirs);
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
