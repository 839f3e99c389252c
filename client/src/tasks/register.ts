import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { codeCacheFolder } from "../session/code-cache.ts";
import { sopmTasks } from "./task-provider.ts";

/** Tasks: builds, and what the command line tells of packages and indexes. */
export function register(context: vscode.ExtensionContext, { client, memory }: Services): void {
  const program = context.asAbsolutePath("dist/cli.js");
  const tools = { client, memory, program, codeCache: codeCacheFolder(context) };
  context.subscriptions.push(vscode.tasks.registerTaskProvider("sopm", sopmTasks(tools)));
}
