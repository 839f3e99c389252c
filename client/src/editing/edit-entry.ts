import * as vscode from "vscode";
import { inBackground } from "../in-background.ts";

const scheme = "sopm-changelog";

/** What a text is for. */
interface EntryPurpose {
  /** Of the package, or what its spec is called. */
  readonly name: string;
  readonly version: string;
  /** What it means to close the text, as a sentence. */
  readonly closing: string;
  /** Whether an entry may say nothing. */
  readonly mayBeEmpty: boolean;
}

/** Entries of change logs that are edited as documents before they are used. They are in memory only. */
export class EntryEditor implements vscode.Disposable {
  readonly #texts = new EntryFiles();
  readonly #parts: vscode.Disposable;
  /** What hears of the entry that is being edited; undefined while there is none. */
  #open:
    | {
        readonly uri: vscode.Uri;
        readonly mayBeEmpty: boolean;
        readonly end: (text: string | undefined) => void;
      }
    | undefined;

  #count = 0;

  constructor() {
    this.#parts = vscode.Disposable.from(
      vscode.workspace.registerFileSystemProvider(scheme, this.#texts, { isCaseSensitive: true }),
      vscode.commands.registerCommand("sopm.acceptChangeLog", () => this.#accept()),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        const isOpen = ({ input }: vscode.Tab) =>
          input instanceof vscode.TabInputText && input.uri.toString() === this.#open?.uri.toString();
        if (closed.some(isOpen)) this.#open?.end(undefined);
      }),
    );
  }

  /**
   * Lets its reader edit a text.
   *
   * @param text what the commits say; empty where nothing is known of them
   * @returns undefined where they close it without accepting it
   */
  async edit(purpose: EntryPurpose, text: string): Promise<string | undefined> {
    this.#open?.end(undefined);
    const { name, version, mayBeEmpty } = purpose;
    const title = vscode.l10n.t("ChangeLog of {0} {1}", name, version);
    // One that is asked for again is another one: the first is being closed.
    const path = `/${++this.#count}/${title.replaceAll("/", "_")}`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(uri, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
    inBackground(this.#tell(purpose, text, uri));
    try {
      return await new Promise<string | undefined>((resolve) => {
        this.#open = { uri, mayBeEmpty, end: resolve };
      });
    } finally {
      if (this.#open?.uri === uri) this.#open = undefined;
      await this.#close(uri);
    }
  }

  /** Says how the text is used, with a button that does it. */
  async #tell({ version, closing, mayBeEmpty }: EntryPurpose, text: string, uri: vscode.Uri): Promise<void> {
    const use = vscode.l10n.t("Use This Text");
    const told = [
      vscode.l10n.t("What is new in {0}?", version),
      text === ""
        ? vscode.l10n.t("Write it, and use it with the check mark above it or with Ctrl+Enter.")
        : vscode.l10n.t(
            "The text comes from the commits since the newest release. Change it, and use it with the check mark above it or with Ctrl+Enter.",
          ),
      ...(mayBeEmpty ? [vscode.l10n.t("Without a text the entry is empty.")] : []),
      closing,
    ];
    const answer = await vscode.window.showInformationMessage(told.join(" "), use);
    // It stays when its entry is gone, and speaks of no other one.
    if (answer === use && this.#open?.uri === uri) await this.#accept();
  }

  async #accept(): Promise<void> {
    const open = this.#open;
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === open?.uri.toString(),
    );
    if (!open || !document) return;
    const text = document.getText().trim();
    if (text === "" && !open.mayBeEmpty) {
      const empty = vscode.l10n.t("An entry without a text tells nobody what is new.");
      inBackground(vscode.window.showWarningMessage(empty));
      return;
    }
    // What is closed without being saved is asked about.
    await document.save();
    open.end(text);
  }

  async #close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(
        ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
      ),
    );
    this.#texts.forget(uri);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** Files that are in memory, each for as long as it is edited. */
class EntryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly changed: number }>();
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;

  set(uri: vscode.Uri, text: string): void {
    this.writeFile(uri, new TextEncoder().encode(text));
  }

  forget(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, changed } = this.#at(uri);
    return { type: vscode.FileType.File, ctime: changed, mtime: changed, size: bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#at(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const changed = (this.#files.get(uri.path)?.changed ?? 0) + 1;
    this.#files.set(uri.path, { bytes, changed });
    this.#changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #at(uri: vscode.Uri) {
    const found = this.#files.get(uri.path);
    if (!found) throw vscode.FileSystemError.FileNotFound(uri);
    return found;
  }
}
