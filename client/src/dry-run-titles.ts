import { l10n } from "vscode";
import type { Operation } from "../../server/src/protocol/operations.ts";

/** What a dry run is called, by operation. @param name of the file of the package, on one line */
export function dryRunTitles(name: string): Readonly<Record<Operation, string>> {
  return {
    install: l10n.t("Dry Run: Install {0}", name),
    upgrade: l10n.t("Dry Run: Upgrade {0}", name),
    reinstall: l10n.t("Dry Run: Reinstall {0}", name),
    uninstall: l10n.t("Dry Run: Uninstall {0}", name),
  };
}
