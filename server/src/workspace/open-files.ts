import { isSettingsPath } from "../dialect/settings-files.ts";
import type { Disk } from "../host/folder-cache.ts";
import { readableSize } from "../host/folder-facts.ts";
import type { Paths } from "../host/paths.ts";
import type { OpenDocument } from "./open-documents.ts";

/** Whether a document is a settings file, which is checked with the specs that list it and not as a spec. */
export function isSettingsDocument({ path }: Pick<OpenDocument, "path">, languageId: string): boolean {
  return languageId !== "sopm" && languageId !== "opm" && path !== undefined && isSettingsPath(path);
}

/** Files of packages that the editor has open: what is typed in them counts, and not what is on the disk. */
export class OpenFiles {
  readonly #byPath = new Map<string, OpenDocument>();

  get(path: string | undefined): OpenDocument | undefined {
    return path === undefined ? undefined : this.#byPath.get(path);
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
      ...(disk.around && { around: disk.around }),
    };
  }
}
