import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { outcomeText } from "../build/build-outcome.ts";
import { type PackageBuild, requestBuild } from "../build/build-request.ts";
import { type ProgramOptions, runProgram } from "./run-program.ts";

/** Shows the progress of a build and how it ended. Closing the terminal cancels it. */
export function buildTerminal(client: LanguageClient, build: PackageBuild): vscode.Pseudoterminal {
  return terminal(async (write, cancellation) => {
    const outcome = await requestBuild(
      client,
      build,
      ({ message }) => message && write(`${message}\n`),
      cancellation,
    );
    write(`${outcomeText(outcome, build.spec)}\n`);
    return outcome.kind === "built" ? 0 : 1;
  });
}

/** Shows what the command line prints. Closing the terminal ends it. @param program absolute path of `sopm` */
export function commandTerminal(
  program: string,
  words: readonly string[],
  options: Omit<ProgramOptions, "write">,
): vscode.Pseudoterminal {
  return terminal(async (write, cancellation) => {
    const { ended, stop } = runProgram(program, words, { ...options, write });
    cancellation.onCancellationRequested(stop);
    return ended;
  });
}

/** Says why a task cannot do anything. */
export function refusingTerminal(reason: string): vscode.Pseudoterminal {
  return terminal(async (write) => {
    write(`${reason}\n`);
    return 2;
  });
}

/** A terminal without a shell. @param work gives the exit code */
function terminal(
  work: (write: (text: string) => void, cancellation: vscode.CancellationToken) => Promise<number>,
): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const cancellation = new vscode.CancellationTokenSource();
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    async open() {
      closed.fire(await work((text) => written.fire(text.replaceAll("\n", "\r\n")), cancellation.token));
    },
    close() {
      cancellation.cancel();
    },
  };
}
