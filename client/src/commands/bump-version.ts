import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type BumpVersionParams,
  type BumpVersionResult,
  bumpVersionRequest,
} from "../../../server/src/lsp/protocol.ts";
import { chooseSpec } from "../spec-target.ts";

type Part = BumpVersionParams["part"];

const parts: readonly Part[] = ["patch", "minor", "major"];

/**
 * Raises the version of a spec and adds the ChangeLog entry, in the editor and not yet on disk.
 *
 * The command takes the URI of the spec and the part to raise, and asks for what it is not given. It yields the new
 * version, or undefined when nothing was changed.
 */
export function bumpVersionCommand(client: LanguageClient) {
  return async (argument?: unknown, part?: unknown): Promise<string | undefined> => {
    const spec = await chooseSpec(argument);
    if (!spec) return undefined;
    const editor = await vscode.window.showTextDocument(spec);
    const { document } = editor;
    const uri = client.code2ProtocolConverter.asUri(spec);
    const ask = (raised: Part) =>
      client.sendRequest<BumpVersionResult | null>(bumpVersionRequest, {
        uri,
        part: raised,
      } satisfies BumpVersionParams);

    const { version } = document;
    const choices = await Promise.all((isPart(part) ? [part] : parts).map(ask));
    if (choices.every((choice) => choice === null)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "There is no version to raise: the spec needs a Version tag such as <Version>1.0.1</Version>.",
        ),
      );
      return undefined;
    }
    const result = isPart(part) ? choices[0] : await pick(choices);
    if (!result) return undefined;
    if (document.version !== version) {
      // The edits belong to a text that is gone; asking again is safer than to shift them.
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The spec has changed meanwhile. Please try again."),
      );
      return undefined;
    }
    const edits = await client.protocol2CodeConverter.asTextEdits([...result.edits]);
    const workspaceEdit = new vscode.WorkspaceEdit();
    workspaceEdit.set(spec, edits);
    return (await vscode.workspace.applyEdit(workspaceEdit)) ? result.to : undefined;
  };
}

async function pick(choices: readonly (BumpVersionResult | null)[]): Promise<BumpVersionResult | undefined> {
  const labels: Readonly<Record<Part, string>> = {
    patch: vscode.l10n.t("Patch"),
    minor: vscode.l10n.t("Minor"),
    major: vscode.l10n.t("Major"),
  };
  const items = parts.flatMap((part, index) => {
    const result = choices[index];
    return result ? [{ label: labels[part], description: `${result.from} → ${result.to}`, result }] : [];
  });
  const placeHolder = vscode.l10n.t("Which part of the version is raised?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.result;
}

function isPart(value: unknown): value is Part {
  return (parts as readonly unknown[]).includes(value);
}
