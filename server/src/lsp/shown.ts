import type { SyntaxTree } from "../syntax/tree.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import type { Refreshable } from "./client-capabilities.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** What an answer rests on beside the text: the same objects as long as nothing of it has changed. */
type Basis = (document: OpenDocument) => readonly unknown[];

interface Note {
  readonly tree: SyntaxTree;
  readonly basisOf: Basis;
  readonly basis: readonly unknown[];
}

/**
 * What editors show of documents without asking for it again before the text changes. Where it has become something
 * else meanwhile, the editor is told to ask again, if it can be told.
 */
export class Shown {
  readonly #session: Pick<Session, "connection" | "client">;
  readonly #notes = new WeakMap<OpenDocument, Map<Refreshable, Note>>();

  constructor(session: Pick<Session, "connection" | "client">) {
    this.#session = session;
  }

  /** Notes that a document is shown as it is now. */
  note(what: Refreshable, document: OpenDocument, basisOf: Basis): void {
    const notes = this.#notes.get(document) ?? new Map<Refreshable, Note>();
    notes.set(what, { tree: document.tree, basisOf, basis: basisOf(document) });
    this.#notes.set(document, notes);
  }

  /** More may have become known of a document. */
  checked(document: OpenDocument): void {
    const { connection, client } = this.#session;
    for (const [what, { tree, basisOf, basis }] of this.#notes.get(document) ?? []) {
      // After a change of the text the editor asks by itself.
      if (tree !== document.tree || basisOf(document).every((each, index) => each === basis[index])) continue;
      this.#notes.get(document)?.delete(what);
      if (client().refreshes.includes(what))
        inBackground(connection, connection.sendRequest(`workspace/${what}/refresh`));
    }
  }
}
