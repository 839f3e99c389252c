import { isThere } from "../host/named-files.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { compareStrictly } from "../model/version.ts";
import { isVersionText } from "../text/version-text.ts";
import type { EarlierChoice } from "./dry-run.ts";
import { findVersions, type VersionOptions, type VersionWorld } from "./find-versions.ts";
import type { PackageVersion } from "./package-version.ts";
import { type PackageWorld, readPackage } from "./read-package.ts";
import { versionPlace } from "./version-words.ts";

type EarlierWorld = PackageWorld & Pick<World, "named">;

/** Whether what people name as the version before an upgrade is meant for a file. */
export async function meansFile(value: string, { named }: EarlierWorld): Promise<boolean> {
  return /\.s?opm$/i.test(value) || isThere(value, named);
}

/** Where a package that is upgraded lies, and where its versions are looked for. */
export interface UpgradedPackage extends VersionOptions {
  /** Absolute path of the spec or archive. */
  readonly path: string;
}

/**
 * What people name as the version before an upgrade: a file; else a version as it was released, which a tag, an archive or a
 * commit has; else a version of which only the name is known. Undefined for what is none of them.
 *
 * @throws PackageError when the package that is upgraded cannot be read
 */
export async function earlierChoice(
  value: string,
  { path, ...options }: UpgradedPackage,
  world: EarlierWorld & VersionWorld,
): Promise<EarlierChoice | undefined> {
  if (await meansFile(value, world)) {
    return { kind: "package", read: async (release) => (await readPackage(value, release, world)).contents };
  }
  if (!isVersionText(value)) return undefined;
  const found = versionNamed(value, await findVersions(path, world, options));
  if (!found) return { kind: "version", version: value };
  return {
    kind: "package",
    read: async (release) => (await found.read(release)).contents,
    origin: originOf(found, (each) => world.paths.below(world.paths.dirname(path), each)?.join("/") || each),
  };
}

/** The one of a version; undefined where it was not found. */
export function versionNamed<Version extends { readonly version: string }>(
  version: string,
  versions: readonly Version[],
): Version | undefined {
  return versions.find((each) => compareStrictly(each.version, version) === 0);
}

/**
 * Where a version is from, for whoever reads what an upgrade from it does; undefined for an archive, whose name is told anyway.
 *
 * @param shown how a path is told to the reader
 */
export function originOf(
  { version, source }: PackageVersion,
  shown: (path: string) => string,
): Message | undefined {
  if (source.kind === "archive") return undefined;
  return {
    text: "Version {version}, which the upgrade starts from, was found here:",
    values: { version },
    further: versionPlace(source, shown),
  };
}
