import { elementFacts } from "../dialect/elements.ts";
import { productOf } from "../dialect/products.ts";
import { firstWith, isYounger } from "../dialect/switches.ts";
import type { FileFact } from "../host/folder-facts.ts";
import { newestWith, releaseWith } from "../knowledge/join-knowledge.ts";
import type { TableFact } from "../knowledge/knowledge.ts";
import type { Translate } from "../l10n/translate.ts";
import { base64Length } from "../model/base64.ts";
import { plainPath } from "../symbols/file-list.ts";
import { symbolAt } from "../symbols/package-symbols.ts";
import type { Attribute, Element } from "../syntax/element.ts";
import { inlineCode } from "../text/escape.ts";
import type { Span } from "../text/span.ts";
import { describeAttribute, describeElement } from "./describe-fact.ts";
import type { FeatureDocument } from "./feature-document.ts";
import type { KnownSymbols } from "./known-symbols.ts";
import { bytesText, paragraphs } from "./markdown.ts";
import { describeName } from "./name-life.ts";
import { gateText, isSection, type Text, timingOf } from "./section-timing.ts";

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/**
 * What to show for the tag, attribute, value or name at `offset`; undefined where there is nothing to say.
 *
 * @param known the names beside the document; absent where nobody knows any
 */
export function hover(
  document: FeatureDocument,
  offset: number,
  translate: Translate,
  known?: KnownSymbols,
): Hover | undefined {
  const place = document.tree.placeAt(offset);
  switch (place.kind) {
    case "tag-name": {
      const span = place.inEndTag ? place.element.endNameSpan : place.element.nameSpan;
      return span && hoverOf(span, ofElement(document, place.element, translate));
    }
    case "attribute-name":
      return hoverOf(
        place.attribute.nameSpan,
        ofAttribute(document, place.element, place.attribute, translate),
      );
    case "attribute-value":
      return hoverOf(
        place.attribute.valueSpan,
        paragraphs(
          ofName(document, offset, translate, known)?.markdown,
          ofValue(document, place.element, place.attribute, translate),
          ofAttribute(document, place.element, place.attribute, translate),
        ),
      );
    default:
      return ofName(document, offset, translate, known);
  }
}

function ofName(
  document: FeatureDocument,
  offset: number,
  translate: Translate,
  known: KnownSymbols | undefined,
): Hover | undefined {
  const name = known && symbolAt(document.spec, offset);
  return name && hoverOf(name.span, describeName(document, name, known, translate));
}

function hoverOf(span: Span, markdown: string): Hover | undefined {
  return markdown === "" ? undefined : { span, markdown };
}

function ofElement({ context, spec }: FeatureDocument, element: Element, translate: Translate): string {
  const { schema } = context;
  const fact = schema.element(element.name);
  if (!fact) {
    const { where } = elementFacts.find(({ name }) => name === element.name) ?? {};
    if (where !== undefined && isYounger(where)) {
      return translate("Known from {release} on.", { release: firstWith(where) });
    }
    const products = schema.knownIn(element.name).map((dialect) => productOf(dialect).label);
    return products.length === 0
      ? ""
      : translate("Known only to {products}.", { products: products.join(", ") });
  }
  const timing = isSection(element) ? timingOf(element, spec) : undefined;
  return paragraphs(
    told(timing, translate),
    told(gateText(element, spec, context.releases), translate),
    describeElement(fact, translate),
  );
}

function ofAttribute(
  { context, spec }: FeatureDocument,
  element: Element,
  { name }: Attribute,
  translate: Translate,
): string {
  const fact = context.schema.attribute(element.name, name);
  return paragraphs(
    name === "Type" && isSection(element) ? told(timingOf(element, spec), translate) : undefined,
    name === "Version" ? told(gateText(element, spec, context.releases), translate) : undefined,
    fact && describeAttribute(element.name, fact, translate),
  );
}

function ofValue(
  document: FeatureDocument,
  element: Element,
  { name, value }: Attribute,
  translate: Translate,
): string {
  switch (document.context.schema.attribute(element.name, name)?.type) {
    case "path":
      return ofPath(document, element, value, translate);
    case "table":
      return ofTable(document, value, translate);
    default:
      return "";
  }
}

function told(text: Text | undefined, translate: Translate): string | undefined {
  return text && translate(text.template, text.arguments);
}

function ofPath({ context }: FeatureDocument, file: Element, location: string, translate: Translate): string {
  const { folder, knowledge, kind } = context;
  const path = plainPath(location);
  const isArchive = kind === "archive";
  const fact = path === "" || isArchive ? undefined : folder.factOf(path);
  return paragraphs(
    fact && fileText(fact, translate),
    isArchive ? bytesText(base64Length(file.text.value), translate) : undefined,
    knowledge.isFrameworkFile(path)
      ? translate(
          "In {release} there is a file of this name. Installing the package puts it aside as `.save`, uninstalling brings it back.",
          { release: releaseWith(knowledge, (each) => each.isFrameworkFile(path) === true) },
        )
      : undefined,
  );
}

function fileText(fact: FileFact, translate: Translate): string {
  switch (fact.kind) {
    case "file":
      if (fact.leavesBase) return translate("The path leads out of the package's folder.");
      if (fact.size === 0) return translate("The file is empty, so it can be packed but not installed.");
      return bytesText(fact.size, translate);
    case "directory":
      return translate("This is a folder.");
    case "special":
      return translate("This is no regular file.");
    case "unreadable":
      return translate("The file cannot be read.");
    case "missing":
      return fact.otherCase === undefined
        ? translate("There is no such file in the package's folder.")
        : translate("There is no such file in the package's folder, but {path}.", {
            path: inlineCode(fact.otherCase),
          });
  }
}

function ofTable({ context: { knowledge } }: FeatureDocument, name: string, translate: Translate): string {
  const newest = newestWith(knowledge, (release) => release.table(name));
  const table = newest?.table(name);
  if (!table) return "";
  return paragraphs(
    translate("A table of {release}:", { release: newest?.release ?? "" }),
    table.columns.map(columnLine).join("\n"),
  );
}

function columnLine({ name, type, size, required }: TableFact["columns"][number]): string {
  const typeText = size === undefined ? type : `${type}(${size})`;
  return `- ${inlineCode(name)} ${typeText}${required ? " NOT NULL" : ""}`;
}
