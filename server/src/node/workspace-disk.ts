import type { Dirent, Stats } from "node:fs";
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FolderEntry, ReadFile, WorkspaceDisk } from "../host/workspace-disk.ts";
import { onlyPlain } from "./open-flags.ts";

/** The disk of this computer. Only what it is asked for is looked at. */
export const nodeWorkspaceDisk: WorkspaceDisk = { list, read, stampOf };

async function stampOf(path: string): Promise<string | undefined> {
  try {
    return stampIn(await stat(path));
  } catch {
    return undefined;
  }
}

function stampIn({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return [size, mtimeMs, ctimeMs, ino].join(" ");
}

async function list(folder: string): Promise<readonly FolderEntry[] | undefined> {
  try {
    return entriesOf(folder, await readdir(folder, { withFileTypes: true }));
  } catch {
    return undefined;
  }
}

export function entriesOf(folder: string, entries: readonly Dirent[]): readonly FolderEntry[] {
  return entries.map((entry) => ({ name: entry.name, path: join(folder, entry.name), kind: kindOf(entry) }));
}

function kindOf(entry: Dirent): FolderEntry["kind"] {
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "folder" : "other";
}

async function read(path: string, limit: number): Promise<ReadFile> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, onlyPlain);
    const status = await file.stat();
    if (!status.isFile()) return { kind: "missing" };
    if (status.size > limit) return { kind: "too-large" };
    return { kind: "read", bytes: await file.readFile(), stamp: stampIn(status) };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "";
    return gone.has(reason) ? { kind: "missing" } : { kind: "unreadable", reason };
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** What the system says of a path that leads to no regular file. */
const gone: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EMLINK", "ENXIO", "EISDIR"]);
