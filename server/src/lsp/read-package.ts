import { contentsOfArchive } from "../builder/contents-of-archive.ts";
import { contentsOfSpecWith } from "../builder/contents-of-spec.ts";
import type { PackageContents } from "../builder/package-contents.ts";
import type { Settings } from "../configuration/settings.ts";
import { defaultDialect } from "../dialect/detect.ts";
import { keyOf, type Release } from "../dialect/switches.ts";
import { buildStamp } from "../engine/build-stamp.ts";
import { readArchive } from "../engine/read-archive.ts";
import { readPackage } from "../engine/read-package.ts";
import type { PackageReader, ReadPackage } from "../engine/system-world.ts";
import { contentOf } from "../host/file-content.ts";
import { PackageError } from "../host/package-error.ts";
import type { SpecFiles } from "../host/package-source.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import type { Session } from "./session.ts";

/** A package as the editor has it. */
export interface EditorPackage extends ReadPackage {
  /** The text that spans refer to; undefined for an archive that is not open. */
  readonly source: SourceText | undefined;
  /** Of the root element, where findings go that stand nowhere. */
  readonly fallback: Span;
  /** Undefined for a file that is not open. */
  readonly documentVersion: number | undefined;
  /** Files of the spec, as they are on disk at this moment; undefined for an archive. */
  readonly files: SpecFiles | undefined;
}

/**
 * Reads a spec or an archive as the package manager of a release would. The text of a spec comes from the editor when
 * it is open there, everything else from disk, and files only when their content is asked for.
 *
 * @param wanted undefined for what the package is most likely made for
 * @param filesMayHaveChanged false to take files as they were found the last time
 * @throws PackageError when it is not there or cannot be read
 */
export async function readEditorPackage(
  uri: string,
  wanted: Release | undefined,
  settings: Settings,
  session: Session,
  filesMayHaveChanged = true,
): Promise<EditorPackage> {
  const document = session.documentOf(uri);
  const release = wanted ?? document?.forFeatures().context.dialect ?? defaultDialect;
  const { fromUri, basename } = session.world.paths;
  const path = fromUri(uri);
  const isArchive = document ? document.kind === "archive" : isArchiveName(uri);
  if (isArchive) return readEditorArchive(uri, path, document, release, session);
  const { build } = settings;
  const folder = path === undefined ? undefined : session.workspace.baseFolderOf(path, settings);
  const { allowSymlinks } = build;
  if (!document) {
    if (path === undefined) throw new PackageError("archive-missing", { file: uri });
    const { contents, specText = "" } = await readPackage(path, wanted, session.world, {
      baseFolder: folder,
      allowSymlinks,
    });
    const tree = SyntaxTree.parse(specText);
    return { contents, specText, ...placesOf(tree), documentVersion: undefined, files: undefined };
  }
  const { tree } = document;
  const files =
    folder === undefined ? undefined : await filesBelow(folder, allowSymlinks, filesMayHaveChanged, session);
  const fileName = path === undefined ? undefined : basename(path);
  // A sandbox keeps the archive that the framework's builder makes.
  const stamp = () => buildStamp({ ...build, mode: "framework" }, release, session.world);
  return {
    contents: await contentsOfSpecWith(files ?? noFiles, tree, release, fileName, stamp),
    specText: tree.source.toString(),
    ...placesOf(tree),
    documentVersion: document.version,
    files,
  };
}

/**
 * Reads what {@link readEditorPackage} reads, for one release after the other, with its files as they were found first.
 *
 * @param filesMayHaveChanged false to take files as they were found the last time
 */
export function editorPackageReader(
  uri: string,
  settings: Settings,
  session: Session,
  filesMayHaveChanged: boolean,
): PackageReader<EditorPackage> {
  let isFirst = true;
  return async (release) => {
    const read = await readEditorPackage(uri, release, settings, session, filesMayHaveChanged && isFirst);
    isFirst = false;
    return read;
  };
}

/** Those of a text that lies on no disk. */
const noFiles: SpecFiles = { find: async () => undefined, contentOf: () => undefined };

async function filesBelow(
  folder: string,
  allowSymlinks: boolean,
  filesMayHaveChanged: boolean,
  session: Session,
): Promise<SpecFiles> {
  const kept = keptIn(session);
  const key = `${allowSymlinks} ${folder}`;
  if (filesMayHaveChanged || kept.files?.key !== key) {
    kept.files = { key, found: await session.world.packages.filesOf(folder, allowSymlinks) };
  }
  return kept.files.found;
}

/** What takes longer to read than all the rest of an answer. */
interface Kept {
  /** Those of the spec that was last asked about. */
  files: { readonly key: string; readonly found: SpecFiles } | undefined;
  readonly archives: Map<string, PackageContents>;
}

const keptIn = memo((_session: Session): Kept => ({ files: undefined, archives: new Map() }));

/** A spec from the past, of which only the text is there: files are taken from the present, and none is missing. */
export function readPastSpec(
  text: string,
  fileName: string,
  release: Release,
  files: SpecFiles = noFiles,
): Promise<PackageContents> {
  const standIn = contentOf(new TextEncoder().encode("\n"));
  const present: SpecFiles = {
    find: files.find,
    contentOf: (location) => files.contentOf(location) ?? standIn,
  };
  return contentsOfSpecWith(present, SyntaxTree.parse(text), release, fileName);
}

/**
 * Reads an archive from the disk; one that was read before and has not changed since is not read again.
 *
 * @throws PackageError when it is not there or cannot be read
 */
export async function readArchiveOnce(
  path: string,
  release: Release,
  session: Session,
): Promise<PackageContents> {
  const { archives } = keptIn(session);
  const key = `${keyOf(release)} ${await session.world.packages.stampOf(path)} ${path}`;
  let contents = archives.get(key);
  if (!contents) {
    contents = await readArchive(path, release, session.world);
    if (archives.size === keptArchives) archives.delete(archives.keys().next().value!);
    archives.set(key, contents);
  }
  return contents;
}

/** As many as the reports that somebody looks at in turn. */
const keptArchives = 4;

async function readEditorArchive(
  uri: string,
  path: string | undefined,
  document: OpenDocument | undefined,
  release: Release,
  session: Session,
): Promise<EditorPackage> {
  if (path === undefined && !document) throw new PackageError("archive-missing", { file: uri });
  const contents =
    path === undefined
      ? contentsOfArchive(new TextEncoder().encode(document!.tree.source.toString()), undefined, release, uri)
      : await readArchiveOnce(path, release, session);
  const places = document ? placesOf(document.tree) : { source: undefined, fallback: { start: 0, end: 0 } };
  return {
    ...{ contents, specText: undefined, files: undefined },
    ...places,
    documentVersion: document?.version,
  };
}

function placesOf({ source, root }: SyntaxTree): Pick<EditorPackage, "source" | "fallback"> {
  return { source, fallback: root?.nameSpan ?? { start: 0, end: 0 } };
}
