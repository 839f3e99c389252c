import { settingsFilesOf, unreadPlaceOf } from "../../dialect/settings-files.ts";
import type { FileList } from "../../symbols/file-list.ts";
import type { RuleContext } from "../rule-context.ts";
import { additionLimit, installable, unlistedFiles } from "./new-files.ts";

/**
 * Files with settings that lie where the newest admitted release reads them, and are not listed. Empty while that is not
 * known, and where other specs lie beside this one, whose files they may be.
 */
export function unlistedSettings(list: FileList, context: RuleContext): readonly string[] {
  const { releases, folder } = context;
  if (list.isEmpty || (folder.specs?.()?.length ?? 0) > 1) return [];
  const place = `${settingsFilesOf(releases.highest).folder}/`;
  const unlisted = (unlistedFiles(list, context) ?? []).filter(
    (path) => path.startsWith(place) && path.endsWith(".xml") && !unreadPlaceOf(path, releases.highest),
  );
  return unlisted.length > additionLimit ? [] : installable(unlisted, context);
}
