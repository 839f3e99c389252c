import * as vscode from "vscode";
import { type PerlViewResult, perlScheme } from "../../../server/src/protocol/perl-views.ts";
import { withPatience } from "./with-patience.ts";

/**
 * The documents that show the Perl of specs to extensions for Perl. There is one for each section, and one for all of a
 * spec, so that an extension sees it change as it sees a file change that is typed in.
 */
export class PerlDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = [
    this.#changed,
    vscode.workspace.registerTextDocumentContentProvider(perlScheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
  ];

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  /** The address under which a text can be asked about; undefined when the editor does not take the text in time. */
  async show(spec: vscode.Uri, { text, section }: PerlViewResult): Promise<vscode.Uri | undefined> {
    const uri = addressOf(spec, section);
    this.#texts.set(uri.toString(), text);
    const open = openDocument(uri);
    // One that is not open gets the text when it is opened.
    if (!open || isSame(open.getText(), text)) return uri;
    const taken = new Promise<true>((resolve) => {
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== open || !isSame(document.getText(), text)) return;
        listener.dispose();
        resolve(true);
      });
      setTimeout(() => listener.dispose(), longestChange);
    });
    this.#changed.fire(uri);
    return (await withPatience(taken, longestChange)) ? uri : undefined;
  }

  /** Nobody asks about the Perl of a spec that is closed. */
  #forget(spec: vscode.Uri): void {
    for (const address of this.#texts.keys()) {
      if (specOf(vscode.Uri.parse(address))?.toString() === spec.toString()) this.#texts.delete(address);
    }
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}

/** How long the editor may take to put a text in place of another, in milliseconds. */
const longestChange = 1000;

/** Its name ends as those of programs do, so that the editor takes it for Perl. */
function addressOf(spec: vscode.Uri, section: number): vscode.Uri {
  const name = spec.path.slice(spec.path.lastIndexOf("/") + 1);
  return vscode.Uri.from({
    scheme: perlScheme,
    path: `/${section}/${name}.pl`,
    query: spec.toString(),
  });
}

/** The spec that a document shows the Perl of; undefined for any other document. */
export function specOf(uri: vscode.Uri): vscode.Uri | undefined {
  return uri.scheme === perlScheme ? vscode.Uri.parse(uri.query) : undefined;
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const address = uri.toString();
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === address);
}

/** The editor writes all line breaks of a document in one way. */
function isSame(shown: string, text: string): boolean {
  const unified = (each: string) => each.replace(/\r\n?/g, "\n");
  return unified(shown) === unified(text);
}
