import type { MatrixRow } from "../report/matrix-report.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";

interface KnownMatrix {
  readonly tree: SyntaxTree;
  /** How many paths do not come to what a fresh install does, on whatever system. */
  readonly count: number;
}

const known = new WeakMap<OpenDocument, KnownMatrix>();

/** Keeps how many paths of a document differ or go wrong, for what is told beside the matrix itself. */
export function noteMatrix(document: OpenDocument, rows: readonly MatrixRow[]): void {
  const count = rows.filter(({ cells }) =>
    cells.some(({ verdict }) => verdict !== "same" && verdict !== "unknown"),
  ).length;
  known.set(document, { tree: document.tree, count });
}

/** Undefined while nobody has looked at the document as it is now. */
export function differingPaths(document: OpenDocument): number | undefined {
  const last = known.get(document);
  return last?.tree === document.tree ? last.count : undefined;
}
