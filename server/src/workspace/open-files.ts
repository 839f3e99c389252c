import { isSettingsPath } from "../dialect/settings-files.ts";
import type { Disk } from "../host/folder-cache.ts";
import { readableSize } from "../host/folder-facts.ts";
import type { Paths } from "../host/paths.ts";
import { type NamedFileKind, perlFileSymbols, settingsFileSymbols } from "../symbols/file-symbols.ts";
import { type SymbolQuery, symbolMatcher } from "../symbols/package-symbols.ts";
import type { PackageSymbol } from "../symbols/symbol.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import type { OpenDocument } from "./open-documents.ts";

/** Whether a document is a settings file or a setup module, which concerns the specs that list it and is none. */
export function isPackageFile({ path }: Pick<OpenDocument, "path">, languageId: string): boolean {
  if (languageId === "sopm" || languageId === "opm" || path === undefined) return false;
  return isSettingsPath(path) || setupModulePath.test(path) || configurationPath.test(path);
}

const configurationPath = /(?:^|[\\/.])sopm\.json$/;

const setupModulePath = /(?:^|[\\/])var[\\/]packagesetup[\\/].*\.pm$/i;

/** Files of packages that the editor has open: what is typed in them counts, and not what is on the disk. */
export class OpenFiles {
  readonly #byPath = new Map<string, OpenDocument>();

  get(path: string | undefined): OpenDocument | undefined {
    return path === undefined ? undefined : this.#byPath.get(path);
  }

  all(): Iterable<OpenDocument> {
    return this.#byPath.values();
  }

  open(document: OpenDocument): void {
    if (document.path !== undefined) this.#byPath.set(document.path, document);
  }

  /** @returns whether it was open */
  close(path: string | undefined): boolean {
    return path !== undefined && this.#byPath.delete(path);
  }

  /** What is written in an open file; undefined for one that is not open. */
  textOf(path: string): string | undefined {
    return this.get(path)?.tree.source.toString();
  }

  /** A disk on which open files are as they are typed. */
  over(disk: Disk, baseFolder: string, paths: Pick<Paths, "join">): Disk {
    const { read } = disk;
    if (!read) return disk;
    return {
      inspect: (path) => disk.inspect(path),
      scan: (folders) => disk.scan(folders),
      read: async (path) => {
        const typed = this.textOf(paths.join(baseFolder, path));
        if (typed === undefined) return read.call(disk, path);
        return typed.length > readableSize ? "" : typed;
      },
      ...(disk.specs && { specs: () => disk.specs!() }),
      ...(disk.gitRules && { gitRules: () => disk.gitRules!() }),
      ...(disk.around && { around: disk.around }),
    };
  }
}

/** What an open file of a package is read as. */
export function openFileKind({ path }: Pick<OpenDocument, "path">): NamedFileKind {
  return path?.endsWith(".pm") ? "perl" : "settings";
}

/** The names in an open file of a package that a query asks for. */
export function fileSymbols(file: OpenDocument, query: SymbolQuery): readonly PackageSymbol[] {
  const symbols = openFileKind(file) === "perl" ? perlNames(file.tree) : settingsFileSymbols(file.tree);
  return symbols.filter(symbolMatcher(query));
}

const perlNames = memo((tree: SyntaxTree) => perlFileSymbols(tree.source.toString()));
