import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MissingPart } from "../host/missing-part.ts";

/** Folders of data that come with SOPM, and where they are in a checkout; beside the bundles they keep their names. */
const sourceFolders = {
  l10n: "l10n",
  schemas: "schemas",
  knowledge: "server/src/knowledge/data",
  rules: "server/src/rules",
  "xsd-schema-validator/support": "node_modules/xsd-schema-validator/support",
} as const;

const here = dirname(fileURLToPath(import.meta.url));
/** Told by our own name: files may be taken away while SOPM runs, such as by an update. */
const isInstalled = !import.meta.url.endsWith(".ts");

/** The absolute path of a data file of our own, in an installed SOPM as in a checkout. */
export function dataFile(folder: keyof typeof sourceFolders, name: string): string {
  return isInstalled ? join(here, folder, name) : join(here, "../../..", sourceFolders[folder], name);
}

/**
 * The folder of a package that was installed with SOPM, in it or beside it; undefined when it was not. No other folder is
 * looked into: what lies further up may be anybody's.
 *
 * @param parts a folder with more packages, which whoever has started SOPM vouches for
 */
export function ownPackage(name: string, parts?: string): string | undefined {
  const root = join(here, isInstalled ? ".." : "../../..");
  const around = dirname(root);
  const folders = [join(root, "node_modules"), ...(basename(around) === "node_modules" ? [around] : [])];
  if (parts !== undefined) folders.push(parts);
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
}

/** The text of a data file of our own. @throws MissingPart */
export function readDataFile(folder: keyof typeof sourceFolders, name: string): string {
  const path = dataFile(folder, name);
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new MissingPart(path, { cause: error });
  }
}

/** The absolute path of a page of our documentation, given relative to `docs/`. */
export function docsPage(page: string): string {
  const beside = join(here, "../docs");
  return existsSync(beside) ? join(beside, page) : join(here, "../../../docs", page);
}
