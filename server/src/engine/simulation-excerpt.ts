import type { DatabaseKind } from "../database/engines.ts";
import type { KnownPackage } from "../host/known-packages.ts";
import { isDatabaseFamily, type PackageSpec } from "../model/package-spec.ts";
import type { ReleasedVersion } from "../rules/shared/released-versions.ts";
import type { Element } from "../syntax/element.ts";
import { checksum } from "../text/checksum.ts";
import { memo } from "../text/memo.ts";
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
  if (!root || !isWellFormed || context.kind === "index") return false;
  return root.elements.some(({ name }) => isDatabaseFamily(name));
}

/**
 * Of a document that may be simulated.
 *
 * @param starts the released versions that upgrades of it are tried from
 */
export function excerptOf(
  { tree }: PackageSpec,
  { dialect, dialectSource }: LintContext,
  databases: readonly DatabaseKind[],
  starts: readonly ReleasedVersion[],
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
  const released = starts.map(({ version, known }) => `${version} ${sectionsOf(known)}`);
  return { text, conditions: [dialect, dialectSource, ...databases, ...released].join("\n"), parts };
}

const sectionsOf = memo(({ sections }: KnownPackage) => checksum(sections?.text() ?? ""));
