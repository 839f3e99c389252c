import { htmlLine } from "./escape-html.ts";
import { htmlStyle } from "./html-style.ts";

export interface DocumentOptions {
  /** Such as "en". */
  readonly language: string;
  /** What the style, and the script if there is one, are let in by. Letters, digits, `+`, `/` and `=` only. */
  readonly nonce: string;
  /** JavaScript of our own; undefined for a document without any. */
  readonly script?: string;
}

/**
 * A whole document that loads nothing and, without a script of ours, runs nothing.
 *
 * @param title and `body` are HTML
 */
export function htmlDocument(
  title: string,
  body: string,
  { language, nonce, script }: DocumentOptions,
): string {
  if (!/^[\w+/=-]+$/.test(nonce)) throw new Error("a nonce cannot hold such characters");
  const scriptSource = script === undefined ? "" : `; script-src 'nonce-${nonce}'`;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'${scriptSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${htmlLine(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style nonce="${nonce}">${htmlStyle}</style>
</head>
<body>
<main id="report">
${body}</main>
${script === undefined ? "" : `<script nonce="${nonce}">${script}</script>\n`}</body>
</html>
`;
}
