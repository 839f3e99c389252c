import { stat } from "node:fs/promises";
import type { PackageSource } from "../host/package-source.ts";
import { openArchive, readSpecFile } from "./archive-file.ts";
import { SpecFilesOnDisk } from "./spec-files.ts";

export const packageSource: PackageSource = {
  archive: openArchive,
  spec: readSpecFile,
  async stampOf(path) {
    const status = await stat(path).catch(() => undefined);
    return status && `${status.mtimeMs} ${status.size}`;
  },
  filesOf: async (baseFolder, allowSymlinks) => new SpecFilesOnDisk(baseFolder, allowSymlinks),
};
