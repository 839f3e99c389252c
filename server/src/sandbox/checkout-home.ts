import { type FileSystem, ownCodes, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type ConfigFacts, readArchiveList, readConfig, readRelease } from "../system/framework-checkout.ts";
import type { HomeEntry, HomeFiles } from "../system/home.ts";
import { type HomeTables, isSchemaFile, type SchemaFile, withHomeTables } from "../system/home-schema.ts";
import type { ProductVersion } from "../system/product-version.ts";
import { HomeFolderFiles, lookAtPlain } from "./home-folder.ts";

/** What the files of a framework say it is. */
export interface CheckoutFacts extends ConfigFacts {
  readonly framework: ProductVersion;
}

/**
 * Looks at the home of a framework. Nothing in it is run and nothing changed.
 *
 * @throws PackageError when it is none
 */
export async function readCheckout(folder: string, files: FileSystem): Promise<CheckoutFacts> {
  await requireCheckout(folder, files);
  const framework = readRelease((await readText(folder, "RELEASE", files)) ?? "");
  if (!framework) throw new PackageError("framework-unknown", { folder });
  return { framework, ...readConfig((await readText(folder, "Kernel/Config.pm", files)) ?? "", framework) };
}

/** @throws PackageError when there is no framework in the folder, or no longer */
export async function requireCheckout(folder: string, files: FileSystem): Promise<void> {
  try {
    await files.read(`${folder}/RELEASE`, { follow: true, range: [0, 0] });
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === ownCodes.silent) throw error;
    // One that is there and cannot be read says that there is a framework all the same.
    if (code === "EACCES" && (await isThere(folder, files))) return;
    throw new PackageError("framework-missing", { folder });
  }
}

async function isThere(folder: string, files: FileSystem): Promise<boolean> {
  try {
    return (await files.status([`${folder}/RELEASE`]))[0]?.kind === "file";
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** What is known of the framework in a home, with the tables of its own files. */
export async function readHomeTables(
  folder: string,
  files: FileSystem,
  knowledge: Knowledge,
): Promise<HomeTables> {
  return withHomeTables(knowledge, await readSchemaFiles(folder, files));
}

async function readSchemaFiles(folder: string, files: FileSystem): Promise<readonly SchemaFile[]> {
  const place = "scripts/database";
  let names: readonly string[];
  try {
    names = await files.list(`${folder}/${place}`);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined || code === ownCodes.silent) throw error;
    return code === "ENOENT" || code === "ENOTDIR" ? [] : [{ path: place, text: undefined }];
  }
  return Promise.all(
    names
      .filter(isSchemaFile)
      .sort()
      .map(async (name) => {
        const path = `${place}/${name}`;
        return { path, text: await readText(folder, path, files) };
      }),
  );
}

/** The files of a home where they lie; they are only read. */
export class FolderHome implements HomeFiles {
  readonly folder: string;
  readonly #files: HomeFolderFiles;
  readonly #listed: ReadonlySet<string> | undefined;

  /** @param listed the paths in the file ARCHIVE; undefined when there is none */
  constructor(folder: string, files: FileSystem, listed: ReadonlySet<string> | undefined) {
    this.folder = folder;
    this.#files = new HomeFolderFiles(folder, files);
    this.#listed = listed;
  }

  lookAt(paths: readonly string[]): Promise<readonly (HomeEntry | undefined)[]> {
    return lookAtPlain(paths, (plain) => this.#files.lookAt(plain));
  }

  isFrameworkFile(path: string): boolean | undefined {
    return this.#listed?.has(path);
  }

  list(folder: string): Promise<readonly string[]> {
    return this.#files.list(folder);
  }
}

/** The framework's own files as its file ARCHIVE lists them; undefined when there is none. */
export async function readCheckoutList(
  folder: string,
  files: FileSystem,
): Promise<ReadonlySet<string> | undefined> {
  const text = await readText(folder, "ARCHIVE", files);
  return text === undefined ? undefined : readArchiveList(text);
}

/** More than any of the files that are read as text has. */
const longestText = 16 * 1024 * 1024;

/** Installations have links in these places. Undefined for what is no file, cannot be read or is far too long. */
async function readText(folder: string, name: string, files: FileSystem): Promise<string | undefined> {
  try {
    const bytes = await files.read(`${folder}/${name}`, { follow: true, limit: longestText });
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
