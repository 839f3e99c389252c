import { FolderCache } from "../host/folder-cache.ts";
import type { World } from "../host/world.ts";
import { specOf } from "../model/package-spec.ts";
import { otherBaseFolders } from "../rules/shared/other-base-folders.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { type LintResult, type LintSettings, lint, lintContext } from "./lint.ts";
import { type SurroundingWorld, surroundingsOf } from "./surroundings.ts";

export interface LintedFile extends LintResult {
  readonly tree: SyntaxTree;
  /** False when its bytes are in no encoding that the frameworks read. */
  readonly isReadable: boolean;
}

/** Folders that several specs lie in are looked at once. */
export type FolderCaches = Map<string, FolderCache>;

/** What a check of a file asks of the world. */
export type LintWorld = SurroundingWorld & Pick<World, "named" | "packageDisk">;

export interface LintFileOptions {
  readonly caches?: FolderCaches | undefined;
  /** Where the package's files are; absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
}

/**
 * Checks a file that somebody has named, with all that the disk and our knowledge of the frameworks have to say.
 *
 * @throws SystemError when the file cannot be read
 */
export async function lintFile(
  path: string,
  settings: LintSettings,
  world: LintWorld,
  { caches = new Map(), baseFolder = world.paths.dirname(path) }: LintFileOptions = {},
): Promise<LintedFile> {
  const { text, problem } = decodeText(await world.named.read(path));
  const tree = SyntaxTree.parse(text);
  const folder = world.paths.resolve(baseFolder);
  let cache = caches.get(folder);
  if (!cache) {
    cache = new FolderCache(world.packageDisk(folder));
    caches.set(folder, cache);
    await cache.prepare();
  }
  const surroundings = () => surroundingsOf({ path, folder: cache.facts, decodingProblem: problem }, world);
  // What one rule asks of the folders around is looked up first, because each answer would mean another check.
  const spec = specOf(tree);
  do otherBaseFolders(spec, lintContext(spec, settings, surroundings()).context);
  while (await cache.refresh());
  let result: LintResult;
  do result = lint(tree, settings, surroundings());
  while (await cache.refresh());
  return { ...result, tree, isReadable: problem === undefined };
}
