import { statSync } from "node:fs";
import { join } from "node:path";
import { PackageError } from "../../host/package-error.ts";
import {
  type ConfigFacts,
  readArchiveList,
  readConfig,
  readRelease,
} from "../../system/framework-checkout.ts";
import type { Home } from "../../system/home.ts";
import { homePath } from "../../system/home-path.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import { HomeFolderFiles } from "./home-folder.ts";
import { readChosenText } from "./plain-file.ts";

/** What the files of a framework say it is. */
export interface CheckoutFacts extends ConfigFacts {
  readonly framework: ProductVersion;
}

/**
 * Looks at the home of a framework. Nothing in it is run and nothing changed.
 *
 * @throws PackageError when it is none
 */
export function readCheckout(folder: string): CheckoutFacts {
  requireCheckout(folder);
  const framework = readRelease(readText(folder, "RELEASE") ?? "");
  if (!framework) throw new PackageError("framework-unknown", { folder });
  return { framework, ...readConfig(readText(folder, "Kernel/Config.pm") ?? "") };
}

/** @throws PackageError when there is no framework in the folder, or no longer */
export function requireCheckout(folder: string): void {
  if (!isFile(join(folder, "RELEASE"))) throw new PackageError("framework-missing", { folder });
}

/** False as well for what cannot even be looked for, such as something below a file. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The files of a framework where they lie; they are only read. */
export function checkoutHome(folder: string): Home {
  const files = new HomeFolderFiles(folder);
  let listed: ReadonlySet<string> | "none" | undefined;
  return {
    entry(path) {
      const plain = homePath(path);
      return plain === undefined ? { kind: "other", what: "outside" } : files.entry(plain);
    },
    isFrameworkFile(path) {
      if (listed === undefined) {
        const text = readText(folder, "ARCHIVE");
        listed = text === undefined ? "none" : readArchiveList(text);
      }
      return listed === "none" ? undefined : listed.has(path);
    },
    list: (path) => files.list(path),
  };
}

/** More than any of the files that are read as text has. */
const longestText = 16 * 1024 * 1024;

/** Installations have links in these places. Undefined for what is no file, cannot be read or is far too long. */
function readText(folder: string, name: string): string | undefined {
  return readChosenText(join(folder, name), longestText);
}
