import type * as vscode from "vscode";
import { framedPage } from "../framed-page.ts";

/**
 * The page of a preview before anything is in it.
 *
 * @param uri of the package
 * @param script the address of the script for this view
 */
export function introPage(title: string, uri: vscode.Uri, script: string): string {
  return framedPage({
    ...{ title, uri, style: pageStyle, script },
    contents: '<main id="intros"></main>',
  });
}

const pageStyle = `
.readers{color:var(--quiet);font-size:.88rem;margin:.8rem 0 .2rem}
.intro{border-style:solid;background:var(--block);border-radius:4px}
.intro h3{margin-top:.2rem}
`;
