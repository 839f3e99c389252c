import { compareFiles } from "../engine/sync-files.ts";
import { fileBadges } from "../features/file-badges.ts";
import { type FileMove, moveFiles } from "../features/moved-files.ts";
import { FolderCache } from "../host/folder-cache.ts";
import { specOf } from "../model/package-spec.ts";
import { fileList } from "../symbols/file-list.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** Milliseconds that a file may be between two places, such as while an editor moves it. */
const settling = 1_000;

interface Noted {
  /** The files that were missing. */
  readonly missing: string;
  moves: readonly FileMove[];
  takeBack(): void;
}

const noted = new WeakMap<OpenDocument, Noted>();

/** Where missing files of an open spec are now, as far as that is sure; empty while it is not known. */
export function movesIn(document: OpenDocument): readonly FileMove[] {
  return noted.get(document)?.moves ?? [];
}

/**
 * Looks for files of open specs that have moved without an event, such as by Git, and offers once to have the list follow. A
 * file has moved where the bytes that Git has of it are at one other place.
 */
export class MovedFiles {
  readonly #session: Session;
  /** What was offered, by the path of the spec. */
  readonly #offered = new Map<string, Set<string>>();

  /** What was looked at last. */
  readonly #basis = new WeakMap<OpenDocument, readonly unknown[]>();

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

  async #look(document: OpenDocument, note: Noted): Promise<void> {
    const { world, documentOf } = this.#session;
    const { tree, baseFolder, path } = document;
    if (baseFolder === undefined || path === undefined) return;
    const cache = new FolderCache(world.packageDisk(baseFolder));
    await cache.prepare();
    const { context } = document.forFeatures();
    const { moved } = await compareFiles({
      ...{ tree, baseFolder, committed: world.committed },
      context: () => ({ ...context, folder: cache.facts }),
      refresh: () => cache.refresh(),
    });
    if (noted.get(document) !== note || documentOf(document.uri) !== document) return;
    note.moves = moved;
    const offered = this.#offered.get(path) ?? new Set();
    this.#offered.set(path, offered);
    const fresh = moved.filter(({ from, to }) => !offered.has(`${from}\n${to}`));
    for (const { from, to } of fresh) offered.add(`${from}\n${to}`);
    if (fresh.length > 0 && document.settings.updateFileListOnMove !== "never")
      await this.#offer(document, fresh);
  }

  async #offer(document: OpenDocument, moves: readonly FileMove[]): Promise<void> {
    const { world, connection, client, documentOf } = this.#session;
    if (!client().appliesEdits) return;
    const { translate } = world.texts;
    const name = oneLine(world.paths.basename(document.path!));
    const [{ from, to = "" }] = moves as [FileMove];
    const message =
      moves.length === 1
        ? translate("“{from}” is missing, and the same file is at “{to}”. Update the file list of {name}?", {
            ...{ from: oneLine(from), to: oneLine(to), name },
          })
        : translate("Listed files have moved: {count}. Update the file list of {name}?", {
            ...{ count: moves.length, name },
          });
    const yes = translate("Update");
    const no = translate("Leave as it is");
    const chosen = await connection.window.showInformationMessage(message, { title: yes }, { title: no });
    // The list may have changed meanwhile; one that has followed already stays.
    const { edits } = moveFiles(specOf(document.tree), moves);
    if (chosen?.title !== yes || edits.length === 0 || documentOf(document.uri) !== document) return;
    await connection.workspace.applyEdit({ edit: toWorkspaceEdit(document, edits, client()) });
  }
}
