import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import type { AttributeFact, ElementFact, Origin, Repeat } from "../dialect/element-fact.ts";
import { productOf } from "../dialect/products.ts";
import { dialectsKnowing } from "../dialect/schema.ts";
import type { Translate } from "../l10n/translate.ts";
import { inlineCode } from "../text/escape.ts";
import { paragraphs, xmlBlock } from "./markdown.ts";

/** What the tag schema says of an element, as Markdown in the reader's language. */
export function describeElement(fact: ElementFact, translate: Translate): string {
  const facts = [
    fact.parents.length === 0 ? undefined : translate(repeatTexts[fact.repeat]),
    fact.default === undefined
      ? undefined
      : translate("counts as {value} when missing", { value: inlineCode(fact.default) }),
    fact.since && translate("since {release}", { release: fact.since }),
    dialectText(dialectsKnowing(fact), translate),
    readerText(fact.readBy, translate),
    fact.filledBy && translate(originTexts[fact.filledBy]),
    translate(fact.kept === false ? "dropped by the builder" : "kept by the builder"),
  ];
  return paragraphs(
    `**${inlineCode(`<${fact.name}>`)}** ${translate(fact.summary)}`,
    fact.obsolete ? translate("This is an old form; do not use it in new packages.") : undefined,
    fact.details && translate(fact.details),
    factLine(facts),
    xmlBlock(fact.example),
  );
}

/** What the tag schema says of an attribute, as Markdown in the reader's language. */
export function describeAttribute(elementName: string, fact: AttributeFact, translate: Translate): string {
  const facts = [
    fact.required ? translate("required") : fact.advised ? translate("advised") : undefined,
    fact.values && valuesText(fact, translate),
    fact.default === undefined
      ? undefined
      : translate("counts as {value} when missing", { value: inlineCode(fact.default) }),
    dialectText(dialectsKnowing(fact), translate),
    fact.filledBy && translate(originTexts[fact.filledBy]),
  ];
  return paragraphs(
    `**${inlineCode(fact.name)}** (${inlineCode(`<${elementName}>`)}) ${translate(fact.summary)}`,
    fact.obsolete ? translate("This attribute should not be used any more.") : undefined,
    fact.details && translate(fact.details),
    factLine(facts),
  );
}

function factLine(facts: readonly (string | undefined)[]): string {
  return facts.filter((text) => text !== undefined && text !== "").join(" · ");
}

function valuesText({ values = [], anyCase }: AttributeFact, translate: Translate): string {
  const list = values.map(inlineCode).join(", ");
  return anyCase
    ? translate("one of {values}, in any letter case", { values: list })
    : translate("one of {values}", { values: list });
}

function readerText(readBy: string, translate: Translate): string {
  if (readBy === "nobody") return translate("read by nobody");
  const readers = readBy.split(", ").map((reader) => translate(reader));
  return translate("read by {readers}", { readers: readers.join(", ") });
}

/** Said by the exception where only few do not know it. */
function dialectText(dialects: readonly DialectId[], translate: Translate): string | undefined {
  const label = (dialect: DialectId) => productOf(dialect).label;
  const missing = dialectIds.filter((dialect) => !dialects.includes(dialect));
  if (missing.length === 0) return undefined;
  return missing.length <= 2
    ? translate("unknown to {products}", { products: missing.map(label).join(", ") })
    : translate("only {products}", { products: dialects.map(label).join(", ") });
}

const repeatTexts: Readonly<Record<Repeat, string>> = {
  one: "exactly once",
  optional: "at most once",
  some: "once or more",
  many: "any number of times",
};

const originTexts: Readonly<Record<Origin, string>> = {
  author: "written by the author",
  builder: "filled in by the builder",
  index: "filled in by the index builder",
  tools: "filled in by a vendor's own tools",
};
