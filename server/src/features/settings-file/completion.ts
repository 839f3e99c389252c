import {
  type SettingsAttribute,
  type SettingsElement,
  settingsValueTypes,
} from "../../dialect/settings-elements.ts";
import { settingsRoots } from "../../dialect/settings-files.ts";
import type { Translate } from "../../l10n/translate.ts";
import type { Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import { attributeItem, attributesBeside } from "../completion/attributes.ts";
import type { BoundedSuggestions } from "../completion/bounded.ts";
import { endTagItems, endTagPlaceItems } from "../completion/end-tags.ts";
import { holderOf, namesIn } from "../completion/holder.ts";
import { type CompletionItem, sortKey } from "../completion/item.ts";
import { type CompletionPlace, completionPlace } from "../completion/place.ts";
import { declarationItem } from "../completion/root.ts";
import { type Suggestion, valueItem } from "../completion/suggestion.ts";
import { indentationUnit, reindented } from "../layout.ts";
import { describeSettingsAttribute, describeSettingsElement } from "./describe.ts";
import { attributeRow, type SettingsDocument, settingsChildren, settingsRow } from "./document.ts";
import { attributeValues, textValues } from "./values.ts";

/** What may be inserted, with what there is to say of it as Markdown. */
export interface SettingsItem extends CompletionItem {
  readonly markdown?: string;
}

export interface SettingsCompletion {
  readonly items: readonly SettingsItem[];
  readonly isIncomplete: boolean;
}

export interface SettingsCompletionOptions {
  readonly translate: Translate;
  /** The character that made the editor ask by itself; absent when the author asked or typed a name. */
  readonly trigger?: string;
}

/** What may be inserted at `offset` of a settings file, in broken text as well. */
export function settingsCompletion(
  document: SettingsDocument,
  offset: number,
  options: SettingsCompletionOptions,
): SettingsCompletion {
  const place = completionPlace(document.tree, offset);
  if (place.kind === "content" && options.trigger !== undefined) return complete([]);
  switch (place.kind) {
    case "tag":
      return complete([
        ...tags(document, place.parent, place, options),
        ...(place.isFresh ? endTagItems(place.parent, place.span, "<") : []),
      ]);
    case "end-tag":
      return complete(endTagPlaceItems(place));
    case "attribute":
      return complete(attributes(document, place, options));
    case "value":
      return values(document, place, options);
    case "content":
      return content(document, place, offset, options);
    case "declaration":
      return complete([declarationItem(place.span, true)]);
    case "markup":
    case "nothing":
      return complete([]);
  }
}

type PlaceOf<Kind extends CompletionPlace["kind"]> = Extract<CompletionPlace, { kind: Kind }>;

function complete(items: readonly SettingsItem[]): SettingsCompletion {
  return { items, isIncomplete: false };
}

/** How much of an element is there, and what stands at the caret. */
interface TagTarget {
  readonly element?: Element | undefined;
  readonly span: Span;
  /** Undefined where not even the `<` is there. */
  readonly isFresh?: boolean;
}

function tags(
  document: SettingsDocument,
  parent: Element | undefined,
  target: TagTarget,
  { translate }: SettingsCompletionOptions,
): readonly SettingsItem[] {
  const children = (element: Element) => settingsChildren(element, document.format);
  const holder = holderOf(parent, children);
  if (!holder) return roots(document, target);
  const present = namesIn(holder, target.element?.node);
  return children(holder.element)
    .filter(({ name, repeat }) => repeat === "many" || !present.has(name))
    .map((row, index): SettingsItem => {
      const isMissing = row.repeat === "one";
      return {
        label: row.name,
        kind: "element",
        ...(isMissing ? { detail: translate("required") } : {}),
        ...tagEdit(document, row.name, row.snippet, target),
        sortText: sortKey(isMissing ? 0 : 1, index),
        markdown: describeSettingsElement(row, row.name, translate),
      };
    });
}

function roots(document: SettingsDocument, target: TagTarget): readonly SettingsItem[] {
  const { root } = document.tree;
  if (root && root.start !== target.element?.start) return [];
  return settingsRoots.map((name, index) => {
    const start = `<${name} version="${document.format}" init="\${1|Application,Config,Changes,Framework|}">`;
    return {
      label: name,
      kind: "package",
      ...tagEdit(document, name, `${start}\n    $0\n</${name}>`, target),
      sortText: sortKey(0, index),
    };
  });
}

function tagEdit(
  { tree }: SettingsDocument,
  name: string,
  snippet: string,
  { span, isFresh }: TagTarget,
): Pick<CompletionItem, "edit" | "isSnippet"> {
  if (isFresh === false) return { edit: { span, newText: name }, isSnippet: false };
  const whole = reindented(snippet, indentationUnit(tree.source, tree.root));
  return { edit: { span, newText: isFresh ? whole.slice(1) : whole }, isSnippet: true };
}

function attributes(
  document: SettingsDocument,
  place: PlaceOf<"attribute">,
  { translate }: SettingsCompletionOptions,
): readonly SettingsItem[] {
  const { element } = place;
  const given = attributesBeside(place);
  const row = settingsRow(element, document.format);
  return attributesOf(element, row)
    .filter(({ name }) => !given.has(name))
    .map(
      (each, index): SettingsItem => ({
        ...attributeItem(each, place, each.type !== undefined),
        sortText: sortKey(each.advised ? 0 : 1, index),
        markdown: describeSettingsAttribute(each, element.name, translate),
      }),
    );
}

/** Those that have a meaning where the element stands. */
function attributesOf(element: Element, row: SettingsElement | undefined): readonly SettingsAttribute[] {
  const holder = element.parent?.name ?? "";
  return (row?.attributes ?? []).filter((each) => each.in?.includes(holder) ?? true);
}

function values(
  document: SettingsDocument,
  { element, attribute, span, typed, before, behind }: PlaceOf<"value">,
  { translate }: SettingsCompletionOptions,
): SettingsCompletion {
  const row = attributeRow(element, attribute, document.format);
  if (!row) return complete([]);
  const found = attributeValues(document, element, row, typed, translate);
  return listed(found, span, [before, behind], ({ value }) => {
    const type = row.type === "value-type" && settingsValueTypes.find(({ name }) => name === value);
    return type ? translate(type.summary) : undefined;
  });
}

function content(
  document: SettingsDocument,
  { element, nameSpan, wordSpan }: PlaceOf<"content">,
  offset: number,
  options: SettingsCompletionOptions,
): SettingsCompletion {
  if (!element) return complete(roots(document, { span: nameSpan }));
  const { source } = document.tree;
  const word = {
    typed: source.slice(wordSpan.start, offset),
    whole: source.slice(wordSpan.start, wordSpan.end),
  };
  const texts = listed(textValues(document, element, word, options.translate), wordSpan);
  const items = [
    ...texts.items,
    ...tags(document, element, { span: nameSpan }, options),
    ...endTagItems(element, nameSpan, ""),
  ];
  return { items, isIncomplete: texts.isIncomplete };
}

function listed(
  { suggestions, isIncomplete }: BoundedSuggestions,
  span: Span,
  [before, behind]: readonly [string, string] = ["", ""],
  markdown: (suggestion: Suggestion) => string | undefined = () => undefined,
): SettingsCompletion {
  const items = suggestions.map((suggestion, index): SettingsItem => {
    const more = markdown(suggestion);
    return {
      ...valueItem(suggestion, span, index, before, behind),
      ...(more === undefined ? {} : { markdown: more }),
    };
  });
  return { items, isIncomplete };
}
