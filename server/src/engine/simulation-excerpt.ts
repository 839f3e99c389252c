import type { DatabaseKind } from "../database/engines.ts";
import { isDatabaseFamily, type PackageSpec } from "../model/package-spec.ts";
import type { Element } from "../syntax/element.ts";
import type { LintContext } from "./lint.ts";

/** The part of a spec that decides what it does to a database, as a spec of its own. */
export interface Excerpt {
  readonly text: string;
  /** What decides beside the text. */
  readonly conditions: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly element: Element;
  /** Where it begins in the excerpt. */
  readonly start: number;
}

const otherParts: ReadonlySet<string> = new Set([
  "Name",
  "Version",
  "Framework",
  "PackageRequired",
  "PackageMerge",
]);

/** Whether there is anything in a document to try on databases. Where tags do not fit together, nothing is. */
export function mayBeSimulated({ tree }: PackageSpec, { context }: Pick<LintContext, "context">): boolean {
  const { root, isWellFormed } = tree;
  if (!root || !isWellFormed || context.kind !== "spec") return false;
  return root.elements.some(({ name }) => isDatabaseFamily(name));
}

/** Of a document that may be simulated. */
export function excerptOf(
  { tree }: PackageSpec,
  { dialect, dialectSource }: LintContext,
  databases: readonly DatabaseKind[],
): Excerpt {
  const { source } = tree;
  const root = tree.root!;
  let text = `${tree.doctype?.node.raw ?? ""}<${root.name} version="1.1">`;
  const parts: Part[] = [];
  for (const element of root.elements) {
    if (!isDatabaseFamily(element.name) && !otherParts.has(element.name)) continue;
    parts.push({ element, start: text.length });
    text += source.slice(element.span.start, element.span.end);
  }
  text += `</${root.name}>`;
  return { text, conditions: `${dialect} ${dialectSource} ${databases.join()}`, parts };
}
