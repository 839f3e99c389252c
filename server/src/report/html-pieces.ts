import type { Translate } from "../l10n/translate.ts";
import { shortened } from "../text/visible.ts";
import { htmlLine, htmlLines } from "./escape-html.ts";
import type { Place } from "./place.ts";

/** Pieces that reports are made of. What they are given is HTML, but for keys, places and what is preformatted. */

/** A table that scrolls by itself where it is wider than the page. */
export function tableHtml(heads: string, rows: string, name?: string): string {
  const attribute = name === undefined ? "" : ` class="${name}"`;
  return `<div class="scroll"><table${attribute}><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** A key as an attribute; one that holds a whole path or worse is cut. */
export function attributeOf(key: string): string {
  return htmlLine(shortened(key, 200));
}

/** @param key stays the same for the same thing, so that a view can keep it open */
export function foldHtml(
  key: string,
  title: string,
  contents: string,
  { name, isOpen = false }: { readonly name?: string | undefined; readonly isOpen?: boolean } = {},
): string {
  const attribute = name === undefined ? "" : ` class="${name}"`;
  return `<details${attribute}${isOpen ? ' open=""' : ""} data-fold="${attributeOf(key)}"><summary>${title}</summary>${contents}</details>`;
}

/** Nothing for a section without contents. */
export function sectionHtml(title: string, contents: string): string {
  return contents === "" ? "" : `<section>\n<h2>${title}</h2>\n${contents}</section>\n`;
}

export function preformattedHtml(text: string): string {
  return `<pre><code>${htmlLines(text)}</code></pre>`;
}

/** What leads to a place. @param isButton where something listens */
export function placeHtml(place: Place | undefined, translate: Translate, isButton: boolean): string {
  if (!place) return "";
  const text = htmlLine(translate("line {line}", { line: place.line }));
  return isButton
    ? ` <button type="button" class="place" data-start="${place.start}" data-end="${place.end}">${text}</button>`
    : ` <span class="place">${text}</span>`;
}

/** The box that hides what needs no attention; in a view it stands in its row of controls. */
export function filterHtml(translate: Translate, isView: boolean, hidden: string): string {
  const note = `<p class="hidden-steps">${hidden}</p>\n`;
  if (isView) return note;
  const title = htmlLine(translate("Only what needs attention"));
  return `<p class="filter"><label><input type="checkbox" id="only-attention"> ${title}</label></p>\n${note}`;
}
