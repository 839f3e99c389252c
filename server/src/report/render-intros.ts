import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import {
  type AdminIntro,
  adminIntro,
  consoleIntro,
  type IntroPhase,
  introFamily,
} from "../lifecycle/intro.ts";
import type { PackageStructure, StartTag } from "../model/package-structure.ts";
import { type Operation, operations, operationTitles } from "../protocol/operations.ts";
import { shortened } from "../text/visible.ts";
import { htmlLine, htmlLines } from "./escape-html.ts";
import { sanitiseIntro } from "./sanitise-intro.ts";

/**
 * The texts for administrators of all operations, as HTML for the body of a page: what the admin screen shows readers of
 * each language, and what the console prints.
 */
export function renderIntros(structure: PackageStructure, translate: Translate): string {
  const sections = operations.flatMap((operation) =>
    phases.flatMap((phase) => section(structure, operation, phase, translate) ?? []),
  );
  if (sections.length > 0) return sections.join("");
  return paragraph({ text: "The package has no texts for administrators." }, translate);
}

/**
 * The text of one operation as the admin screen shows it to one reader, as HTML; undefined where it shows none, and where
 * it shows an empty box.
 *
 * @param language of the reader, such as "de"
 */
export function renderShownIntro(
  structure: PackageStructure,
  operation: Operation,
  phase: IntroPhase,
  language: string,
): string | undefined {
  const intro = adminIntro(structure, operation, phase, language);
  return intro && intro.html !== "" ? introBox(intro) : undefined;
}

const phases: readonly IntroPhase[] = ["pre", "post"];

const phaseTitles: Readonly<Record<IntroPhase, Message>> = {
  pre: { text: "before" },
  post: { text: "afterwards" },
};

function section(
  structure: PackageStructure,
  operation: Operation,
  phase: IntroPhase,
  translate: Translate,
): string | undefined {
  const shown = textsByReader(structure, operation, phase);
  const printed = consoleIntro(structure, operation, phase)?.box;
  if (shown.length === 0 && printed === undefined) return undefined;
  const title = `${translate(operationTitles[operation])}, ${messageText(phaseTitles[phase], translate)}`;
  const boxes = shown.map((each) => box(each, translate)).join("");
  const summary = htmlLine(translate("On the console"));
  const console =
    printed === undefined
      ? ""
      : `<details><summary>${summary}</summary><pre><code>${htmlLines(printed)}</code></pre></details>`;
  return `<section><h2>${htmlLine(title)}</h2>${boxes}${console}</section>\n`;
}

/** A text with the languages whose readers see it; the empty one stands for all others. */
interface ShownText {
  readonly intro: AdminIntro;
  readonly languages: string[];
}

/** Each text once. Entries for other phases count, because the first of them may be what is shown. */
function textsByReader(
  structure: PackageStructure,
  operation: Operation,
  phase: IntroPhase,
): readonly ShownText[] {
  const family = structure.repeated[introFamily[operation]];
  const languages = new Set(family.map(({ attributes }) => attributes.get("Lang") ?? ""));
  const texts = new Map<StartTag | undefined, ShownText>();
  for (const language of [...[...languages].slice(0, mostLanguages).filter(Boolean), ""]) {
    const intro = adminIntro(structure, operation, phase, language);
    if (!intro) continue;
    const text = texts.get(intro.tag);
    if (text) text.languages.push(language);
    else texts.set(intro.tag, { intro, languages: [language] });
  }
  return [...texts.values()];
}

/** More than the frameworks have. */
const mostLanguages = 100;

function box({ intro, languages }: ShownText, translate: Translate): string {
  const { tag, html } = intro;
  const version = tag?.attributes.get("Version");
  const notes = [
    readers(languages),
    ...(version === undefined
      ? []
      : [
          {
            text: "Shown whatever version is installed: the Version “{version}” of the text is looked at by no framework.",
            values: { version: shortened(version, longestTitle) },
          },
        ]),
  ];
  const content = html === "" ? paragraph({ text: "An empty box is shown." }, translate) : introBox(intro);
  return `${notes.map((note) => `<p class="readers">${htmlLine(messageText(note, translate))}</p>`).join("")}${content}`;
}

function introBox({ title, html }: AdminIntro): string {
  const heading = title === "" ? "" : `<h3>${htmlLine(shortened(title, longestTitle))}</h3>`;
  return `<div class="intro">${heading}${sanitiseIntro(html)}</div>`;
}

const longestTitle = 500;

function readers(languages: readonly string[]): Message {
  const own = languages.filter((language) => language !== "");
  const values = { languages: own.map((language) => shortened(language, 20)).join(", ") };
  if (!languages.includes("")) return { text: "For readers of {languages}:", values };
  return own.length === 0
    ? { text: "For readers of all other languages:" }
    : { text: "For readers of {languages} and of all other languages:", values };
}

function paragraph(message: Message, translate: Translate): string {
  return `<p>${htmlLine(messageText(message, translate))}</p>`;
}
