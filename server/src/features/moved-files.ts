import type { Paths } from "../host/paths.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { editsOf, removal } from "../rules/shared/fixes.ts";
import { isListable, relocation } from "../rules/shared/location-edit.ts";
import { fileElement, fileList, type ListedFile } from "../symbols/file-list.ts";
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
 * What comes of it depends on the list and the moves alone: a list that has followed them already stays as it is.
 */
export function moveFiles(spec: PackageSpec, moves: readonly FileMove[]): MovedFiles {
  const targets = new Map(moves.map(({ from, to }) => [from, to]));
  const list = fileList(spec);
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
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const from = path.slice(0, end);
    if (!targets.has(from)) continue;
    const to = targets.get(from);
    return { to: to === undefined ? undefined : to + path.slice(end) };
  }
  return undefined;
}
