import { schemaFor } from "../dialect/schema.ts";
import type { Translate } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";
import { attributeItems } from "./completion/attributes.ts";
import { bounded } from "./completion/bounded.ts";
import { type CodeSuggestions, codeSuggestions } from "./completion/code.ts";
import { endTagItems, endTagPlaceItems } from "./completion/end-tags.ts";
import { childrenOf, holderOf } from "./completion/holder.ts";
import {
  type CompletionItem,
  type CompletionList,
  type CompletionOptions,
  type CompletionSubject,
  sortKey,
} from "./completion/item.ts";
import { pathSuggestions } from "./completion/paths.ts";
import { type CompletionPlace, codeSectionAt, completionPlace, textSpan } from "./completion/place.ts";
import { declarationItem, rootItems } from "./completion/root.ts";
import { nameOf, type Suggestion, valueItem } from "./completion/suggestion.ts";
import { tagItems } from "./completion/tags.ts";
import { attributeValues, textValues } from "./completion/values.ts";
import { describeAttribute, describeElement } from "./describe-fact.ts";
import type { FeatureDocument } from "./feature-document.ts";
import type { KnownSymbols } from "./known-symbols.ts";
import { indentationUnit } from "./layout.ts";
import { paragraphs } from "./markdown.ts";
import { describeName } from "./name-life.ts";

export type {
  CompletionItem,
  CompletionKind,
  CompletionList,
  CompletionOptions,
  CompletionSubject,
} from "./completion/item.ts";

/** The characters after which an editor should ask without being told to. */
export const completionTriggers = ["<", "/", '"', "'", "=", " ", "!", "[", ">", ":", "("] as const;

/** What may be inserted at `offset`, in broken text as well. */
export function completion(
  document: FeatureDocument,
  offset: number,
  options: CompletionOptions,
): CompletionList {
  const section = codeSectionAt(document.tree, offset);
  const code = codeSuggestions(document, section, offset, options);
  if (code) return codeItems(code);
  const place = completionPlace(document.tree, offset);
  // Between tags and in texts these characters are just text: nobody wants a list for every blank of an indentation.
  if (place.kind === "content" && options.trigger !== undefined) return complete([]);
  switch (place.kind) {
    case "tag":
      return complete(tagPlaceItems(document, place, options));
    case "end-tag":
      return complete(endTagPlaceItems(place));
    case "attribute":
      return complete(attributeItems(document, place, options));
    case "value":
      return valueItems(document, place, options);
    case "content":
      return contentItems(document, place, offset, options);
    case "markup":
      return complete(markupItems(document, place.element, place.span, true));
    case "declaration":
      return complete([declarationItem(place.span, true)]);
    case "nothing":
      return complete([]);
  }
}

/**
 * More about an item, as Markdown; made when somebody looks at the item.
 *
 * @param asked the document that it was offered for; absent where it is not open any more, and then nothing is told of names
 */
export function describeCompletion(
  { dialect, element, attribute, name }: CompletionSubject,
  translate: Translate,
  asked?: { readonly document: FeatureDocument; readonly known: KnownSymbols },
): string | undefined {
  const schema = schemaFor(dialect);
  const named =
    name &&
    asked &&
    describeName(
      asked.document,
      { ...name, role: "used", span: { start: 0, end: 0 } },
      asked.known,
      translate,
    );
  if (attribute === undefined) {
    const fact = schema.element(element);
    return paragraphs(named, fact && describeElement(fact, translate)) || undefined;
  }
  const fact = schema.attribute(element, attribute);
  return paragraphs(named, fact && describeAttribute(element, fact, translate)) || undefined;
}

function codeItems({ suggestions, isIncomplete, span, before, behind }: CodeSuggestions): CompletionList {
  const items = suggestions.map((suggestion, index) => valueItem(suggestion, span, index, before, behind));
  return { items, isIncomplete };
}

function complete(items: readonly CompletionItem[]): CompletionList {
  return { items, isIncomplete: false };
}

type PlaceOf<Kind extends CompletionPlace["kind"]> = Extract<CompletionPlace, { kind: Kind }>;

function tagPlaceItems(
  document: FeatureDocument,
  { parent, element, span, isFresh }: PlaceOf<"tag">,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const { root } = document.tree;
  if (!parent) {
    const isRoot = !root || root.start === element?.start;
    if (!isRoot) return markupItems(document, parent, span, true);
    return isFresh ? rootItems(document, span, true, options) : rootNames(document, span);
  }
  return [
    ...tagItems(document, { parent, element, span, extent: isFresh ? "tag" : "name" }, options),
    ...(isFresh ? endTagItems(parent, span, "<") : []),
    ...(isFresh && !element ? markupItems(document, parent, span, true) : []),
  ];
}

function rootNames({ context }: FeatureDocument, span: Span): readonly CompletionItem[] {
  const { name } = context.schema.root;
  return [
    {
      label: name,
      kind: "package",
      edit: { span, newText: name },
      isSnippet: false,
      sortText: sortKey(0, 0),
      subject: { dialect: context.dialect, element: name },
    },
  ];
}

function valueItems(
  document: FeatureDocument,
  { element, attribute, span, typed, before, behind }: PlaceOf<"value">,
  options: CompletionOptions,
): CompletionList {
  const { schema, dialect } = document.context;
  const isPath = schema.attribute(element.name, attribute.name)?.type === "path";
  const { suggestions, isIncomplete } = isPath
    ? pathSuggestions(document, typed, attribute.value, options)
    : bounded(attributeValues(document, element, attribute, options), typed);
  const items = suggestions.map((suggestion, index) => ({
    ...valueItem(suggestion, span, index, before, behind),
    subject: { dialect, element: element.name, attribute: attribute.name, ...named(suggestion) },
  }));
  return { items, isIncomplete };
}

function named(suggestion: Suggestion): Pick<CompletionSubject, "name"> {
  const name = nameOf(suggestion);
  return name ? { name } : {};
}

function contentItems(
  document: FeatureDocument,
  { element, nameSpan, wordSpan, isBlank }: PlaceOf<"content">,
  offset: number,
  options: CompletionOptions,
): CompletionList {
  const { context, tree } = document;
  if (!element) {
    const isAtStart = /^\ufeff?$/.test(tree.source.slice(0, offset)) && !tree.declaration;
    return complete([
      ...(tree.root ? [] : rootItems(document, nameSpan, false, options)),
      ...(isAtStart ? [declarationItem({ start: offset, end: offset }, false)] : []),
      ...markupItems(document, element, nameSpan, false),
    ]);
  }
  const span = textSpan(tree, element, offset) ?? wordSpan;
  const { suggestions, isIncomplete } = bounded(
    textValues(document, element, options),
    tree.source.slice(span.start, offset),
  );
  const texts = suggestions.map((suggestion, index) => ({
    ...valueItem(suggestion, span, index),
    ...(nameOf(suggestion)
      ? { subject: { dialect: context.dialect, element: element.name, ...named(suggestion) } }
      : {}),
  }));
  const content = context.schema.element(element.name)?.content;
  const holder = holderOf(element, (each) => childrenOf(each, context.schema));
  const isInText = holder?.element === element && content !== undefined && content !== "elements";
  if (isInText) {
    const isEmpty = isBlank && wordSpan.start === wordSpan.end && texts.length === 0;
    return isEmpty ? complete(cdataItem(document, element, nameSpan, false)) : { items: texts, isIncomplete };
  }
  const items = [
    ...texts,
    ...tagItems(
      document,
      { parent: element, element: undefined, span: nameSpan, extent: "element" },
      options,
    ),
    ...endTagItems(element, nameSpan, ""),
    ...markupItems(document, element, nameSpan, false),
  ];
  return { items, isIncomplete };
}

/** A comment, and CDATA where there may be text. */
function markupItems(
  document: FeatureDocument,
  element: FeatureDocument["tree"]["root"],
  span: Span,
  isBehindBracket: boolean,
): readonly CompletionItem[] {
  return [
    ...cdataItem(document, element, span, isBehindBracket),
    snippetItem("<!-- -->", "<!-- $0 -->", span, isBehindBracket, 1),
  ];
}

/** Code stands on lines of its own, other texts do not. */
function cdataItem(
  { context, tree }: FeatureDocument,
  element: FeatureDocument["tree"]["root"],
  span: Span,
  isBehindBracket: boolean,
): readonly CompletionItem[] {
  const content = element && context.schema.element(element.name)?.content;
  if (content === "perl" || content === "html") {
    const unit = indentationUnit(tree.source, tree.root);
    return [snippetItem("<![CDATA[ ]]>", `<![CDATA[\n${unit}$0\n]]>`, span, isBehindBracket, 0)];
  }
  return content === "text" ? [snippetItem("<![CDATA[ ]]>", "<![CDATA[$0]]>", span, isBehindBracket, 0)] : [];
}

function snippetItem(
  label: string,
  snippet: string,
  span: Span,
  isBehindBracket: boolean,
  index: number,
): CompletionItem {
  const newText = isBehindBracket ? snippet.slice(1) : snippet;
  return {
    label,
    kind: "snippet",
    edit: { span, newText },
    isSnippet: true,
    sortText: sortKey(3, index),
    filterText: isBehindBracket ? label.slice(1) : label,
  };
}
