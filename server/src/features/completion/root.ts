import { type DialectId, dialectIds } from "../../dialect/dialect.ts";
import { productOf } from "../../dialect/products.ts";
import { schemaFor } from "../../dialect/schema.ts";
import type { Span } from "../../text/span.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { type CompletionItem, type CompletionOptions, sortKey } from "./item.ts";
import { elementSnippet } from "./snippet.ts";
import { snippetValues } from "./tags.ts";

const declaration = '<?xml version="1.0" encoding="utf-8" ?>';

/**
 * A complete minimal package for each product, that of the document's dialect first; nothing once there is a root.
 *
 * @param isBehindBracket true when the span starts behind a `<` that is there
 */
export function rootItems(
  document: FeatureDocument,
  span: Span,
  isBehindBracket: boolean,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const own = document.context.dialect;
  const others = dialectIds.filter((dialect) => dialect !== own).toReversed();
  return [own, ...others].map((dialect, index) => {
    const product = productOf(dialect);
    const snippet = packageSnippet(document, dialect, options);
    const needed = declarationEdit(document, span);
    // Behind a bracket the declaration has to be written in another place than the package.
    const together = needed && !isBehindBracket && needed.span.start === span.start;
    const text = isBehindBracket ? snippet.slice(1) : (together ? needed.newText : "") + snippet;
    return {
      label: `<${product.rootName}> ${product.label}`,
      kind: "package",
      edit: { span, newText: text },
      isSnippet: true,
      sortText: sortKey(0, index),
      filterText: `${isBehindBracket ? "" : "<"}${product.rootName} ${product.label}`,
      ...(needed && !together ? { additionalEdits: [needed] } : {}),
      subject: { dialect, element: product.rootName },
    } satisfies CompletionItem;
  });
}

/** The XML declaration, where it is missing and the caret is at the very start. */
export function declarationItem(span: Span, isBehindBracket: boolean): CompletionItem {
  return {
    label: declaration,
    kind: "snippet",
    edit: { span, newText: declaration.slice(isBehindBracket ? 1 : 0) },
    isSnippet: false,
    sortText: sortKey(2, 0),
    filterText: declaration.slice(isBehindBracket ? 1 : 0),
  };
}

function declarationEdit({ tree }: FeatureDocument, { start }: Span): CompletionItem["edit"] | undefined {
  if (tree.declaration) return undefined;
  const hasMark = tree.source.slice(0, 1) === "\ufeff";
  const at = hasMark ? 1 : 0;
  return start < at ? undefined : { span: { start: at, end: at }, newText: `${declaration}\n` };
}

/** The snippet of the root, with the newest release line of the product and the name of the file. */
function packageSnippet(document: FeatureDocument, dialect: DialectId, options: CompletionOptions): string {
  const schema = schemaFor(dialect);
  const values = snippetValues(document, options, productOf(dialect));
  const name = /^[A-Za-z][\w-]*(?=\.sopm$)/.exec(document.context.fileName ?? "")?.[0];
  const snippet = elementSnippet(schema.root, schema, values);
  return name ? snippet.replace(/(?<=<Name>\$\{\d+:)[^}]*/, name) : snippet;
}
