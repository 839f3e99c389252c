import {
  type CancellationToken,
  type Diagnostic,
  type ProgressToken,
  type ResponseError,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { checksum } from "../text/checksum.ts";
import { withdrawn } from "./about-documents.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** What the client has of one file. */
interface Known {
  readonly uri: string;
  /** Of what it was told; {@link unknown} for what nobody knows. */
  readonly resultId: string;
}

/** The id of no result. */
const unknown = "";

/** A question about all files that has no answer yet. */
interface Pull {
  /** By file, without those that the client has nothing of. */
  readonly known: Map<string, Known>;
  /** Where pieces of the answer go to at once; undefined when the client wants all of it together. */
  readonly pieces: ProgressToken | undefined;
  /** By file. */
  readonly reports: Map<string, WorkspaceDocumentDiagnosticReport>;
  readonly end: (answer: WorkspaceDiagnosticReport | ResponseError<undefined>) => void;
}

/** What answers need to know of the specs that are not open. */
export interface ClosedFiles {
  /** True while some are being looked for or checked. */
  readonly isBusy: () => boolean;
  /** Has a spec checked and told of once more. */
  readonly checkAgain: (path: string) => void;
}

/**
 * Tells the client what is wrong with files that are not open: by itself until it asks for the first time, since no
 * client says beforehand whether it will, and then in answers only. A question stays open while there is nothing new.
 */
export class WorkspacePulls {
  readonly #session: Session;
  readonly #files: ClosedFiles;
  /** Of the files that have findings, by file. */
  readonly #published = new Map<string, Known>();
  /** Documents that were closed, and of whose file nothing was told yet. */
  readonly #unsure = new Map<string, string>();
  readonly #pulls = new Set<Pull>();
  #isAsked = false;

  constructor(session: Session, files: ClosedFiles) {
    this.#session = session;
    this.#files = files;
  }

  /** What is wrong with a file that is not open; it is told when the client does not know it already. */
  report(uri: string, items: Diagnostic[]): void {
    const file = this.#fileOf(uri);
    const before = this.#published.get(file);
    const now = items.length === 0 ? undefined : { uri, resultId: resultIdOf(items) };
    const isUnsure = this.#unsure.delete(file);
    set(this.#published, file, now);
    if (!this.#isAsked) {
      if (isUnsure || before?.resultId !== now?.resultId) this.#push(uri, items);
      return;
    }
    for (const pull of this.#pulls) {
      if (pull.known.get(file)?.resultId === now?.resultId) continue;
      this.#add(pull, file, { kind: "full", uri, version: null, items, ...now });
    }
    if (!this.#files.isBusy()) this.settled();
  }

  /** What was told of a file gives way to what is told of its document. */
  opened(uri: string): void {
    const file = this.#fileOf(uri);
    this.#unsure.delete(file);
    const published = this.#published.get(file);
    this.#published.delete(file);
    const isReplaced = published?.uri === uri && !this.#session.client().pullsDiagnostics;
    if (published && !this.#isAsked && !isReplaced) this.#push(published.uri, []);
  }

  /** What the client has now is of the document. It is told of the file by the next report, whatever that is. */
  closed(uri: string): void {
    const file = this.#fileOf(uri);
    this.#unsure.set(file, uri);
    for (const pull of this.#pulls) pull.known.set(file, { uri, resultId: unknown });
  }

  /** Tells of a file once more, as an answer that the client gave away when it came. */
  repeat(uri: string, items: Diagnostic[]): void {
    if (!this.#isAsked || this.#isOpen(uri)) return;
    this.closed(uri);
    this.report(uri, items);
  }

  /** Everything has been told that there is to tell. */
  settled(): void {
    for (const pull of this.#pulls) {
      for (const [file, { uri }] of pull.known) {
        if (this.#published.has(file) || this.#unsure.has(file) || this.#isOpen(uri)) continue;
        this.#add(pull, file, { kind: "full", uri, version: null, items: [] });
      }
      if (pull.pieces === undefined && pull.reports.size > 0) pull.end({ items: everythingOf(pull) });
    }
  }

  answer(
    { previousResultIds, partialResultToken: pieces }: WorkspaceDiagnosticParams,
    cancellation: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport | ResponseError<undefined>> {
    // Then nobody is told when it is withdrawn.
    if (cancellation.isCancellationRequested) return Promise.resolve(withdrawn());
    if (!this.#isAsked) {
      this.#isAsked = true;
      for (const { uri } of this.#published.values()) this.#push(uri, []);
    }
    const known = new Map(
      previousResultIds.map(({ uri, value }) => [this.#fileOf(uri), { uri, resultId: value }] as const),
    );
    for (const [file, uri] of this.#unsure) known.set(file, { uri, resultId: unknown });
    return new Promise((resolve) => {
      const pull: Pull = {
        known,
        pieces: pieces ?? undefined,
        reports: new Map(),
        end: (answer) => {
          listening.dispose();
          this.#pulls.delete(pull);
          resolve(answer);
        },
      };
      const listening = cancellation.onCancellationRequested(() => pull.end(withdrawn()));
      this.#pulls.add(pull);
      for (const [file, { resultId }] of this.#published) {
        if (known.get(file)?.resultId !== resultId) this.#files.checkAgain(file);
      }
      if (!this.#files.isBusy()) this.settled();
    });
  }

  /** Nobody is told anything any more. */
  end(): void {
    for (const pull of this.#pulls) pull.end({ items: [] });
  }

  /** What an address means: clients have their own way to write them. */
  #fileOf(uri: string): string {
    return this.#session.world.paths.fromUri(uri) ?? uri;
  }

  #isOpen(uri: string): boolean {
    return this.#session.documentOf(uri) !== undefined;
  }

  #push(uri: string, diagnostics: Diagnostic[]): void {
    const { connection } = this.#session;
    inBackground(connection, connection.sendDiagnostics({ uri, diagnostics }));
  }

  #add(pull: Pull, file: string, report: WorkspaceDocumentDiagnosticReport): void {
    const { uri, resultId } = report;
    set(pull.known, file, resultId === undefined ? undefined : { uri, resultId });
    if (pull.pieces === undefined) pull.reports.set(file, report);
    else {
      const piece = { items: [report] };
      const sent = this.#session.connection.sendProgress(
        WorkspaceDiagnosticRequest.partialResult,
        pull.pieces,
        piece,
      );
      inBackground(this.#session.connection, sent);
    }
  }
}

/** What is new, and that all else is as it was. */
function everythingOf({ known, reports }: Pull): WorkspaceDocumentDiagnosticReport[] {
  const unchanged = [...known].flatMap(([file, { uri, resultId }]): WorkspaceDocumentDiagnosticReport[] =>
    reports.has(file) || resultId === unknown ? [] : [{ kind: "unchanged", uri, version: null, resultId }],
  );
  return [...reports.values(), ...unchanged];
}

/** The same for the same findings, so that a check without news is none. */
function resultIdOf(items: readonly Diagnostic[]): string {
  return checksum(JSON.stringify(items));
}

function set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
