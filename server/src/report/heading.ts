import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { DryRunReport } from "./report-model.ts";

/** What was tried, on what: the title of a report. */
export function headingOf(
  report: Pick<
    DryRunReport,
    "operation" | "package" | "installedVersion" | "product" | "database" | "applied"
  >,
): Message {
  const { name = "?", version = "" } = report.package;
  const from = report.operation === "upgrade" ? report.installedVersion : undefined;
  const titles = report.applied ? appliedHeadings : headings;
  return {
    text: titles[from === undefined ? report.operation : "upgrade-from"].text,
    values: {
      ...(from !== undefined && { name, from, version }),
      package: `${name} ${version}`.trim(),
      product: report.product,
      database: databaseTitles[report.database],
    },
  };
}

type Title = Operation | "upgrade-from";

const headings: Readonly<Record<Title, Message>> = {
  install: { text: "Dry run: install {package} on {product} with {database}" },
  upgrade: { text: "Dry run: upgrade to {package} on {product} with {database}" },
  "upgrade-from": {
    text: "Dry run: upgrade {name} from {from} to {version} on {product} with {database}",
  },
  reinstall: { text: "Dry run: reinstall {package} on {product} with {database}" },
  uninstall: { text: "Dry run: uninstall {package} from {product} with {database}" },
};

const appliedHeadings: Readonly<Record<Title, Message>> = {
  install: { text: "Install {package} on {product} with {database}" },
  upgrade: { text: "Upgrade to {package} on {product} with {database}" },
  "upgrade-from": { text: "Upgrade {name} from {from} to {version} on {product} with {database}" },
  reinstall: { text: "Reinstall {package} on {product} with {database}" },
  uninstall: { text: "Uninstall {package} from {product} with {database}" },
};
