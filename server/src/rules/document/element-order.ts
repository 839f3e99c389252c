import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { codePolicyOf, policyRank } from "../shared/code-policy.ts";
import { indentationBefore, wholeLines } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The order that the schemas of the code policies of Znuny and OTOBO ask for; the frameworks take any. */
export const elementOrder: PackageRule = {
  id: "element-order",
  scope: "package",
  elements: "any",
  severity: "hint",
  where: "codePolicy",
  message: "The {product} code policy refuses this spec, because <{name}> comes after <{other}>.",
  policyPlugins: ["XSD"],

  *check(spec, context) {
    const { root } = spec;
    const policy = codePolicyOf(context);
    if (!policy || !root || !isRootName(root.name)) return;
    const seen: { element: Element; rank: number }[] = [];
    const moves: Move[] = [];
    for (const element of root.elements) {
      const rank = policyRank(element.name, policy);
      if (rank === undefined) continue;
      const other = seen.find((earlier) => earlier.rank > rank)?.element;
      // Only what raises the bar has to be kept.
      if (!other) {
        if ((seen.at(-1)?.rank ?? -1) < rank) seen.push({ element, rank });
        continue;
      }
      moves.push({ element, rank, before: other });
    }
    const together = moves.length > 1 ? movingAll(spec, moves) : undefined;
    for (const { element, before } of moves) {
      const { name } = before;
      yield {
        span: element.nameSpan,
        arguments: { product: policy.product, name: element.name, other: name },
        related: [{ message: "<{other}> stands here.", arguments: { other: name }, span: before.nameSpan }],
        fixes: [{ ...moving(spec, element, before), ...(together && { together }) }],
      };
    }
  },
};

/** An element that comes too late. */
interface Move {
  readonly element: Element;
  readonly rank: number;
  /** The first one that it should stand before; it stays where it is. */
  readonly before: Element;
}

function moving(spec: PackageSpec, element: Element, before: Element): Fix {
  return {
    title: "Move <{name}> before <{other}>",
    arguments: { name: element.name, other: before.name },
    edits: [insertion(spec, [element], before), wholeLines(spec.tree.source, element.span)],
  };
}

/** Moves all of them; several before one go there in their order. */
function movingAll(spec: PackageSpec, moves: readonly Move[]): readonly TextEdit[] {
  const places = new Map<Element, Move[]>();
  for (const move of moves) {
    const known = places.get(move.before);
    if (known) known.push(move);
    else places.set(move.before, [move]);
  }
  const insertions = [...places].map(([before, ofPlace]) => {
    const inOrder = ofPlace.sort((one, other) => one.rank - other.rank).map(({ element }) => element);
    return insertion(spec, inOrder, before);
  });
  return [...insertions, ...moves.map(({ element }) => wholeLines(spec.tree.source, element.span))];
}

function insertion(
  { tree: { source } }: PackageSpec,
  elements: readonly Element[],
  before: Element,
): TextEdit {
  const indent = indentationBefore(source, before.start);
  const separator = indent === undefined ? "" : `\n${indent}`;
  const texts = elements.map(({ span }) => source.slice(span.start, span.end) + separator);
  return { span: { start: before.start, end: before.start }, newText: texts.join("") };
}
