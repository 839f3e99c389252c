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
import { writeWhole } from "../report/write-whole.ts";

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
  if (answer?.kind === "failed") return notWritten([answer.message, answer.hint].join(" ").trim());
  if (answer?.kind !== "text") return undefined;
  try {
    await writeWhole(target, ending === "png" ? await pngOf(answer.text, draw) : answer.text);
  } catch (error) {
    return notWritten(error instanceof Error ? error.message : String(error));
  }
  inBackground(offerToOpen(target));
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
    throw new Error(vscode.l10n.t("The picture is too large, or its view was closed. Export it as SVG."));
  return Buffer.from(data, "base64");
}

function notWritten(reason: string): undefined {
  inBackground(
    vscode.window.showErrorMessage(vscode.l10n.t("The diagram was not written: {0}", oneLine(reason))),
  );
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t("Open");
  const message = vscode.l10n.t("The diagram was written to {0}.", oneLine(target.fsPath));
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.commands.executeCommand("vscode.open", target);
  }
}
