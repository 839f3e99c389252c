import { closeSync, constants, fstatSync, openSync, realpathSync, type Stats } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import type { FilePart } from "../../builder/archive-part.ts";
import { PackageError, type PackageErrorCode } from "../package-error.ts";
import { isInside } from "./is-inside.ts";

/** A file that is open for reading. */
export interface OpenFile {
  readonly descriptor: number;
  readonly status: Stats;
}

/** Opens the files of a package below its base folder, and nothing else. */
export class PackageFiles {
  readonly #baseFolder: string;
  readonly #realBase: string;
  readonly #allowSymlinks: boolean;
  /** The real paths of the folders asked for so far: files come in flocks. */
  readonly #realFolders = new Map<string, string>();

  /** @throws PackageError when there is no such folder */
  constructor(baseFolder: string, allowSymlinks: boolean) {
    this.#baseFolder = baseFolder;
    this.#allowSymlinks = allowSymlinks;
    try {
      this.#realBase = realpathSync.native(baseFolder);
    } catch (error) {
      throw new PackageError("base-folder-missing", { folder: baseFolder }, { cause: error });
    }
  }

  /**
   * Opens a file. The caller closes it.
   *
   * @returns undefined for a folder that counts as an empty file
   * @throws PackageError when it is not there, is no file, cannot be read or lies outside the base folder
   */
  open(part: FilePart): OpenFile | undefined {
    // A location that begins with a slash is below the base folder too: the builders put the two together.
    const path = join(this.#baseFolder, part.location);
    if (!isInside(this.#baseFolder, path)) throw this.#error("file-outside", part);
    if (relative(this.#baseFolder, path) === "") return this.#folder(part);
    const descriptor = this.#openInside(path, part);
    if (descriptor === undefined) return this.#folder(part);
    try {
      const status = fstatSync(descriptor);
      if (status.isFile() && !path.endsWith(sep)) return { descriptor, status };
      closeSync(descriptor);
      if (status.isDirectory()) return this.#folder(part);
      throw this.#error(status.isFile() ? "file-missing" : "file-is-special", part);
    } catch (error) {
      if (error instanceof PackageError) throw error;
      closeSync(descriptor);
      throw this.#fromSystem(error, part);
    }
  }

  /** Undefined for a folder on systems that do not open folders. */
  #openInside(path: string, part: FilePart): number | undefined {
    try {
      const folder = this.#realFolder(dirname(path));
      this.#requireInside(folder, part);
      return openSync(join(folder, basename(path)), onlyPlain);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EISDIR") return undefined;
      if (code !== "ELOOP" && code !== "EMLINK") throw this.#fromSystem(error, part);
    }
    try {
      // The file itself is a link; it is opened by the path that it leads to.
      const target = realpathSync.native(path);
      this.#requireInside(target, part);
      return openSync(target, onlyPlain);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EISDIR") return undefined;
      throw this.#fromSystem(error, part);
    }
  }

  #realFolder(folder: string): string {
    const known = this.#realFolders.get(folder);
    if (known !== undefined) return known;
    const real = realpathSync.native(folder);
    this.#realFolders.set(folder, real);
    return real;
  }

  #requireInside(path: string, part: FilePart): void {
    if (!this.#allowSymlinks && !isInside(this.#realBase, path)) throw this.#error("file-outside", part);
  }

  #folder(part: FilePart): undefined {
    if (!part.folderIsEmpty) throw this.#error("file-is-folder", part);
    return undefined;
  }

  #error(code: PackageErrorCode, part: FilePart, cause?: unknown): PackageError {
    const { code: reason = "" } = (cause ?? {}) as NodeJS.ErrnoException;
    return new PackageError(
      code,
      { location: part.location, folder: this.#baseFolder, reason },
      { span: part.span, cause },
    );
  }

  #fromSystem(error: unknown, part: FilePart): PackageError {
    if (error instanceof PackageError) return error;
    return this.#error(codeFor((error as NodeJS.ErrnoException).code), part, error);
  }
}

/** A link as last step is not followed, and a pipe that nobody writes to does not keep us waiting. */
const onlyPlain = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function codeFor(code: string | undefined): PackageErrorCode {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
    // A path with the NUL character, which no file has.
    case "ERR_INVALID_ARG_VALUE":
      return "file-missing";
    case "ENXIO":
    case "EOPNOTSUPP":
      return "file-is-special";
    default:
      return "file-unreadable";
  }
}
