import type { World } from "../../host/world.ts";
import type { Message } from "../../l10n/translate.ts";
import { decodeText } from "../../text/decode.ts";
import { readMetadata } from "./read-metadata.ts";
import { type MetadataSpec, specOfMetadata } from "./spec-of-metadata.ts";

/** Files that are looked at; no package has so many. */
const mostFiles = 50_000;

/** Bytes of metadata, a file of changes, or a module. */
const largestText = 10_000_000;

/**
 * The spec that the metadata of opmbuild describe, with the files that are in a folder. Nothing is written.
 *
 * @param path of the metadata, and `folder` that of the package, both absolute
 * @throws SystemError when one of them cannot be read
 */
export async function packageFromMetadata(
  path: string,
  folder: string,
  world: Pick<World, "named" | "paths">,
): Promise<MetadataSpec> {
  const { named, paths } = world;
  const reading = readMetadata(decodeText(await named.read(path)).text);
  if (reading.kind === "refused")
    return {
      kind: "refused",
      reason: { text: "“{path}” is no JSON: {reason}.", values: { path, reason: reading.reason } },
    };
  const found = await filesBelow(folder, world);
  if (!found) return { kind: "refused", reason: tooMany(folder) };
  const textBelow = (base: string) => async (name: string) => {
    const place = paths.resolve(base, name);
    // Metadata may name anything.
    if (paths.below(base, place) === undefined) return undefined;
    try {
      const [around, real] = await Promise.all([named.realPath(base), named.realPath(place)]);
      if (paths.below(around, real) === undefined || (await named.kindOf(place)) !== "file") return undefined;
      const bytes = await named.read(place);
      return bytes.length > largestText ? undefined : decodeText(bytes).text;
    } catch {
      return undefined;
    }
  };
  return specOfMetadata(reading.metadata, {
    paths: found,
    besideMetadata: textBelow(paths.dirname(path)),
    inPackage: textBelow(folder),
  });
}

function tooMany(folder: string): Message {
  return {
    text: "“{folder}” has more files than any package: more than {count}.",
    values: { folder, count: mostFiles },
  };
}

/** All that are not hidden; nothing behind links. Undefined where there are too many. */
async function filesBelow(
  folder: string,
  { named, paths }: Pick<World, "named" | "paths">,
): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  const waiting = [""];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const { name, kind } of await named.list(path === "" ? folder : paths.join(folder, path))) {
      if (name.startsWith(".")) continue;
      const inner = path === "" ? name : `${path}/${name}`;
      if (kind === "folder") waiting.push(inner);
      else if (kind === "file" && found.push(inner) > mostFiles) return undefined;
    }
  }
  return found;
}
