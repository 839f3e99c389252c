import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { DryRunReport } from "./report-model.ts";

/** What was tried, on what: the title of a report. */
export function headingOf(
  report: Pick<DryRunReport, "operation" | "package" | "product" | "database" | "applied">,
): Message {
  const { name = "?", version = "" } = report.package;
  return {
    text: (report.applied ? appliedHeadings : headings)[report.operation].text,
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

const appliedHeadings: Readonly<Record<Operation, Message>> = {
  install: { text: "Install {package} on {product} with {database}" },
  upgrade: { text: "Upgrade to {package} on {product} with {database}" },
  reinstall: { text: "Reinstall {package} on {product} with {database}" },
  uninstall: { text: "Uninstall {package} from {product} with {database}" },
};
