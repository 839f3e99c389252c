import { type FileBadges, fileBadges } from "../features/file-badges.ts";
import {
  type FileBadge,
  fileBadgesChangedNotification,
  fileBadgesRequest,
  unlistedFilesRequest,
} from "../protocol/files.ts";
import { fileList } from "../symbols/file-list.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { answer, tell } from "./answer.ts";
import type { Session } from "./session.ts";

/** Of one spec. */
interface Kept extends FileBadges {
  readonly uri: string;
  readonly baseFolder: string;
  /** What it rests on, of one that is open. */
  readonly basis: readonly unknown[];
}

/** Names of files that a tooltip has room for. */
const mostNames = 5;

/** Keeps what is told of files of packages where an editor shows files, and tells it when that changes. */
export class FileBadgeKeeper {
  readonly #session: Session;
  readonly #bySpec = new Map<string, Kept>();
  #isAsked = false;
  #isToTell = false;

  constructor(session: Session) {
    this.#session = session;
    answer(session, fileBadgesRequest, async () => {
      this.#isAsked = true;
      return this.#badges();
    });
    answer(session, unlistedFilesRequest, async ({ uri }) => {
      const document = session.documentOf(uri);
      const { join, toUri } = session.world.paths;
      const base = document?.baseFolder;
      if (!document || base === undefined) return [];
      return fileBadges(document.forFeatures()).unlisted.map((path) => ({
        path,
        uri: toUri(join(base, path)),
      }));
    });
  }

  /** All is known of an open document. */
  checked(document: OpenDocument): void {
    const { path, uri, baseFolder, kind } = document;
    if (path === undefined || baseFolder === undefined || kind !== "spec") return;
    const { spec, context } = document.forFeatures();
    const basis = [fileList(spec), context.folder, baseFolder, uri];
    const before = this.#bySpec.get(path);
    if (before?.basis.length && basis.every((each, index) => each === before.basis[index])) return;
    this.#keep(path, { ...fileBadges({ spec, context }), uri, baseFolder, basis });
  }

  /** A closed spec was checked. @param badges undefined for one that is not checked any more */
  closedChecked(path: string, uri: string, baseFolder: string, badges: FileBadges | undefined): void {
    if (badges) this.#keep(path, { ...badges, uri, baseFolder, basis: [] });
    else if (this.#bySpec.delete(path)) this.#changed();
  }

  #keep(path: string, kept: Kept): void {
    const before = this.#bySpec.get(path);
    this.#bySpec.set(path, kept);
    if (before && before.baseFolder === kept.baseFolder && isSame(before, kept)) return;
    if (before || kept.missing.length + kept.unlisted.length > 0) this.#changed();
  }

  /** Specs are checked one after the other: an editor is told once for all that are checked in a moment. */
  #changed(): void {
    if (!this.#isAsked || this.#isToTell) return;
    this.#isToTell = true;
    const { connection, world } = this.#session;
    world.timers.after(100, () => {
      this.#isToTell = false;
      tell(connection, fileBadgesChangedNotification, {});
    });
  }

  #badges(): readonly FileBadge[] {
    const { paths, texts } = this.#session.world;
    const badges: FileBadge[] = [];
    const byBase = new Map<string, Kept[]>();
    for (const kept of this.#bySpec.values())
      byBase.set(kept.baseFolder, [...(byBase.get(kept.baseFolder) ?? []), kept]);
    for (const [baseFolder, specs] of byBase) {
      // Where several packages have one folder, a file may belong to any of them.
      const [first, ...others] = specs.map(({ unlisted }) => new Set(unlisted));
      const names = specs.map(({ uri }) => nameOf(uri, paths)).join(", ");
      for (const path of first ?? []) {
        if (!others.every((each) => each.has(path))) continue;
        const tooltip = texts.translate("Not in the file list of {names}", { names });
        badges.push({ uri: paths.toUri(paths.join(baseFolder, path)), kind: "unlisted", tooltip });
      }
    }
    for (const { uri, missing } of this.#bySpec.values()) {
      if (missing.length === 0) continue;
      const some = missing.slice(0, mostNames).map(oneLine).join(", ");
      const rest = missing.length - mostNames;
      const tooltip =
        rest > 0
          ? texts.translate("Listed files are missing: {some} and {rest} more", { some, rest })
          : texts.translate("Listed files are missing: {some}", { some });
      badges.push({ uri, kind: "incomplete", tooltip });
    }
    return badges;
  }
}

function nameOf(uri: string, { fromUri, basename }: Session["world"]["paths"]): string {
  const path = fromUri(uri);
  return oneLine(path === undefined ? uri : basename(path));
}

function isSame(a: FileBadges, b: FileBadges): boolean {
  const areEqual = (some: readonly string[], others: readonly string[]) =>
    some.length === others.length && some.every((each, index) => each === others[index]);
  return areEqual(a.missing, b.missing) && areEqual(a.unlisted, b.unlisted);
}
