import { familyOfIndex, familyOfIndexRoot } from "../dialect/products.ts";
import { isRootName } from "../rules/shared/root-child.ts";
import { SyntaxTree } from "../syntax/tree.ts";

/** Whether a text is the index of a repository: its root element says so, or it is called like one and is no package. */
export function isIndex(fileName: string | undefined, { root }: SyntaxTree): boolean {
  if (familyOfIndexRoot(root?.name)) return true;
  return familyOfIndex(fileName) !== undefined && !isRootName(root?.name);
}

/** The same by the beginning of a text, which may be long. Whoever opens an index finds its root element there. */
export function beginsAsIndex(fileName: string, text: string): boolean {
  return isIndex(fileName, SyntaxTree.parse(text.slice(0, beginning)));
}

/** UTF-16 code units. */
const beginning = 4000;
