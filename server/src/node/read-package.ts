import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { contentsOfSpec } from "../builder/contents-of-spec.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import { hasTooManyTags } from "../builder/read-safely.ts";
import { defaultDialect } from "../dialect/detect.ts";
import { doAlike, type Release } from "../dialect/switches.ts";
import { buildStamp } from "../engine/build-stamp.ts";
import type { PackageReader, ReadPackage } from "../engine/system-world.ts";
import { PackageError } from "../host/package-error.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { readArchiveFile } from "./archive-file.ts";
import { clock } from "./clock.ts";
import { machine } from "./machine.ts";
import { SpecFiles } from "./spec-files.ts";

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
  const read = packageReader(path, options);
  if (typeof release !== "function") return read(release);
  // What a package says of itself is read alike by all.
  const first = await read(defaultDialect);
  const wanted = release(first.contents.structure);
  return doAlike(wanted, first.contents.release) ? first : read(wanted);
}

/** Reads a package as {@link readPackage} does, for one release after the other. Its file is read once, if it is a spec. */
export function packageReader(path: string, options: SpecFileOptions = {}): PackageReader {
  let spec: SpecOnDisk | undefined;
  return async (release) => {
    if (/\.opm$/i.test(path)) return { contents: await readArchiveFile(path, release), specText: undefined };
    spec ??= readSpec(path, options);
    const { tree, text, files, note } = spec;
    const stamp = () => buildStamp({ mode: "framework" }, release, { clock, machine });
    const contents = contentsOfSpec(tree, release, basename(path), files.contentOf, stamp);
    return { contents: note ? { ...contents, notes: [{ id: note }] } : contents, specText: text };
  };
}

interface SpecOnDisk {
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly files: SpecFiles;
  /** Why nothing is read; undefined when something is. */
  readonly note: "encoding" | "too-large" | undefined;
}

function readSpec(
  path: string,
  { baseFolder = dirname(path), allowSymlinks = false }: SpecFileOptions,
): SpecOnDisk {
  const { text, problem } = decodeText(readRegularFile(path));
  const note = problem ? "encoding" : hasTooManyTags(text) ? "too-large" : undefined;
  // What the framework does not decode it does not read.
  const tree = SyntaxTree.parse(note ? "" : text);
  return { text, tree, note, files: new SpecFiles(resolve(baseFolder), allowSymlinks) };
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
