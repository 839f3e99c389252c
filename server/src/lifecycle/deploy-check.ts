import type { PackageContents } from "../builder/package-contents.ts";
import { emptyContent, type FileContent } from "../host/file-content.ts";
import { blockerOf, type HomeEntry } from "../system/home.ts";
import { homePath } from "../system/home-path.ts";
import type { SystemFacts } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { type LogEntry, type LogId, logEntry } from "./log.ts";
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
  readonly state: FileState;
  /** Of one that is `blocked`, the path in the home of what is no folder; absent from all others. */
  readonly blocker?: string;
}

export type FileState =
  | "missing"
  | "different"
  | "unreadable"
  /** What lies in its place; `special` is a device, a pipe or a socket. */
  | "folder"
  | "link"
  | "special"
  /** Something else lies in the place of a folder around it. */
  | "blocked";

/**
 * Compares the files of a package with those on disk. Permissions, further files, tables and settings are not
 * looked at.
 *
 * The frameworks look at what a link leads to, find that a folder has other bytes than the file, and wait for a pipe.
 * Here no link is followed: whatever lies in the place of a file is not the file, and is told by its kind.
 *
 * @param contents as stored in the system
 * @source Znuny 7.1 and OTOBO 11, DeployCheck and DeployCheckInfo
 */
export function checkDeployment(
  contents: PackageContents,
  { home, facts }: Pick<SystemState, "home" | "facts">,
): DeployCheck {
  const { name = "", version = "" } = identityOf(contents);
  const found = new Map<string, DeployedFile>();
  const log: LogEntry[] = [];
  for (const { location, content = emptyContent } of contents.files) {
    if (location === undefined) continue;
    const path = homePath(location);
    const entry = path === undefined ? undefined : home.entry(path);
    const blocker = entry || path === undefined ? undefined : blockerOf(home, path);
    const state = blocker === undefined ? stateOf(entry, content, facts) : "blocked";
    if (!state) continue;
    found.set(location, blocker === undefined ? { location, state } : { location, state, blocker });
    log.push(logEntry(logIds[state], { path: location, name, version }));
  }
  const files = [...found.values()];
  return { isDeployed: files.every(({ state }) => state === "unreadable"), files, log };
}

/** Undefined for a file that is as the package has it. */
function stateOf(
  entry: HomeEntry | undefined,
  content: FileContent,
  facts: SystemFacts,
): FileState | undefined {
  if (!entry) return "missing";
  if (entry.kind === "folder") return "folder";
  if (entry.kind === "other") return entry.what === "outside" ? "missing" : entry.what;
  if (entry.content === "unreadable") return "unreadable";
  const isSame = entry.content !== "unknown" && facts.areSame(entry.content, content) !== false;
  return isSame ? undefined : "different";
}

/** What a framework writes to its log, or would if it got any further. */
const logIds: Readonly<Record<FileState, LogId>> = {
  missing: "file-missing",
  different: "file-differs",
  unreadable: "file-not-read",
  folder: "file-differs",
  link: "file-differs",
  special: "file-not-read",
  blocked: "file-missing",
};
