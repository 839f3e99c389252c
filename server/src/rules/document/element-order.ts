import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { indentationBefore, wholeLines } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The order that the schema of the Znuny code policy asks for; the frameworks take any. */
export const elementOrder: PackageRule = {
  id: "element-order",
  scope: "package",
  elements: "any",
  severity: "hint",
  profiles: ["znuny-policy", "strict"],
  where: "codePolicy",
  message: "The Znuny code policy refuses this spec, because <{name}> comes after <{other}>.",
  policyPlugins: ["XSD"],

  *check(spec) {
    const { root } = spec;
    if (!root || !isRootName(root.name)) return;
    const seen: { element: Element; rank: number }[] = [];
    for (const element of root.elements) {
      const rank = rankOf(element.name);
      if (rank === undefined) continue;
      const other = seen.find((earlier) => earlier.rank > rank)?.element;
      // Only what raises the bar has to be kept.
      if (!other) {
        if ((seen.at(-1)?.rank ?? -1) < rank) seen.push({ element, rank });
        continue;
      }
      yield {
        span: element.nameSpan,
        arguments: { name: element.name, other: other.name },
        related: [
          { message: "<{other}> stands here.", arguments: { other: other.name }, span: other.nameSpan },
        ],
        fixes: [moving(spec, element, other)],
      };
    }
  },
};

const order: readonly (readonly string[])[] = [
  ["Name"],
  ["Version"],
  ["Framework"],
  ["PackageRequired", "ModuleRequired"],
  ["Vendor"],
  ["URL"],
  ["License"],
  ["Description"],
  ["PackageIsVisible"],
  ["PackageIsDownloadable"],
  ["PackageIsBuildable"],
  ["PackageIsRemovable"],
  ["PackageAllowDirectUpdate"],
  ["OS"],
  ["ChangeLog"],
  ["Filelist"],
];

const ranks: ReadonlyMap<string, number> = new Map(
  order.flatMap((names, rank) => names.map((name): [string, number] => [name, rank])),
);

/** Undefined for what the policy's schema does not know at all. */
function rankOf(name: string): number | undefined {
  if (/^(Intro|Code|Database)/.test(name) || name === "PackageMerge") return order.length;
  return ranks.get(name);
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
