import { contentsOfSpecWith } from "../builder/contents-of-spec.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import { hasTooManyTags } from "../builder/read-safely.ts";
import { defaultDialect, detectDialect } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { type Release, readAlike } from "../dialect/switches.ts";
import type { SpecFiles } from "../host/package-source.ts";
import type { World } from "../host/world.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { atVersion } from "../model/at-version.ts";
import { specOf } from "../model/package-spec.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { buildStamp } from "./build-stamp.ts";
import { readArchive } from "./read-archive.ts";
import type { PackageReader, ReadPackage } from "./system-world.ts";

/** What reading a package asks of the world. */
export type PackageWorld = Pick<World, "packages" | "paths" | "files" | "clock" | "machine">;

/** How a spec is read, and its files are found. An archive is what it is. */
export interface SpecFileOptions {
  /** Absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
  readonly allowSymlinks?: boolean;
  /** The spec is read as it is at this version; absent for the one that is written in it. */
  readonly version?: string | undefined;
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
  release: Release | undefined | ((structure: PackageContents["structure"]) => Release),
  world: PackageWorld,
  options: SpecFileOptions = {},
): Promise<ReadPackage> {
  const read = packageReader(path, world, options);
  if (typeof release !== "function") return read(release);
  // What a package says of itself is read alike by all.
  const first = await read(undefined);
  const wanted = release(first.contents.structure);
  return readAlike(wanted, first.contents.release) ? first : read(wanted);
}

/** Reads a package as {@link readPackage} does, for one release after the other. Its file is read once, if it is a spec. */
export function packageReader(
  path: string,
  world: PackageWorld,
  options: SpecFileOptions = {},
): PackageReader {
  let spec: Promise<SpecOnDisk> | undefined;
  return async (wanted) => {
    if (isArchiveName(path)) {
      return { contents: await readArchive(path, wanted ?? defaultDialect, world), specText: undefined };
    }
    spec ??= readSpec(path, world, options);
    const { tree, text, files, note } = await spec;
    const { version } = options;
    const release = wanted ?? likelyDialect(tree);
    const stamp = () => buildStamp({ mode: "framework" }, release, world);
    const fileName = world.paths.basename(path);
    const contents = await contentsOfSpecWith(files, tree, release, fileName, stamp);
    if (note) return { contents: { ...contents, notes: [{ id: note }] }, specText: text };
    const notes =
      version === undefined ? contents.notes : [...contents.notes, { id: "as-version", version } as const];
    return { contents: { ...contents, notes }, specText: text };
  };
}

/** What is read so is most often what the system turns out to want. */
export function likelyDialect(tree: SyntaxTree): DialectId {
  const { root, frameworks } = specOf(tree);
  return detectDialect({ root: root?.name, frameworks }).dialect;
}

interface SpecOnDisk {
  /** That the tree was read from. */
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly files: SpecFiles;
  /** Why nothing is read; undefined when something is. */
  readonly note: "encoding" | "too-large" | undefined;
}

async function readSpec(
  path: string,
  { packages, paths }: PackageWorld,
  { baseFolder = paths.dirname(path), allowSymlinks = false, version }: SpecFileOptions,
): Promise<SpecOnDisk> {
  const { text, problem } = decodeText(await packages.spec(path));
  const note = problem ? "encoding" : hasTooManyTags(text) ? "too-large" : undefined;
  const files = await packages.filesOf(paths.resolve(baseFolder), allowSymlinks);
  // What the framework does not decode it does not read.
  if (note) return { text, tree: SyntaxTree.parse(""), note, files };
  const { tree } = atVersion(SyntaxTree.parse(text), version);
  return { text: version === undefined ? text : tree.source.toString(), tree, note, files };
}
