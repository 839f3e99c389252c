import type { Release } from "../dialect/switches.ts";
import { isVersionText } from "../text/version-text.ts";
import type { ComparedPackage } from "./compare-packages.ts";
import { versionNamed } from "./earlier-choice.ts";
import type { FoundVersion } from "./find-versions.ts";
import { type ArchiveWorld, openArchive } from "./open-archive.ts";

/** The version that somebody names by its number, or by the tag that it was released with; undefined for none. */
export function versionOrTagNamed(name: string, versions: readonly FoundVersion[]): FoundVersion | undefined {
  const isOfTag = ({ source, others }: FoundVersion) =>
    [source, ...others].some((each) => each.kind === "tag" && each.name === name);
  return (isVersionText(name) ? versionNamed(name, versions) : undefined) ?? versions.find(isOfTag);
}

/**
 * An earlier version of a package as one side of a comparison: as its archive has it where there is one, else as it would be
 * built of what was committed.
 *
 * @throws PackageError when it cannot be read
 */
export async function comparedVersion(
  { source, read }: FoundVersion,
  title: string,
  release: Release | undefined,
  world: ArchiveWorld,
): Promise<ComparedPackage> {
  const path =
    source.kind === "archive"
      ? source.path
      : source.kind === "repository"
        ? world.paths.join(source.path, ...source.file.split("/"))
        : undefined;
  if (path !== undefined) {
    const archive = await openArchive(path, world, { release, hasDigest: false });
    return { title, kind: "archive", contents: archive.contents, archive };
  }
  const { contents } = await read(release);
  return { title, kind: "spec", contents, archive: undefined };
}
