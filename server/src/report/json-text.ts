import { escapedJson } from "../text/visible.ts";

/**
 * A value as JSON text that can be shown on a terminal: characters that nobody sees are written as escapes, which mean
 * the same. Ends with a line break.
 */
export function jsonText(value: unknown): string {
  return `${escapedJson(JSON.stringify(value, null, 2))}\n`;
}

/** The same on one line, without a line break. */
export function jsonLine(value: unknown): string {
  return escapedJson(JSON.stringify(value));
}
