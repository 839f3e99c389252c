import type { TextDocumentFilter, TextDocumentItem } from "vscode-languageserver";
import { beginsAsIndex, isIndex } from "../engine/index-document.ts";
import type { KeptArchives } from "../engine/lint-index.ts";
import { knownSizes } from "../engine/read-known-packages.ts";
import { surroundingsOf } from "../engine/surroundings.ts";
import { noFolder } from "../host/folder-facts.ts";
import { turnOfOthers } from "../host/timers.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { Finding } from "../rules/rule.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import type { FileChange } from "../workspace/closed-specs.ts";
import { OpenDocument } from "../workspace/open-documents.ts";
import type { BackgroundFailures } from "./failure.ts";
import type { FileFindings } from "./file-findings.ts";
import { inBackground } from "./in-background.ts";
import { inTurns } from "./in-turns.ts";
import type { Session } from "./session.ts";

/** An index may be called anything, and what else there is of XML is let alone when it is opened. */
export const indexSelector: TextDocumentFilter = { scheme: "file", pattern: "**/*.xml" };

/** Milliseconds without a change after which an open index is checked. */
const typingPause = 400;

/**
 * Tells the editor what is wrong with the indexes of repositories, those that are open and those in the workspace that
 * are not: after a pause in typing, one after the other, and not while a document is checked. Features take none of
 * them for a spec.
 */
export class IndexFindings {
  readonly #session: Session;
  readonly #failures: BackgroundFailures;
  readonly #files: FileFindings;
  readonly #isBusy: () => boolean;
  readonly #open = new Map<string, OpenDocument>();
  /** The indexes in the workspace, open or not. */
  readonly #found = new Set<string>();
  readonly #toCheck = new Set<string>();
  /** What takes back the check of an index in which somebody types. */
  readonly #pauses = new Map<string, () => void>();
  readonly #archives = new Map<string, KeptArchives>();
  #isRunning = false;

  /** @param isBusy whether something is checked that comes before any index */
  constructor(session: Session, failures: BackgroundFailures, files: FileFindings, isBusy: () => boolean) {
    this.#session = session;
    this.#failures = failures;
    this.#files = files;
    this.#isBusy = isBusy;
  }

  /** The index that is open at an address. */
  get(uri: string): OpenDocument | undefined {
    return [...this.#open.values()].find((each) => each.uri === uri);
  }

  /**
   * Takes a document that is opened and is no file of a package.
   *
   * @returns whether it is nobody else's: an index, or XML of others that was only opened because it might be one
   */
  opens({ uri, languageId, version, text }: TextDocumentItem): boolean {
    const { world, client } = this.#session;
    const path = world.paths.fromUri(uri);
    if (path === undefined || languageId === "sopm" || languageId === "opm" || !path.endsWith(".xml"))
      return false;
    if (!beginsAsIndex(world.paths.basename(path), text)) return client().registersDocuments;
    this.#open.set(path, new OpenDocument(world, uri, "index", version, text));
    this.#check(path);
    return true;
  }

  changed({ path }: OpenDocument): void {
    if (path === undefined) return;
    this.#pauses.get(path)?.();
    this.#toCheck.delete(path);
    const check = () => {
      this.#pauses.delete(path);
      this.#check(path);
    };
    this.#pauses.set(path, this.#session.world.timers.after(typingPause, check));
  }

  /** @returns whether an index was open at an address */
  closes(uri: string): boolean {
    const path = this.get(uri)?.path;
    if (path === undefined) return false;
    this.#pauses.get(path)?.();
    this.#pauses.delete(path);
    this.#open.delete(path);
    if (this.#found.has(path)) this.#check(path);
    else this.#forget(path);
    return true;
  }

  /** An index lies in the workspace, or has changed there. */
  found(path: string): void {
    this.#found.add(path);
    if (!this.#open.has(path)) this.#check(path);
  }

  /** Other settings may hold: all indexes are checked again, and those that are not to be have no findings. */
  configured(): void {
    for (const path of [...this.#found])
      if (!this.#session.workspace.closedSpecs.covers(path)) {
        this.#found.delete(path);
        if (!this.#open.has(path)) this.#forget(path);
      }
    for (const path of this.#all()) this.#check(path);
  }

  changedOnDisk(changes: readonly FileChange[]): void {
    const { paths } = this.#session.world;
    for (const { path, kind } of changes) {
      for (const index of this.#all()) {
        const isGone = kind === "deleted" && (index === path || paths.below(path, index) !== undefined);
        if (isGone) this.#found.delete(index);
        if (isGone && !this.#open.has(index)) this.#forget(index);
        else if (isArchiveName(path) && paths.below(paths.dirname(index), path)) this.#check(index);
      }
    }
  }

  #all(): ReadonlySet<string> {
    return new Set([...this.#open.keys(), ...this.#found]);
  }

  #forget(path: string): void {
    this.#toCheck.delete(path);
    this.#archives.delete(path);
    this.#files.tell(path, undefined, []);
  }

  #check(path: string): void {
    if (this.#pauses.has(path)) return;
    this.#toCheck.add(path);
    if (this.#isRunning) return;
    this.#isRunning = true;
    inBackground(
      this.#session.connection,
      this.#work().finally(() => {
        this.#isRunning = false;
      }),
    );
  }

  async #work(): Promise<void> {
    for (;;) {
      await this.#pause();
      const [path] = this.#toCheck;
      if (path === undefined) return;
      this.#toCheck.delete(path);
      try {
        await this.#checkOne(path);
      } catch (error) {
        // One index that makes a rule throw keeps nobody from checking the others.
        this.#failures.report(error);
      }
    }
  }

  async #checkOne(path: string): Promise<void> {
    const { world, settingsFor } = this.#session;
    const open = this.#open.get(path);
    const tree = open?.tree ?? (await this.#read(path));
    const isWanted = () =>
      !this.#toCheck.has(path) &&
      this.#open.get(path) === open &&
      (open ? open.tree === tree : this.#found.has(path));
    if (!tree || !isIndex(world.paths.basename(path), tree)) {
      if (isWanted()) this.#forget(path);
      return;
    }
    const uri = open?.uri ?? world.paths.toUri(path);
    const { lint } = await settingsFor(uri);
    // What reads repositories is loaded for those who have one.
    const { KeptArchives, lintIndexInSteps } = await import("../engine/lint-index.ts");
    const folder = world.paths.dirname(path);
    const archives = this.#archives.get(path) ?? new KeptArchives(folder, world);
    this.#archives.set(path, archives);
    const steps = lintIndexInSteps(tree, lint, surroundingsOf({ path, folder: noFolder }, world), {
      archive: (file) => archives.at(file),
    });
    const checked = await inTurns<{ readonly findings: readonly Finding[] }>(
      steps,
      () => this.#pause(),
      isWanted,
    );
    if (!checked) return;
    const file = { path: world.paths.basename(path), text: tree.source.toString() };
    const home = { uri, source: tree.source, baseFolder: folder };
    const own = checked.findings.slice(0, mostShown).map((finding): Finding => ({ ...finding, file }));
    this.#files.tell(path, home, own);
  }

  async #read(path: string): Promise<SyntaxTree | undefined> {
    const file = await this.#session.world.disk.read(path, knownSizes.index);
    return file.kind === "read" ? SyntaxTree.parse(decodeText(file.bytes).text) : undefined;
  }

  async #pause(): Promise<void> {
    do await turnOfOthers(this.#session.world.timers);
    while (this.#isBusy());
  }
}

/** Editors show no more of one file. */
const mostShown = 1000;
