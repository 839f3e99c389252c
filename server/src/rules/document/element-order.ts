import type { CodePolicy } from "../../dialect/code-policies.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { codePolicyOf } from "../shared/code-policy.ts";
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
    for (const element of root.elements) {
      const rank = rankOf(element.name, policy);
      if (rank === undefined) continue;
      const other = seen.find((earlier) => earlier.rank > rank)?.element;
      // Only what raises the bar has to be kept.
      if (!other) {
        if ((seen.at(-1)?.rank ?? -1) < rank) seen.push({ element, rank });
        continue;
      }
      yield {
        span: element.nameSpan,
        arguments: { product: policy.product, name: element.name, other: other.name },
        related: [
          { message: "<{other}> stands here.", arguments: { other: other.name }, span: other.nameSpan },
        ],
        fixes: [moving(spec, element, other)],
      };
    }
  },
};

/** Undefined for what the policy's schema does not know at all. */
function rankOf(name: string, { order }: CodePolicy): number | undefined {
  if (/^(Intro|Code|Database)/.test(name) || name === "PackageMerge") return order.length;
  const rank = order.findIndex((names) => names.includes(name));
  return rank < 0 ? undefined : rank;
}

function moving({ tree: { source } }: PackageSpec, element: Element, before: Element): Fix {
  const indent = indentationBefore(source, before.start);
  const separator = indent === undefined ? "" : `\n${indent}`;
  const text = source.slice(element.span.start, element.span.end);
  return {
    title: "Move <{name}> before <{other}>",
    arguments: { name: element.name, other: before.name },
    edits: [
      { span: { start: before.start, end: before.start }, newText: text + separator },
      wholeLines(source, element.span),
    ],
  };
}
