import { isThere } from "../host/named-files.ts";
import type { World } from "../host/world.ts";
import { isVersionText } from "../text/version-text.ts";
import type { EarlierChoice } from "./dry-run.ts";
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
