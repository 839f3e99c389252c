import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { inTime, turnOfOthers } from "../host/timers.ts";
import {
  type CheckedFolder,
  type ClosedSpecOutcome,
  ClosedSpecs,
  workspaceLimits,
} from "../workspace/closed-specs.ts";
import { type DiagnosticPublisher, toDiagnostics } from "./diagnostics.ts";
import { inBackground, logError } from "./in-background.ts";
import type { OpenDocument } from "./open-documents.ts";
import type { Session } from "./session.ts";

/** Tells the editor what is wrong with the specs of the workspace that are not open. */
export class ClosedSpecPublisher {
  readonly specs: ClosedSpecs;
  readonly #session: Session;
  /** The addresses that the editor shows findings at, by path; it has its own way to write them. */
  readonly #shown = new Map<string, string>();
  #configured = 0;

  /** @param documents what is checked first, whenever there is something to check */
  constructor(session: Session, documents: DiagnosticPublisher) {
    this.#session = session;
    const { connection, world } = session;
    this.specs = new ClosedSpecs({
      ...{ disk: world.disk, packageDisk: world.packageDisk, paths: world.paths },
      knowledge: world.knowledge.knowledgeOf,
      today: world.clock.today,
      clock: () => performance.now(),
      pause: async () => {
        do await turnOfOthers(world.timers);
        while (documents.isBusy);
      },
      inTime: (work) => inTime(world.timers, patience, work),
      tell: (path, outcome) => this.#tell(path, outcome),
      tellLimit: ({ specs, folders }) =>
        connection.window.showInformationMessage(
          world.texts.translate(
            "The workspace has more than {specs} specs or {folders} folders. SOPM checks those that it came upon first, and all that are open. To have all of them checked, open a smaller folder.",
            { specs, folders },
          ),
        ),
      fail: (error) => logError(connection, error),
    });
  }

  /**
   * Checks the specs below workspace folders as the settings of each folder say.
   *
   * @param folders absolute paths
   */
  async configure(folders: readonly string[]): Promise<void> {
    const turn = ++this.#configured;
    const { world, settingsFor } = this.#session;
    const checked = await Promise.all(
      folders.map(async (path): Promise<readonly CheckedFolder[]> => {
        const { lint, build, checkClosedSpecs, ignoredFolders } = await settingsFor(world.paths.toUri(path));
        return checkClosedSpecs ? [{ path, lint, baseFolder: build.baseFolder, ignoredFolders }] : [];
      }),
    );
    if (turn === this.#configured) this.specs.configure(checked.flat());
  }

  opened({ path, uri }: OpenDocument): void {
    if (path === undefined) return;
    this.specs.opened(path);
    const shown = this.#shown.get(path);
    if (shown !== undefined && shown !== uri) this.#send(shown, []);
    this.#shown.delete(path);
  }

  /** What was found in a document that was closed stays until the file on disk is checked, if it is. */
  closed({ path, uri }: Pick<OpenDocument, "path" | "uri">): void {
    if (path !== undefined && this.specs.closed(path)) this.#shown.set(path, uri);
    else this.#send(uri, []);
  }

  #tell(path: string, outcome: ClosedSpecOutcome): void {
    const shown = this.#shown.get(path);
    const diagnostics = this.#diagnosticsOf(outcome);
    if (diagnostics.length === 0 && shown === undefined) return;
    const uri = shown ?? this.#session.world.paths.toUri(path);
    if (diagnostics.length === 0) this.#shown.delete(path);
    else this.#shown.set(path, uri);
    this.#send(uri, diagnostics);
  }

  #diagnosticsOf(outcome: ClosedSpecOutcome): Diagnostic[] {
    const { translate } = this.#session.world.texts;
    switch (outcome.kind) {
      case "checked":
        return toDiagnostics(outcome.source, outcome.findings, this.#session);
      case "too-large":
        return atTheStart(
          DiagnosticSeverity.Information,
          translate("The spec has more than {size} MB, and is checked only while it is open.", {
            size: workspaceLimits.size / 1_000_000,
          }),
        );
      case "unreadable":
        return atTheStart(
          DiagnosticSeverity.Error,
          translate("The spec cannot be read: {reason}. Look at its permissions and at the disk it is on.", {
            reason: outcome.reason,
          }),
        );
      case "gone":
        return [];
    }
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    const { connection } = this.#session;
    inBackground(connection, connection.sendDiagnostics({ uri, diagnostics }));
  }
}

/** Milliseconds after which a disk, most likely a share, counts as gone. */
const patience = 20_000;

function atTheStart(severity: DiagnosticSeverity, message: string): Diagnostic[] {
  const start = { line: 0, character: 0 };
  return [{ range: { start, end: start }, severity, source: "sopm", message }];
}
