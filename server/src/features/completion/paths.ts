import { type FileList, fileList } from "../../model/file-list.ts";
import type { FeatureDocument } from "../feature-document.ts";
import type { CompletionOptions } from "./item.ts";
import type { Suggestion } from "./suggestion.ts";

/** Nobody reads through more; whoever types on sees what fits better. */
const pathLimit = 200;

export interface PathSuggestions {
  readonly suggestions: readonly Suggestion[];
  /** True when there are more than these, or when the disk has not answered yet. */
  readonly isIncomplete: boolean;
}

/**
 * The files on disk that a `Location` may name, those that are not listed yet first. Paths that the framework leaves
 * out of packages are not offered.
 *
 * @param typed what stands before the caret
 * @param own the value that is being changed, which therefore does not count as listed
 */
export function pathSuggestions(
  { spec, context }: FeatureDocument,
  typed: string,
  own: string,
  { translate }: CompletionOptions,
): PathSuggestions {
  const files = context.folder.files();
  if (!files) return { suggestions: [], isIncomplete: true };
  const listed = listedIn(fileList(spec));
  const unlistedPaths: string[] = [];
  const listedPaths: string[] = [];
  const { forbiddenPaths } = context.product;
  const fits = fitting(typed);
  let isIncomplete = false;
  for (const { path, folded } of sortedPaths(files)) {
    const paths = path !== own && listed.has(path) ? listedPaths : unlistedPaths;
    if (!fits(folded)) continue;
    if (paths.length >= pathLimit) {
      isIncomplete = true;
      if (paths === unlistedPaths) break;
    } else if (!forbiddenPaths.some(({ pattern }) => pattern.test(path))) {
      paths.push(path);
    }
  }
  const detail = translate("listed already");
  return {
    suggestions: [
      ...unlistedPaths.map((value): Suggestion => ({ value, kind: "file" })),
      ...listedPaths.map((value): Suggestion => ({ value, kind: "file", detail })),
    ].slice(0, pathLimit),
    isIncomplete: isIncomplete || unlistedPaths.length + listedPaths.length > pathLimit,
  };
}

/** Kept as long as the list is the same. For thousands of questions at once a set is quicker than the list itself. */
const listedByList = new WeakMap<FileList, ReadonlySet<string>>();

function listedIn(list: FileList): ReadonlySet<string> {
  let listed = listedByList.get(list);
  if (!listed) {
    listed = new Set(list.files.map(({ path }) => path));
    listedByList.set(list, listed);
  }
  return listed;
}

/** Tells whether a path has the typed letters in their order, as editors compare them. */
function fitting(typed: string): (folded: string) => boolean {
  const letters = typed.toLowerCase();
  if (letters === "") return () => true;
  return (folded) => {
    if (folded.includes(letters)) return true;
    let at = 0;
    for (const letter of letters) {
      at = folded.indexOf(letter, at) + 1;
      if (at === 0) return false;
    }
    return true;
  };
}

interface SortedPath {
  readonly path: string;
  readonly folded: string;
}

/** Sorted once for each state of the disk, which outlives many keystrokes. */
const sorted = new WeakMap<readonly string[], readonly SortedPath[]>();

function sortedPaths(files: readonly string[]): readonly SortedPath[] {
  let paths = sorted.get(files);
  if (!paths) {
    paths = files
      .map((path) => ({ path, folded: path.toLowerCase() }))
      .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0));
    sorted.set(files, paths);
  }
  return paths;
}
