import type { OutputChannel } from "vscode";

/** Opens the output channel, where the server and the client log. */
export function showOutputCommand(output: OutputChannel) {
  return (): void => output.show();
}
