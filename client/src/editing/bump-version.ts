import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type BumpVersionResult,
  bumpVersionRequest,
  commitSubjectsRequest,
  type VersionPart,
  versionParts,
} from "../../../server/src/protocol/editing.ts";
import { ask } from "../ask.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";
import { chooseSpec } from "../spec-target.ts";
import type { EntryEditor } from "./edit-entry.ts";

type Bump = Extract<BumpVersionResult, { kind: "bumped" }>;

/**
 * Raises the version of a spec and adds the ChangeLog entry, in the editor and not yet on disk.
 *
 * The command takes the URI of the spec and the part to raise, and asks for what it is not given. It yields the new
 * version, or undefined when nothing was changed.
 */
export function bumpVersionCommand(client: LanguageClient, entries: EntryEditor) {
  return async (argument?: unknown, part?: unknown): Promise<string | undefined> => {
    const spec = await chooseSpec(argument);
    if (!spec) return undefined;
    const editor = await vscode.window.showTextDocument(spec);
    const { document } = editor;
    const uri = client.code2ProtocolConverter.asUri(spec);
    const bumpTo = (raised: VersionPart, text?: string) =>
      ask(client, bumpVersionRequest, { uri, part: raised, ...(text && { text }) });

    const choices = await Promise.all((isPart(part) ? [part] : versionParts).map((raised) => bumpTo(raised)));
    const failed = choices.find((choice) => choice?.kind === "failed");
    if (failed?.kind === "failed") {
      showFailure(failed);
      return undefined;
    }
    const impossible = choices.find((choice) => choice?.kind === "impossible");
    if (impossible?.kind === "impossible") {
      inBackground(vscode.window.showInformationMessage(impossible.reason));
      return undefined;
    }
    const bumps = choices.filter((choice) => choice?.kind === "bumped");
    const picked = isPart(part) ? bumps[0] : await pick(bumps);
    if (!picked) return undefined;
    const isAsked = !isPart(part) && hasEntry(picked);
    const text = isAsked ? await entryText(picked.to, spec, { client, entries }) : "";
    if (text === undefined) return undefined;
    // Meanwhile the spec may have changed. The edits belong to the text that it has now.
    const { version } = document;
    const result = await bumpTo(isPart(part) ? part : versionParts[bumps.indexOf(picked)]!, text);
    if (result?.kind === "failed") {
      showFailure(result);
      return undefined;
    }
    if (result?.kind !== "bumped" || result.to !== picked.to || document.version !== version) {
      inBackground(
        vscode.window.showInformationMessage(
          vscode.l10n.t("The spec has changed meanwhile. Please try again."),
        ),
      );
      return undefined;
    }
    const edits = await client.protocol2CodeConverter.asTextEdits([...result.edits]);
    const workspaceEdit = new vscode.WorkspaceEdit();
    workspaceEdit.set(spec, edits);
    return (await vscode.workspace.applyEdit(workspaceEdit)) ? result.to : undefined;
  };
}

/** Shows what each part would become; `bumps` are in the order of `versionParts`. */
async function pick(bumps: readonly Bump[]): Promise<Bump | undefined> {
  const labels: Readonly<Record<VersionPart, string>> = {
    patch: vscode.l10n.t("Patch"),
    minor: vscode.l10n.t("Minor"),
    major: vscode.l10n.t("Major"),
  };
  const items = bumps.map((bump, index) => ({
    label: labels[versionParts[index]!],
    description: `${bump.from} → ${bump.to}`,
    bump,
  }));
  const placeHolder = vscode.l10n.t("Which part of the version is raised?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.bump;
}

/** An entry of the change log comes with the version, unless there is one already. */
function hasEntry({ edits }: Bump): boolean {
  return edits.length > 1;
}

/** What the entry of a version is to say, begun with what was committed; undefined when somebody gives up. */
async function entryText(
  version: string,
  spec: vscode.Uri,
  { client, entries }: { readonly client: LanguageClient; readonly entries: EntryEditor },
): Promise<string | undefined> {
  const uri = client.code2ProtocolConverter.asUri(spec);
  const subjects = await ask(client, commitSubjectsRequest, { uri });
  const name = basename(spec.path, ".sopm");
  const closing = vscode.l10n.t("Closing it raises no version.");
  const text = Array.isArray(subjects) ? subjects.join("; ") : "";
  return entries.edit({ name, version, closing, mayBeEmpty: true }, text);
}

function isPart(value: unknown): value is VersionPart {
  return (versionParts as readonly unknown[]).includes(value);
}
