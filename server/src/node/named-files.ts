import { readFileSync, type Stats, writeSync } from "node:fs";
import { access, constants, mkdir, readdir, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { NamedFiles, NamedOutput } from "../host/named-files.ts";
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
  async write(path, content) {
    const { createTemporaryFile } = await import("./temporary-file.ts");
    // Like a file that a shell redirects into.
    const temporary = createTemporaryFile(resolve(path), 0o666 & ~process.umask());
    try {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      for (let start = 0; start < bytes.length; ) start += writeSync(temporary.descriptor, bytes, start);
      temporary.commit();
    } catch (error) {
      temporary.remove();
      throw error;
    }
  },
};

function kindOf(status: Stats): Awaited<ReturnType<NamedFiles["kindOf"]>> {
  if (status.isFile()) return "file";
  if (status.isDirectory()) return "folder";
  return status.isFIFO() ? "pipe" : "special";
}
