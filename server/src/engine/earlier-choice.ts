import { isThere } from "../host/named-files.ts";
import type { World } from "../host/world.ts";
import { compareStrictly } from "../model/version.ts";
import { isVersionText } from "../text/version-text.ts";
import type { EarlierChoice } from "./dry-run.ts";
import { findVersions, type VersionOptions, type VersionWorld } from "./find-versions.ts";
import { type PackageWorld, readPackage } from "./read-package.ts";

type EarlierWorld = PackageWorld & Pick<World, "named">;

/** Whether what people name as the version before an upgrade is meant for a file. */
export async function meansFile(value: string, { named }: EarlierWorld): Promise<boolean> {
  return /\.s?opm$/i.test(value) || isThere(value, named);
}

/** What people name as the version before an upgrade: a file, or a version alone. Undefined for what is neither. */
export async function earlierChoice(value: string, world: EarlierWorld): Promise<EarlierChoice | undefined> {
  if (await meansFile(value, world)) {
    return { kind: "package", read: async (release) => (await readPackage(value, release, world)).contents };
  }
  return isVersionText(value) ? { kind: "version", version: value } : undefined;
}

/**
 * A version of a package as it was released: what a tag, an archive or a commit has of it. Undefined where none is found.
 *
 * @param path absolute path of the spec or archive whose versions are looked for
 * @throws PackageError when that cannot be read
 */
export async function releasedChoice(
  version: string,
  path: string,
  world: VersionWorld,
  options: VersionOptions,
): Promise<EarlierChoice | undefined> {
  const versions = await findVersions(path, world, options);
  const found = versions.find((each) => compareStrictly(each.version, version) === 0);
  return found && { kind: "package", read: async (release) => (await found.read(release)).contents };
}
