import type { PackageContents } from "../builder/package-contents.ts";
import { settingsFilesOf } from "../dialect/settings-files.ts";
import { meantNames } from "../sysconfig/settings-faults.ts";
import { homePath } from "../system/home-path.ts";
import type { SystemState } from "../system/system-state.ts";
import { xmlFiles } from "./plan-configuration.ts";

/**
 * The settings that a package's files on disk are meant to bring and that are not stored, in the order of the files.
 * The deploy check of the frameworks does not look at them.
 */
export function unstoredSettings(
  contents: PackageContents,
  { framework, home, facts, settings }: SystemState,
): readonly string[] {
  const { folder } = settingsFilesOf(framework);
  const names = xmlFiles(contents).flatMap(({ location = "" }) => {
    const path = homePath(location);
    const entry = path?.startsWith(`${folder}/`) ? home.entry(path) : undefined;
    if (entry?.kind !== "file" || typeof entry.content === "string") return [];
    return meantNames({ name: location, text: new TextDecoder().decode(facts.bytesOf(entry.content)) });
  });
  return [...new Set(names)].filter((name) => !settings.has(name));
}
