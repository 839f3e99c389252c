import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type LintResult, type LintSettings, lint } from "../engine/lint.ts";
import { FolderCache } from "../host/folder-cache.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { today } from "./clock.ts";
import { nodeDisk } from "./disk.ts";
import { knowledgeOf } from "./knowledge.ts";

export interface LintedFile extends LintResult {
  readonly tree: SyntaxTree;
  /** False when its bytes are in no encoding that the frameworks read. */
  readonly isReadable: boolean;
}

/** Folders that several specs lie in are looked at once. */
export type FolderCaches = Map<string, FolderCache>;

/**
 * Checks a file on disk, with all that the disk and our knowledge of the frameworks have to say.
 *
 * @param baseFolder where the package's files are; absent for the folder of the spec
 * @throws the error of the file system when the file cannot be read
 */
export async function lintFile(
  path: string,
  settings: LintSettings,
  caches: FolderCaches = new Map(),
  baseFolder: string = dirname(path),
): Promise<LintedFile> {
  const { text, problem } = decodeText(readFileSync(path));
  const tree = SyntaxTree.parse(text);
  const folder = resolve(baseFolder);
  let cache = caches.get(folder);
  if (!cache) {
    cache = new FolderCache(nodeDisk(folder));
    caches.set(folder, cache);
    await cache.prepare();
  }
  const surroundings = {
    fileName: basename(path),
    kind: path.endsWith(".opm") ? ("archive" as const) : ("spec" as const),
    decodingProblem: problem,
    knowledge: knowledgeOf,
    today: today(),
  };
  let result: LintResult;
  do {
    result = lint(tree, settings, { ...surroundings, folder: cache.facts });
  } while (await cache.refresh());
  return { ...result, tree, isReadable: problem === undefined };
}
