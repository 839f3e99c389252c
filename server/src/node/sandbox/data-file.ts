import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { PackageError } from "../../host/package-error.ts";
import { DataProblem, DataReader, type PlainData } from "../../system/data-reader.ts";
import { notPlainCode, readPlainText } from "./plain-file.ts";

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
  const damaged = (reason: string, cause?: unknown) =>
    new PackageError("sandbox-damaged", { folder, file: basename(path), reason }, { cause });
  let text: string;
  try {
    text = readPlainText(path);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    // Nothing that we write is a link, a folder, a pipe or larger than a text can be.
    if (notOurs.has(code)) throw damaged(code, error);
    throw error;
  }
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

const notOurs: ReadonlySet<string> = new Set([
  ...[notPlainCode, "ERR_FS_FILE_TOO_LARGE", "ERR_STRING_TOO_LONG"],
]);

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
  const temporary = temporaryFor(path);
  const descriptor = openSync(temporary, "wx", 0o644);
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
  const temporary = temporaryFor(path);
  writeFileSync(temporary, dataFileText(data), { flag: "wx" });
  renameSync(temporary, path);
}

/** A name of which there is no file. What a killed process or somebody else has put there is removed, not followed. */
function temporaryFor(path: string): string {
  const temporary = `${path}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  return temporary;
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
