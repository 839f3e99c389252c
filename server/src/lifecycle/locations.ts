import type { PackageContents } from "../builder/package-contents.ts";
import { homePath } from "../system/home-path.ts";
import { memo } from "../text/memo.ts";

/** Where the files of a package go. */
export interface Locations {
  /** Location, with single slashes -> the place of its first file in the list. */
  readonly places: ReadonlyMap<string, number>;
  /** Whether no location is listed twice. */
  readonly areUnique: boolean;
  /** The plain paths of locations that are written in another way, as with `./`. */
  readonly unusual: readonly string[];
}

/** Found out once for each package, because every operation on another one asks again. */
export const locationsOf = memo(({ files }: PackageContents): Locations => {
  const places = new Map<string, number>();
  const unusual: string[] = [];
  for (const [place, { location = "" }] of files.entries()) {
    const single = collapseSlashes(location);
    if (places.has(single)) continue;
    places.set(single, place);
    const path = homePath(single);
    if (path !== undefined && path !== single) unusual.push(path);
  }
  return { places, areUnique: places.size === files.length, unusual };
});

/** In one pass: three slashes become two. */
export function collapseSlashes(location: string): string {
  return location.includes("//") ? location.replaceAll("//", "/") : location;
}
