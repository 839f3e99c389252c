import * as vscode from "vscode";

/** The script of one kind of page, as the extension brings it. @param name without ending */
export function pageScript({ extensionUri }: vscode.ExtensionContext, name: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview", `${name}.js`);
}

/** Lets a page run its script, and read nothing else. */
export function optionsFor(script: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(script, "..")] };
}
