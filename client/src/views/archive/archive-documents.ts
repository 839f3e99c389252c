import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ArchiveContent,
  archiveContentRequest,
  archiveScheme,
  type PackagePlace,
} from "../../../../server/src/protocol/archive.ts";
import { ask } from "../../ask.ts";
import { plainPath } from "./archive-nodes.ts";

/** What the address of a document names: a file of a package by its place in the list, or its spec part. */
interface Address {
  readonly of: PackagePlace;
  readonly file?: number;
}

/** The address of a file of an archive; without `file` that of the spec part. */
export function archivedUri(of: PackagePlace, location: string, file?: number): vscode.Uri {
  const address: Address = file === undefined ? { of } : { of, file };
  return vscode.Uri.from({
    scheme: archiveScheme,
    path: `/${plainPath(location)}`,
    query: JSON.stringify(address),
  });
}

/** What is in archives as read-only files. Nothing is read before it is asked for, and nothing is unpacked to the disk. */
export class ArchiveDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #registration: vscode.Disposable;
  /** Addresses of documents that were asked for, with how often what they are in has changed since. */
  readonly #changes = new Map<string, number>();
  /** The last one, as an editor asks for its size first. */
  #last: { readonly uri: string; readonly content: ArchiveContent } | undefined;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#registration = vscode.workspace.registerFileSystemProvider(archiveScheme, this, {
      isReadonly: new vscode.MarkdownString(
        vscode.l10n.t(
          "Files of an archive can only be read. *SOPM: Edit Package of Archive…* makes the source of the package, which can be changed.",
        ),
      ),
      isCaseSensitive: true,
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** SHA-256 of a file; undefined where it cannot be read. */
  async digestOf(uri: vscode.Uri): Promise<string | undefined> {
    return this.#content(uri).then(
      ({ digest }) => digest,
      () => undefined,
    );
  }

  /** Has documents that come from a file read again. @param uri as the server writes it */
  outdate(uri: string): void {
    this.#last = undefined;
    const events: vscode.FileChangeEvent[] = [];
    for (const [address, count] of this.#changes) {
      const { of } = addressIn(vscode.Uri.parse(address)) ?? {};
      if (of?.kind !== "file" || of.uri !== uri) continue;
      this.#changes.set(address, count + 1);
      events.push({ type: vscode.FileChangeType.Changed, uri: vscode.Uri.parse(address) });
    }
    if (events.length > 0) this.#changed.fire(events);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes } = await this.#content(uri);
    const size = Buffer.byteLength(bytes, "base64");
    const mtime = this.#changes.get(uri.toString()) ?? 0;
    return { type: vscode.FileType.File, ctime: 0, mtime, size };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { bytes } = await this.#content(uri);
    this.#last = undefined;
    return Buffer.from(bytes, "base64");
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {
      // Who keeps the view of an archive current tells of changes.
    });
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #content(uri: vscode.Uri): Promise<ArchiveContent> {
    const key = uri.toString();
    if (this.#last?.uri === key) return this.#last.content;
    const address = addressIn(uri);
    if (!address) throw vscode.FileSystemError.FileNotFound(uri);
    const answer = await ask(this.#client, archiveContentRequest, address);
    if (answer === null || answer.kind === "cancelled") throw vscode.FileSystemError.FileNotFound(uri);
    if (answer.kind === "failed") throw vscode.FileSystemError.Unavailable(answer.message);
    if (!this.#changes.has(key)) this.#changes.set(key, 0);
    this.#last = { uri: key, content: answer };
    return answer;
  }
}

/** Undefined for an address that is not ours; the server looks at what it names. */
function addressIn({ query }: vscode.Uri): Address | undefined {
  try {
    const address = JSON.parse(query) as Address;
    return typeof address.of === "object" ? address : undefined;
  } catch {
    return undefined;
  }
}
