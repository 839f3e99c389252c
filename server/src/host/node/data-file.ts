import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders of data that come with SOPM, and where they are in a checkout; beside the bundles they keep their names. */
const sourceFolders = {
  l10n: "l10n",
  schemas: "schemas",
  knowledge: "server/src/knowledge/data",
  "xsd-schema-validator/support": "node_modules/xsd-schema-validator/support",
} as const;

/** The absolute path of a data file of our own, in an installed SOPM as in a checkout. */
export function dataFile(folder: keyof typeof sourceFolders, name: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const installed = join(here, folder);
  if (existsSync(installed)) return join(installed, name);
  return join(here, "../../../..", sourceFolders[folder], name);
}

/** The absolute path of a page of our documentation, given relative to `docs/`. */
export function docsPage(page: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, "../docs");
  return existsSync(beside) ? join(beside, page) : join(here, "../../../../docs", page);
}
