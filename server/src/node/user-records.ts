import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { UserRecords } from "../host/test-system.ts";
import { namedOutput } from "./named-files.ts";
import { checkOwnFolder, makeOwnFolder, userStateFolder } from "./user-cache-folder.ts";

/** Files in a folder of the user that nobody else may write. */
export const userRecords: UserRecords = {
  async read(name) {
    try {
      const folder = userStateFolder();
      if (folder === undefined) return undefined;
      checkOwnFolder(folder);
      return await readFile(join(folder, fileOf(name)), "utf8");
    } catch {
      return undefined;
    }
  },
  async names() {
    try {
      const folder = userStateFolder();
      if (folder === undefined) return [];
      checkOwnFolder(folder);
      const files = await readdir(folder);
      return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
    } catch {
      return [];
    }
  },
  async write(name, text) {
    const folder = userStateFolder();
    if (folder === undefined) return;
    // The first program of a user that keeps something finds none of these.
    makeOwnFolder(dirname(folder));
    makeOwnFolder(folder);
    await namedOutput.write(join(folder, fileOf(name)), text);
  },
  async remove(name) {
    const folder = userStateFolder();
    if (folder !== undefined) await rm(join(folder, fileOf(name)), { force: true });
  },
};

const ending = ".json";

function fileOf(name: string): string {
  return name + ending;
}
