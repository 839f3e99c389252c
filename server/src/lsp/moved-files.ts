import { lintContext } from "../engine/lint.ts";
import { surroundingsOf } from "../engine/surroundings.ts";
import { compareFiles } from "../engine/sync-files.ts";
import { fileBadges } from "../features/file-badges.ts";
import { type FileMove, moveFiles } from "../features/moved-files.ts";
import { FolderCache } from "../host/folder-cache.ts";
import type { FolderFacts } from "../host/folder-facts.ts";
import { turnOfOthers } from "../host/timers.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { fileList } from "../symbols/file-list.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { closedText } from "./closed-text.ts";
import type { ListEdits } from "./file-move-edits.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Milliseconds that a file may be between two places, such as while an editor moves it. */
const settling = 1_000;

/** Packages that a question names. */
const mostNames = 3;

interface Noted {
  /** The files that were missing. */
  readonly missing: string;
  moves: readonly FileMove[];
  takeBack(): void;
}

/** A spec whose files have moved. */
interface MovedList {
  /** Absolute path. */
  readonly path: string;
  readonly moves: readonly FileMove[];
}

const noted = new WeakMap<OpenDocument, Noted>();

/** Where missing files of an open spec are now, as far as that is sure; empty while it is not known. */
export function movesIn(document: OpenDocument): readonly FileMove[] {
  return noted.get(document)?.moves ?? [];
}

/**
 * Looks for files of specs that have moved without an event, such as by Git, and offers once to have the lists follow. A
 * file has moved where the bytes that Git has of it are at one other place.
 */
export class MovedFiles {
  readonly #session: Session;
  /** What was offered, by the path of the spec. */
  readonly #offered = new Map<string, Set<string>>();
  /** What was looked at last. */
  readonly #basis = new WeakMap<OpenDocument, readonly unknown[]>();
  /** The files that closed specs miss, by the paths of these. */
  readonly #closed = new Map<string, string>();
  /** Closed specs to be looked at, with their base folders. */
  readonly #waiting = new Map<string, string>();
  #takeBack: () => void = () => {};

  constructor(session: Session) {
    this.#session = session;
  }

  /** All is known of an open document. */
  checked(document: OpenDocument): void {
    const { world, connection } = this.#session;
    if (document.kind !== "spec" || document.path === undefined || !world.committed) return;
    const { spec, context } = document.forFeatures();
    // Most keystrokes change neither the list nor what is known of the disk.
    const basis = [fileList(spec), context.folder];
    if (this.#basis.get(document)?.every((each, index) => each === basis[index])) return;
    this.#basis.set(document, basis);
    const missing = fileBadges({ spec, context }).missing.join("\n");
    const before = noted.get(document);
    if (missing === (before?.missing ?? "")) return;
    before?.takeBack();
    const note: Noted = { missing, moves: [], takeBack: () => {} };
    noted.set(document, note);
    if (missing === "") return;
    note.takeBack = world.timers.after(settling, () => inBackground(connection, this.#look(document, note)));
  }

  /**
   * A closed spec was checked. Of many, such as after a branch was switched, one question is asked.
   *
   * @param missing the listed files that are not there; undefined for one that is not checked any more
   */
  closedChecked(path: string, baseFolder: string, missing: readonly string[] | undefined): void {
    const { world, connection, client } = this.#session;
    if (!world.committed || !client().appliesEdits) return;
    const names = missing?.join("\n") ?? "";
    if (names === (this.#closed.get(path) ?? "")) return;
    if (names === "") {
      this.#closed.delete(path);
      this.#waiting.delete(path);
      return;
    }
    this.#closed.set(path, names);
    this.#waiting.set(path, baseFolder);
    this.#takeBack();
    this.#takeBack = world.timers.after(settling, () => inBackground(connection, this.#lookAtClosed()));
  }

  async #look(document: OpenDocument, note: Noted): Promise<void> {
    const { documentOf } = this.#session;
    const { tree, baseFolder, path } = document;
    if (baseFolder === undefined || path === undefined) return;
    const { context } = document.forFeatures();
    const moved = await this.#movesOf(specOf(tree), baseFolder, (folder) => ({ ...context, folder }));
    if (noted.get(document) !== note || documentOf(document.uri) !== document) return;
    note.moves = moved;
    const moves = this.#fresh(path, moved);
    if (moves.length > 0 && document.settings.updateFileListOnMove !== "never")
      await this.#offer([{ path, moves }]);
  }

  async #lookAtClosed(): Promise<void> {
    const { world, settingsFor, workspace } = this.#session;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    const lists: MovedList[] = [];
    for (const [path, baseFolder] of waiting) {
      await turnOfOthers(world.timers);
      const settings = await settingsFor(world.paths.toUri(path));
      if (settings.updateFileListOnMove === "never") continue;
      const file = await closedText(path, world);
      if (file.kind !== "read") continue;
      const spec = specOf(SyntaxTree.parse(file.text));
      const contextWith = (folder: FolderFacts) =>
        lintContext(spec, settings.lint, surroundingsOf({ path, folder }, world)).context;
      const moved = await this.#movesOf(spec, baseFolder, contextWith);
      // One that was opened meanwhile is looked at as it is typed.
      if (workspace.documents.all().some((document) => document.path === path)) continue;
      const moves = this.#fresh(path, moved);
      if (moves.length > 0) lists.push({ path, moves });
    }
    if (lists.length > 0) await this.#offer(lists);
  }

  async #movesOf(
    spec: PackageSpec,
    baseFolder: string,
    contextWith: (folder: FolderFacts) => RuleContext,
  ): Promise<readonly FileMove[]> {
    const { world } = this.#session;
    const cache = new FolderCache(world.packageDisk(baseFolder));
    await cache.prepare();
    const { moved } = await compareFiles({
      ...{ tree: spec.tree, baseFolder, committed: world.committed },
      context: () => contextWith(cache.facts),
      refresh: () => cache.refresh(),
    });
    return moved;
  }

  /** Those that were not offered before. */
  #fresh(path: string, moves: readonly FileMove[]): readonly FileMove[] {
    const offered = this.#offered.get(path) ?? new Set();
    this.#offered.set(path, offered);
    const fresh = moves.filter(({ from, to }) => !offered.has(`${from}\n${to}`));
    for (const { from, to } of fresh) offered.add(`${from}\n${to}`);
    return fresh;
  }

  async #offer(lists: readonly MovedList[]): Promise<void> {
    const { world, connection, client } = this.#session;
    if (!client().appliesEdits) return;
    const { translate } = world.texts;
    const yes = translate("Update");
    const no = translate("Leave as it is");
    const message = this.#question(lists);
    const chosen = await connection.window.showInformationMessage(message, { title: yes }, { title: no });
    if (chosen?.title !== yes) return;
    const { readClosedSpec, toEditOfLists } = await import("./file-move-edits.ts");
    const edits: ListEdits[] = [];
    for (const { path, moves } of lists) {
      // The list may have changed meanwhile; one that has followed already stays.
      const document = this.#session.workspace.documents.all().find((each) => each.path === path);
      const spec = document ? specOf(document.tree) : await readClosedSpec(path, this.#session);
      const found = spec && moveFiles(spec, moves).edits;
      if (!spec || !found || found.length === 0) continue;
      const { uri, version } = document ?? { uri: world.paths.toUri(path), version: null };
      edits.push({ uri, version, source: spec.tree.source, edits: found });
    }
    if (edits.length > 0) await connection.workspace.applyEdit({ edit: toEditOfLists(edits, client()) });
  }

  #question(lists: readonly MovedList[]): string {
    const { translate } = this.#session.world.texts;
    const names = lists
      .slice(0, mostNames)
      .map(({ path }) => oneLine(this.#session.world.paths.basename(path)));
    const name = [...names, ...(lists.length > mostNames ? ["…"] : [])].join(", ");
    const [move, ...others] = lists.flatMap(({ moves }) => moves);
    if (move && others.length === 0) {
      const { from, to = "" } = move;
      return translate(
        "“{from}” is missing, and the same file is at “{to}”. Update the file list of {name}?",
        {
          ...{ from: oneLine(from), to: oneLine(to), name },
        },
      );
    }
    return translate("Listed files have moved: {count}. Update the file list of {name}?", {
      ...{ count: others.length + 1, name },
    });
  }
}
