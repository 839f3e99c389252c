import type { TableDifference } from "../database/database-difference.ts";
import type { NewColumn } from "../database/schema-change.ts";
import type { Row, Table } from "../database/table.ts";
import type { Message } from "../l10n/translate.ts";
import type { SettingValue } from "../sysconfig/setting.ts";
import { shortened } from "../text/visible.ts";
import type { EntryFacts, FileDifference, SystemDifference } from "./system-difference.ts";

export type DifferencePart = "packages" | "database" | "files" | "settings";

/** One line of a difference. */
export interface DifferenceRow {
  readonly change: "added" | "removed" | "changed" | "returned";
  readonly subject: string;
  /** What else there is to say; undefined for nothing. */
  readonly detail: Message | undefined;
  /** The columns and values of a row of the table `subject`; absent for all else. */
  readonly row?: { readonly columns: readonly string[]; readonly values: Row };
}

export const partTitles: Readonly<Record<DifferencePart, Message>> = {
  packages: { text: "Package table" },
  database: { text: "Database" },
  files: { text: "Files" },
  settings: { text: "Settings" },
};

/** What the subjects of a part are. */
export const subjectTitles: Readonly<Record<DifferencePart, Message>> = {
  packages: { text: "Package" },
  database: { text: "Table, column or key" },
  files: { text: "File" },
  settings: { text: "Setting" },
};

/** A sign for each change that says it without a colour. */
export const changeSigns: Readonly<Record<DifferenceRow["change"], string>> = {
  added: "+",
  removed: "−",
  changed: "~",
  returned: "↺",
};

export const changeTitles: Readonly<Record<DifferenceRow["change"], Message>> = {
  added: { text: "added" },
  removed: { text: "removed" },
  changed: { text: "changed" },
  returned: { text: "as the framework has it" },
};

/** Characters of a value that are shown. */
const valueLength = 100;

/** The rows of a difference by part; parts without any are left out. */
export function differenceRows(
  difference: SystemDifference,
): readonly (readonly [DifferencePart, readonly DifferenceRow[]])[] {
  const parts: [DifferencePart, DifferenceRow[]][] = [
    ["packages", packageRows(difference)],
    ["database", databaseRows(difference)],
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

/** Tables, and below a table that was there before what is different in it. */
function databaseRows({ database }: SystemDifference): DifferenceRow[] {
  return [
    ...database.removed.map((table) => tableRow("removed", table)),
    ...database.added.flatMap((table) => [
      tableRow("added", table),
      ...(table.rows ?? []).map((row) =>
        valuesRow(
          "added",
          table.name,
          table.columns.map(({ name }) => name),
          row,
        ),
      ),
    ]),
    ...database.changed.flatMap(changedTableRows),
  ];
}

function tableRow(change: "added" | "removed", { name, columns, rows }: Table): DifferenceRow {
  const names = columns.map((column) => column.name).join(", ");
  const detail: Message = rows?.length
    ? { text: "table with {columns}; rows: {rows}", values: { columns: names, rows: rows.length } }
    : { text: "table with {columns}", values: { columns: names } };
  return { change, subject: name, detail };
}

function changedTableRows(difference: TableDifference): DifferenceRow[] {
  const { table, columns, columnsBefore } = difference;
  const column = (change: "added" | "removed", { name, type }: NewColumn): DifferenceRow => ({
    change,
    subject: `${table}.${name}`,
    detail: { text: "column of type {type}", values: { type } },
  });
  const key = (change: "added" | "removed", name: string): DifferenceRow => ({
    change,
    subject: `${table}.${name}`,
    detail: { text: "index or constraint" },
  });
  return [
    ...difference.removedColumns.map((each) => column("removed", each)),
    ...difference.addedColumns.map((each) => column("added", each)),
    ...difference.changedColumns.map(
      ({ before, after }): DifferenceRow => ({
        change: "changed",
        subject: `${table}.${after.name}`,
        detail: {
          text: "{before}, then {after}",
          values: { before: columnText(before), after: columnText(after) },
        },
      }),
    ),
    ...difference.removedKeys.map((name) => key("removed", name)),
    ...difference.addedKeys.map((name) => key("added", name)),
    ...difference.removedRows.map((row) => valuesRow("removed", table, columnsBefore, row)),
    ...difference.addedRows.map((row) => valuesRow("added", table, columns, row)),
  ];
}

function columnText({ type, nullable, default: value }: NewColumn): string {
  return `${type}${nullable ? "" : " NOT NULL"}${value === undefined ? "" : ` DEFAULT ${value}`}`;
}

function valuesRow(
  change: "added" | "removed",
  table: string,
  columns: readonly string[],
  row: Row,
): DifferenceRow {
  const values = { values: shortened(row.map((value) => value ?? "NULL").join(", "), valueLength) };
  return { change, subject: table, detail: { text: "row {values}", values }, row: { columns, values: row } };
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
    : { text: "{size} B, permissions {mode}", values: { size: entry.size, mode } };
}

function changeDetail(before: EntryFacts | undefined, after: EntryFacts | undefined): Message | undefined {
  if (before?.size === undefined || after?.size === undefined) return undefined;
  return { text: "{before} B, then {after} B", values: { before: before.size, after: after.size } };
}

function modeText(mode: number | undefined): string {
  return mode === undefined ? "?" : mode.toString(8).padStart(3, "0");
}

function settingRows({ settings }: SystemDifference): DifferenceRow[] {
  return settings.map(({ change, name, before, after }) => {
    if (change === "changed" && !before) {
      const values = { value: valueText(after?.value) };
      return {
        change,
        subject: name,
        detail: { text: "in place of that of the framework: {value}", values },
      };
    }
    if (change === "returned")
      return { change, subject: name, detail: { text: "that of the framework counts again" } };
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
  return shortened(text, valueLength);
}
