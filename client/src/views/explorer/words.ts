import * as vscode from "vscode";
import type { FindingCounts } from "../../../../server/src/protocol/packages-view.ts";

/** What is wrong, in words; nothing where nothing is. */
export function findingWords({ errors, warnings }: FindingCounts): readonly string[] {
  return [
    errors === 0 ? "" : errors === 1 ? vscode.l10n.t("1 error") : vscode.l10n.t("{0} errors", errors),
    warnings === 0
      ? ""
      : warnings === 1
        ? vscode.l10n.t("1 warning")
        : vscode.l10n.t("{0} warnings", warnings),
  ].filter((text) => text !== "");
}
