import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type DatabaseKind,
  databaseTitles,
  defaultDatabase,
} from "../../../../server/src/protocol/databases.ts";
import {
  type SqlPreviewRange,
  type SqlPreviewResult,
  sqlPreviewRequest,
} from "../../../../server/src/protocol/sql-preview.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";

export const sqlScheme = "sopm-sql";

/** Keystrokes come closer to each other than this, in milliseconds. */
const typingPause = 100;

const memoryKey = "sopm.database";

/** Read-only documents with the SQL of a spec, which follow the spec while it is edited. */
export class SqlDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  /** URI of the preview -> what it shows. */
  readonly #shown = new Map<string, SqlPreviewResult>();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  readonly #listeners: vscode.Disposable;

  constructor(client: LanguageClient, memory: vscode.Memento) {
    this.#client = client;
    this.#memory = memory;
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(sqlScheme, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#outdate(this.previewOf(document.uri))),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === sqlScheme) this.#shown.delete(uri.toString());
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("sopm")) inBackground(this.#refreshAll());
      }),
    );
  }

  /** The database that was chosen for this workspace, else the setting's. */
  databaseFor(spec: vscode.Uri): DatabaseKind {
    const setting = vscode.workspace
      .getConfiguration("sopm", spec)
      .get<DatabaseKind>("database", defaultDatabase);
    const chosen = this.#memory.get<DatabaseKind>(memoryKey) ?? setting;
    return Object.hasOwn(databaseTitles, chosen) ? chosen : defaultDatabase;
  }

  async chooseDatabase(database: DatabaseKind): Promise<void> {
    await this.#memory.update(memoryKey, database);
    await this.#refreshAll();
  }

  /** The document with the SQL of a spec. Its name tells the reader the database, and the editor the language. */
  previewOf(spec: vscode.Uri): vscode.Uri {
    const database = this.databaseFor(spec);
    const name = basename(spec.path).replace(/\.s?opm$/i, "");
    const path = `/${name} (${databaseTitles[database]}).sql`;
    return vscode.Uri.from({ scheme: sqlScheme, path, query: spec.toString(), fragment: database });
  }

  /** Where what comes from; nothing for a preview that is not shown yet. */
  rangesOf(preview: vscode.Uri): readonly SqlPreviewRange[] {
    return this.#shown.get(preview.toString())?.ranges ?? [];
  }

  async provideTextDocumentContent(preview: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const spec = specOf(preview);
    const before = this.#shown.get(preview.toString());
    try {
      // The server answers for what is open in the editor.
      await vscode.workspace.openTextDocument(spec);
    } catch (error) {
      this.#client.error("The SQL could not be shown.", error, false);
      return before?.text ?? "";
    }
    const uri = this.#client.code2ProtocolConverter.asUri(spec);
    const params = { uri, database: preview.fragment as DatabaseKind };
    const result = await ask(this.#client, sqlPreviewRequest, params, token);
    // Half a tag makes no SQL; what was there a moment ago is more use.
    if (result?.kind !== "sql" || (!result.isReadable && before)) return before?.text ?? "";
    this.#shown.set(preview.toString(), result);
    return result.text;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
    for (const pause of this.#pauses.values()) clearTimeout(pause);
  }

  #outdate(preview: vscode.Uri): void {
    const key = preview.toString();
    if (!this.#shown.has(key)) return;
    clearTimeout(this.#pauses.get(key));
    this.#pauses.set(
      key,
      setTimeout(() => this.#changed.fire(preview), typingPause),
    );
  }

  /** A preview for another database than the chosen one gives its place to one for that. */
  async #refreshAll(): Promise<void> {
    for (const key of this.#shown.keys()) this.#changed.fire(vscode.Uri.parse(key));
    for (const tab of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
      const uri = tab.input instanceof vscode.TabInputText ? tab.input.uri : undefined;
      if (uri?.scheme !== sqlScheme) continue;
      const chosen = this.previewOf(specOf(uri));
      if (chosen.toString() === uri.toString()) continue;
      const document = await vscode.workspace.openTextDocument(chosen);
      const { viewColumn } = tab.group;
      await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: false });
      await vscode.window.tabGroups.close(tab, true);
    }
  }
}

export function specOf(preview: vscode.Uri): vscode.Uri {
  return vscode.Uri.parse(preview.query);
}
