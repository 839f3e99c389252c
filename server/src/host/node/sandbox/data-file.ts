import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DataProblem, DataReader, type PlainData } from "../../../system/data-reader.ts";
import { PackageError } from "../../package-error.ts";

/** What this version writes. A version that writes something else has a higher number. */
const formatVersion = 1;

/**
 * Reads a file of plain data and makes of it what `read` makes. Its first line holds the version of the format and a
 * checksum of all the rest, so that no byte can change without being noticed.
 *
 * @returns undefined when there is no such file
 * @throws PackageError when it is damaged or was written by a newer version
 */
export function readDataFile<T>(path: string, folder: string, read: (data: DataReader) => T): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const damaged = (reason: string, cause?: unknown) =>
    new PackageError("sandbox-damaged", { folder, file: basename(path), reason }, { cause });
  const end = text.indexOf("\n");
  const [, version, checksum] = headPattern.exec(text.slice(0, end + 1)) ?? [];
  if (checksum === undefined || checksumOf(Number(version), text.slice(end + 1)) !== checksum) {
    throw damaged("checksum");
  }
  if (Number(version) > formatVersion) throw new PackageError("sandbox-newer", { folder });
  try {
    return read(new DataReader(JSON.parse(text.slice(end + 1))));
  } catch (error) {
    if (error instanceof DataProblem || error instanceof SyntaxError) throw damaged(error.message, error);
    throw error;
  }
}

const headPattern = /^sopm-sandbox (\d{1,6}) ([0-9a-f]{64})\n$/;

function checksumOf(version: number, body: string): string {
  return createHash("sha256").update(`${version}\n`).update(body).digest("hex");
}

/** The text of a data file. */
export function dataFileText(data: PlainData, version = formatVersion): string {
  const body = JSON.stringify(data);
  return `sopm-sandbox ${version} ${checksumOf(version, body)}\n${body}`;
}

/** Writes a data file under another name, forces it to the disk and gives it its own, replacing what stood there. */
export function writeDataFile(path: string, data: PlainData): void {
  const temporary = `${path}.tmp`;
  const descriptor = openSync(temporary, "w", 0o644);
  try {
    writeFileSync(descriptor, dataFileText(data));
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    unlinkSync(temporary);
    throw error;
  }
  closeSync(descriptor);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Writes a data file that may be lost when the computer goes off. */
export function writeLooseDataFile(path: string, data: PlainData): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, dataFileText(data));
  renameSync(temporary, path);
}

/** Forces names of a folder to the disk. Not every system can; then it is left to the system. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Windows opens no folders.
  }
}
