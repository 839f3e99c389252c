import type { CodePolicy } from "../../dialect/code-policies.ts";
import type { Release } from "../../dialect/switches.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { readStructure, type Tag } from "../../model/package-structure.ts";
import { policyRank } from "../../rules/shared/code-policy.ts";
import { reordering } from "../../rules/shared/fixes.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import { edited, type TextEdit } from "../../text/edit.ts";
import { movableParts } from "./movable-parts.ts";

/**
 * The edits that give the elements below the root the order of a code policy. Comments move with the element that
 * they precede; what the policy does not know stays behind what it stands behind. Nothing changes where the package would
 * be another one afterwards, as where another `Version` came last.
 *
 * @param release the one that decides what the package is
 */
export function orderElements(
  { root, tree }: PackageSpec,
  policy: CodePolicy,
  release: Release,
): readonly TextEdit[] {
  const parts = root && movableParts(root, tree.source);
  if (!parts) return [];
  let rank = -1;
  const ranked = parts.map((part) => {
    rank = policyRank(part.element.name, policy) ?? rank;
    return { part, rank };
  });
  const sorted = [...ranked].sort((a, b) => a.rank - b.rank).map(({ part }) => part);
  const edits = reordering(tree.source, parts, sorted);
  if (edits.length === 0) return [];
  const after = SyntaxTree.parse(edited(tree.source.toString(), edits));
  return contentsOf(after, release) === contentsOf(tree, release) ? edits : [];
}

/** All that a framework reads of a package, in the order in which it keeps it. */
function contentsOf(tree: SyntaxTree, release: Release): string {
  const { structure } = readStructure(tree, release);
  if (!structure) return "";
  const { single, repeated, files, database } = structure;
  const names = Object.keys(single).sort() as (keyof typeof single)[];
  return JSON.stringify([
    names.map((name) => saidBy(single[name]!)),
    Object.values(repeated).map((tags) => tags.map(saidBy)),
    files.map(saidBy),
    Object.values(database).map((phases) => [...phases].map(([phase, tags]) => [phase, tags.map(saidBy)])),
  ]);
}

function saidBy(tag: Tag): readonly unknown[] {
  return tag.kind === "end" ? [tag.name] : [tag.name, [...tag.attributes], tag.content ?? null];
}
