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
  const { name = "", version = "" } = report.package;
  const from = report.operation === "upgrade" ? report.installedVersion : undefined;
  const named = report.applied ? appliedHeadings : triedHeadings;
  const nameless = report.applied ? namelessApplied : namelessTried;
  return {
    text: (name === ""
      ? nameless[report.operation]
      : named[from === undefined ? report.operation : "upgrade-from"]
    ).text,
    values: {
      ...(from !== undefined && { name, from, version }),
      package: `${name} ${version}`.trim(),
      product: report.product,
      database: databaseTitles[report.database],
    },
  };
}

type Title = Operation | "upgrade-from";

const triedHeadings: Readonly<Record<Title, Message>> = {
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

/** A package has no installed version under a name that it does not have. */
const namelessTried: Readonly<Record<Operation, Message>> = {
  install: { text: "Dry run: install a package without a name on {product} with {database}" },
  upgrade: { text: "Dry run: upgrade to a package without a name on {product} with {database}" },
  reinstall: { text: "Dry run: reinstall a package without a name on {product} with {database}" },
  uninstall: { text: "Dry run: uninstall a package without a name from {product} with {database}" },
};

const namelessApplied: Readonly<Record<Operation, Message>> = {
  install: { text: "Install a package without a name on {product} with {database}" },
  upgrade: { text: "Upgrade to a package without a name on {product} with {database}" },
  reinstall: { text: "Reinstall a package without a name on {product} with {database}" },
  uninstall: { text: "Uninstall a package without a name from {product} with {database}" },
};
