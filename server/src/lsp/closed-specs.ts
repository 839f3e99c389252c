import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { baseFolderSettings, type Settings } from "../configuration/settings.ts";
import type { TaggedSpec } from "../engine/tagged-packages.ts";
import { patience } from "../host/patience.ts";
import { inTime, turnOfOthers } from "../host/timers.ts";
import {
  type CheckedFolder,
  type ClosedSpecOutcome,
  type ClosedSpecs,
  type ClosedSpecsListener,
  type SpecSettings,
  workspaceLimits,
} from "../workspace/closed-specs.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { type DiagnosticPublisher, toDiagnostics } from "./diagnostics.ts";
import type { BackgroundFailures } from "./failure.ts";
import type { FileBadgeKeeper } from "./file-badges.ts";
import { FileFindings } from "./file-findings.ts";
import { inBackground } from "./in-background.ts";
import { IndexFindings } from "./index-findings.ts";
import type { MovedFiles } from "./moved-files.ts";
import type { PackagesKeeper } from "./packages-view.ts";
import type { Session } from "./session.ts";
import type { TaggedVersions } from "./tagged-versions.ts";
import { WorkspacePulls } from "./workspace-pulls.ts";

/** Tells the editor what is wrong with the specs of the workspace that are not open. */
export class ClosedSpecPublisher {
  readonly pulls: WorkspacePulls;
  readonly listener: ClosedSpecsListener;
  /** What is wrong with files that specs name, open ones too. */
  readonly files: FileFindings;
  readonly indexes: IndexFindings;
  readonly #specs: ClosedSpecs;
  readonly #session: Session;
  /** The addresses that the editor shows findings at, by path; it has its own way to write them. */
  readonly #shown = new Map<string, string>();
  /** Who wants to know what is wrong with a spec, by path. */
  readonly #asking = new Map<string, ((found: Diagnostic[] | undefined) => void)[]>();
  readonly #badges: FileBadgeKeeper;
  readonly #movedFiles: MovedFiles;
  readonly #packages: PackagesKeeper;
  readonly #taggedVersions: TaggedVersions;
  #configured = 0;

  /** @param documents what is checked first, whenever there is something to check */
  constructor(
    session: Session,
    failures: BackgroundFailures,
    documents: DiagnosticPublisher,
    badges: FileBadgeKeeper,
    movedFiles: MovedFiles,
    packages: PackagesKeeper,
    taggedVersions: TaggedVersions,
  ) {
    this.#session = session;
    this.#taggedVersions = taggedVersions;
    this.#packages = packages;
    this.#badges = badges;
    this.#movedFiles = movedFiles;
    const { connection, world, workspace } = session;
    this.#specs = workspace.closedSpecs;
    this.pulls = new WorkspacePulls(session, {
      isBusy: () => this.#specs.isBusy,
      checkAgain: (path) => this.#specs.checkAgain(path),
    });
    this.files = new FileFindings(session, (uri, diagnostics) => this.pulls.report(uri, diagnostics));
    this.indexes = new IndexFindings(session, failures, this.files, () => documents.isBusy);
    this.listener = {
      milliseconds: () => performance.now(),
      pause: async () => {
        do await turnOfOthers(world.timers);
        while (documents.isBusy);
      },
      inTime: (work) => inTime(world.timers, patience, work),
      tell: (path, outcome) => this.#tell(path, outcome),
      foundIndex: (path) => this.indexes.found(path),
      get learnTags() {
        const isAllowed = session.isTrusted() && world.histories;
        return isAllowed ? (specs: readonly TaggedSpec[]) => taggedVersions.learn(specs) : undefined;
      },
      tellLimit: ({ specs, folders }) =>
        connection.window.showInformationMessage(
          world.texts.translate(
            "The workspace has more than {specs} specs or {folders} folders. SOPM checks those that it came upon first, and all that are open. To have all of them checked, open a smaller folder.",
            { specs, folders },
          ),
        ),
      fail: (error) => failures.report(error),
      isTold: () => session.client().watchesFiles,
      rest: () => {
        for (const path of this.#asking.keys()) this.#answer(path, undefined);
        this.pulls.settled();
        // Archives may have come or gone, whose specs are as they were.
        this.#packages.changed();
      },
    };
  }

  /** Checks the specs below the workspace folders as the settings of each folder say. */
  async configure(): Promise<void> {
    const turn = ++this.#configured;
    const { world, settingsBelow, workspace } = this.#session;
    const checked = await Promise.all(
      workspace.folders.map(async (path): Promise<CheckedFolder> => {
        const { said, of } = await settingsBelow(path);
        const settings = await of(path);
        const { checkClosedSpecs: isChecked, ignoredFolders } = settings;
        const knownPackages = settings.knownPackages.map((each) => world.paths.resolve(path, each));
        return {
          ...{ path, isChecked, ignoredFolders, knownPackages, said },
          ...specSettings(settings),
          settingsOf: async (spec) => specSettings(await of(spec)),
        };
      }),
    );
    if (turn !== this.#configured) return;
    this.#specs.configure(checked);
    this.indexes.configured();
  }

  opened({ path, uri }: OpenDocument): void {
    if (path === undefined) return;
    this.#specs.opened(path);
    this.pulls.opened(uri);
    this.#shown.delete(path);
    this.#answer(path, undefined);
  }

  /** What was found in a document that was closed stays until the file on disk is checked, if it is. */
  closed({ path, uri }: Pick<OpenDocument, "path" | "uri">): void {
    this.pulls.closed(uri);
    if (path !== undefined && this.#specs.closed(path)) this.#shown.set(path, uri);
    else {
      this.pulls.report(uri, []);
      if (path !== undefined) this.#packages.closedChecked(path, undefined);
      if (path !== undefined) this.#badges.closedChecked(path, uri, "", undefined);
      if (path !== undefined) this.files.tell(path, undefined, []);
    }
  }

  /** What is wrong with a file that is not open: nothing for one that is not checked; undefined when nobody can say. */
  async found(uri: string): Promise<Diagnostic[] | undefined> {
    const { connection, world } = this.#session;
    const found = await this.#check(world.paths.fromUri(uri));
    // VS Code asks once more for a document that it closes, takes no answer for it, and no other one until then.
    if (found) {
      const repeated = turnOfOthers(world.timers).then(() => this.pulls.repeat(uri, found));
      inBackground(connection, repeated);
    }
    return found;
  }

  async #check(path: string | undefined): Promise<Diagnostic[] | undefined> {
    if (path === undefined || !this.#specs.checkAgain(path))
      return path === undefined ? [] : this.files.in(path);
    return new Promise((answer) => {
      this.#asking.set(path, [...(this.#asking.get(path) ?? []), answer]);
    });
  }

  #tell(path: string, outcome: ClosedSpecOutcome): void {
    const uri = this.#shown.get(path) ?? this.#session.world.paths.toUri(path);
    const home = outcome.kind === "checked" ? { uri, ...outcome } : undefined;
    const diagnostics = this.#diagnosticsOf(outcome, uri);
    if (outcome.kind === "gone") this.#taggedVersions.forget(path);
    if (diagnostics.length === 0) this.#shown.delete(path);
    else this.#shown.set(path, uri);
    this.pulls.report(uri, diagnostics);
    const { badges, baseFolder } =
      outcome.kind === "checked" ? outcome : { badges: undefined, baseFolder: "" };
    this.#badges.closedChecked(path, uri, baseFolder, badges);
    this.#movedFiles.closedChecked(path, baseFolder, badges?.missing);
    this.files.tell(path, home, outcome.kind === "checked" ? outcome.findings : []);
    this.#packages.closedChecked(path, outcome.kind === "checked" ? outcome.findings : undefined);
    this.#answer(path, diagnostics);
  }

  #answer(path: string, found: Diagnostic[] | undefined): void {
    for (const answer of this.#asking.get(path) ?? []) answer(found);
    this.#asking.delete(path);
  }

  #diagnosticsOf(outcome: ClosedSpecOutcome, uri: string): Diagnostic[] {
    const { translate } = this.#session.world.texts;
    switch (outcome.kind) {
      case "checked":
        return toDiagnostics({ uri, ...outcome }, outcome.findings, this.#session);
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
}

function specSettings(settings: Settings): SpecSettings {
  const { lint, simulation, upgradesSince } = settings;
  return { lint, databases: simulation.databases, upgradesSince, ...baseFolderSettings(settings) };
}

function atTheStart(severity: DiagnosticSeverity, message: string): Diagnostic[] {
  const start = { line: 0, character: 0 };
  return [{ range: { start, end: start }, severity, source: "sopm", message }];
}
