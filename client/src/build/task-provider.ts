import { basename, isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { oneLine } from "../../../server/src/text/visible.ts";
import { workspaceSpecs } from "../workspace-specs.ts";
import { outcomeText } from "./build-outcome.ts";
import { type PackageBuild, requestBuild } from "./build-request.ts";
import { outputFolder } from "./output-folder.ts";

/** A task of type `sopm` as it stands in tasks.json; relative paths start at the workspace folder. */
interface BuildTask extends vscode.TaskDefinition {
  readonly spec: string;
  readonly outputFolder?: string;
  readonly force?: boolean;
}

/** Offers one build task per spec of the workspace, and runs those of tasks.json. */
export function buildTasks(client: LanguageClient, memory: vscode.Memento): vscode.TaskProvider {
  return {
    async provideTasks() {
      const specs = await workspaceSpecs();
      return specs.flatMap((spec) => {
        const folder = vscode.workspace.getWorkspaceFolder(spec);
        if (!folder) return [];
        const definition: BuildTask = { type: "sopm", spec: vscode.workspace.asRelativePath(spec, false) };
        return [taskFor(client, memory, definition, folder)];
      });
    },
    resolveTask(task) {
      const [first] = vscode.workspace.workspaceFolders ?? [];
      const folder = isFolder(task.scope) ? task.scope : first;
      return folder && taskFor(client, memory, task.definition as BuildTask, folder);
    },
  };
}

function taskFor(
  client: LanguageClient,
  memory: vscode.Memento,
  definition: BuildTask,
  folder: vscode.WorkspaceFolder,
): vscode.Task {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(folder.uri.fsPath, path));
  const name = vscode.l10n.t("Build {0}", oneLine(basename(definition.spec)));
  const execution = new vscode.CustomExecution(async () => {
    const spec = vscode.Uri.file(absolute(definition.spec));
    return buildTerminal(client, {
      spec,
      force: definition.force ?? false,
      outputFolder: definition.outputFolder ? absolute(definition.outputFolder) : outputFolder(memory, spec),
    });
  });
  const task = new vscode.Task(definition, folder, name, "sopm", execution, []);
  task.group = vscode.TaskGroup.Build;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent, clear: true };
  return task;
}

/** A terminal without a shell: it shows the progress and how the build ended. Closing it cancels the build. */
function buildTerminal(client: LanguageClient, build: PackageBuild): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const cancellation = new vscode.CancellationTokenSource();
  const writeLine = (line: string) => written.fire(`${line.replaceAll("\n", "\r\n")}\r\n`);
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    async open() {
      const outcome = await requestBuild(
        client,
        build,
        ({ message }) => message && writeLine(message),
        cancellation.token,
      );
      writeLine(outcomeText(outcome, build.spec));
      closed.fire(outcome.kind === "built" ? 0 : 1);
    },
    close() {
      cancellation.cancel();
    },
  };
}

function isFolder(scope: vscode.Task["scope"]): scope is vscode.WorkspaceFolder {
  return typeof scope === "object";
}
