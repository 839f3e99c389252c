import type { DatabaseKind } from "../database/database-kind.ts";
import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { DryRunReport } from "./report-model.ts";

/** What was tried, on what: the title of a report. */
export function headingOf(
  report: Pick<DryRunReport, "operation" | "package" | "product" | "database">,
): Message {
  const { name = "?", version = "" } = report.package;
  return {
    text: headings[report.operation].text,
    values: {
      package: `${name} ${version}`.trim(),
      product: report.product,
      database: databaseTitles[report.database],
    },
  };
}

const headings: Readonly<Record<Operation, Message>> = {
  install: { text: "Dry run: install {package} on {product} with {database}" },
  upgrade: { text: "Dry run: upgrade to {package} on {product} with {database}" },
  reinstall: { text: "Dry run: reinstall {package} on {product} with {database}" },
  uninstall: { text: "Dry run: uninstall {package} from {product} with {database}" },
};

/** Names of their makers, the same in every language. */
export const databaseTitles: Readonly<Record<DatabaseKind, string>> = {
  mysql: "MySQL",
  postgresql: "PostgreSQL",
  oracle: "Oracle",
};
