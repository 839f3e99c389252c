import * as vscode from "vscode";
import type { Services } from "../services.ts";
import { codeCacheFolder } from "../session/code-cache.ts";
import { settingKeysOf, settingsFor } from "../session/set-settings.ts";
import { sopmTasks, type TaskTools } from "./task-provider.ts";

/** Tasks: builds, and what the command line tells of packages and indexes. */
export function register(context: vscode.ExtensionContext, { client, memory }: Services): void {
  const program = context.asAbsolutePath("dist/cli.js");
  const tools: TaskTools = {
    ...{ client, memory, program, codeCache: codeCacheFolder(context) },
    settings: (uri) => settingsFor(uri, settingKeysOf(context)),
    storage: context.globalStorageUri.fsPath,
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider("sopm", sopmTasks(tools)));
}
