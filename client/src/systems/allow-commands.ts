import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type AllowCommandsParams,
  allowCommandsMethod,
  type CommandPermission,
} from "../../../server/src/protocol/test-systems.ts";

/** Shows the commands that the server wants to run on a test system, all of them, and asks. */
export function allowCommands(client: LanguageClient): vscode.Disposable {
  return client.onRequest(
    allowCommandsMethod,
    async ({ system, commands }: AllowCommandsParams): Promise<CommandPermission> => {
      const { t } = vscode.l10n;
      const once = t("Run");
      const always = t("Run, and Do Not Ask Again");
      const detail = [
        t("What takes the place of the words in braces is known when they are run."),
        ...commands.flatMap((command) => {
          const [words = "", ...program] = command.split("\n");
          const shown =
            program.length > 0 ? [t("The program is one of SOPM:"), program.join("\n").trim()] : [];
          return [`$ ${words}`, ...shown];
        }),
      ].join("\n\n");
      const answer = await vscode.window.showWarningMessage(
        t("Run these commands for the test system “{0}”?", system),
        { modal: true, detail },
        once,
        always,
      );
      return answer === once ? "once" : answer === always ? "always" : "no";
    },
  );
}
