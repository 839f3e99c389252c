import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

/** The absolute path of something in the opened folder, a copy of `test/extension/fixture`. */
export function inWorkspace(...names: readonly string[]): string {
  return join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, ...names);
}

/** Opens a file in an editor, as the reader would. */
export async function open(...names: readonly string[]): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inWorkspace(...names)));
}

/** Takes back all edits and closes all editors, so that the next test starts with what is on disk. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}

/** Looks again until there is something, at most `milliseconds`. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  milliseconds = 10_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first finding whose marked text is exactly this. */
export function findingAt(document: vscode.TextDocument, text: string): Promise<vscode.Diagnostic> {
  return until(`a finding at “${text}”, there is ${describeFindings(document)}`, () =>
    vscode.languages.getDiagnostics(document.uri).find(({ range }) => document.getText(range) === text),
  );
}

export function describeFindings(document: vscode.TextDocument): string {
  const findings = vscode.languages.getDiagnostics(document.uri);
  return JSON.stringify(findings.map(({ range, message }) => [document.getText(range), message]));
}

/** Replaces the first occurrence of a text, as one edit. */
export async function replace(editor: vscode.TextEditor, text: string, replacement: string): Promise<void> {
  const start = editor.document.getText().indexOf(text);
  if (start < 0) throw new Error(`“${text}” is not in the document`);
  const positionAt = (offset: number) => editor.document.positionAt(offset);
  const range = new vscode.Range(positionAt(start), positionAt(start + text.length));
  await editor.edit((edit) => edit.replace(range, replacement));
}

/** Where the first occurrence of a text ends. */
export function endOf(document: vscode.TextDocument, text: string): vscode.Position {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`“${text}” is not in the document`);
  return document.positionAt(start + text.length);
}

/** What the tests read of the manifest. */
interface Manifest {
  readonly main: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly languages: readonly { readonly configuration?: string }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly jsonValidation: readonly { readonly url: string }[];
  };
}

/** The manifest of the extension under test. */
export function manifest(): Manifest {
  return extension().packageJSON;
}

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension("sopm.sopm");
  if (!found) throw new Error("the extension sopm.sopm is not installed");
  return found;
}

export function extensionFile(name: string): string {
  return readFileSync(join(extension().extensionPath, name), "utf8");
}
