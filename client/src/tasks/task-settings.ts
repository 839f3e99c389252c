import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The variable that hands the settings of the editor to the command line. A sandbox of the editor's own storage, which has a
 * name only, is handed over as its folder.
 *
 * @param settings those that somebody has set, by their keys
 * @param storage absolute path of what the extension keeps
 */
export function settingsVariable(
  settings: Readonly<Record<string, unknown>>,
  storage: string,
): Readonly<Record<string, string>> {
  const { sandbox } = settings;
  const isName = typeof sandbox === "string" && sandbox !== "" && !/[/\\]/.test(sandbox);
  const stored = isName ? join(storage, "sandboxes", sandbox) : undefined;
  const own = stored !== undefined && existsSync(stored) ? { sandbox: stored } : {};
  return { SOPM_SETTINGS: JSON.stringify({ ...settings, ...own }) };
}
