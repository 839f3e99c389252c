import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import type { LintResult } from "../engine/lint.ts";
import type { Finding } from "../rules/rule.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { withdrawn } from "./about-documents.ts";
import { homeOf, toDiagnostics } from "./diagnostics.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** What was last answered about a document. */
interface Given {
  readonly tree: SyntaxTree;
  readonly findings: readonly Finding[];
  readonly items: Diagnostic[];
  /** The items as text, to be compared. */
  readonly text: string;
  readonly resultId: string;
}

/** What the answers need to know. */
export interface AskedDocuments {
  /** What is wrong with a document; undefined when it is changed before that is known, or cannot be found out. */
  readonly found: (document: OpenDocument) => Promise<LintResult | undefined>;
  /** What is wrong with a file that is not open; undefined when it cannot be found out. */
  readonly foundInFile: (uri: string) => Promise<Diagnostic[] | undefined>;
}

/** Answers a client that asks what is wrong with a document, and has it ask again when that changes by itself. */
export class DocumentPulls {
  readonly #session: Session;
  readonly #documents: AskedDocuments;
  readonly #given = new WeakMap<OpenDocument, Given>();
  /** How many questions about a document wait for their answer. */
  readonly #waiting = new WeakMap<OpenDocument, number>();
  /** Ids of another server are none of ours. */
  readonly #server = crypto.randomUUID();
  #lastId = 0;
  #isOutdated = false;

  constructor(session: Session, documents: AskedDocuments) {
    this.#session = session;
    this.#documents = documents;
  }

  /** All findings of a document are known, such as those that it has with its files. */
  checked(document: OpenDocument, { findings }: LintResult): void {
    const given = this.#given.get(document);
    // Nothing was said of a version that nobody has asked about, and who is still waiting gets the newest.
    if (!given || given.tree !== document.tree || given.findings === findings) return;
    if ((this.#waiting.get(document) ?? 0) > 0) return;
    const text = JSON.stringify(toDiagnostics(homeOf(document), findings, this.#session));
    if (text === given.text) this.#given.set(document, { ...given, findings });
    else this.#isOutdated = true;
  }

  /** No document is being checked any more. */
  settled(): void {
    if (!this.#isOutdated) return;
    this.#isOutdated = false;
    const { connection } = this.#session;
    inBackground(connection, connection.languages.diagnostics.refresh());
  }

  async answer(
    { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
    cancellation: CancellationToken,
  ): Promise<DocumentDiagnosticReport | ResponseError<unknown>> {
    for (;;) {
      const document = this.#session.documentOf(uri);
      const asked = document
        ? this.#reportOf(document, previousResultId)
        : this.#documents.foundInFile(uri).then((items) => items && ({ kind: "full", items } as const));
      const report = await unlessCancelled<DocumentDiagnosticReport | undefined>(asked, cancellation);
      if (cancellation.isCancellationRequested) return withdrawn();
      // It may have been opened or closed meanwhile.
      if (this.#session.documentOf(uri) === document) return report ?? impossible();
    }
  }

  async #reportOf(
    document: OpenDocument,
    previousResultId: string | undefined,
  ): Promise<DocumentDiagnosticReport | undefined> {
    const found = await this.#latest(document);
    if (!found) return undefined;
    const { resultId, items } = this.#give(document, found.findings);
    return resultId === previousResultId
      ? { kind: "unchanged", resultId }
      : { kind: "full", resultId, items };
  }

  /** Of a document that changes while it is checked, what is wrong with the newest version. */
  async #latest(document: OpenDocument): Promise<LintResult | undefined> {
    this.#waiting.set(document, (this.#waiting.get(document) ?? 0) + 1);
    try {
      for (;;) {
        const { tree } = document;
        const found = await this.#documents.found(document);
        if (found || tree === document.tree) return found;
      }
    } finally {
      this.#waiting.set(document, this.#waiting.get(document)! - 1);
    }
  }

  #give(document: OpenDocument, findings: readonly Finding[]): Given {
    const { tree } = document;
    const before = this.#given.get(document);
    if (before?.findings === findings && before.tree === tree) return before;
    const items = toDiagnostics(homeOf(document), findings, this.#session);
    const text = JSON.stringify(items);
    const resultId = before?.text === text ? before.resultId : `${this.#server}-${++this.#lastId}`;
    const given = { tree, findings, items, text, resultId };
    this.#given.set(document, given);
    return given;
  }
}

/** The result of some work, or undefined when nobody wants it any more. */
async function unlessCancelled<T>(work: Promise<T>, cancellation: CancellationToken): Promise<T | undefined> {
  // Of one that was withdrawn before it came nobody is told later.
  if (cancellation.isCancellationRequested) return undefined;
  let listening: { dispose(): void } | undefined;
  const cancelled = new Promise<undefined>((resolve) => {
    listening = cancellation.onCancellationRequested(() => resolve(undefined));
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    listening?.dispose();
  }
}

/** The client keeps what it has, and need not ask again by itself. */
function impossible(): ResponseError<unknown> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, "The document cannot be checked.", {
    retriggerRequest: false,
  });
}
