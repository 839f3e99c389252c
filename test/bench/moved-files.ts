import { moveFiles } from "../../server/src/features/moved-files.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/**
 * Opens a spec and gives a function that has its list follow files that all move at once, and tells the milliseconds
 * from the text on.
 */
export function mover(text: string, from: readonly string[]): () => number {
  const moves = from.map((path) => ({ from: path, to: `Custom/${path}` }));
  return () => {
    const begin = performance.now();
    const { edits } = moveFiles(specOf(SyntaxTree.parse(text)), moves);
    const elapsed = performance.now() - begin;
    if (edits.length !== from.length) throw new Error("not all files are followed");
    return elapsed;
  };
}
