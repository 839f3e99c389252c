import type { LanguageClient } from "vscode-languageclient/node";

/** Stops the server, if it still runs, and starts a new one. */
export function restartServerCommand(client: LanguageClient) {
  return (): Promise<void> => client.restart();
}
