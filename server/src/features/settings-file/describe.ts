import type { SettingsAttribute, SettingsElement } from "../../dialect/settings-elements.ts";
import type { Translate } from "../../l10n/translate.ts";
import { inlineCode } from "../../text/escape.ts";
import { paragraphs } from "../markdown.ts";

/** What the rows say of an element of settings files, as Markdown in the reader's language. */
export function describeSettingsElement(
  { summary, repeat }: SettingsElement,
  name: string,
  translate: Translate,
): string {
  return paragraphs(
    `**${inlineCode(`<${name}>`)}** ${translate(summary)}`,
    repeat === "one" ? translate("exactly once") : undefined,
  );
}

/** What they say of an attribute. */
export function describeSettingsAttribute(
  { name, summary, values }: SettingsAttribute,
  element: string,
  translate: Translate,
): string {
  return paragraphs(
    `**${inlineCode(name)}** (${inlineCode(`<${element}>`)}) ${translate(summary)}`,
    values && translate("one of {values}", { values: values.map(inlineCode).join(", ") }),
  );
}
