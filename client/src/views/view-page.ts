import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { escapeHtml } from "../../../server/src/text/escape.ts";

/** What one kind of view has in the page that all have. */
export interface ViewPage {
  readonly title: string;
  /** Of the package, for a page that is opened again after a reload of the window; its script keeps it. */
  readonly uri?: vscode.Uri;
  /** The view's own style. That of what it shows goes into the element `style`. */
  readonly style: string;
  /** True for a view whose script makes pictures of what it has itself. */
  readonly drawsImages?: boolean;
  /** HTML. A script in it needs the attribute. @param nonce lets it in, as `nonce="…"` */
  readonly body: (nonce: string) => string;
}

/**
 * The page of a view before anything is in it. Nothing but our own script and style is let in, by a number that nobody
 * can guess; whatever a package puts into its texts is neither run nor loaded.
 */
export function viewPage({ title, uri, style, drawsImages, body }: ViewPage): string {
  const number = randomBytes(18).toString("base64");
  const policy = `default-src 'none'; style-src 'nonce-${number}'; script-src 'nonce-${number}'; base-uri 'none'; form-action 'none'${drawsImages ? "; img-src data:" : ""}`;
  const nonce = `nonce="${number}"`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}"${uri ? ` data-uri="${escapeHtml(uri.toString())}"` : ""}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style ${nonce} id="style"></style>
<style ${nonce}>${style}</style>
</head>
${body(nonce)}
</html>
`;
}
