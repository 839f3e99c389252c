import type { AttributeFact } from "../../dialect/element-fact.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { type CompletionItem, type CompletionOptions, sortKey } from "./item.ts";
import type { CompletionPlace } from "./place.ts";
import { valueStop } from "./snippet.ts";

type AttributePlace = Extract<CompletionPlace, { kind: "attribute" }>;

/** The attributes that the element does not have yet, needed ones first. */
export function attributeItems(
  { context }: FeatureDocument,
  place: AttributePlace,
  options: CompletionOptions,
): readonly CompletionItem[] {
  const { element } = place;
  const given = attributesBeside(place);
  const rows = context.schema.element(element.name)?.attributes ?? [];
  return rows
    .filter(({ name, obsolete, filledBy }) => !given.has(name) && !obsolete && !filledBy)
    .map((fact, index) => ({
      ...attributeItem(fact, place, offeredTypes.has(fact.type)),
      sortText: sortKey(fact.required ? 0 : fact.advised ? 1 : 2, index),
      ...(fact.required ? { detail: options.translate("required") } : {}),
      subject: { dialect: context.dialect, element: element.name, attribute: fact.name },
    }));
}

/** Types whose values are offered when the caret has come to stand between the quotes. */
const offeredTypes: ReadonlySet<AttributeFact["type"]> = new Set([
  "version",
  "language",
  "path",
  "permission",
  "date",
  "package",
  "table",
  "column",
]);

/** The names of the attributes that the element has beside the one at the caret. */
export function attributesBeside({ element, attribute }: AttributePlace): ReadonlySet<string> {
  const given = new Set(element.node.attributes.map(({ name }) => name));
  if (attribute) given.delete(attribute.name);
  return given;
}

/**
 * An attribute with a place for its value; where there is a value, its name alone.
 *
 * @param hasList whether values are offered that the row does not name
 */
export function attributeItem(
  fact: Pick<AttributeFact, "name" | "values">,
  { attribute, span, blankBefore, blankBehind }: AttributePlace,
  hasList: boolean,
): Pick<CompletionItem, "label" | "kind" | "edit" | "isSnippet" | "asksAgain"> {
  const item = { label: fact.name, kind: "attribute" } as const;
  if (attribute?.hasValue) return { ...item, edit: { span, newText: fact.name }, isSnippet: false };
  const newText = `${blankBefore ? " " : ""}${fact.name}="${valueStop(fact, 1)}"${blankBehind ? " " : ""}`;
  return {
    ...item,
    edit: { span, newText },
    isSnippet: true,
    ...(!fact.values && hasList ? { asksAgain: true } : {}),
  };
}
