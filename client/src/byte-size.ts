import * as vscode from "vscode";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** A size as the reader's language writes it, such as "12.3 kB". */
export function byteSize(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes) / 3)));
  const format = new Intl.NumberFormat(vscode.env.language, {
    style: "unit",
    unit: units[power]!,
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** power);
}
