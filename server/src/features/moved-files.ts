import type { Paths } from "../host/paths.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { editsOf, removal } from "../rules/shared/fixes.ts";
import { isListable, relocation } from "../rules/shared/location-edit.ts";
import { type FileList, fileElement, fileList, type ListedFile } from "../symbols/file-list.ts";
import type { TextEdit } from "../text/edit.ts";

/** A file or a folder that has another path or is gone. Paths lead from the base folder on, with `/`. */
export interface FileMove {
  readonly from: string;
  /** Undefined for what is gone or lies outside of the base folder. */
  readonly to: string | undefined;
}

/** The same by absolute paths, as the system writes them. */
export interface PathMove {
  readonly from: string;
  /** Undefined for what is gone. */
  readonly to: string | undefined;
}

/** What becomes of a file list. */
export interface MovedFiles {
  /** In the text as it is; they do not overlap. None where no listed file is concerned. */
  readonly edits: readonly TextEdit[];
  /** How many entries get another path. */
  readonly relocated: number;
  /** How many are taken out. */
  readonly removed: number;
}

/**
 * Has a file list follow files and folders that were moved or deleted, all at once. An entry whose file is gone, has left
 * the base folder or is listed at its new path already is taken out; nothing is added.
 *
 * What comes of it depends on the list and the moves alone: a list that has followed them already stays as it is. Of files
 * that move into each other's places that is known by those at the ends; where all change places, nobody can know it.
 */
export function moveFiles(spec: PackageSpec, moves: readonly FileMove[]): MovedFiles {
  const list = fileList(spec);
  const targets = new Map(unfollowed(moves, list).map(({ from, to }) => [from, to]));
  const moved: { readonly file: ListedFile; readonly to: string | undefined }[] = [];
  for (const file of list.files) {
    const path = rootless(file.path);
    const move = moveOf(path, targets);
    if (!move || move.to === path || (move.to !== undefined && !isListable(move.to))) continue;
    moved.push({ file, to: move.to });
  }
  const { source } = spec.tree;
  const leaving = new Set(moved.map(({ file }) => file));
  const edits: TextEdit[] = [];
  let removed = 0;
  for (const { file, to } of moved) {
    const element = fileElement(spec, file);
    const there = to === undefined ? undefined : list.withPath(to);
    if (to === undefined || (there && !leaving.has(there))) {
      edits.push(...editsOf(removal(element), source));
      removed++;
    } else edits.push(relocation(element.attribute("Location")!.valueSpan, to, source));
  }
  return { edits, relocated: moved.length - removed, removed };
}

/** The moves without those of chains that a list has followed: where it lists what comes last, and nothing of what is first. */
function unfollowed(moves: readonly FileMove[], list: FileList): readonly FileMove[] {
  const next = nextMoves(moves);
  if (next.size === 0) return moves;
  const previous = new Map<FileMove, FileMove[]>();
  for (const [move, all] of next)
    for (const each of all) previous.set(each, [...(previous.get(each) ?? []), move]);
  const files = list.files.map(({ path }) => rootless(path));
  const listsBelow = (path: string) => files.some((each) => each === path || each.startsWith(`${path}/`));
  const followed = new Set<FileMove>();
  const seen = new Set<FileMove>();
  for (const move of moves) {
    if (seen.has(move) || !(next.has(move) || previous.has(move))) continue;
    const chain = new Set([move]);
    for (const each of chain)
      for (const other of [next, previous].flatMap((way) => way.get(each) ?? [])) chain.add(other);
    for (const each of chain) seen.add(each);
    const heads = [...chain].filter((each) => !previous.has(each));
    const tails = [...chain].filter((each) => !next.has(each));
    if (heads.some(({ from }) => listsBelow(from))) continue;
    if (tails.some(({ to }) => to !== undefined && listsBelow(to)))
      for (const each of chain) followed.add(each);
  }
  return moves.filter((move) => !followed.has(move));
}

/** Of each move those that move on what comes to its new place; moves without any are left out. */
function nextMoves(moves: readonly FileMove[]): ReadonlyMap<FileMove, readonly FileMove[]> {
  const byFrom = groups(moves, ({ from }) => from);
  const byTo = groups(moves, ({ to }) => to);
  const next = new Map<FileMove, FileMove[]>();
  const join = (move: FileMove, other: FileMove) => {
    if (move !== other) next.set(move, [...(next.get(move) ?? []), other]);
  };
  for (const move of moves) {
    for (const path of pathAndFolders(move.to ?? ""))
      for (const other of byFrom.get(path) ?? []) join(move, other);
    for (const path of pathAndFolders(move.from))
      if (path !== move.from) for (const other of byTo.get(path) ?? []) join(other, move);
  }
  return next;
}

function groups(
  moves: readonly FileMove[],
  pathOf: (move: FileMove) => string | undefined,
): ReadonlyMap<string, readonly FileMove[]> {
  const all = new Map<string, FileMove[]>();
  for (const move of moves) {
    const path = pathOf(move);
    if (path !== undefined) all.set(path, [...(all.get(path) ?? []), move]);
  }
  return all;
}

/** A path and the folders around it, the innermost first. */
function* pathAndFolders(path: string): Iterable<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) yield path.slice(0, end);
}

/**
 * Moves as the files of a package see them. What holds the base folder itself takes all files along and moves none.
 *
 * @param baseFolder where the files of the package are, as an absolute path
 * @param newBaseFolder where they are when all was moved: another one only if the spec moves as well
 */
export function movesBelow(
  baseFolder: string,
  newBaseFolder: string,
  moves: readonly PathMove[],
  { below }: Pick<Paths, "below">,
): readonly FileMove[] {
  return moves.flatMap(({ from, to }): FileMove[] => {
    const names = below(baseFolder, from);
    if (!names || names.length === 0) return [];
    const target = to === undefined ? undefined : below(newBaseFolder, to);
    return [{ from: names.join("/"), to: target && target.length > 0 ? target.join("/") : undefined }];
  });
}

/** Where something is after moves of which one may take it along; the innermost counts. Undefined for what stays. */
export function movedPath(
  path: string,
  moves: readonly PathMove[],
  { below, join }: Pick<Paths, "below" | "join">,
): PathMove | undefined {
  let move: PathMove | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (const { from, to } of moves) {
    const names = below(from, path);
    if (!names || names.length >= nearest) continue;
    nearest = names.length;
    move = { from: path, to: to === undefined ? undefined : join(to, ...names) };
  }
  return move;
}

/** The builders of the frameworks put the base folder before a path, so that it never starts at the root of the disk. */
function rootless(path: string): string {
  return path.startsWith("/") ? path.replace(/^\/+/, "") : path;
}

/** What becomes of a path; undefined where neither it nor a folder around it moves. */
function moveOf(
  path: string,
  targets: ReadonlyMap<string, string | undefined>,
): { readonly to: string | undefined } | undefined {
  for (const from of pathAndFolders(path)) {
    if (!targets.has(from)) continue;
    const to = targets.get(from);
    return { to: to === undefined ? undefined : to + path.slice(from.length) };
  }
  return undefined;
}
