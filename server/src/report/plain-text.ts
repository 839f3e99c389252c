/**
 * A text of whatever origin on one line. Specs and file names may hold characters that move the cursor, change colours
 * or turn the direction of writing; here they are seen instead of obeyed.
 */
export function oneLine(text: string): string {
  return text.replace(unseen, visible);
}

/** The same for a text of several lines, whose line breaks and tabs are kept. */
export function severalLines(text: string): string {
  return text.replace(unseen, (character) => (/[\t\n\r]/.test(character) ? character : visible(character)));
}

/** Cuts what nobody reads to its end. @param length in UTF-16 code units */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

const unseen = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function visible(character: string): string {
  return names[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const names: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
