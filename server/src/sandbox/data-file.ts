import { type FileSystem, ownCodes, systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import { DataProblem, DataReader, type PlainData } from "../system/data-reader.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/** What this version can read. A version that writes something else has a higher number. */
const formatVersion = 2;

/** What is read by all versions, which most files are written as. */
const firstFormat = 1;

/** Bytes; more than fit into a text. */
const longestFile = 500_000_000;

/**
 * Reads a file of plain data and makes of it what `read` makes. Its first line holds the version of the format and a
 * checksum of all the rest, so that no byte can change without being noticed.
 *
 * @returns undefined when there is no such file
 * @throws PackageError when it is damaged or was written by a newer version
 */
export async function readDataFile<T>(
  sandbox: SandboxFolder,
  path: string,
  read: (data: DataReader) => T,
): Promise<T | undefined> {
  const { files, folder } = sandbox;
  const damaged = (reason: string, cause?: unknown) =>
    sandbox.damaged(sandbox.locationOf(path), reason, cause);
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path, { limit: longestFile });
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "ENOENT") return undefined;
    // Nothing that we write is a link, a folder, a pipe or larger than a text can be.
    if (code === ownCodes.notPlain || code === ownCodes.tooLarge) throw damaged(code, error);
    throw error;
  }
  const end = bytes.indexOf(lineFeed) + 1;
  const [, version, checksum] = headPattern.exec(decoder.decode(bytes.subarray(0, end))) ?? [];
  const body = bytes.subarray(end);
  if (checksum === undefined || checksumOf(files, Number(version), body) !== checksum) {
    throw damaged("checksum");
  }
  if (Number(version) > formatVersion) throw new PackageError("sandbox-newer", { folder });
  try {
    return read(new DataReader(JSON.parse(decoder.decode(body))));
  } catch (error) {
    if (error instanceof DataProblem || error instanceof SyntaxError) throw damaged(error.message, error);
    throw error;
  }
}

/**
 * Whether something is a data file, be it damaged behind its first line.
 *
 * @throws SystemError when it is there and cannot be read
 */
export async function isDataFile(files: FileSystem, path: string): Promise<boolean> {
  try {
    return headPattern.test(decoder.decode(await files.read(path, { range: [0, longestHead] })));
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (["ENOENT", "ENOTDIR", ownCodes.notPlain].includes(code)) return false;
    throw error;
  }
}

/** Bytes. */
const longestHead = 100;
const headPattern = /^sopm-sandbox (\d{1,6}) ([0-9a-f]{64})\n/;
const lineFeed = 10;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

function checksumOf(files: Pick<FileSystem, "hash">, version: number, body: Uint8Array): string {
  const hash = files.hash();
  hash.update(encoder.encode(`${version}\n`));
  hash.update(body);
  return hash.digest();
}

/** What a data file has in it. */
export function dataFileBytes(
  files: Pick<FileSystem, "hash">,
  data: PlainData,
  version = firstFormat,
): Uint8Array {
  const body = encoder.encode(JSON.stringify(data));
  const head = encoder.encode(`sopm-sandbox ${version} ${checksumOf(files, version, body)}\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** Writes a data file under another name, forces it to the disk and gives it its own, replacing what stood there. */
export async function writeDataFile(
  { files }: SandboxFolder,
  path: string,
  data: PlainData,
  version = firstFormat,
): Promise<void> {
  await replaceFile(files, path, dataFileBytes(files, data, version), false);
  await files.flush([files.split(path).folder]);
}

/** Writes a data file that may be lost when the computer goes off. */
export async function writeLooseDataFile(
  { files }: SandboxFolder,
  path: string,
  data: PlainData,
): Promise<void> {
  await replaceFile(files, path, dataFileBytes(files, data), true);
}

async function replaceFile(
  files: FileSystem,
  path: string,
  bytes: Uint8Array,
  isLoose: boolean,
): Promise<void> {
  const temporary = `${path}.tmp`;
  // What a killed process or somebody else has put there is removed, not followed.
  await files.removeTree(temporary);
  try {
    await files.write([{ path: temporary, bytes, isLoose }]);
    await files.rename([[temporary, path]]);
  } catch (error) {
    await removedIfPossible(files, temporary);
    throw error;
  }
}

async function removedIfPossible(files: FileSystem, path: string): Promise<void> {
  try {
    await files.removeTree(path);
  } catch {
    // Why it was not written is told already; the next who writes removes it.
  }
}
