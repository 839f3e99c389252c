import * as vscode from "vscode";
import type { Verdict } from "../../../../server/src/protocol/dry-run.ts";
import type { FindingCounts } from "../../../../server/src/protocol/packages-view.ts";

/** How an operation would end, for a row that has no place for the sentence; its tooltip has that. */
export function verdictWords({ kind }: Verdict): string {
  const words: Readonly<Record<Verdict["kind"], string>> = {
    good: vscode.l10n.t("all well"),
    look: vscode.l10n.t("worth a look"),
    bad: vscode.l10n.t("fails"),
  };
  return words[kind];
}

/** The icon of a row that would do something. */
export const verdictIcons: Readonly<Record<Verdict["kind"], string>> = {
  good: "pass",
  look: "warning",
  bad: "error",
};

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
