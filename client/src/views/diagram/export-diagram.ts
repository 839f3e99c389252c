import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type DiagramFormat,
  type DiagramTheme,
  exportDiagramRequest,
} from "../../../../server/src/protocol/diagram.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import { offerToOpen, writeFile } from "../../write-file.ts";

/** What is exported. */
interface Exported {
  readonly uri: vscode.Uri;
  /** Undefined for the text of the editor. */
  readonly version: string | undefined;
}

interface Form {
  readonly label: string;
  readonly format: DiagramFormat;
  readonly theme?: DiagramTheme;
  readonly ending: "svg" | "png" | "mmd";
}

/**
 * Asks for format and place and writes the diagram there. Resolves to the file; undefined when none was written.
 *
 * @param draw makes PNG in Base64 of the text of an SVG file; undefined where that cannot be done
 */
export async function exportDiagram(
  client: LanguageClient,
  { uri, version }: Exported,
  draw: (svg: string) => Promise<string | undefined>,
): Promise<vscode.Uri | undefined> {
  const placeHolder = vscode.l10n.t("Format of the diagram");
  const form = await vscode.window.showQuickPick(forms(), { placeHolder });
  if (!form) return undefined;
  const { format, theme, ending } = form;
  const name = [basename(uri.path).replace(/\.s?opm$/i, ""), version, "tables"].filter(Boolean).join("-");
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(uri, "..", `${name}.${ending}`),
    filters: { [ending.toUpperCase()]: [ending] },
  });
  if (!target) return undefined;
  const params = { uri: client.code2ProtocolConverter.asUri(uri), version, format, theme };
  const answer = await ask(client, exportDiagramRequest, params);
  if (answer?.kind === "failed") showFailure(answer);
  if (answer?.kind !== "text") return undefined;
  const { text } = answer;
  const contents = async () => (ending === "png" ? pngOf(text, draw) : text);
  const failed = (reason: string) => vscode.l10n.t("The diagram was not written: {0}", reason);
  if (!(await writeFile(target, contents, failed))) return undefined;
  const message = vscode.l10n.t("The diagram was written to {0}.", oneLine(target.fsPath));
  inBackground(offerToOpen(message, target));
  return target;
}

function forms(): readonly Form[] {
  const { kind } = vscode.window.activeColorTheme;
  const isDark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
  return [
    { label: vscode.l10n.t("SVG, light or dark as whoever looks at it prefers"), theme: "auto", ...svg },
    { label: vscode.l10n.t("SVG, light"), theme: "light", ...svg },
    { label: vscode.l10n.t("SVG, dark"), theme: "dark", ...svg },
    { label: "PNG", format: "svg", theme: isDark ? "dark" : "light", ending: "png" },
    { label: "Mermaid", format: "mermaid", ending: "mmd" },
  ];
}

const svg = { format: "svg", ending: "svg" } as const;

/** @throws Error where the picture cannot be made */
async function pngOf(text: string, draw: (svg: string) => Promise<string | undefined>): Promise<Uint8Array> {
  const data = await draw(text);
  if (data === undefined)
    throw new Error(
      vscode.l10n.t("The picture is too large, or the diagram was not in front. Export it as SVG."),
    );
  return Buffer.from(data, "base64");
}
