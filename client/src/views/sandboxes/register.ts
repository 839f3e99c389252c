import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { applyToSandboxCommand } from "./apply-to-sandbox.ts";
import { checkSandboxCommand } from "./check-sandbox.ts";
import { chooseProductVersionCommand } from "./choose-product-version.ts";
import { newSandboxCommand } from "./new-sandbox.ts";
import { showProduct } from "./product-item.ts";
import { undoInSandboxCommand } from "./undo-in-sandbox.ts";

/** Sandboxes, and the system that dry runs are tried on. */
export function register(context: vscode.ExtensionContext, { client, reports, system }: Services): void {
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    registerCommand("sopm.applyToSandbox", applyToSandboxCommand(client, reports, system)),
    registerCommand("sopm.undoInSandbox", undoInSandboxCommand(client, reports, system)),
    registerCommand("sopm.newSandbox", newSandboxCommand(client, system)),
    registerCommand("sopm.checkSandbox", checkSandboxCommand(client, system)),
    registerCommand("sopm.chooseProductVersion", chooseProductVersionCommand(client, system)),
    showProduct(system),
  );
}
