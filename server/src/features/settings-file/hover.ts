import { settingsValueTypes } from "../../dialect/settings-elements.ts";
import { releaseWith } from "../../knowledge/join-knowledge.ts";
import type { Translate } from "../../l10n/translate.ts";
import { pathsOfName, settingsFileSymbols } from "../../symbols/file-symbols.ts";
import type { PackageSymbol } from "../../symbols/symbol.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import { inlineCode } from "../../text/escape.ts";
import { type Span, touches } from "../../text/span.ts";
import type { Hover } from "../hover.ts";
import { paragraphs } from "../markdown.ts";
import { describeSettingsAttribute, describeSettingsElement } from "./describe.ts";
import { attributeRow, type SettingsDocument, settingsRow } from "./document.ts";

/** What to show for the tag, attribute, value or name at `offset`; undefined where there is nothing to say. */
export function settingsHover(
  document: SettingsDocument,
  offset: number,
  translate: Translate,
): Hover | undefined {
  const place = document.tree.placeAt(offset);
  switch (place.kind) {
    case "tag-name": {
      const { element, inEndTag } = place;
      const row = settingsRow(element, document.format);
      const span = inEndTag ? element.endNameSpan : element.nameSpan;
      return span && row && { span, markdown: describeSettingsElement(row, element.name, translate) };
    }
    case "attribute-name":
      return shown(
        place.attribute.nameSpan,
        ofAttribute(document, place.element, place.attribute, translate),
      );
    case "attribute-value":
      return shown(
        place.attribute.valueSpan,
        paragraphs(
          ofValue(document, place.element, place.attribute, translate),
          ofAttribute(document, place.element, place.attribute, translate),
        ),
      );
    case "content": {
      const symbol = settingsFileSymbols(document.tree).find(
        ({ kind, span }) => kind === "module" && touches(span, offset),
      );
      return symbol && shown(symbol.span, ofModule(document, symbol, translate));
    }
    default:
      return undefined;
  }
}

function shown(span: Span, markdown: string): Hover | undefined {
  return markdown === "" ? undefined : { span, markdown };
}

function ofAttribute(
  document: SettingsDocument,
  element: Element,
  attribute: Attribute,
  translate: Translate,
): string {
  const row = attributeRow(element, attribute, document.format);
  return row ? describeSettingsAttribute(row, element.name, translate) : "";
}

function ofValue(
  document: SettingsDocument,
  element: Element,
  attribute: Attribute,
  translate: Translate,
): string {
  const { value } = attribute;
  switch (attributeRow(element, attribute, document.format)?.type) {
    case "value-type": {
      const type = settingsValueTypes.find(({ name }) => name === value);
      return type ? `**${inlineCode(value)}** ${translate(type.summary)}` : "";
    }
    case "setting":
      return ofSetting(document, value, translate);
    default:
      return "";
  }
}

/** Who else defines it, and how often it is used. */
function ofSetting({ knowledge, known }: SettingsDocument, name: string, translate: Translate): string {
  const [source] = knowledge.settingSources(name) ?? [];
  const places = known.places({ kind: "setting", name, owner: undefined });
  const uses = places.filter(({ role }) => role === "used").length;
  const others = places.length - uses;
  return paragraphs(
    source &&
      translate("{release} has this setting, in {file} with init {init}.", {
        release: releaseWith(knowledge, (each) => (each.settingSources(name) ?? []).length > 0),
        file: inlineCode(source.file),
        init: inlineCode(source.init),
      }),
    others === 0
      ? undefined
      : translate("Other files of the workspace define it, too: {count}.", { count: others }),
    uses === 0 ? undefined : translate("Places in the workspace that use it: {count}.", { count: uses }),
  );
}

function ofModule(
  { owners, known, knowledge }: SettingsDocument,
  { name }: PackageSymbol,
  translate: Translate,
): string {
  const paths = pathsOfName({ kind: "module", name, owner: undefined });
  const listing = [...owners, ...paths.flatMap((path) => known.packages.listing(path))];
  const lister = listing.find(({ files }) => paths.some((path) => files.has(path)));
  const path = paths.find((each) => lister?.files.has(each));
  return paragraphs(
    lister && path !== undefined
      ? translate("The package {name} brings this module in {path}.", {
          name: inlineCode(lister.name),
          path: inlineCode(path),
        })
      : undefined,
    knowledge.isFrameworkModule(name)
      ? translate("A module of {release}.", {
          release: releaseWith(knowledge, (each) => each.isFrameworkModule(name) === true),
        })
      : undefined,
  );
}
