import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type Operation, operationTitles } from "../../../../server/src/protocol/operations.ts";
import { type VerifyResult, verifyRequest } from "../../../../server/src/protocol/verify.ts";
import { ask } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { namesOfDatabases } from "../../session/databases.ts";
import { offerEngines } from "../../session/engines.ts";
import { choosePackage } from "../../spec-target.ts";
import { runWithProgress } from "../../with-progress.ts";
import { DryRunFindings } from "./findings.ts";

/** As Problems shows where a finding comes from; the same in every language, like the names of programs. */
export const measuredSource = "sopm verify";

/**
 * Has the statements of a package executed on a database that runs, and shows the report beside it. Yields what the server
 * said; undefined when nothing was chosen.
 */
export function verifyCommand(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  system: ChosenSystem,
) {
  const found = new DryRunFindings(measuredSource);
  context.subscriptions.push(found);
  return async (argument?: unknown): Promise<VerifyResult | undefined> => {
    const uri = await choosePackage(argument, undefined);
    const database = uri && (await chooseDatabase());
    const chosen = database && (await chooseOperation(database));
    if (!uri || !database || !chosen) return undefined;
    const params = {
      ...{ uri: uri.toString(), operations: chosen.operations },
      ...(database.name !== undefined && { database: database.name }),
      ...(system.choice && { system: system.choice }),
      ...(chosen.from && { from: { kind: "file", uri: chosen.from.toString() } as const }),
    };
    const title = vscode.l10n.t("Executing the statements of the package");
    const result = await runWithProgress(title, (_report, token) =>
      ask(client, verifyRequest, params, token),
    );
    if (result.kind === "verified") {
      found.show(uri, chosen.operations.join(" "), result.findings);
      const document = await vscode.workspace.openTextDocument({ content: result.text });
      await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside, true);
    } else if (result.kind === "not-installed") {
      offerEngines();
    } else if (result.kind === "failed") {
      inBackground(vscode.window.showErrorMessage([result.message, result.hint].join(" ").trim()));
    }
    return result;
  };
}

interface Choice {
  readonly operations: readonly Operation[];
  readonly from?: vscode.Uri;
}

interface Database {
  readonly label: string;
  /** As the settings have it; undefined for the embedded one. */
  readonly name: string | undefined;
}

/** Nobody is asked where there is only the embedded one. */
async function chooseDatabase(): Promise<Database | undefined> {
  const embedded = { label: vscode.l10n.t("the embedded PostgreSQL"), name: undefined };
  const named = namesOfDatabases().map((name) => ({ label: name, name }));
  if (named.length === 0) return embedded;
  const placeHolder = vscode.l10n.t("Where are the statements executed?");
  return vscode.window.showQuickPick([embedded, ...named], { placeHolder });
}

async function chooseOperation({ label }: Database): Promise<Choice | undefined> {
  const { t } = vscode.l10n;
  const items: readonly (vscode.QuickPickItem & { readonly operations: readonly Operation[] })[] = [
    { label: t("Install and uninstall"), operations: ["install", "uninstall"] },
    { label: t(operationTitles.install), operations: ["install"] },
    { label: t("Upgrade from an archive…"), operations: ["upgrade"] },
    { label: t(operationTitles.uninstall), operations: ["uninstall"] },
  ];
  const placeHolder = t("What is executed on {0}?", label);
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked?.operations.includes("upgrade")) return picked;
  const [from] =
    (await vscode.window.showOpenDialog({
      title: t("What is installed before the upgrade"),
      filters: { SOPM: ["opm", "sopm"] },
    })) ?? [];
  return from && { operations: picked.operations, from };
}
