import type { Diagnostic } from "vscode-languageserver";
import { groundOf } from "../dialect/certainty.ts";
import { productOf } from "../dialect/products.ts";
import type { LintResult } from "../engine/lint.ts";
import { type StatusParams, statusNotification } from "../protocol/session.ts";
import type { Finding } from "../rules/rule.ts";
import { severities } from "../rules/rule.ts";
import type { Steps } from "../rules/steps.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { tell } from "./answer.ts";
import { type Home, toDiagnostic } from "./convert.ts";
import type { DocumentPulls } from "./document-pulls.ts";
import type { BackgroundFailures } from "./failure.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Editors show no more of one file. */
const diagnosticLimit = 1000;

/** Milliseconds of checking after which others get their turn. */
const turn = 10;

/** Milliseconds without a change after which a package is tried on databases. */
const typingPause = 400;

/** Milliseconds without a change after which code is compiled. */
export const perlPause = 500;

/** Somebody who wants to know what is wrong with one version of a document. */
interface Asking {
  readonly tree: SyntaxTree;
  readonly answer: (found: LintResult | undefined) => void;
}

/** Hears of checked documents in place of an editor that asks by itself. */
type Pulls = Pick<DocumentPulls, "checked" | "settled">;

/** Hears of all findings of a document, those in files that it names included. */
type CheckedListener = (document: OpenDocument, found: LintResult) => void;

/** What publishing needs to know of the editor. */
type PublishingSession = Pick<Session, "connection" | "world" | "client" | "documentOf" | "isTrusted">;

/**
 * Checks documents and tells the editor what was found, at once and again when more is known of the files on disk.
 * To an editor that asks by itself nothing is told; it gets the same as an answer.
 *
 * A check goes on in turns between which everything else is answered, and the next change of the document ends it.
 */
export class DiagnosticPublisher {
  readonly #session: PublishingSession;
  readonly #failures: BackgroundFailures;
  readonly #pulls: () => Pulls;
  /** What takes back the next turn of each document that is to be checked. */
  readonly #turns = new Map<OpenDocument, () => void>();
  /** The same of documents that were checked and are to be tried on databases. */
  readonly #trials = new Map<OpenDocument, () => void>();
  /** What they were when typing had paused for long enough: more that becomes known of the disk puts no trial off. */
  readonly #pausedAt = new WeakMap<OpenDocument, SyntaxTree>();
  /** Those that are not as they were saved. */
  readonly #unsaved = new WeakSet<OpenDocument>();
  readonly #asking = new Map<OpenDocument, Asking[]>();
  readonly #lastPublished = new WeakMap<
    OpenDocument,
    { readonly tree: SyntaxTree; readonly diagnostics: readonly Diagnostic[] }
  >();
  readonly #lastStatus = new WeakMap<OpenDocument, string>();
  readonly #onChecked: CheckedListener;
  readonly #clock: () => number;

  /**
   * @param onChecked called each time that all findings of a document are known
   * @param clock milliseconds since any time
   */
  constructor(
    session: PublishingSession,
    failures: BackgroundFailures,
    pulls: () => Pulls,
    onChecked: CheckedListener = () => {},
    clock = () => performance.now(),
  ) {
    this.#session = session;
    this.#failures = failures;
    this.#pulls = pulls;
    this.#onChecked = onChecked;
    this.#clock = clock;
  }

  /**
   * Checks a document from the start, as soon as the messages that have already arrived are handled. They are handled
   * one in each turn, so another change that is among them comes before the check and puts it off once more.
   */
  schedule(document: OpenDocument): void {
    this.#trials.get(document)?.();
    this.#trials.delete(document);
    this.#answer(document, ({ tree }) => tree !== document.tree);
    this.#inTurn(document, () => this.#inTurn(document, () => this.#check(document, document.check())));
  }

  /** A document is changed by its user. */
  changed(document: OpenDocument): void {
    this.#unsaved.add(document);
    this.schedule(document);
  }

  /** Tries a package on databases where the settings wait for that until it is saved. */
  saved(document: OpenDocument): void {
    this.#unsaved.delete(document);
    if (document.found) this.#simulateLater(document);
  }

  /** True while a document is being checked or waits for it. */
  get isBusy(): boolean {
    return this.#turns.size > 0;
  }

  /** What is wrong with a document as it is now; undefined when it is changed or closed before that is known. */
  async found(document: OpenDocument): Promise<LintResult | undefined> {
    // What is found without the document's own settings is not meant, and it is checked as soon as it has them.
    if (document.isConfigured) {
      if (document.found) return document.found;
      if (!this.#turns.has(document)) this.schedule(document);
    }
    return new Promise((answer) => {
      this.#asking.set(document, [...(this.#asking.get(document) ?? []), { tree: document.tree, answer }]);
    });
  }

  /** False for documents that have been closed meanwhile. */
  #isOpen(document: OpenDocument): boolean {
    return this.#session.documentOf(document.uri) === document;
  }

  #inTurn(document: OpenDocument, work: () => void): void {
    this.#turns.get(document)?.();
    this.#turns.set(document, this.#session.world.timers.soon(work));
  }

  #check(document: OpenDocument, steps: Steps<void>): void {
    try {
      const end = this.#clock() + turn;
      while (this.#isOpen(document) && !steps.next().done) {
        if (this.#clock() < end) continue;
        this.#inTurn(document, () => this.#check(document, steps));
        return;
      }
      const { found } = document;
      if (!found && this.#isOpen(document)) {
        // More has become known of the disk meanwhile.
        this.schedule(document);
        return;
      }
      if (found) {
        this.#tell(document, found);
        this.#onChecked(document, found);
      }
    } catch (error) {
      // One rule that throws must not take the server down, nor stay unnoticed.
      this.#failures.report(error);
    }
    this.#turns.delete(document);
    this.#answer(document, () => true);
    if (!this.isBusy) this.#pulls().settled();
    if (!this.#isOpen(document)) return;
    inBackground(this.#session.connection, this.#askDisk(document));
    this.#askPerl(document);
    this.#simulateLater(document);
  }

  #simulateLater(document: OpenDocument): void {
    const { when } = document.settings.simulation;
    const isTime = when === "onType" || (when === "onSave" && !this.#unsaved.has(document));
    if (!isTime || !document.isConfigured || !document.waitsForSimulation) return;
    this.#trials.get(document)?.();
    const { timers } = this.#session.world;
    const { tree } = document;
    const begin = () => {
      this.#pausedAt.set(document, tree);
      inBackground(this.#session.connection, this.#simulate(document));
    };
    const isToPause = when === "onType" && this.#pausedAt.get(document) !== tree;
    this.#trials.set(document, isToPause ? timers.after(typingPause, begin) : timers.soon(begin));
  }

  async #simulate(document: OpenDocument): Promise<void> {
    // What plans operations is loaded for those who want it, and nobody's editor starts later for it.
    const { Simulation } = await import("../engine/simulate.ts");
    const { knowledge, timers } = this.#session.world;
    const { tree } = document;
    // A check that goes on has it done when it is through.
    if (this.#turns.has(document)) return;
    const before = document.found?.findings;
    const steps = document.simulate(() => new Simulation(knowledge.knowledgeFor));
    const go = () => {
      if (document.tree !== tree || !this.#isOpen(document)) return;
      try {
        const end = this.#clock() + turn;
        while (!steps.next().done) {
          if (this.#clock() < end) continue;
          this.#trials.set(document, timers.soon(go));
          return;
        }
        const { found } = document;
        if (found && found.findings !== before) {
          this.#tell(document, found);
          this.#onChecked(document, found);
        }
      } catch (error) {
        this.#failures.report(error);
      }
      this.#trials.delete(document);
      if (!this.isBusy) this.#pulls().settled();
    };
    go();
  }

  /** Answers some of those who ask about a document. */
  #answer(document: OpenDocument, isMeant: (asking: Asking) => boolean): void {
    const asking = this.#asking.get(document);
    if (!asking) return;
    const others = asking.filter((each) => !isMeant(each));
    if (others.length > 0) this.#asking.set(document, others);
    else this.#asking.delete(document);
    for (const { tree, answer } of asking.filter(isMeant)) {
      answer(tree === document.tree && this.#isOpen(document) ? document.found : undefined);
    }
  }

  #tell(document: OpenDocument, found: LintResult): void {
    if (!this.#isOpen(document)) return;
    if (this.#session.client().pullsDiagnostics) this.#pulls().checked(document, found);
    else this.#publish(document, found.findings);
    const { dialect, dialectSource, context } = found;
    const { profile } = document.settings.lint;
    const dialectLabel = productOf(dialect).shortLabel;
    const basis = groundOf("life-cycle", context.releases.highest);
    this.#sendStatus(document, { uri: document.uri, dialect, dialectLabel, dialectSource, profile, basis });
  }

  #publish(document: OpenDocument, findings: readonly Finding[]): void {
    const { connection, client } = this.#session;
    const { uri, version, tree } = document;
    const diagnostics = toDiagnostics(homeOf(document), findings, this.#session);
    // More that is known of the disk is most often no news.
    const before = this.#lastPublished.get(document);
    if (before?.tree === tree && JSON.stringify(before.diagnostics) === JSON.stringify(diagnostics)) return;
    this.#lastPublished.set(document, { tree, diagnostics });
    const published = { uri, ...(client().diagnosticVersions ? { version } : {}), diagnostics };
    inBackground(connection, connection.sendDiagnostics(published));
  }

  async #askDisk(document: OpenDocument): Promise<void> {
    if (await document.folder?.refresh()) this.schedule(document);
  }

  /**
   * Has code compiled when nobody has typed for a while. In a workspace that is not trusted no code is: a part of it runs
   * while it is compiled, if only in a sandbox.
   */
  #askPerl(document: OpenDocument): void {
    const { connection, world, isTrusted } = this.#session;
    const { perl, tree } = document;
    if (!perl || !isTrusted()) return;
    world.timers.after(perlPause, () => {
      if (tree !== document.tree || !this.#isOpen(document)) return;
      const refreshed = perl.refresh().then((isMore) => {
        if (isMore && this.#isOpen(document)) this.schedule(document);
      });
      inBackground(connection, refreshed);
    });
  }

  #sendStatus(document: OpenDocument, status: StatusParams): void {
    const text = JSON.stringify(status);
    if (this.#lastStatus.get(document) === text) return;
    this.#lastStatus.set(document, text);
    tell(this.#session.connection, statusNotification, status);
  }
}

/** An open document as the home of its findings. */
export function homeOf({ uri, tree: { source }, baseFolder }: OpenDocument): Home {
  return { uri, source, baseFolder };
}

/** Findings in a document itself as the editor takes them; of very many the most severe. */
export function toDiagnostics(
  home: Home,
  findings: readonly Finding[],
  session: Pick<Session, "world" | "client">,
): Diagnostic[] {
  const own = findings.filter(({ file }) => !file);
  return mostImportant(own).map((finding) => toDiagnostic(home.source, finding, home, session));
}

function mostImportant(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= diagnosticLimit) return findings;
  const rank = new Map(severities.map((severity, index) => [severity, index]));
  return [...findings]
    .sort((a, b) => rank.get(a.severity)! - rank.get(b.severity)!)
    .slice(0, diagnosticLimit);
}
