import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { trackSpecs } from "../workspace-specs.ts";
import { buildCommand } from "./build.ts";
import { buildToCommand } from "./build-to.ts";

/** Building archives by command. */
export function register(context: vscode.ExtensionContext, { client, memory }: Services): void {
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    registerCommand("sopm.build", buildCommand(client, memory)),
    registerCommand("sopm.buildTo", buildToCommand(client, memory)),
    trackSpecs(),
  );
}
