import { jsonText } from "../report/json-text.ts";
import type { Shell } from "./shell.ts";

/** Prints a result in the form that was asked for. */
export function printResult(
  { print }: Shell,
  format: "text" | "json",
  { data, text }: { readonly data: unknown; readonly text: string },
): void {
  print(format === "json" ? jsonText(data) : text);
}
