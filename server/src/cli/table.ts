import { oneLine } from "../text/visible.ts";

/** Rows as lines, with columns as wide as they need to be. Every line ends with a line break. */
export function table(rows: readonly (readonly string[])[], indent = ""): string {
  const shown = rows.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of shown) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length);
  }
  return shown
    .map((row) => `${indent}${row.map((text, column) => text.padEnd(widths[column]!)).join("  ")}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");
}
