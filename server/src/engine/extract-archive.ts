import type { ArchivedFile, OpenedArchive } from "../builder/opened-archive.ts";
import { type FileSystem, fitsNames } from "../host/file-system.ts";
import { PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { modeOf } from "../lifecycle/file-permission.ts";
import { HomeFolderFiles } from "../sandbox/home-folder.ts";
import { homePath, isTooLong } from "../system/home-path.ts";
import { type RebuiltArchive, rebuildArchive } from "./rebuild-archive.ts";
import { foldersAround, writeInto } from "./write-into-folder.ts";

export interface ExtractRequest {
  readonly archive: OpenedArchive;
  /** The folder that is written into; made where it is not there. Links on the way to it are followed, none in it. */
  readonly folder: string;
  /** Whether the spec is written beside the files. */
  readonly asSource: boolean;
  /** Whether files that are there are replaced. */
  readonly force: boolean;
}

export type ExtractResult =
  | {
      readonly kind: "extracted";
      /** Files of the package that were written. */
      readonly files: number;
      /** Bytes of them. */
      readonly size: number;
      /** Files that were not written, in the order of the archive. */
      readonly leftOut: readonly LeftOutFile[];
      /** Locations of files that were written as they would be installed, though decoding them loses something. */
      readonly damaged: readonly string[];
      /** The spec that was written, and what building it gives; undefined when none was wanted. */
      readonly source: WrittenSource | undefined;
    }
  /** Nothing was written. */
  | { readonly kind: "in-the-way"; readonly paths: readonly string[] }
  /** It is not well-formed, or holds no package. */
  | { readonly kind: "unreadable" };

export interface LeftOutFile {
  /** As written; undefined when the element has none. */
  readonly location: string | undefined;
  readonly reason: Message;
}

export interface WrittenSource extends RebuiltArchive {
  /** Path of the spec. */
  readonly path: string;
}

/**
 * Writes the files of an archive into a folder, each under another name first. What is in an archive is a stranger's: no
 * path leaves the folder, no link in it is followed, none is made, and nothing is made executable for somebody else or
 * placed where a version control system would run it.
 *
 * @throws PackageError when a content cannot be read, or the folder cannot be written into
 */
export async function extractArchive(
  { archive, folder, asSource, force }: ExtractRequest,
  world: Pick<World, "files" | "output">,
): Promise<ExtractResult> {
  if (archive.text === undefined) return { kind: "unreadable" };
  const files = world.files({ flush: false });
  const rebuilt = asSource ? await rebuildArchive(archive) : undefined;
  const spec = rebuilt && { path: specName(archive), bytes: new TextEncoder().encode(rebuilt.spec), rebuilt };
  await world.output.makeFolder(folder);
  const { wanted, leftOut } = placesOf(archive.files, spec?.path, files);
  const found = await lookAround(wanted, spec?.path, folder, files);
  if (found.specBlocked) throw new PackageError("output-is-special", { folder, fileName: spec!.path });
  const inTheWay = [...found.existing];
  if (inTheWay.length > 0 && !force) return { kind: "in-the-way", paths: inTheWay.sort() };
  const places = wanted.filter(({ path }) => !found.blocked.has(path));
  const written = [
    ...places.map(({ path, file }) => ({
      path,
      mode: diskMode(file, files),
      read: () => file.content.read(),
    })),
    ...(spec ? [{ path: spec.path, mode: undefined, read: async () => spec.bytes }] : []),
  ];
  await writeInto(folder, written, files);
  return {
    kind: "extracted",
    files: places.length,
    size: places.reduce((sum, { file }) => sum + file.content.size, 0),
    leftOut: inOrder(archive.files, [...leftOut, ...blockedFiles(wanted, found.blocked)]),
    damaged: places.flatMap(({ file }) => (file.isDamaged() ? [file.location!] : [])),
    source: spec && { ...spec.rebuilt, path: `${folder}/${spec.path}` },
  };
}

interface Place {
  /** In its plain form, below the folder. */
  readonly path: string;
  readonly file: ArchivedFile;
}

type LeftOut = LeftOutFile & { readonly file: ArchivedFile };

/** What the spec of an archive is called. The name comes from the package, and may hold anything. */
export function specName({ contents }: OpenedArchive): string {
  const name = (contents.structure?.single.Name?.content ?? "").replace(/[^\w.+-]/g, "_").slice(0, 200);
  return `${/^\.*$/.test(name) ? "package" : name}.sopm`;
}

/** Where files belong, and which belong nowhere. */
function placesOf(
  archived: readonly ArchivedFile[],
  spec: string | undefined,
  { traits }: FileSystem,
): { readonly wanted: readonly Place[]; readonly leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const byKey = new Map<string, Place>();
  const keyOf = (path: string) => (traits.hasWindowsNames ? path.toLowerCase() : path);
  for (const file of archived) {
    const path = homePath(file.location ?? "");
    const reason = reasonAgainst(file, path, traits) ?? (path === spec ? reasons.spec : undefined);
    if (reason || path === undefined) {
      leftOut.push({ file, location: file.location, reason: reason ?? reasons.outside });
      continue;
    }
    const earlier = byKey.get(keyOf(path));
    if (earlier) leftOut.push({ file: earlier.file, location: earlier.file.location, reason: reasons.again });
    byKey.set(keyOf(path), { path, file });
  }
  const folders = new Set([...byKey.values()].flatMap(({ path }) => foldersAround(keyOf(path))));
  const wanted: Place[] = [];
  for (const [key, place] of byKey) {
    if (!folders.has(key)) wanted.push(place);
    else leftOut.push({ file: place.file, location: place.file.location, reason: reasons.folder });
  }
  return { wanted, leftOut };
}

const reasons = {
  none: { text: "No framework installs one without." },
  outside: { text: "Its path leads out of the folder, or to no file." },
  forbidden: { text: "The frameworks leave a file in this place out." },
  name: { text: "A file cannot be called so here." },
  administration: {
    text: "It would become a part of the administration of a version control system, which can start programs.",
  },
  again: { text: "The archive has another file in the same place behind it, and that one counts." },
  folder: { text: "Other files of the archive need a folder in its place." },
  spec: { text: "The spec is written in its place." },
  link: {
    text: "A link or a file is in the way where a folder has to be, and nothing is written through it.",
  },
  special: { text: "A folder, a link or a device is in its place, and is left as it is." },
} as const satisfies Record<string, Message>;

function reasonAgainst(
  { location, isForbidden }: ArchivedFile,
  path: string | undefined,
  traits: FileSystem["traits"],
): Message | undefined {
  if (location === undefined) return reasons.none;
  if (isForbidden) return reasons.forbidden;
  // One that ends with a slash is that of a folder.
  if (path === undefined || /(?:^|\/)\.{0,2}$/.test(location)) return reasons.outside;
  if (isTooLong(path) || !fitsNames(path, traits)) return reasons.name;
  // Systems that do not tell letter case apart, or pass over dots or what nobody sees, know it by other names as well.
  if (path.split("/").some(isAdministration)) return reasons.administration;
  return undefined;
}

function isAdministration(name: string): boolean {
  return /^(?:\.(?:git|hg|svn|bzr)|(?:git|hg|svn|bzr)~\d+)[. ]*$/i.test(
    name.replace(/\p{Default_Ignorable_Code_Point}/gu, ""),
  );
}

interface Surroundings {
  /** Paths of files that would be replaced. */
  readonly existing: ReadonlySet<string>;
  /** Paths that nothing is written to, with why. */
  readonly blocked: ReadonlyMap<string, Message>;
  readonly specBlocked: boolean;
}

async function lookAround(
  wanted: readonly Place[],
  spec: string | undefined,
  folder: string,
  files: FileSystem,
): Promise<Surroundings> {
  const home = new HomeFolderFiles(folder, files);
  const folders = [...new Set(wanted.flatMap(({ path }) => foldersAround(path)))];
  const folderStatus = await home.statuses(folders);
  const bad = new Set(folders.filter((_, index) => (folderStatus[index]?.kind ?? "folder") !== "folder"));
  const existing = new Set<string>();
  const blocked = new Map<string, Message>();
  const paths = [...wanted.map(({ path }) => path), ...(spec === undefined ? [] : [spec])];
  const status = await home.statuses(paths);
  let specBlocked = false;
  paths.forEach((path, index) => {
    const kind = status[index]?.kind;
    if (foldersAround(path).some((each) => bad.has(each))) blocked.set(path, reasons.link);
    else if (kind === "file") existing.add(path);
    else if (kind !== undefined && path === spec) specBlocked = true;
    else if (kind !== undefined) blocked.set(path, reasons.special);
  });
  return { existing, blocked, specBlocked };
}

function blockedFiles(wanted: readonly Place[], blocked: ReadonlyMap<string, Message>): readonly LeftOut[] {
  return wanted.flatMap(({ path, file }) => {
    const reason = blocked.get(path);
    return reason ? [{ file, location: file.location, reason }] : [];
  });
}

function inOrder(archived: readonly ArchivedFile[], leftOut: readonly LeftOut[]): readonly LeftOutFile[] {
  const places = new Map(archived.map((file, index) => [file, index]));
  return [...leftOut]
    .sort((a, b) => places.get(a.file)! - places.get(b.file)!)
    .map(({ location, reason }) => ({ location, reason }));
}

/** None may run as somebody else, and the owner can read and change what is extracted. */
function diskMode({ permission = "" }: ArchivedFile, { traits }: FileSystem): number | undefined {
  const mode = modeOf(permission);
  return mode === undefined || !traits.hasPermissions ? undefined : (mode & 0o777) | 0o600;
}
