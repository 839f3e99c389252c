import * as vscode from "vscode";
import { inBackground } from "../in-background.ts";
import type { Services } from "../services.ts";
import { BegunReleases } from "./begun-releases.ts";
import { EntryEditor } from "./edit-entry.ts";
import { newPackageCommand } from "./new-package.ts";
import { releaseCommand, tellBegunReleases } from "./release.ts";
import { tickOpenedSpec } from "./walkthrough.ts";

/** From nothing to a release. */
export function register(context: vscode.ExtensionContext, { client, memory }: Services): void {
  const entries = new EntryEditor();
  const release = { client, entries, begun: new BegunReleases(memory) };
  context.subscriptions.push(
    entries,
    vscode.commands.registerCommand("sopm.newPackage", newPackageCommand(client, context.globalState)),
    vscode.commands.registerCommand("sopm.release", releaseCommand(release)),
    tickOpenedSpec(),
  );
  if (vscode.workspace.isTrusted) inBackground(tellBegunReleases(release));
}
