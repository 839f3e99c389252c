import type { Connection } from "vscode-languageserver";
import { translate } from "../host/node/language.ts";
import type { Finding } from "../rules/rule.ts";
import { severities } from "../rules/rule.ts";
import { toDiagnostic } from "./convert.ts";
import { MissingPartNotice } from "./failure.ts";
import { inBackground, logError } from "./in-background.ts";
import type { OpenDocument } from "./open-documents.ts";
import { type StatusParams, statusNotification } from "./protocol.ts";

/** Editors show no more of one file. */
const diagnosticLimit = 1000;

/** Checks documents and tells the editor what was found, at once and again when more is known of the files on disk. */
export class DiagnosticPublisher {
  readonly #connection: Connection;
  readonly #notice: MissingPartNotice;
  readonly #pageOf: (rule: string) => string;
  readonly #waiting = new Set<OpenDocument>();
  readonly #lastStatus = new WeakMap<OpenDocument, string>();
  #isOpen: (document: OpenDocument) => boolean;

  /** @param isOpen false for documents that have been closed meanwhile */
  constructor(
    connection: Connection,
    pageOf: (rule: string) => string,
    isOpen: (document: OpenDocument) => boolean,
  ) {
    this.#connection = connection;
    this.#notice = new MissingPartNotice(connection);
    this.#pageOf = pageOf;
    this.#isOpen = isOpen;
  }

  /** Checks a document as soon as the messages that have already arrived are handled. */
  schedule(document: OpenDocument): void {
    if (this.#waiting.has(document)) return;
    this.#waiting.add(document);
    setImmediate(() => {
      this.#waiting.delete(document);
      this.#publish(document);
    });
  }

  #publish(document: OpenDocument): void {
    if (!this.#isOpen(document)) return;
    try {
      const { findings, dialect, dialectSource } = document.lint();
      const { source } = document.tree;
      const { uri, version } = document;
      const diagnostics = mostImportant(findings).map((finding) =>
        toDiagnostic(source, finding, translate, this.#pageOf),
      );
      inBackground(this.#connection, this.#connection.sendDiagnostics({ uri, version, diagnostics }));
      this.#sendStatus(document, {
        uri: document.uri,
        dialect,
        dialectSource,
        profile: document.settings.lint.profile,
      });
    } catch (error) {
      // One rule that throws must not take the server down, nor stay unnoticed.
      logError(this.#connection, error);
      this.#notice.give(error);
    }
    inBackground(this.#connection, this.#askDisk(document));
  }

  async #askDisk(document: OpenDocument): Promise<void> {
    if (await document.folder?.refresh()) this.schedule(document);
  }

  #sendStatus(document: OpenDocument, status: StatusParams): void {
    const text = JSON.stringify(status);
    if (this.#lastStatus.get(document) === text) return;
    this.#lastStatus.set(document, text);
    inBackground(this.#connection, this.#connection.sendNotification(statusNotification, status));
  }
}

function mostImportant(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= diagnosticLimit) return findings;
  const rank = new Map(severities.map((severity, index) => [severity, index]));
  return [...findings]
    .sort((a, b) => rank.get(a.severity)! - rank.get(b.severity)!)
    .slice(0, diagnosticLimit);
}
