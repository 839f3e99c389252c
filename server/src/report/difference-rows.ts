import type { Message } from "../l10n/translate.ts";
import type { SettingValue } from "../sysconfig/setting.ts";
import type { EntryFacts, FileDifference, SystemDifference } from "./system-difference.ts";

export type DifferencePart = "packages" | "database" | "files" | "settings";

/** One line of a difference. */
export interface DifferenceRow {
  readonly change: "added" | "removed" | "changed";
  readonly subject: string;
  /** What else there is to say; undefined for nothing. */
  readonly detail: Message | undefined;
}

export const partTitles: Readonly<Record<DifferencePart, Message>> = {
  packages: { text: "Package table" },
  database: { text: "Database" },
  files: { text: "Files" },
  settings: { text: "Settings" },
};

/** A sign for each change that says it without a colour. */
export const changeSigns: Readonly<Record<DifferenceRow["change"], string>> = {
  added: "+",
  removed: "−",
  changed: "~",
};

export const changeTitles: Readonly<Record<DifferenceRow["change"], Message>> = {
  added: { text: "added" },
  removed: { text: "removed" },
  changed: { text: "changed" },
};

/** The rows of a difference by part; parts without any are left out. */
export function differenceRows(
  difference: SystemDifference,
): readonly (readonly [DifferencePart, readonly DifferenceRow[]])[] {
  const parts: [DifferencePart, DifferenceRow[]][] = [
    ["packages", packageRows(difference)],
    ["files", difference.files.map(fileRow)],
    ["settings", settingRows(difference)],
  ];
  return parts.filter(([, rows]) => rows.length > 0);
}

function packageRows({ packages }: SystemDifference): DifferenceRow[] {
  return packages.map(({ change, name, version, status }) => ({
    change,
    subject: `${name} ${version}`,
    detail: status === "installed" ? { text: "installed" } : { text: "not installed" },
  }));
}

function fileRow({ path, change, before, after }: FileDifference): DifferenceRow {
  switch (change) {
    case "added":
      return { change, subject: path, detail: entryDetail(after) };
    case "removed":
      return { change, subject: path, detail: entryDetail(before) };
    case "changed":
      return { change, subject: path, detail: changeDetail(before, after) };
    case "mode":
      return {
        change: "changed",
        subject: path,
        detail: {
          text: "permissions {before}, then {after}",
          values: { before: modeText(before?.mode), after: modeText(after?.mode) },
        },
      };
  }
}

function entryDetail(entry: EntryFacts | undefined): Message | undefined {
  if (!entry) return undefined;
  if (entry.kind === "folder") return { text: "folder" };
  if (entry.kind === "other") return { text: "no file and no folder" };
  const mode = modeText(entry.mode);
  return entry.size === undefined
    ? { text: "permissions {mode}", values: { mode } }
    : { text: "{size} bytes, permissions {mode}", values: { size: entry.size, mode } };
}

function changeDetail(before: EntryFacts | undefined, after: EntryFacts | undefined): Message | undefined {
  if (before?.size === undefined || after?.size === undefined) return undefined;
  return { text: "{before} bytes, then {after}", values: { before: before.size, after: after.size } };
}

function modeText(mode: number | undefined): string {
  return mode === undefined ? "?" : mode.toString(8).padStart(3, "0");
}

/** Characters of a value that are shown. */
const valueLength = 100;

function settingRows({ settings }: SystemDifference): DifferenceRow[] {
  return settings.map(({ change, name, before, after }) => {
    if (change === "changed") {
      const values = { before: valueText(before?.value), after: valueText(after?.value) };
      return { change, subject: name, detail: { text: "{before}, then {after}", values } };
    }
    const values = { value: valueText((after ?? before)?.value) };
    return { change, subject: name, detail: { text: "value {value}", values } };
  });
}

function valueText(value: SettingValue | undefined): string {
  const text = value === undefined ? "" : typeof value === "string" ? `“${value}”` : JSON.stringify(value);
  return text.length > valueLength ? `${text.slice(0, valueLength)}…` : text;
}
