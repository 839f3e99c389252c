import { readFileSync, type Stats, writeSync } from "node:fs";
import { access, constants, mkdir, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { NamedFiles, NamedOutput } from "../host/named-files.ts";
import { PackageError } from "../host/package-error.ts";
import { entriesOf } from "./workspace-disk.ts";

export const namedFiles: NamedFiles = {
  kindOf: async (path) => kindOf(await stat(path)),
  // At once: that takes half the time, and who has named a file waits for nothing else.
  read: async (path) => readFileSync(path),
  list: async (folder) => entriesOf(folder, await readdir(folder, { withFileTypes: true })),
  realPath: (path) => realpath(path),
  lookInto: (folder) => access(folder, constants.R_OK | constants.X_OK),
};

export const namedOutput: NamedOutput = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  async tidy(folder) {
    (await import("./temporary-file.ts")).removeStale(resolve(folder));
  },
  write: (path, content) => writeBeside(path, typeof content === "string" ? Buffer.from(content) : content),
  async replace(path, before, content) {
    // Another file of the name can be put there without it, which whoever forbade to write does not mean.
    await access(path, constants.W_OK);
    await writeBeside(path, content, () => {
      if (readFileSync(path).equals(before)) return;
      throw new PackageError("output-changed", { folder: dirname(path), fileName: basename(path) });
    });
  },
};

/** @param check whether it may still take its place; throws otherwise */
async function writeBeside(path: string, bytes: Uint8Array, check: () => void = () => {}): Promise<void> {
  const { createTemporaryFile } = await import("./temporary-file.ts");
  // Like a file that a shell redirects into.
  const temporary = createTemporaryFile(resolve(path), 0o666 & ~process.umask());
  try {
    for (let start = 0; start < bytes.length; ) start += writeSync(temporary.descriptor, bytes, start);
    check();
    temporary.commit();
  } catch (error) {
    temporary.remove();
    throw error;
  }
}

function kindOf(status: Stats): Awaited<ReturnType<NamedFiles["kindOf"]>> {
  if (status.isFile()) return "file";
  if (status.isDirectory()) return "folder";
  return status.isFIFO() ? "pipe" : "special";
}
