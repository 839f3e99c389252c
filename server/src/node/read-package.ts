import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { contentsOfSpec } from "../builder/contents-of-spec.ts";
import type { ContentsNote, PackageContents } from "../builder/package-contents.ts";
import { hasTooManyTags, readSafely } from "../builder/read-safely.ts";
import { defaultDialect } from "../dialect/detect.ts";
import { doAlike, type Release } from "../dialect/switches.ts";
import { buildStamp } from "../engine/build-stamp.ts";
import { PackageError } from "../host/package-error.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { readArchiveFile } from "./archive-file.ts";
import { clock } from "./clock.ts";
import { machine } from "./machine.ts";
import { SpecFiles } from "./spec-files.ts";

/** A package from the disk. */
export interface ReadPackage {
  readonly contents: PackageContents;
  /** Of a spec, to find places in; undefined for an archive. */
  readonly specText: string | undefined;
}

/** How the files of a spec are found. */
export interface SpecFileOptions {
  /** Absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
  readonly allowSymlinks?: boolean;
}

/**
 * Reads a spec, or an archive, which is told by its ending `.opm`, as the package manager of a release would. What
 * cannot be understood is in the contents; the contents of files are read when they are asked for.
 *
 * @param release of the system it is for, which may depend on what the package says of itself
 * @throws PackageError when the file is not there, is no regular file, or cannot be read
 */
export async function readPackage(
  path: string,
  release: Release | ((structure: PackageContents["structure"]) => Release),
  options: SpecFileOptions = {},
): Promise<ReadPackage> {
  if (/\.opm$/i.test(path)) return { contents: await readArchiveFor(path, release), specText: undefined };
  const { text, problem } = decodeText(readRegularFile(path));
  const note: ContentsNote["id"] | undefined = problem
    ? "encoding"
    : hasTooManyTags(text)
      ? "too-large"
      : undefined;
  // What the framework does not decode it does not read.
  const tree = SyntaxTree.parse(note ? "" : text);
  const wanted = typeof release === "function" ? release(readSafely(tree, anyRelease).structure) : release;
  const { baseFolder = dirname(path), allowSymlinks = false } = options;
  const files = new SpecFiles(resolve(baseFolder), allowSymlinks);
  const stamp = () => buildStamp({ mode: "framework" }, wanted, { clock, machine });
  const contents = contentsOfSpec(tree, wanted, basename(path), files.contentOf, stamp);
  return { contents: note ? { ...contents, notes: [{ id: note }] } : contents, specText: text };
}

/** What a package says of itself is read alike by all. */
const anyRelease = defaultDialect;

async function readArchiveFor(
  path: string,
  release: Parameters<typeof readPackage>[1],
): Promise<PackageContents> {
  if (typeof release !== "function") return readArchiveFile(path, release);
  const contents = await readArchiveFile(path, anyRelease);
  const wanted = release(contents.structure);
  return doAlike(wanted, anyRelease) ? contents : readArchiveFile(path, wanted);
}

/** Bytes. Specs hold no contents of files, and a tree of more text than this would fill the memory. */
const largestSpec = 100_000_000;

function readRegularFile(path: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    // A pipe that nobody writes to does not keep us waiting.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new PackageError("archive-not-file", { file: path });
    if (status.size > largestSpec) {
      const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
      const values = { file: path, size: megabytes(status.size), limit: megabytes(largestSpec) };
      throw new PackageError("archive-too-large", values);
    }
    return readFileSync(descriptor);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof PackageError || code === undefined) throw error;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    throw new PackageError(
      isMissing ? "archive-missing" : "archive-unreadable",
      { file: path, reason: code },
      { cause: error },
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
