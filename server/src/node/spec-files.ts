import { closeSync, readSync } from "node:fs";
import type { FilePart } from "../host/archive-writer.ts";
import { emptyContent, type FileContent } from "../host/file-content.ts";
import { PackageError } from "../host/package-error.ts";
import type { SpecFiles } from "../host/package-source.ts";
import { letOthersIn } from "./let-others-in.ts";
import { type OpenFile, PackageFiles } from "./package-files.ts";

/**
 * The files of a spec, found on disk the way the build finds them: below the base folder and nowhere else. What was
 * found once is remembered; when files have changed, make a new object.
 */
export class SpecFilesOnDisk implements SpecFiles {
  readonly #files: PackageFiles | undefined;
  readonly #found = new Map<string, FileContent | undefined>();
  /** Why the build would fail at a location. */
  readonly problems = new Map<string, PackageError>();

  /** @param baseFolder absolute; one that is not there has no files */
  constructor(baseFolder: string, allowSymlinks: boolean) {
    try {
      this.#files = new PackageFiles(baseFolder, allowSymlinks);
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
    }
  }

  readonly find = async (locations: readonly string[]): Promise<void> => {
    for (const [index, location] of locations.entries()) {
      if (index % 64 === 0) await letOthersIn();
      if (!this.#found.has(location)) this.#found.set(location, this.#find(location));
    }
  };

  readonly contentOf = (location: string): FileContent | undefined => this.#found.get(location);

  #find(location: string): FileContent | undefined {
    const files = this.#files;
    if (!files) return undefined;
    const plainSize = files.plainSize(location);
    if (plainSize !== undefined) return contentAt(files, location, plainSize);
    try {
      const file = files.open(partAt(location));
      // The builders read a folder and get nothing.
      if (!file) return emptyContent;
      closeSync(file.descriptor);
      return contentAt(files, location, file.status.size);
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      this.problems.set(location, error);
      return undefined;
    }
  }
}

/** Where a file lies is checked again when it is opened to be read. */
function contentAt(files: PackageFiles, location: string, size: number): FileContent {
  return {
    size,
    async read() {
      await letOthersIn();
      return read(files.open(partAt(location)), size, location);
    },
  };
}

/** @throws PackageError when it is no longer the file that was looked at, or cannot be read */
function read(file: OpenFile | undefined, size: number, location: string): Uint8Array {
  if (!file) throw new PackageError("file-changed", { location });
  try {
    if (file.status.size !== size) throw new PackageError("file-changed", { location });
    const bytes = new Uint8Array(size);
    for (let length = 0; length < size; ) {
      const count = readSync(file.descriptor, bytes, length, size - length, length);
      if (count === 0) throw new PackageError("file-changed", { location });
      length += count;
    }
    return bytes;
  } catch (error) {
    if (error instanceof PackageError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "";
    throw new PackageError("file-unreadable", { location, reason }, { cause: error });
  } finally {
    closeSync(file.descriptor);
  }
}

/** What the build would ask for at a location. */
function partAt(location: string): FilePart {
  return {
    kind: "file",
    location,
    span: { start: 0, end: 0 },
    start: "",
    end: "",
    whenEmpty: "",
    wrapped: false,
    folderIsEmpty: true,
  };
}
