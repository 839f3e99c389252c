import { absentFiles } from "../rules/shared/absent-files.ts";
import { addable, additionLimit, unlistedFiles } from "../rules/shared/new-files.ts";
import { otherBaseFolders } from "../rules/shared/other-base-folders.ts";
import { fileList } from "../symbols/file-list.ts";
import type { FeatureDocument } from "./feature-document.ts";

/** What is told of files where they are shown, by paths from the base folder on. */
export interface FileBadges {
  /** Listed, and missing. */
  readonly missing: readonly string[];
  /** There, and not listed though a package would have them. */
  readonly unlisted: readonly string[];
}

export const noBadges: FileBadges = { missing: [], unlisted: [] };

/** As far as the disk is known; none where the files of the package are elsewhere, or somebody else's. */
export function fileBadges({ spec, context }: Pick<FeatureDocument, "spec" | "context">): FileBadges {
  if (context.kind === "archive") return noBadges;
  const missing = [...absentFiles(spec, context)]
    .flat()
    .flatMap(({ file, absence }) => (absence === "missing" ? [file.path] : []));
  if (missing.length > 0 && otherBaseFolders(spec, context).length > 0) return noBadges;
  const list = fileList(spec);
  const unlisted = list.isEmpty ? [] : addable(unlistedFiles(list, context) ?? [], context);
  return { missing, unlisted: unlisted.length > additionLimit ? [] : unlisted };
}
