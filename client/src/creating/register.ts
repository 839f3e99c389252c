import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { newPackageCommand } from "./new-package.ts";
import { releaseCommand } from "./release.ts";
import { tickOpenedSpec } from "./walkthrough.ts";

/** From nothing to a release. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("sopm.newPackage", newPackageCommand(client, context.globalState)),
    vscode.commands.registerCommand("sopm.release", releaseCommand(client)),
    tickOpenedSpec(),
  );
}
