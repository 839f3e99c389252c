/**
 * The disk as somebody sees it who keeps files of his own on it, such as a sandbox. Paths are absolute, and what comes
 * below a folder is joined to it with `/`. No member follows a link at the end of a path, unless it says so.
 *
 * What goes wrong is thrown as a {@link SystemError}, whose code is the one that systems have for it. A member that
 * takes many paths does one after the other, in order, and stops at the first that fails; those before it are done.
 *
 * Nothing is safe from a power cut before it was flushed: neither what is in a file nor its name.
 */
export interface FileSystem {
  readonly traits: FileSystemTraits;
  /** The same for all that reach the same files. */
  readonly disk: unknown;

  /** A path as the folder that it lies in and its name there. */
  split(path: string): { readonly folder: string; readonly name: string };
  /**
   * What is at each path; undefined for nothing, for what lies below a file or a circle of links, and for a name that
   * nothing can have.
   */
  status(paths: readonly string[]): Promise<readonly (FileStatus | undefined)[]>;
  /** The names in a folder, in no order. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * The bytes of a regular file. A pipe is not waited for.
   *
   * @throws SystemError "not-plain" for what is no regular file, "too-large" for one beyond the limit
   */
  read(path: string, options?: ReadOptions): Promise<Uint8Array>;
  /** SHA-256 of regular files in hexadecimal, or why one cannot be read. */
  digests(paths: readonly string[]): Promise<readonly (string | SystemError)[]>;

  /**
   * Writes files where nothing is. They get exactly the permissions that are named, as far as the system has them. What
   * is in them is flushed, their names are not.
   */
  write(files: readonly WrittenFile[]): Promise<void>;
  /** Copies regular files in the same way. @throws SystemError "not-plain" for what is no regular file */
  copy(files: readonly CopiedFile[]): Promise<void>;
  /** Makes links that lead where others do, where nothing is. */
  copyLinks(links: readonly Pick<CopiedFile, "from" | "path">[]): Promise<void>;
  /** Makes links where nothing is. What they lead to is an absolute path. */
  makeLinks(links: readonly MadeLink[]): Promise<void>;
  /** What links say they lead to; undefined for what is no link. */
  linkTargets(paths: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Gives files and folders another name. A file replaces a file, and a folder an empty one where the system can. */
  rename(pairs: readonly (readonly [from: string, to: string])[]): Promise<void>;
  /** Makes folders; those around them have to be there. */
  makeFolders(folders: readonly MadeFolder[]): Promise<void>;
  /** Removes files, links and what is special, no folders. */
  remove(paths: readonly string[]): Promise<void>;
  /** Removes folders that are empty. */
  removeFolders(paths: readonly string[]): Promise<void>;
  /** Removes whatever is at a path, with all that is in it. Nothing there is no error. */
  removeTree(path: string): Promise<void>;
  /**
   * Forces the names of what is directly in folders to the disk. Where a system cannot do that, or there is no such
   * folder, nothing happens.
   */
  flush(folders: readonly string[]): Promise<void>;

  /** SHA-256 of bytes in hexadecimal. */
  digest(bytes: Uint8Array): string;
  /** The same of bytes that come piece by piece. */
  hash(): Hash;
  /** Random bytes in hexadecimal, of which nobody gets the same twice. */
  randomName(bytes: number): string;
  /** Milliseconds since 1970, as files are stamped. */
  now(): number;
  /** Lets others do their work, and time go by. */
  pause(milliseconds: number): Promise<void>;
  /** What tells this process from others that may use the same disk. */
  self(): ProcessIdentity;
  /** "unknown" where nobody can tell from here, as of a process on another computer. */
  fateOf(process: ProcessIdentity): "running" | "gone" | "unknown";
}

export interface FileSystemTraits {
  /** Windows keeps some characters and names for itself. */
  readonly hasWindowsNames: boolean;
  /** Whether files have permission bits of their own, and users who own them. */
  readonly hasPermissions: boolean;
  /** Whether what is written is flushed. */
  readonly flushes: boolean;
}

/** Whether a system lets a file have a plain path, as far as the characters and names go that it keeps for itself. */
export function fitsNames(
  path: string,
  { hasWindowsNames }: Pick<FileSystemTraits, "hasWindowsNames">,
): boolean {
  return !hasWindowsNames || isWindowsName(path);
}

/** Windows keeps some characters and names for itself, and cuts dots and blanks off the end. */
function isWindowsName(path: string): boolean {
  return path
    .split("/")
    .every((part) => !/[<>:"|?*\\\u0001-\u001f]|[. ]$/.test(part) && !windowsDevice.test(part));
}

const windowsDevice = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

export interface FileStatus {
  /** `special`: a device, a pipe or a socket. */
  readonly kind: "file" | "folder" | "link" | "special";
  /** Bytes. */
  readonly size: number;
  /** The permission bits, such as 0o644. */
  readonly mode: number;
  /** When what is in it was last changed, in milliseconds since 1970. */
  readonly modified: number;
  /** Another one as soon as the file was replaced or written into. */
  readonly identity: string;
  /** The number of the user it belongs to; undefined where there are none. */
  readonly user: number | undefined;
  /** Whether this process may read it. */
  readonly isReadable: boolean;
}

export interface ReadOptions {
  /** Whether links are followed, as to a file that the user has named. */
  readonly follow?: boolean;
  /** Bytes; a longer file is not read. */
  readonly limit?: number;
  /** Offset of the first byte, and of the first that is not wanted. Fewer bytes come where the file ends before. */
  readonly range?: readonly [start: number, end: number];
}

export interface WrittenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Permission bits; undefined for those that the system gives to new files. */
  readonly mode?: number | undefined;
  /** Whether it may be lost in a power cut, so that nothing of it is flushed. */
  readonly isLoose?: boolean;
}

export interface CopiedFile {
  readonly from: string;
  /** Where nothing is. */
  readonly path: string;
  /** Permission bits; undefined for those that the system gives to copies. */
  readonly mode?: number | undefined;
}

export interface MadeLink {
  readonly path: string;
  readonly target: string;
}

export interface MadeFolder {
  readonly path: string;
  /** Permission bits; undefined for those that the system gives to new folders. */
  readonly mode?: number | undefined;
}

export interface Hash {
  update(bytes: Uint8Array): void;
  /** SHA-256 in hexadecimal. */
  digest(): string;
}

export interface ProcessIdentity {
  readonly process: number;
  /** The name of the computer. */
  readonly host: string;
  /** When the process was started, as the system counts it; empty where it does not tell. */
  readonly processStart: string;
  /** Among which processes its number counts; undefined where the system does not tell. */
  readonly processSpace?: string | undefined;
}

/** What a disk says when something does not work. */
export interface SystemError extends Error {
  /** Such as "ENOENT", or one of {@link ownCodes}. */
  readonly code: string;
  readonly path?: string | undefined;
}

/** Codes that are none of a system. */
export const ownCodes = {
  /** A link, a folder, a device, a pipe or a socket in the place of a file. */
  notPlain: "not-plain",
  tooLarge: "too-large",
  /** A disk, most likely a share, that does not answer. */
  silent: "silent",
} as const;

export function systemError(code: string, path: string, cause?: unknown): SystemError {
  return Object.assign(new Error(`${code}: ${path}`, { cause }), { code, path });
}

/** The code of an error of a file system; undefined for errors of other kinds. */
export function systemCode(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return error instanceof Error && error.name !== "PackageError" && typeof code === "string"
    ? code
    : undefined;
}
