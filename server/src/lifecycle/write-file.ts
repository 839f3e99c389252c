import type { PackageFile } from "../builder/package-contents.ts";
import { emptyContent, type FileContent } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import type { HomeEntry } from "../system/home.ts";
import { homePath, isTooLong, parentPath } from "../system/home-path.ts";
import type { SystemFacts } from "../system/system-facts.ts";
import type { SystemChange } from "../system/system-state.ts";
import { modeOf } from "./file-permission.ts";
import { collapseSlashes, locationsOf } from "./locations.ts";
import { type LogEntry, logEntry } from "./log.ts";
import { homeChange, type Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfWriting } from "./remains.ts";
import { doFiles } from "./written-files.ts";

/** Plans that all files of the package are written, in document order. */
export function writeFiles(planning: Planning): void {
  const { contents } = planning;
  // Files are written once in an operation, so only a list with the same location twice has the same key twice.
  const { areUnique } = locationsOf(contents);
  const mayRepeat = areUnique || planning.withoutFileSteps;
  doFiles(planning, "write", contents, mayRepeat, (file) => writeFile(planning, file, areUnique));
}

/**
 * Plans that one file is written. What is in its place is moved aside first, and a failure is only logged.
 *
 * @source Znuny 7.1 and OTOBO 11, _FileInstall
 */
function writeFile(planning: Planning, file: PackageFile, isAlone: boolean): void {
  const { permission, type } = file;
  const location = planning.slashesCollapsed ? collapseSlashes(file.location ?? "") : (file.location ?? "");
  const plainKey = `write-file ${location}`;
  const key = isAlone ? plainKey : planning.uniqueKey(plainKey);
  const isSecond = key !== plainKey;
  const writing = new Writing(planning, file, location, isSecond);
  const problem = writing.plan();
  const assumption = planning.assumed(key);
  if (!problem && planning.withoutFileSteps && assumption !== "fails") {
    for (const change of writing.changes) planning.system.apply(change);
    planning.system.apply(writing.write());
    return;
  }
  const span = planning.spanOf(file.tag);
  const quirks = writing.quirks;
  if (isSecond) quirks.push("file-twice");
  if (!problem && (modeOf(permission ?? "") ?? 0) > plainModes) quirks.push("special-permissions");
  const { existedBefore, savedTo, madeFolders, log } = writing;
  const detail = {
    kind: "write-file",
    location,
    permission,
    type,
    existedBefore,
    savedTo,
    madeFolders,
  } as const;
  if (problem || assumption === "fails") {
    const path = writing.path ?? location;
    planning.add(key, detail, {
      outcome: "fails",
      assumed: !problem,
      reason: problem ?? { text: "This step is assumed to fail." },
      span,
      log: problem ? log : [...log, logEntry("file-not-written", { path })],
      quirks,
      changes: writing.changes,
      remains: remainsOfWriting(planning.operation, savedTo),
    });
    return;
  }
  writing.changes.push(writing.write());
  planning.add(key, detail, {
    assumed: assumption !== undefined,
    span,
    log,
    quirks,
    changes: writing.changes,
    remains: remainsOfWriting(planning.operation, savedTo),
  });
}

/** All that may be done to a file, without the bits that change as whom it is run. */
const plainModes = 0o777;

/** Such as `a/`, `a/.` and `a/b/..`. */
const endsLikeFolder = /\/\.{0,2}$/;

/** What writing one file comes to, up to the writing itself. */
class Writing {
  existedBefore = false;
  savedTo: string | undefined;
  /** Plain path below the home; undefined when there is none. */
  path: string | undefined;
  readonly madeFolders: string[] = [];
  readonly log: LogEntry[] = [];
  readonly quirks: QuirkId[] = [];
  readonly changes: SystemChange[] = [];
  readonly #planning: Planning;
  readonly #file: PackageFile;
  readonly #location: string;
  /** True where the package has written a file to this place before. */
  readonly #isSecond: boolean;
  /** What is in the place when the file is written. */
  #inPlace: HomeEntry | undefined;

  constructor(planning: Planning, file: PackageFile, location: string, isSecond: boolean) {
    this.#planning = planning;
    this.#file = file;
    this.#location = location;
    this.#isSecond = isSecond;
  }

  /** Plans all but the last change. Returns why the file cannot be written. */
  plan(): Message | undefined {
    const missing = this.#missingAttribute();
    if (missing) return missing;
    if (!this.#planning.environment.homeExists) {
      this.log.push(logEntry("home-missing"));
      return { text: "The home folder of the framework is not there." };
    }
    this.path = homePath(this.#location);
    if (this.path === undefined) {
      return {
        text: "The location is no place below the framework's home. Nothing is ever written elsewhere from here.",
      };
    }
    if (isTooLong(this.path)) return this.#nameTooLong(this.path);
    const { home } = this.#planning.system;
    const parent = parentPath(this.path);
    const isParentKnown = parent === "" || this.#planning.knownFolders.has(parent);
    const blocked = isParentKnown ? undefined : this.#blockingParent(this.path);
    if (blocked) return blocked;
    const entry = home.entry(this.path);
    this.existedBefore = entry !== undefined;
    if (entry?.kind === "other") return linkReason(this.path);
    if (entry?.kind === "folder" || endsLikeFolder.test(this.#location)) return this.#folderInTheWay(entry);
    this.#inPlace = entry;
    const savedTo = entry && this.#placeToSave(this.path, entry);
    if (savedTo !== undefined && isTooLong(savedTo)) return this.#nameTooLong(savedTo);
    if (savedTo !== undefined && isUnfit(home.entry(savedTo))) return linkReason(savedTo);
    if (savedTo !== undefined) this.#moveAside(this.path, savedTo);
    if (!isParentKnown) this.#makeFolders(this.path);
    return undefined;
  }

  /** The last change: the file itself. */
  write(): SystemChange {
    const { permission = "", content = emptyContent } = this.#file;
    const made = 0o666 & ~this.#planning.environment.umask;
    const kept = this.#inPlace?.kind === "file" ? this.#inPlace.mode : made;
    const mode = modeOf(permission) ?? kept;
    return homeChange({ kind: "write", path: this.path!, content, mode });
  }

  #missingAttribute(): Message | undefined {
    const { location, content, permission } = this.#file;
    if (location === undefined) {
      this.log.push(logEntry("attribute-missing", { attribute: "Location" }));
      return { text: "The file has no Location, so it is not installed." };
    }
    if (content === undefined) {
      this.quirks.push("empty-file");
      if (this.#planning.has("empty-file")) {
        this.log.push(logEntry("attribute-missing", { attribute: "Content" }));
        return { text: "The file is empty, and the framework does not install empty files." };
      }
    }
    if (permission === undefined) {
      this.log.push(logEntry("attribute-missing", { attribute: "Permission" }));
      return { text: "The file has no Permission, so it is not installed." };
    }
    return undefined;
  }

  /** A folder of the path that is none. */
  #blockingParent(path: string): Message | undefined {
    const { home } = this.#planning.system;
    const known = this.#planning.knownFolders;
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      const folder = path.slice(0, slash);
      if (known.has(folder)) continue;
      const entry = home.entry(folder);
      if (!entry) return undefined;
      if (entry.kind === "folder") known.add(folder);
      else if (entry.kind === "other") return linkReason(folder);
      else {
        this.log.push(logEntry("folder-not-made", { path: folder }), logEntry("file-not-written", { path }));
        return {
          text: "“{path}” is a file, so that there can be nothing below it.",
          values: { path: folder },
        };
      }
    }
    return undefined;
  }

  #nameTooLong(path: string): Message {
    this.log.push(logEntry("file-not-written", { path }));
    return tooLongReason(path);
  }

  #folderInTheWay(entry: HomeEntry | undefined): Message {
    const path = this.path!;
    this.log.push(logEntry("file-not-written", { path }));
    if (entry?.kind === "folder" && !endsLikeFolder.test(this.#location)) {
      this.quirks.push("folder-moved");
      return {
        text: "“{path}” is a folder. The framework would move all of it to “{path}.save”, which is not done here.",
        values: { path },
      };
    }
    return { text: "The location ends as that of a folder does, so that it cannot be a file." };
  }

  #moveAside(path: string, savedTo: string): void {
    const { operation, system } = this.#planning;
    const isOfFramework = system.home.isFrameworkFile(this.#location) === true;
    if (operation !== "reinstall" && !this.#isSecond)
      this.quirks.push(isOfFramework ? "framework-file-replaced" : "stray-file-saved");
    this.savedTo = savedTo;
    this.changes.push(homeChange({ kind: "move", from: path, to: savedTo }));
    this.#inPlace = undefined;
  }

  /** Where what is in the place goes; undefined where it is written over. */
  #placeToSave(path: string, entry: HomeEntry): string | undefined {
    const { operation, system } = this.#planning;
    const isReinstall = operation === "reinstall";
    const exists = (other: string) => system.home.entry(other) !== undefined;
    if (/^replace\n?$/i.test(this.#file.type ?? "")) {
      return isReinstall && exists(`${path}.backup`) ? undefined : `${path}.backup`;
    }
    if (!isReinstall) return `${path}.save`;
    if (!isChanged(entry, this.#file.content ?? emptyContent, system.facts)) return undefined;
    if (!exists(`${path}.save`) && system.home.isFrameworkFile(this.#location)) return `${path}.save`;
    this.quirks.push("local-change-lost");
    return undefined;
  }

  #makeFolders(path: string): void {
    const { home } = this.#planning.system;
    const known = this.#planning.knownFolders;
    const mode = 0o777 & ~this.#planning.environment.umask;
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      const folder = path.slice(0, slash);
      if (known.has(folder)) continue;
      known.add(folder);
      if (home.entry(folder)) continue;
      this.madeFolders.push(folder);
      this.changes.push(homeChange({ kind: "make-folder", path: folder, mode }));
      this.log.push(logEntry("folder-made", { path: folder }));
    }
  }
}

/** Whether a file on disk is not what the package has; one that nobody has looked into is not. */
export function isChanged(entry: HomeEntry, content: FileContent, facts: SystemFacts): boolean {
  if (entry.kind !== "file" || entry.content === "unreadable") return false;
  return entry.content === "unknown" || facts.areSame(entry.content, content) === false;
}

/** Whether nothing can be moved or copied to a place, as it is no file. */
export function isUnfit(entry: HomeEntry | undefined): boolean {
  return entry !== undefined && entry.kind !== "file";
}

export function tooLongReason(path: string): Message {
  return { text: "No system lets a file have a name as long as “{path}”.", values: { path } };
}

export function linkReason(path: string): Message {
  return {
    text: "“{path}” is no file but a folder, a link or a device. Nothing is ever written through one from here.",
    values: { path },
  };
}
