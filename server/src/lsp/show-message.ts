import { type Connection, type MessageType, ShowMessageNotification } from "vscode-languageserver";
import { inBackground } from "./in-background.ts";

/** Has the editor show something to the reader. Nobody waits until it is read. */
export function showMessage(connection: Connection, type: MessageType, message: string): void {
  inBackground(connection, connection.sendNotification(ShowMessageNotification.type, { type, message }));
}
