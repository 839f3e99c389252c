import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { unlistedFilesRequest } from "../../../server/src/protocol/files.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";
import { chooseSpec } from "../spec-target.ts";
import { changeFileList } from "./change-file-list.ts";

/**
 * Lists those of the unlisted files of a package that somebody picks. The command takes the URI of the spec, as an editor or
 * the server writes it. It yields whether anything was changed.
 */
export function addUnlistedFilesCommand(client: LanguageClient) {
  return async (argument?: unknown): Promise<boolean> => {
    const { code2ProtocolConverter: toServer, protocol2CodeConverter: fromServer } = client;
    const given = typeof argument === "string" ? fromServer.asUri(argument) : argument;
    const spec = await chooseSpec(given);
    if (!spec) return false;
    // Only of an open spec it is known which files are not listed.
    await vscode.workspace.openTextDocument(spec);
    const uri = toServer.asUri(spec);
    const files = await ask(client, unlistedFilesRequest, { uri });
    if ("kind" in files) {
      if (files.kind === "failed") showFailure(files);
      return false;
    }
    if (files.length === 0) {
      inBackground(
        vscode.window.showInformationMessage(
          vscode.l10n.t("All files that this package would have are listed."),
        ),
      );
      return false;
    }
    const items = files.map((file) => ({ label: oneLine(file.path), file, picked: true }));
    const placeHolder = vscode.l10n.t("Which files belong to the package?");
    const picked = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
    if (!picked || picked.length === 0) return false;
    return changeFileList(
      client,
      picked.map(({ file }) => fromServer.asUri(file.uri)),
      { change: "add", specs: [uri] },
    );
  };
}
