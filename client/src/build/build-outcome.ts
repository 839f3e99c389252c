import { basename } from "node:path";
import * as vscode from "vscode";
import type { BuildOutcome } from "../../../server/src/protocol/build.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { byteSize } from "../byte-size.ts";
import { showProblems } from "./problems-view.ts";

type Built = Extract<BuildOutcome, { kind: "built" }>;
type Blocked = Extract<BuildOutcome, { kind: "blocked" }>;

const messagesShown = 3;

/** Tells the reader how a build ended, and does what the reader then asks for. A cancelled build needs no telling. */
export async function showOutcome(
  outcome: BuildOutcome,
  spec: vscode.Uri,
  buildAnyway: () => void,
): Promise<void> {
  switch (outcome.kind) {
    case "built":
      return showArchive(builtText(outcome), outcome.path);
    case "blocked":
      return showBlocked(outcome, spec, buildAnyway);
    case "failed":
      await vscode.window.showErrorMessage(failureText(outcome));
      return;
    case "cancelled":
      return;
  }
}

/** One sentence or two per outcome, for messages and the terminal of a task. */
export function outcomeText(outcome: BuildOutcome, spec: vscode.Uri): string {
  switch (outcome.kind) {
    case "built":
      return builtText(outcome);
    case "blocked":
      return blockedText(outcome, spec);
    case "failed":
      return failureText(outcome);
    case "cancelled":
      return vscode.l10n.t("The build was cancelled.");
  }
}

/** Tells what has become of an archive, and leads to it. @param path absolute */
export async function showArchive(text: string, path: string): Promise<void> {
  const reveal = vscode.l10n.t("Reveal");
  const copyPath = vscode.l10n.t("Copy Path");
  const archive = vscode.Uri.file(path);
  const revealCommand = commandToReveal(archive);
  const buttons = revealCommand ? [reveal, copyPath] : [copyPath];
  const answer = await vscode.window.showInformationMessage(text, ...buttons);
  if (answer === copyPath) await vscode.env.clipboard.writeText(path);
  if (answer === reveal && revealCommand) await vscode.commands.executeCommand(revealCommand, archive);
}

/** The system's file manager where the archive is on the reader's machine, else the explorer if it can show the file. */
function commandToReveal(archive: vscode.Uri): string | undefined {
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop)
    return "revealFileInOS";
  return vscode.workspace.getWorkspaceFolder(archive) ? "revealInExplorer" : undefined;
}

function builtText({ path, size, files, milliseconds, notes }: Built): string {
  const facts = [sizeAndFiles(size, files), inSeconds(milliseconds)].join(", ");
  return [vscode.l10n.t("Built {0} ({1}).", oneLine(path), facts), ...notes].join(" ");
}

/** Such as "12.3 kB, 4 files". */
function sizeAndFiles(bytes: number, files: number): string {
  const count = files === 1 ? vscode.l10n.t("1 file") : vscode.l10n.t("{0} files", files);
  return `${byteSize(bytes)}, ${count}`;
}

function inSeconds(milliseconds: number): string {
  const [value, unit] = milliseconds < 1000 ? [milliseconds, "millisecond"] : [milliseconds / 1000, "second"];
  const maximumFractionDigits = unit === "second" ? 1 : 0;
  return new Intl.NumberFormat(vscode.env.language, { style: "unit", unit, maximumFractionDigits }).format(
    value,
  );
}

async function showBlocked(outcome: Blocked, spec: vscode.Uri, buildAnyway: () => void): Promise<void> {
  const anyway = vscode.l10n.t("Build Anyway");
  const problems = vscode.l10n.t("Show Problems");
  const buttons = outcome.canForce ? [problems, anyway] : [problems];
  const answer = await vscode.window.showWarningMessage(blockedText(outcome, spec), ...buttons);
  if (answer === anyway) buildAnyway();
  if (answer === problems) await showProblems(spec);
}

function blockedText({ errors, messages, canForce }: Blocked, spec: vscode.Uri): string {
  const name = oneLine(basename(spec.path));
  const shown = messages.slice(0, messagesShown).map((message) => message.replace(/\.?$/, "."));
  const hidden = errors - shown.length;
  return [
    errors === 1
      ? vscode.l10n.t("{0} was not built, 1 error is in the way:", name)
      : vscode.l10n.t("{0} was not built, {1} errors are in the way:", name, errors),
    ...shown,
    ...(hidden > 0 ? [vscode.l10n.t("And {0} more.", hidden)] : []),
    ...(canForce ? [] : [vscode.l10n.t("The framework would not build this package either.")]),
  ].join(" ");
}

function failureText({ message, hint }: { readonly message: string; readonly hint: string }): string {
  return [message, hint].filter((text) => text !== "").join(" ");
}
