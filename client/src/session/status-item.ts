import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { type StatusParams, statusNotification } from "../../../server/src/protocol/session.ts";
import { hear } from "../ask.ts";
import { documentSelector } from "../document-selector.ts";

const productName = "SOPM";

/** The one language status item: the dialect and profile of the active document, and how the server fares. */
export function showStatus(client: LanguageClient): vscode.Disposable {
  const statuses = new Map<string, StatusParams>();
  const item = vscode.languages.createLanguageStatusItem("sopm.status", documentSelector);
  item.name = productName;
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const status = document && statuses.get(client.code2ProtocolConverter.asUri(document.uri));
    Object.assign(item, describe(client.state, status));
  };
  update();
  return vscode.Disposable.from(
    item,
    client.onDidChangeState(update),
    hear(client, statusNotification, (status) => {
      statuses.set(status.uri, status);
      update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidCloseTextDocument((document) => {
      statuses.delete(client.code2ProtocolConverter.asUri(document.uri));
    }),
  );
}

interface Shown {
  readonly text: string;
  readonly detail: string | undefined;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly busy: boolean;
  readonly command: vscode.Command | undefined;
}

/** What the item shows; a document that the server has not reported on yet has no status. */
function describe(state: State, status: StatusParams | undefined): Shown {
  if (state === State.Stopped || state === State.StartFailed) {
    return {
      text: vscode.l10n.t("SOPM server stopped"),
      detail: undefined,
      severity: vscode.LanguageStatusSeverity.Error,
      busy: false,
      command: { command: "sopm.restartServer", title: vscode.l10n.t("Restart") },
    };
  }
  const settled = { severity: vscode.LanguageStatusSeverity.Information, busy: false };
  if (state === State.Starting || !status) {
    return {
      ...settled,
      text: productName,
      detail: undefined,
      busy: state === State.Starting,
      command: undefined,
    };
  }
  return {
    ...settled,
    text: status.dialectLabel,
    detail: `${originOf(status)}, ${vscode.l10n.t("profile {0}", status.profile)}, ${basisOf(status)}`,
    command: {
      command: "workbench.action.openSettings",
      title: vscode.l10n.t("Change Dialect"),
      arguments: ["sopm.dialect"],
    },
  };
}

/** What the findings of the document rest on. */
function basisOf({ basis: { certainty, release } }: StatusParams): string {
  switch (certainty) {
    case "run":
      return vscode.l10n.t("known from {0}, which was run", release);
    case "read":
      return vscode.l10n.t("known from {0}, whose code was read", release);
    case "assumed":
      return vscode.l10n.t("assumed to be as in {0}", release);
  }
}

function originOf({ dialectSource }: StatusParams): string {
  switch (dialectSource) {
    case "setting":
      return vscode.l10n.t("dialect set in the settings");
    case "detected":
      return vscode.l10n.t("dialect told from the spec");
    case "default":
      return vscode.l10n.t("dialect assumed, the spec does not tell");
  }
}
