import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import type { FileContent } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { blockerOf } from "../system/home.ts";
import { homePath, isTooLong } from "../system/home-path.ts";
import type { SystemFacts } from "../system/system-facts.ts";
import type { SystemChange } from "../system/system-state.ts";
import { Copies } from "./copies.ts";
import { locationsOf } from "./locations.ts";
import { type LogEntry, logEntry } from "./log.ts";
import { homeChange, type Planning, type StepNotes } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfRemoving } from "./remains.ts";
import { isChanged, isUnfit, linkReason, tooLongReason } from "./write-file.ts";
import { doFiles } from "./written-files.ts";

/** Plans that all files of a package are removed, in document order. Folders stay. */
export function removeFiles(planning: Planning, contents: PackageContents): void {
  const isAlone = !planning.removesTwice && locationsOf(contents).areUnique;
  const copies = new Copies(planning.system.home);
  doFiles(planning, "remove", contents, isAlone, (file) =>
    removeFile(planning, contents, file, isAlone, copies),
  );
}

/**
 * Plans that one file is removed. A file that was changed by hand is copied first; what was moved aside for it comes
 * back.
 *
 * @source Znuny 7.1 and OTOBO 11, _FileRemove
 */
function removeFile(
  planning: Planning,
  contents: PackageContents,
  file: PackageFile,
  isAlone: boolean,
  copies: Copies,
): void {
  const location = file.location ?? "";
  const plainKey = `remove-file ${location}`;
  const key = isAlone ? plainKey : planning.uniqueKey(plainKey);
  const { home, facts } = planning.system;
  const remains = remainsOfRemoving(planning.operation);
  const add = (detail: Partial<RemoveDetail>, notes: StepNotes) =>
    planning.add(
      key,
      {
        kind: "remove-file",
        location,
        existedBefore: false,
        savedTo: undefined,
        restoredFrom: undefined,
        ...detail,
      },
      { span: planning.spanIn(contents, file.tag), ...notes },
    );
  const path = file.location === undefined ? undefined : homePath(location);
  if (!planning.environment.homeExists) {
    add({}, { outcome: "fails", reason: noHome, log: [logEntry("home-missing")], remains });
    return;
  }
  if (path === undefined) {
    const reason = file.location === undefined ? noLocation : outsideReason;
    const log = file.location === undefined ? [logEntry("attribute-missing", { attribute: "Location" })] : [];
    add({}, { outcome: "fails", reason, log, remains });
    return;
  }
  const entry = home.entry(path);
  if (!entry) {
    const blocker = blockerOf(home, path);
    if (blocker !== undefined) {
      add({}, { outcome: "fails", reason: linkReason(blocker), remains });
      return;
    }
    add({}, { outcome: "skipped", reason: { text: "There is no such file." } });
    return;
  }
  const log: LogEntry[] = [];
  const quirks: QuirkId[] = [];
  const changes: SystemChange[] = [];
  const fail = (reason: Message, assumed: boolean, left: Message = remains) =>
    add(
      { existedBefore: true, savedTo },
      { outcome: "fails", assumed, reason, log, quirks, changes, remains: left },
    );
  let savedTo: string | undefined;
  if (entry.kind === "other") return void fail(linkReason(path), false);
  if (entry.kind === "folder") {
    log.push(logEntry("file-not-removed", { path }));
    const reason = { text: "“{path}” is a folder, and only files are removed.", values: { path } };
    return void fail(reason, false, { text: "The folder stays with everything in it." });
  }
  if (entry.content === "unreadable") log.push(logEntry("file-not-read", { path }));
  if (isTrueContent(file.content, facts) && isChanged(entry, file.content, facts)) {
    const copy = `${path}.custom_backup`;
    if (isTooLong(copy)) return void fail(tooLongReason(copy), false);
    if (isUnfit(home.entry(copy))) return void fail(linkReason(copy), false);
    savedTo = copy;
    quirks.push("custom-backup");
    if (planning.has("backup-name-wrong")) quirks.push("backup-name-wrong");
    log.push(logEntry("changed-file-copied", { path: savedTo }));
    changes.push(
      homeChange({ kind: "copy", from: path, to: savedTo, mode: 0o666 & ~planning.environment.umask }),
    );
  }
  const backup = copies.of(path, ".backup") ?? copies.of(path, ".save");
  if (backup === undefined && home.isFrameworkFile(location)) {
    quirks.push("framework-file-kept");
    log.push(logEntry("framework-file-kept", { path }));
    return void fail(frameworkReason, false);
  }
  const assumption = planning.assumed(key);
  if (assumption === "fails") {
    log.push(logEntry("file-not-removed", { path }));
    return void fail({ text: "This step is assumed to fail." }, true);
  }
  changes.push(homeChange({ kind: "delete", path }));
  if (backup !== undefined) {
    log.push(logEntry("file-recovered", { path: backup }));
    changes.push(homeChange({ kind: "move", from: backup, to: path }));
  }
  if (planning.withoutFileSteps) {
    for (const change of changes) planning.system.apply(change);
    return;
  }
  add(
    { existedBefore: true, savedTo, restoredFrom: backup },
    { assumed: assumption !== undefined, log, quirks, changes, remains },
  );
}

/** The truth of a content in Perl: one that is empty or exactly "0" is false, and its file is never copied. */
function isTrueContent(content: FileContent | undefined, facts: SystemFacts): content is FileContent {
  if (!content || content.size === 0) return false;
  return content.size > 1 || facts.bytesOf(content)?.[0] !== "0".charCodeAt(0);
}

interface RemoveDetail {
  readonly existedBefore: boolean;
  readonly savedTo: string | undefined;
  readonly restoredFrom: string | undefined;
}

const noHome: Message = { text: "The home folder of the framework is not there." };
const noLocation: Message = { text: "The file has no Location." };
const outsideReason: Message = {
  text: "The location is no place below the framework's home. Nothing is ever removed elsewhere from here.",
};
const frameworkReason: Message = {
  text: "The file belongs to the framework, and there is no .save or .backup to take its place.",
};
