import type { Message, MessageArguments } from "../l10n/translate.ts";

/** What the framework writes to its log or to the terminal, in our words. */
export interface LogEntry extends Message {
  readonly id: string;
  readonly priority: "error" | "notice";
}

interface LogRow {
  readonly priority: LogEntry["priority"];
  readonly text: string;
}

/** Every line that the package manager writes during an operation. What SQL and configuration log is beside them. */
export const logTexts = {
  unreadable: { priority: "error", text: "The archive is not well-formed, or holds nothing of a package." },
  "parser-stopped": { priority: "error", text: "The XML parser stops in line {line} of the archive." },
  "read-leniently": { priority: "error", text: "A lenient parser reads the archive once more." },
  "forbidden-location": {
    priority: "error",
    text: "The file “{location}” is left out: its location is forbidden.",
  },
  "name-unknown": { priority: "error", text: "The package has no name to look for." },
  "going-on-as-upgrade": {
    priority: "notice",
    text: "The package is installed already; going on as an upgrade.",
  },
  "going-on-as-install": {
    priority: "notice",
    text: "The package is not installed; going on as an install.",
  },
  "upgrade-not-installed": { priority: "error", text: "The package is not installed; install it instead." },
  "not-installed": { priority: "notice", text: "The package is not installed." },
  "home-missing": { priority: "error", text: "There is no home folder." },
  "not-writable": { priority: "error", text: "The folder “{folder}” cannot be written to." },
  "system-unfit": { priority: "error", text: "The package is for {wanted}, and this is {system}." },
  "framework-unfit": {
    priority: "error",
    text: "The package is for the framework {wanted}, and this is {framework}.",
  },
  "version-not-given": { priority: "error", text: "There is no version to compare with." },
  "package-required": { priority: "error", text: "The package {name} {version} is required." },
  "module-missing": {
    priority: "error",
    text: "The Perl module {name} {version} is required and not installed.",
  },
  "module-too-old": {
    priority: "error",
    text: "The Perl module {name} {version} is required, and only {installed} is installed.",
  },
  "merge-newer": {
    priority: "error",
    text: "The package {name} is installed in version {installed}, which is newer than the {target} to be merged.",
  },
  "already-installed": { priority: "error", text: "The package {name} {version} is installed already." },
  "installed-newer": {
    priority: "error",
    text: "The installed version {installed} is newer than {version}.",
  },
  "file-taken": { priority: "error", text: "The file “{location}” belongs to the package {name} {version}." },
  "depended-on": { priority: "error", text: "The package {dependent} depends on {name}." },
  "name-not-given": { priority: "error", text: "No name is given." },
  "invalid-package": { priority: "error", text: "The package is invalid." },
  "name-needed": { priority: "error", text: "The package has no name." },
  "version-needed": { priority: "error", text: "The package has no version." },
  "column-null": { priority: "error", text: "The column “{column}” of the package table must not be empty." },
  "code-failed": { priority: "error", text: "The code failed." },
  "statement-failed": { priority: "error", text: "The database refused a statement." },
  "sql-unknown-type": { priority: "error", text: "There is no column type {type}." },
  "sql-table-name-too-long": {
    priority: "error",
    text: "The name of the table {table} is longer than 30 characters.",
  },
  "sql-need-name": { priority: "error", text: "The generator of SQL needs a name." },
  "sql-need-columns": { priority: "error", text: "The generator of SQL needs columns." },
  "sql-need-table": { priority: "error", text: "The generator of SQL needs a table." },
  "sql-deprecated-value-attribute": { priority: "error", text: "The attribute Value of Data is deprecated." },
  "attribute-missing": { priority: "error", text: "The file has no {attribute}." },
  "folder-not-made": { priority: "error", text: "The folder “{path}” cannot be made." },
  "file-not-written": { priority: "error", text: "The file “{path}” cannot be written." },
  "file-not-read": { priority: "error", text: "The file “{path}” cannot be read." },
  "file-not-removed": { priority: "error", text: "The file “{path}” cannot be removed." },
  "framework-file-kept": {
    priority: "error",
    text: "The file “{path}” is not removed, because it belongs to the framework and there is no other in its place.",
  },
  "configuration-not-read": { priority: "error", text: "The configuration could not be stored." },
  "configuration-not-deployed": { priority: "error", text: "The configuration could not be deployed." },
  "file-missing": { priority: "error", text: "The file “{path}” of {name} {version} is missing." },
  "file-differs": { priority: "error", text: "The file “{path}” of {name} {version} is different." },
  // What follows is not logged but written to the terminal.
  "folder-made": { priority: "notice", text: "The folder “{path}” is made." },
  "changed-file-copied": { priority: "notice", text: "The changed file is copied to “{path}”." },
  "file-recovered": { priority: "notice", text: "“{path}” takes its old place again." },
} as const satisfies Record<string, LogRow>;

export type LogId = keyof typeof logTexts;

export function logEntry(id: LogId, values?: MessageArguments): LogEntry {
  const { priority, text } = logTexts[id];
  return values ? { id, priority, text, values } : { id, priority, text };
}
