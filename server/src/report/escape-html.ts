import { oneLine, severalLines } from "../text/visible.ts";

/** A text as it stands in HTML, between tags or in quotes; characters that nobody sees are written out. */
export function escapeHtml(text: string): string {
  return escaped(oneLine(text));
}

/** The same for a text of several lines. */
export function escapeHtmlLines(text: string): string {
  return escaped(severalLines(text));
}

function escaped(text: string): string {
  // Most texts need nothing; asking first is much cheaper than replacing.
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => references[character]!) : text;
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
