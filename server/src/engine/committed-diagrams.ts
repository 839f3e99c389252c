import { specOf } from "../model/package-spec.ts";
import { databaseOf } from "../symbols/package-database.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { once } from "../text/once.ts";
import type { DiagramVersion } from "./database-diagram.ts";
import { findVersions, type VersionOptions, type VersionWorld } from "./find-versions.ts";

/** Longer specs are not read for their tables, in bytes. */
const largestSpec = 4_000_000;

/**
 * The versions of a spec that tags and commits of its repository tell of, with their tables. Of an archive others know.
 *
 * @param spec absolute path
 * @throws PackageError when the spec cannot be read
 */
export async function committedVersions(
  spec: string,
  world: VersionWorld,
  options: VersionOptions,
): Promise<readonly DiagramVersion[]> {
  const versions: DiagramVersion[] = [];
  for (const { version, specBytes } of await findVersions(spec, world, options)) {
    const bytes = await specBytes?.();
    if (!bytes || bytes.length > largestSpec) continue;
    const database = once(() => databaseOf(specOf(SyntaxTree.parse(decodeText(bytes).text))));
    versions.push({
      version,
      get database() {
        return database();
      },
    });
  }
  return versions;
}
