import type { PackageContents } from "../builder/package-contents.ts";
import { emptyContent, isSameContent } from "../host/file-content.ts";
import type { Home } from "../system/home.ts";
import { homePath } from "../system/home-path.ts";
import { type LogEntry, logEntry } from "./log.ts";
import { identityOf } from "./planning.ts";

export interface DeployCheck {
  /** False when a file is missing or different. One that cannot be read does not count. */
  readonly isDeployed: boolean;
  /** The files with something to tell, each location once, in the order of their first mention. */
  readonly files: readonly DeployedFile[];
  readonly log: readonly LogEntry[];
}

export interface DeployedFile {
  readonly location: string;
  readonly state: "missing" | "different" | "unreadable";
}

/**
 * Compares the files of a package with those on disk. Permissions, further files, tables and settings are not
 * looked at.
 *
 * @param contents as stored in the system
 * @source Znuny 7.1 and OTOBO 11, DeployCheck and DeployCheckInfo
 */
export function checkDeployment(contents: PackageContents, home: Home): DeployCheck {
  const { name = "", version = "" } = identityOf(contents);
  const states = new Map<string, DeployedFile["state"]>();
  const log: LogEntry[] = [];
  for (const { location, content = emptyContent } of contents.files) {
    if (location === undefined) continue;
    const path = homePath(location);
    const entry = path === undefined ? undefined : home.entry(path);
    const values = { path: location, name, version };
    if (!entry) {
      states.set(location, "missing");
      log.push(logEntry("file-missing", values));
    } else if (entry.kind !== "file" || entry.content === "unreadable") {
      states.set(location, "unreadable");
      log.push(logEntry("file-not-read", { path: location }));
    } else if (entry.content === "unknown" || !isSameContent(entry.content, content)) {
      states.set(location, "different");
      log.push(logEntry("file-differs", values));
    }
  }
  const files = [...states].map(([location, state]) => ({ location, state }));
  return { isDeployed: files.every(({ state }) => state === "unreadable"), files, log };
}
