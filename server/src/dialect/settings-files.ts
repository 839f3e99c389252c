import { type Release, switchesOf } from "./switches.ts";

/** The configuration files that a release reads. */
export interface SettingsFiles {
  /** The `version` of their root element. */
  readonly version: "1.0" | "2.0";
  /** The folder of those files, relative to the framework's home. */
  readonly folder: string;
}

/** Where a release looks for settings, and in which form. */
export function settingsFilesOf(release: Release): SettingsFiles {
  return switchesOf(release).settingsInDatabase ? stored : loaded;
}

const loaded: SettingsFiles = { version: "1.0", folder: "Kernel/Config/Files" };
const stored: SettingsFiles = { version: "2.0", folder: "Kernel/Config/Files/XML" };
