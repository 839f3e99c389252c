import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ChangeFileListParams, changeFileListRequest } from "../../../server/src/protocol/files.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";

/**
 * Lists files and folders, or takes them out of file lists, in the editor and not yet on disk.
 *
 * The command takes what a menu of the Explorer passes: what it was called on, and all that is selected. Without it works
 * on the file in the active editor. It yields whether anything was changed.
 */
export function changeFileListCommand(client: LanguageClient, change: ChangeFileListParams["change"]) {
  return async (argument?: unknown, selected?: unknown): Promise<boolean> => {
    const active = vscode.window.activeTextEditor?.document.uri;
    const one = argument instanceof vscode.Uri ? argument : active;
    const all = Array.isArray(selected) && selected.length > 0 ? selected : [one];
    const uris = all.filter((each) => each instanceof vscode.Uri);
    return uris.length > 0 && changeFileList(client, uris, { change });
  };
}

/** @param specs the specs that are meant, as the server writes their URIs; absent for it to say */
export async function changeFileList(
  client: LanguageClient,
  uris: readonly vscode.Uri[],
  { change, specs }: Pick<ChangeFileListParams, "change" | "specs">,
): Promise<boolean> {
  const { code2ProtocolConverter: toServer, protocol2CodeConverter: fromServer } = client;
  const result = await ask(client, changeFileListRequest, {
    ...{ uris: uris.map((uri) => toServer.asUri(uri)), change },
    ...(specs && { specs }),
  });
  switch (result.kind) {
    case "failed":
      showFailure(result);
      return false;
    case "cancelled":
      return false;
    case "nothing":
      inBackground(vscode.window.showInformationMessage(result.reason));
      return false;
    case "choose": {
      const items = result.specs.map((spec) => ({
        label: oneLine(vscode.workspace.asRelativePath(fromServer.asUri(spec))),
        spec,
      }));
      const placeHolder = vscode.l10n.t("Which package?");
      const chosen = await vscode.window.showQuickPick(items, { placeHolder });
      return chosen ? changeFileList(client, uris, { change, specs: [chosen.spec] }) : false;
    }
    case "edits": {
      const edit = new vscode.WorkspaceEdit();
      for (const { uri, edits } of result.documents)
        edit.set(fromServer.asUri(uri), await fromServer.asTextEdits([...edits]));
      // Edits of a text that is gone are asked for again; it is safer than to shift them.
      const isGone = result.documents.some(({ uri, version }) => {
        const address = fromServer.asUri(uri).toString();
        const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === address);
        return version !== null && open !== undefined && open.version !== version;
      });
      return isGone ? changeFileList(client, uris, { change, specs }) : vscode.workspace.applyEdit(edit);
    }
  }
}
