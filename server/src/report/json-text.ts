/**
 * A value as JSON text that can be shown on a terminal: what would move the cursor or turn the direction of writing
 * is written as an escape, which means the same. Ends with a line break.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

/** All others are escapes already. */
const unseen = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
