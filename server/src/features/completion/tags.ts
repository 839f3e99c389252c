import type { ElementFact } from "../../dialect/element-fact.ts";
import type { Product } from "../../dialect/products.ts";
import type { Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { indentationUnit } from "../layout.ts";
import { childrenOf, holderOf, namesIn } from "./holder.ts";
import { type CompletionItem, type CompletionOptions, sortKey } from "./item.ts";
import { elementSnippet, type SnippetValues } from "./snippet.ts";

/** Where a tag may be written and how much of it is there. */
export interface TagTarget {
  readonly parent: Element | undefined;
  /** The element whose name is at the caret; undefined for a new one. */
  readonly element: Element | undefined;
  readonly span: Span;
  /** `name` replaces a name in a tag that is there, `tag` writes an element behind `<`, `element` all of it. */
  readonly extent: "name" | "tag" | "element";
}

/** The elements that may come here and are still allowed, missing ones first. */
export function tagItems(
  document: FeatureDocument,
  target: TagTarget,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const { schema, kind } = document.context;
  const holder = holderOf(target.parent, (element) => childrenOf(element, schema));
  if (!holder) return [];
  const present = namesIn(holder, target.element?.node);
  const isOffered = ({ name, repeat, obsolete, filledBy }: ElementFact) =>
    !obsolete &&
    (kind === "archive" || !filledBy || filledBy === "author") &&
    !(present.has(name) && (repeat === "one" || repeat === "optional"));
  return childrenOf(holder.element, schema)
    .filter(isOffered)
    .map((fact, index) => {
      const isMissing = (fact.repeat === "one" || fact.repeat === "some") && !present.has(fact.name);
      return tagItem(
        document,
        { ...target, holder: holder.element },
        fact,
        sortKey(isMissing ? 0 : 1, index),
        isMissing,
        options,
      );
    });
}

function tagItem(
  document: FeatureDocument,
  { element, span, extent, holder }: TagTarget & { readonly holder: Element },
  fact: ElementFact,
  sortText: string,
  isMissing: boolean,
  options: CompletionOptions,
): CompletionItem {
  const isName = extent === "name";
  const snippet = isName
    ? fact.name
    : elementSnippet(fact, document.context.schema, snippetValues(document, options), holder.name);
  const rename = isName && element ? endTagRename(document, element, fact.name) : undefined;
  return {
    label: fact.name,
    kind: "element",
    ...(isMissing ? { detail: options.translate("required") } : {}),
    edit: { span, newText: extent === "tag" ? snippet.slice(1) : snippet },
    isSnippet: !isName,
    sortText,
    ...(rename ? { additionalEdits: [rename] } : {}),
    subject: { dialect: document.context.dialect, element: fact.name },
  };
}

/** @param product the one that a package is begun for; absent for that of the document */
export function snippetValues(
  { tree, context }: FeatureDocument,
  { now }: CompletionOptions,
  product: Product = context.product,
): SnippetValues {
  const newest = product.releaseLines.at(-1);
  return {
    version: context.packageVersion,
    packageName: context.packageName,
    framework: newest === undefined ? undefined : `${newest}.x`,
    now,
    unit: indentationUnit(tree.source, tree.root),
  };
}

/**
 * Only where the two names differ already: while they are equal, the editor's linked editing carries over every
 * letter, and a second change of the same place would spoil it.
 */
function endTagRename(
  { tree }: FeatureDocument,
  element: Element,
  name: string,
): CompletionItem["edit"] | undefined {
  if (element.closing !== "mismatched") return undefined;
  const endTag = tree.source.slice(element.span.end - element.node.endTagWidth, element.span.end);
  const written = /^<\/?[^\s<>]*/.exec(endTag)![0];
  const start = element.span.end - endTag.length;
  return { span: { start, end: start + written.length }, newText: `</${name}` };
}
