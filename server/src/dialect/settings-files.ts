import { dialectIds, dialectOf, productOf } from "./products.ts";
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

/** Whether a path of any kind of system leads to where packages have their settings files, read or not. */
export function isSettingsPath(path: string): boolean {
  return /(?:^|[\\/])Kernel[\\/]Config[\\/]Files[\\/].*\.xml$/i.test(path);
}

const loaded: SettingsFiles = { version: "1.0", folder: "Kernel/Config/Files" };
const stored: SettingsFiles = { version: "2.0", folder: "Kernel/Config/Files/XML" };

/** Why a settings file is not read: it lies above the folder or below it, has another ending, or lies in a folder of its own. */
export type UnreadPlace = "above" | "below" | "ending" | "nested";

/**
 * Why a release does not look at what seems to be a settings file.
 *
 * @param location relative to the framework's home
 * @returns undefined for a file that it reads, and for one that is no settings file
 */
export function unreadPlaceOf(location: string, release: Release): UnreadPlace | undefined {
  if (!/^Kernel\/Config\/Files\/.*\.xml$/is.test(location)) return undefined;
  const { folder, version } = settingsFilesOf(release);
  const name = location.startsWith(`${folder}/`) ? location.slice(folder.length + 1) : undefined;
  if (version === "1.0") return name?.includes("/") ? "nested" : undefined;
  if (name === undefined) return "above";
  if (name.includes("/")) return "below";
  return name.endsWith(".xml") ? undefined : "ending";
}

/** Whether a name is that of the root element of some product's settings files. */
export function isSettingsRoot(name: string): boolean {
  return settingsRoots.includes(name);
}

/** The root elements of settings files, those of the older product first. */
export const settingsRoots: readonly string[] = [
  ...new Set(dialectIds.map((dialect) => productOf(dialect).configRootName)),
];

/** Whether a version of a product reads settings files with such a root element, in this form. */
export function readsSettings(
  product: string,
  version: string,
  root: string,
  format: SettingsFiles["version"],
): boolean {
  const dialect = dialectOf(product, version);
  if (dialect === undefined || productOf(dialect).configRootName !== root) return false;
  return settingsFilesOf({ dialect, version }).version === format;
}
