import { closeSync, fstatSync, lstatSync, openSync, realpathSync, type Stats } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import type { FilePart } from "../host/archive-writer.ts";
import { PackageError, type PackageErrorCode } from "../host/package-error.ts";
import { isInside } from "./is-inside.ts";
import { onlyPlain } from "./open-flags.ts";

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
  /** The same by the location of the folder; empty where files need a closer look. */
  readonly #plainFolders = new Map<string, string>();

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
    const isLonger = path.length > this.#baseFolder.length + 1;
    if (!isLonger && relative(this.#baseFolder, path) === "") return this.#folder(part);
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

  /**
   * The size of a file that {@link open} would open, found out without opening it, which takes much less time. A link,
   * whatever is no file, and a file that not everybody may read need a closer look.
   *
   * @returns undefined for what needs it
   */
  plainSize(location: string): number | undefined {
    const slash = location.lastIndexOf("/");
    const name = location.slice(slash + 1);
    if (!plainName.test(name)) return undefined;
    const folder = this.#plainFolder(location.slice(0, Math.max(slash, 0)));
    if (folder === undefined) return undefined;
    try {
      const status = lstatSync(folder + sep + name, { throwIfNoEntry: false });
      return status?.isFile() && (status.mode & everybodyReads) === everybodyReads ? status.size : undefined;
    } catch {
      return undefined;
    }
  }

  /** The real path of a folder of locations; undefined where files need a closer look. */
  #plainFolder(location: string): string | undefined {
    const known = this.#plainFolders.get(location);
    if (known !== undefined) return known === "" ? undefined : known;
    let real = "";
    const path = join(this.#baseFolder, location);
    try {
      const found = isInside(this.#baseFolder, path) ? this.#realFolder(path) : "";
      if (this.#allowSymlinks || isInside(this.#realBase, found)) real = found;
    } catch {
      // It is told by what opens the file.
    }
    this.#plainFolders.set(location, real);
    return real === "" ? undefined : real;
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

/** No way to another folder, on any system. */
const plainName = /^(?!\.{1,2}$)[^/\\\0:]+$/;

const everybodyReads = 0o444;

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
