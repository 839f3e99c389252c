import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { autoCloseRequest } from "../../../server/src/protocol/editing.ts";
import { ask } from "../ask.ts";
import { documentSelector } from "../document-selector.ts";
import { inBackground } from "../in-background.ts";

/** Asks the server what closes the tag when `>` or `/` was typed, or the end of `&gt;`, and inserts it if nothing was typed meanwhile. */
export function closeTagsWhileTyping(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument((event) => inBackground(closeTag(client, event)));
}

async function closeTag(
  client: LanguageClient,
  { document, contentChanges, reason }: vscode.TextDocumentChangeEvent,
): Promise<void> {
  const [change] = contentChanges;
  const editor = vscode.window.activeTextEditor;
  // One plain keystroke: undo brings its own end tags back, and several carets would each need an answer.
  const isKeystroke =
    contentChanges.length === 1 && reason === undefined && /^[>/;]$/.test(change?.text ?? "");
  if (!change || !isKeystroke || editor?.document !== document || editor.selections.length > 1) return;
  if (!client.isRunning() || !isWanted(document)) return;

  const { start } = change.range;
  if (change.text === ";" && !document.lineAt(start).text.slice(0, start.character).endsWith("&gt")) return;
  const { version } = document;
  const caret = change.range.start.translate(0, 1);
  // The client tells the server of this change only after this listener has returned.
  await Promise.resolve();
  const snippet = await ask(client, autoCloseRequest, {
    uri: client.code2ProtocolConverter.asUri(document.uri),
    position: client.code2ProtocolConverter.asPosition(caret),
  });
  // The caret is where the keystroke left it as long as the text is the same; what the editor tells of it lags behind.
  const isUnchanged = document.version === version && vscode.window.activeTextEditor === editor;
  if (typeof snippet !== "string" || !isUnchanged) return;
  // No undo stops: one undo takes back the typed character and what it brought along.
  await editor.insertSnippet(new vscode.SnippetString(snippet), caret, {
    undoStopBefore: false,
    undoStopAfter: false,
  });
}

function isWanted(document: vscode.TextDocument): boolean {
  return (
    vscode.languages.match(documentSelector, document) > 0 &&
    vscode.workspace.getConfiguration("sopm", document).get("autoClosingTags", true)
  );
}
