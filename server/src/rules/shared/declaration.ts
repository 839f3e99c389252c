import type { Placed } from "../../syntax/element.ts";
import type { InstructionNode } from "../../syntax/node.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";

/** The XML declaration when something stands before it that is not the root; undefined when it is where it belongs. */
export function declarationThatComesLate(tree: SyntaxTree): Placed<InstructionNode> | undefined {
  const { declaration, root } = tree;
  if (!declaration?.node.problems?.some(({ code }) => code === "declaration-misplaced")) return undefined;
  return root && root.start < declaration.start ? undefined : declaration;
}

/** The encoding that the declaration names and where it stands; undefined when it names none. */
export function declaredEncoding(tree: SyntaxTree) {
  const { declaration } = tree;
  const match = declaration && /\bencoding\s*=\s*(["'])([^"']*)\1/d.exec(declaration.node.raw);
  if (!match) return undefined;
  const [start, end] = match.indices![2]!;
  return {
    name: match[2]!,
    span: { start: declaration.start + start, end: declaration.start + end },
  };
}
