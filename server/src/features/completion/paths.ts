import { forbiddenPathsOf } from "../../dialect/forbidden-paths.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { fitting, mostItems } from "./bounded.ts";
import { DiskFiles } from "./disk-files.ts";
import type { CompletionOptions } from "./item.ts";
import type { Suggestion } from "./suggestion.ts";

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
  const unlistedPaths: string[] = [];
  const listedPaths: string[] = [];
  const forbiddenPaths = forbiddenPathsOf(context.releases.highest);
  const fits = fitting(typed);
  let isIncomplete = false;
  for (const { path, folded, count } of DiskFiles.of(files).with(fileList(spec))) {
    const paths = count > (path === own ? 1 : 0) ? listedPaths : unlistedPaths;
    if (!fits(folded)) continue;
    if (paths.length >= mostItems) {
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
    ].slice(0, mostItems),
    isIncomplete: isIncomplete || unlistedPaths.length + listedPaths.length > mostItems,
  };
}
