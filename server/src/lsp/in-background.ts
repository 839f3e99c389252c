import type { Connection } from "vscode-languageserver";
import { severalLines } from "../text/visible.ts";

/** Lets something go on by itself. What goes wrong with it is logged, and does not end the server. */
export function inBackground(connection: Connection, work: Promise<unknown>): void {
  work.catch((error: unknown) => logError(connection, error));
}

/** Tells the reader of the editor's log what went wrong. */
export function logError(connection: Connection, error: unknown): void {
  try {
    connection.console.error(detailsOf(error));
  } catch {
    // Without a client nobody reads it.
  }
}

/** What helps to find a mistake of ours. */
export function detailsOf(error: unknown): string {
  return severalLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
