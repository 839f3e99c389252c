import { basename, dirname, isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { oneLine } from "../../../server/src/text/visible.ts";
import { outputFolder } from "../build/output-folder.ts";
import { dryRunTitles } from "../dry-run-titles.ts";
import { folderNotSearched, workspaceSpecs } from "../workspace-specs.ts";
import { commandWords, type TaskDefinition, taskCommands, text } from "./command-words.ts";
import { settingsVariable } from "./task-settings.ts";
import { buildTerminal, commandTerminal, refusingTerminal } from "./terminals.ts";

/** What tasks need of the extension. */
export interface TaskTools {
  readonly client: LanguageClient;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  /** Absolute path of the command line. */
  readonly program: string;
  /** Absolute path of the folder in which it keeps what makes its next start quicker. */
  readonly codeCache: string;
  /** The settings that somebody has set of a file or a folder. */
  readonly settings: (uri: vscode.Uri) => Readonly<Record<string, unknown>>;
  /** Absolute path of what the extension keeps. */
  readonly storage: string;
}

/** Names of the index of a repository. */
const indexPattern = "**/{otrs,otobo}.xml";

/** Offers tasks for each spec and each index of the workspace, and runs those of tasks.json. */
export function sopmTasks(tools: TaskTools): vscode.TaskProvider {
  return {
    async provideTasks() {
      const [specs, indexes] = await Promise.all([
        workspaceSpecs(),
        vscode.workspace.findFiles(indexPattern, folderNotSearched, 100),
      ]);
      return [...specs.flatMap(tasksOfSpec), ...indexes.flatMap(tasksOfIndex)].map(({ definition, folder }) =>
        taskFor(tools, definition, folder),
      );
    },
    resolveTask(task) {
      const [first] = vscode.workspace.workspaceFolders ?? [];
      const folder = isFolder(task.scope) ? task.scope : first;
      return folder && taskFor(tools, task.definition, folder);
    },
  };
}

interface OfferedTask {
  readonly definition: vscode.TaskDefinition;
  readonly folder: vscode.WorkspaceFolder;
}

function tasksOfSpec(uri: vscode.Uri): readonly OfferedTask[] {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return [];
  const spec = vscode.workspace.asRelativePath(uri, false);
  return [
    // As it was before there were others.
    { definition: { type: "sopm", spec }, folder },
    ...["lint", "dry-run", "test"].map((command) => ({
      definition: { type: "sopm", command, spec },
      folder,
    })),
  ];
}

/** An index that is there is checked, and printed as it would be. */
function tasksOfIndex(uri: vscode.Uri): readonly OfferedTask[] {
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(uri);
  if (!workspaceFolder) return [];
  const folder = dirname(vscode.workspace.asRelativePath(uri, false));
  return [{}, { options: ["--check"] }].map((more) => ({
    definition: { type: "sopm", command: "index", folder, ...more },
    folder: workspaceFolder,
  }));
}

function taskFor(
  tools: TaskTools,
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder,
): vscode.Task {
  const execution = new vscode.CustomExecution(async () => terminalFor(tools, definition, folder));
  // Findings are in Problems anyway.
  const matchers: string[] = [];
  const task = new vscode.Task(definition, folder, nameOf(definition), "sopm", execution, matchers);
  const command = commandOf(definition);
  if (command === "build") task.group = vscode.TaskGroup.Build;
  else if (command !== "index") task.group = vscode.TaskGroup.Test;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  return task;
}

function terminalFor(
  { client, memory, program, codeCache, settings, storage }: TaskTools,
  definition: TaskDefinition,
  folder: vscode.WorkspaceFolder,
): vscode.Pseudoterminal {
  const { t } = vscode.l10n;
  const absolute = (path: string) => (isAbsolute(path) ? path : join(folder.uri.fsPath, path));
  const words = commandWords(definition);
  if (words) {
    const named = text(definition.spec);
    return commandTerminal(program, words, {
      folder: folder.uri.fsPath,
      variables: {
        ...{ SOPM_CODE_CACHE: codeCache, LC_ALL: vscode.env.language },
        ...settingsVariable(
          settings(named === undefined ? folder.uri : vscode.Uri.file(absolute(named))),
          storage,
        ),
      },
    });
  }
  const command = commandOf(definition);
  if (command !== "build") {
    const others = taskCommands.join(", ");
    return refusingTerminal(t("“{0}” is no command of a task. There are: {1}.", oneLine(command), others));
  }
  const path = text(definition.spec);
  if (path === undefined)
    return refusingTerminal(t("The task names no “spec” to build. Add it to the task in tasks.json."));
  const spec = vscode.Uri.file(absolute(path));
  const output = text(definition.outputFolder);
  return buildTerminal(client, {
    spec,
    force: definition.force === true,
    outputFolder: output === undefined ? outputFolder(memory, spec) : absolute(output),
  });
}

function nameOf(definition: TaskDefinition): string {
  const { t } = vscode.l10n;
  const folder = text(definition.folder) ?? ".";
  const what = oneLine(basename(text(definition.spec) ?? folder));
  switch (commandOf(definition)) {
    case "lint":
      return t("Lint {0}", what);
    case "dry-run":
      return dryRunName(definition, what);
    case "test":
      return t("Test {0}", what);
    case "index":
      return isCheck(definition)
        ? t("Check Index of {0}", oneLine(folder))
        : t("Print Index of {0}", oneLine(folder));
    default:
      return t("Build {0}", what);
  }
}

function dryRunName({ operation, scenario }: TaskDefinition, what: string): string {
  const named = text(scenario);
  if (named !== undefined) return vscode.l10n.t("Dry Run: {0} with {1}", oneLine(named), what);
  const titles: Readonly<Record<string, string>> = dryRunTitles(what);
  return titles[text(operation) ?? "install"] ?? titles.install!;
}

function isCheck({ options }: TaskDefinition): boolean {
  return Array.isArray(options) && options.includes("--check");
}

function commandOf({ command }: TaskDefinition): string {
  return text(command) ?? "build";
}

function isFolder(scope: vscode.Task["scope"]): scope is vscode.WorkspaceFolder {
  return typeof scope === "object";
}
