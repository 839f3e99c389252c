import { oneLine } from "./visible.ts";

/** A text as it is written in XML, between tags and between double quotes. */
export function escapeXml(text: string): string {
  // Most texts need nothing; asking first is much cheaper than replacing.
  if (!/[&<>"]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The same between quotes of either kind, whichever they are. */
export function escapeInQuotes(text: string): string {
  return escapeXml(text).replaceAll("'", "&apos;");
}

/** A text as it is written in HTML, between tags and between quotes of either kind. */
export function escapeHtml(text: string): string {
  return escapeXml(text).replaceAll("'", "&#39;");
}

/**
 * A text as inline code in Markdown. Whatever is in it, it stays code: text of a package must not become markup, a link
 * or a picture.
 */
export function inlineCode(text: string): string {
  const line = oneLine(text.replace(/\s+/g, " ").trim());
  if (line === "") return "`` ``";
  const longest = longestTicks(line);
  const fence = "`".repeat(longest + 1);
  const blank = longest > 0 ? " " : "";
  return `${fence}${blank}${line}${blank}${fence}`;
}

/** How many backticks stand side by side in a text at most. */
export function longestTicks(text: string): number {
  let longest = 0;
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  return longest;
}

/** A text in which nothing is markup, HTML, or a link. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&]/g, "\\$&").replace(/^([#+\-=]|\d+[.)])/, "\\$1");
}
