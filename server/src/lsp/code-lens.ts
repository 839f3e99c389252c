import type { CodeLens, Connection } from "vscode-languageserver";
import { translate } from "../host/node/language.ts";
import type { Message } from "../l10n/translate.ts";
import { toRange } from "./convert.ts";
import type { OpenDocument } from "./open-documents.ts";

/** Offers above the root element what the client has commands for. */
export function answerCodeLensRequests(
  connection: Connection,
  documentOf: (uri: string) => OpenDocument | undefined,
): void {
  connection.onCodeLens(({ textDocument: { uri } }): CodeLens[] | null => {
    const document = documentOf(uri);
    const root = document?.tree.root;
    if (!document || !root) return null;
    const range = toRange(document.tree.source, root.nameSpan);
    return lenses
      .filter(({ isForSpecs }) => !isForSpecs || document.languageId === "sopm")
      .map(({ command, title }) => ({
        range,
        command: { command, title: translate(title.text), arguments: [uri] },
      }));
  });
}

const lenses: readonly { readonly command: string; readonly title: Message; readonly isForSpecs?: true }[] = [
  { command: "sopm.dryRunInstall", title: { text: "Dry run: install" } },
  { command: "sopm.dryRunUpgrade", title: { text: "upgrade from…" } },
  { command: "sopm.dryRunReinstall", title: { text: "reinstall" } },
  { command: "sopm.dryRunUninstall", title: { text: "uninstall" } },
  { command: "sopm.previewSql", title: { text: "Preview SQL" }, isForSpecs: true },
];
