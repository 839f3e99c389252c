import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type EditedArchive,
  editArchiveRequest,
  type PackagePlace,
} from "../../../../server/src/protocol/archive.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import { runWithProgress } from "../../with-progress.ts";
import { chooseArchive } from "./choose-archive.ts";
import type { DamagedContents } from "./damaged-contents.ts";

type MadeSource = Extract<EditedArchive, { readonly kind: "extracted" }>;

/**
 * Makes the source of an archive in a folder that the reader picks where nobody has named one, and opens the spec. Yields
 * it; undefined where none was made.
 */
export function editArchiveCommand(
  client: LanguageClient,
  output: vscode.LogOutputChannel,
  damaged: DamagedContents,
) {
  return async (argument?: unknown, target?: unknown): Promise<vscode.Uri | undefined> => {
    const uri = await chooseArchive(argument);
    const folder = target instanceof vscode.Uri ? target : uri && (await chooseFolder());
    if (!uri || !folder) return undefined;
    const of: PackagePlace = { kind: "file", uri: client.code2ProtocolConverter.asUri(uri) };
    const extract = (force: boolean) =>
      runWithProgress(vscode.l10n.t("Extracting the archive…"), (_report, cancellation) =>
        ask(client, editArchiveRequest, { of, folder: folder.fsPath, force }, cancellation),
      );
    let result = await extract(false);
    if (result.kind === "in-the-way") {
      if (!(await mayReplace(result.count, folder))) return undefined;
      result = await extract(true);
    }
    if (result.kind === "failed") showFailure(result);
    if (result.kind !== "extracted") return undefined;
    const spec = client.protocol2CodeConverter.asUri(result.spec);
    const selection = damaged.show(spec, result.damaged, client);
    await vscode.window.showTextDocument(spec, { preview: false, ...(selection && { selection }) });
    const warnings = [...result.leftOut, ...result.damaged.map(({ message }) => message)];
    for (const each of warnings) output.warn(oneLine(each));
    tell(result.message, result, output);
    return spec;
  };
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const openLabel = vscode.l10n.t("Make the Source Here");
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function mayReplace(count: number, folder: vscode.Uri): Promise<boolean> {
  const replace = vscode.l10n.t("Replace Them");
  const message = vscode.l10n.t("Files of the archive are in this folder already: {0}.", count);
  const detail = oneLine(folder.fsPath);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, replace)) === replace;
}

function tell(
  message: string,
  { leftOut, damaged }: Pick<MadeSource, "leftOut" | "damaged">,
  output: vscode.LogOutputChannel,
): void {
  if (leftOut.length + damaged.length === 0) {
    inBackground(vscode.window.showInformationMessage(message));
    return;
  }
  const show = vscode.l10n.t("Show Output");
  const warnings = [
    ...(leftOut.length === 0
      ? []
      : [vscode.l10n.t("Files of the archive were not written: {0}. The output tells why.", leftOut.length)]),
    ...(damaged.length === 0
      ? []
      : [
          vscode.l10n.t(
            "Files whose contents are damaged in the archive: {0}. The spec has a warning at each.",
            damaged.length,
          ),
        ]),
  ];
  const asked = vscode.window.showWarningMessage([...warnings, message].join(" "), show);
  inBackground(asked.then((answer) => (answer === show ? output.show() : undefined)));
}
