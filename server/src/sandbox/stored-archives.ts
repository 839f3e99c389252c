import { readCutArchive } from "../builder/contents-of-archive.ts";
import type { CutArchive } from "../builder/cut-contents.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import type { FileContent } from "../host/file-content.ts";
import { systemCode } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { ArchiveStore } from "../system/package-table.ts";
import {
  type ArchiveSummary,
  archiveSummaryData,
  contentsOfSummary,
  readArchiveSummary,
  summaryOf,
} from "./archive-summary.ts";
import { readDataFile, writeLooseDataFile } from "./data-file.ts";
import { DiskContent } from "./home-folder.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";
import { lookThrough, StoredArchive } from "./stored-archive.ts";

/** Bytes of archives without their files that are kept in memory because they were asked for of late. */
const largestMemory = 24_000_000;

/** The archives in a sandbox. */
export class SandboxArchives implements ArchiveStore {
  readonly #sandbox: SandboxFolder;
  readonly #release: Release;
  readonly #known = new Map<string, WeakRef<PackageContents>>();
  /** Those asked for of late, the last one at the end, with what they cost. */
  readonly #late = new Map<string, { readonly contents: PackageContents; readonly cost: number }>();
  #cost = 0;

  constructor(sandbox: SandboxFolder, release: Release) {
    this.#sandbox = sandbox;
    this.#release = release;
  }

  async read(digest: string): Promise<PackageContents> {
    const known = this.#known.get(digest)?.deref();
    if (known) return known;
    const summary = (await this.#summary(digest)) ?? (await this.#lookAgain(digest));
    const contents =
      "archive" in summary ? summary : contentsOfSummary(this.#sandbox, summary, this.#release, digest);
    this.#known.set(digest, new WeakRef(contents));
    this.#keep(digest, contents, "cut" in summary ? summary.cut.rest.length : contents.archive.size);
    return contents;
  }

  #keep(digest: string, contents: PackageContents, cost: number): void {
    this.#late.set(digest, { contents, cost });
    this.#cost += cost;
    for (const [oldest, { cost }] of this.#late) {
      if (this.#cost <= largestMemory || oldest === digest) break;
      this.#late.delete(oldest);
      this.#cost -= cost;
    }
  }

  /** Undefined when there is none that can be used. */
  async #summary(digest: string): Promise<ArchiveSummary | undefined> {
    const path = this.#sandbox.archive(digest);
    try {
      const summary = await readDataFile(this.#sandbox, summaryPath(path), readArchiveSummary);
      const status = await this.#sandbox.status(path);
      return status?.kind === "file" && summary?.size === status.size ? summary : undefined;
    } catch (error) {
      if (!(error instanceof PackageError) && systemCode(error) === undefined) throw error;
      // The archive itself tells what is wrong, if anything is.
      return undefined;
    }
  }

  /** A summary, or the package itself when there can be none. @throws PackageError when the archive is damaged */
  async #lookAgain(digest: string): Promise<ArchiveSummary | PackageContents> {
    const { folder, files } = this.#sandbox;
    const path = this.#sandbox.archive(digest);
    const damaged = (cause?: unknown) =>
      new PackageError("sandbox-archive-damaged", { folder, digest }, { cause });
    try {
      const looked = await lookThrough(files, path);
      if (looked.digest !== digest) throw damaged();
      const archive = new StoredArchive(this.#sandbox, path, looked.size, digest);
      const fileName = `${digest}.opm`;
      const { contents, cut } = await readCutArchive(archive, looked.cut, fileName, this.#release, digest);
      if (!cut) return contents;
      const summary = summaryOf(contents, cut, new Map());
      await writeSummary(this.#sandbox, path, summary);
      return summary;
    } catch (error) {
      throw systemCode(error) === undefined ? error : damaged(error);
    }
  }
}

/** An archive that waits to be given its name in the sandbox. */
export interface PreparedArchive {
  /** SHA-256 in hexadecimal. Only of a package that was a spec it is not that of the package. */
  readonly digest: string;
  readonly archive: StoredArchive;
  /** Whether the sandbox has it already; it may be damaged there. */
  readonly isStored: boolean;
  /** The package, as it will be read from the sandbox. */
  readonly contents: PackageContents;
  /** Undefined when it can only be read as a whole. */
  readonly cut: CutArchive | undefined;
  /** Contents of files of the package as it was planned with -> those in the archive that is stored. */
  readonly storedContents: ReadonlyMap<FileContent, FileContent>;
}

/**
 * Puts an archive into the sandbox under a name that nobody looks for. What is written later comes out of it, so that
 * the sandbox is sound even when the original changes in the meantime.
 *
 * @throws PackageError when it has changed already
 */
export async function prepareArchive(
  sandbox: SandboxFolder,
  planned: PackageContents,
  index: number,
): Promise<PreparedArchive> {
  const { files } = sandbox;
  const temporary = `${sandbox.archives}/new-${index}.tmp`;
  await files.removeTree(temporary);
  const { archive } = planned;
  if (archive instanceof DiskContent && archive.files.disk === files.disk) {
    await files.copy([{ from: archive.path, path: temporary }]);
  } else await files.write([{ path: temporary, bytes: await archive.read() }]);
  const looked = await lookThrough(files, temporary);
  const { digest } = looked;
  if (planned.origin === "archive" && planned.digest !== digest) {
    if (archive instanceof StoredArchive) throw archive.damaged();
    throw new PackageError("archive-changed", { file: planned.fileName ?? planned.digest });
  }
  const isStored = await sandbox.isThere(sandbox.archive(digest));
  const stored = new StoredArchive(sandbox, temporary, looked.size, digest);
  const { contents, cut } = await readCutArchive(
    ...([stored, looked.cut, `${digest}.opm`, planned.release, digest] as const),
  );
  const storedContents = new Map<FileContent, FileContent>();
  planned.files.forEach(({ content, location }, index) => {
    const file = contents.files[index];
    if (!content || !file?.content) return;
    if (file.location === location && file.content.size === content.size)
      storedContents.set(content, file.content);
  });
  return { digest, archive: stored, contents, cut, storedContents, isStored };
}

/** Gives an archive its name in the sandbox. */
export async function storePrepared(
  sandbox: SandboxFolder,
  { digest, archive }: PreparedArchive,
): Promise<void> {
  await archive.rename(sandbox.archive(digest));
}

/**
 * Writes down what has come to light about an archive while its files were written.
 *
 * @param digests of contents that were written
 */
export async function summarize(
  sandbox: SandboxFolder,
  { digest, contents, cut }: PreparedArchive,
  digests: ReadonlyMap<FileContent, string>,
): Promise<void> {
  if (cut) await writeSummary(sandbox, sandbox.archive(digest), summaryOf(contents, cut, digests));
}

/**
 * Makes sure that a sound archive is as its summary says. Somebody may have made that of something else.
 *
 * @throws PackageError when it is not, or when the summary cannot be read
 */
export async function requireRightSummary(
  sandbox: SandboxFolder,
  digest: string,
  release: Release,
): Promise<void> {
  const path = sandbox.archive(digest);
  const summary = await readDataFile(sandbox, summaryPath(path), readArchiveSummary);
  if (!summary) return;
  const looked = await lookThrough(sandbox.files, path);
  const archive = new StoredArchive(sandbox, path, looked.size, digest);
  const { contents, cut } = await readCutArchive(archive, looked.cut, `${digest}.opm`, release, digest);
  const isRight =
    cut !== undefined &&
    saidWithoutDigests(summary) === saidWithoutDigests(summaryOf(contents, cut, new Map())) &&
    (await areDigestsRight(summary, contents, sandbox));
  if (!isRight) throw sandbox.damaged(summaryFile(digest), "form");
}

/** Where the summary of an archive is in the folder of a sandbox. */
export function summaryFile(digest: string): string {
  return `archives/${digest}.data`;
}

function saidWithoutDigests(summary: ArchiveSummary): string {
  return JSON.stringify(archiveSummaryData({ ...summary, files: { ...summary.files, digests: [] } }));
}

async function areDigestsRight(
  { files: { digests } }: ArchiveSummary,
  contents: PackageContents,
  { files }: SandboxFolder,
): Promise<boolean> {
  if (digests.length !== contents.files.length) return false;
  for (const [index, { content }] of contents.files.entries()) {
    const digest = digests[index];
    if (digest && (!content || files.digest(await content.read()) !== digest)) return false;
  }
  return true;
}

/** Removes an archive that no row refers to any more. */
export async function removeArchive(sandbox: SandboxFolder, digest: string): Promise<void> {
  // Whatever somebody has put there would keep the operation from being completed.
  await sandbox.files.removeTree(sandbox.archive(digest));
  await sandbox.files.removeTree(summaryPath(sandbox.archive(digest)));
}

function summaryPath(archive: string): string {
  return archive.replace(/\.opm$/, ".data");
}

/** Without a summary everything only takes longer. */
async function writeSummary(sandbox: SandboxFolder, archive: string, summary: ArchiveSummary): Promise<void> {
  try {
    await writeLooseDataFile(sandbox, summaryPath(archive), archiveSummaryData(summary));
  } catch (error) {
    // The sandbox may be one that we are not allowed to write into.
    if (systemCode(error) === undefined) throw error;
  }
}
