import type { Shell } from "../host/shell.ts";
import { jsonText } from "../report/json-text.ts";

/** Prints a result in the form that was asked for. */
export function printResult(
  { print }: Shell,
  format: "text" | "json",
  { data, text }: { readonly data: unknown; readonly text: string },
): void {
  print(format === "json" ? jsonText(data) : text);
}
