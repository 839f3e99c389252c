import { contentsOfArchive } from "../builder/contents-of-archive.ts";
import { contentsOfSpecWith } from "../builder/contents-of-spec.ts";
import { hasTooManyTags } from "../builder/read-safely.ts";
import { readAlike } from "../dialect/switches.ts";
import {
  HistoryError,
  type HistoryOptions,
  type OpenedHistory,
  usualTimeLimit,
} from "../host/commit-history.ts";
import { messageOf, PackageError } from "../host/package-error.ts";
import type { SpecFiles } from "../host/package-source.ts";
import { someAtOnce } from "../host/some-at-once.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { atVersion } from "../model/at-version.ts";
import { specOf } from "../model/package-spec.ts";
import { compareStrictly } from "../model/version.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import { isRootName } from "../rules/shared/root-child.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { SystemState } from "../system/system-state.ts";
import { decodeText } from "../text/decode.ts";
import { buildStamp } from "./build-stamp.ts";
import { archivesIn, knownDocumentsAt, packagesOf } from "./find-known-documents.ts";
import { CommittedPackages, readObjectsOf } from "./history/committed-packages.ts";
import { type GitVersion, gitVersions, type PassedOver } from "./history/git-versions.ts";
import { storedPackage } from "./package-manager/package-list.ts";
import type { PackageVersion, VersionSource } from "./package-version.ts";
import type { KnownDocument } from "./read-known-packages.ts";
import { likelyDialect, type PackageWorld, packageReader } from "./read-package.ts";
import { whatBytesAre } from "./what-file-is.ts";

/** What looking for versions asks of the world. */
export type VersionWorld = PackageWorld & Pick<World, "disk" | "histories">;

/** A sandbox whose package table is looked through. */
export interface SandboxWithPackages {
  /** Absolute. */
  readonly folder: string;
  readonly state: () => Promise<SystemState>;
}

export interface VersionOptions {
  /** The folder of the files of the spec, as an absolute path; absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
  /** Folders with archives and repositories, and single archives, beside what lies beside the spec. Absolute. */
  readonly named?: readonly string[];
  readonly sandboxes?: readonly SandboxWithPackages[];
  /** Undefined where Git must not be asked, as in a workspace that is not trusted. */
  readonly git: HistoryOptions | undefined;
  /** Commits of the spec that are looked at; absent for 2,000. */
  readonly mostCommits?: number;
}

/** A version with all places that have it. */
export interface FoundVersion extends PackageVersion {
  /** Those that were passed over, because another one is nearer to what was released. */
  readonly others: readonly VersionSource[];
  /** The bytes of the spec; absent for archives. @throws PackageError */
  readonly specBytes?: (() => Promise<Uint8Array>) | undefined;
}

export interface FoundVersions {
  /** The name of the package; undefined for a spec that has none, of which no version is found. */
  readonly name: string | undefined;
  /** The oldest first. */
  readonly versions: readonly FoundVersion[];
  /** What keeps versions from being found, and what looks like one and is none. */
  readonly notes: readonly Message[];
}

/**
 * The versions of a package that can be found, the oldest first and each once: what a tag points to; else an archive, be
 * it beside the spec, in a folder or repository that was named, or in a sandbox; else the last commit of that version.
 *
 * @param spec absolute path
 * @throws PackageError when the spec cannot be read
 */
export async function findVersions(
  spec: string,
  world: VersionWorld,
  options: VersionOptions,
): Promise<readonly FoundVersion[]> {
  return (await findVersionsWithNotes(spec, world, options)).versions;
}

/** The same, with what was passed over and why. */
export async function findVersionsWithNotes(
  spec: string,
  world: VersionWorld,
  options: VersionOptions,
): Promise<FoundVersions> {
  const bytes = await world.packages.spec(spec);
  const own = specOf(SyntaxTree.parse(decodeText(bytes).text));
  const name = own.name?.trim() ?? "";
  if (name === "") {
    const text = "The spec has no name, so that no version of it can be told from other packages.";
    const further = isRootName(own.root?.name) ? undefined : whatBytesAre(bytes, true);
    return { name: undefined, versions: [], notes: [{ text, ...(further && { further }) }] };
  }
  const wanted: WantedPackage = { spec, name, version: own.version?.trim() ?? "" };
  const [committed, archives, stored] = await Promise.all([
    committedVersions(wanted, world, options),
    archivedVersions(wanted, world, options.named ?? []),
    sandboxVersions(wanted, world, options.sandboxes ?? []),
  ]);
  const versions = eachOnce([...committed.versions, ...archives, ...stored.versions]);
  return { name, versions, notes: [...committed.notes, ...stored.notes] };
}

interface WantedPackage {
  readonly spec: string;
  readonly name: string;
  readonly version: string;
}

type Found = Omit<FoundVersion, "others">;

/** What was published comes before a commit, which may have been the last of its version by chance. */
const order: readonly VersionSource["kind"][] = ["tag", "archive", "repository", "sandbox", "commit"];

function eachOnce(found: readonly Found[]): readonly FoundVersion[] {
  const sorted = [...found].sort(
    (a, b) =>
      compareStrictly(a.version, b.version) || order.indexOf(a.source.kind) - order.indexOf(b.source.kind),
  );
  const versions: { readonly best: Found; readonly others: VersionSource[] }[] = [];
  for (const each of sorted) {
    const last = versions.at(-1);
    if (last && compareStrictly(last.best.version, each.version) === 0) last.others.push(each.source);
    else versions.push({ best: each, others: [] });
  }
  return versions.map(({ best, others }) => ({ ...best, others }));
}

interface VersionsWithNotes {
  readonly versions: readonly Found[];
  readonly notes: readonly Message[];
}

async function committedVersions(
  { spec, name, version }: WantedPackage,
  world: VersionWorld,
  { git, baseFolder, mostCommits }: VersionOptions,
): Promise<VersionsWithNotes> {
  const { histories, paths } = world;
  if (!git || !histories) return { versions: [], notes: [] };
  const folder = paths.dirname(spec);
  const opened = await histories.open(folder, git);
  if (opened.kind !== "opened") return { versions: [], notes: notesOf(opened) };
  const { history } = opened;
  const path = [...history.names, paths.basename(spec)];
  const base = baseIn(history.names, folder, baseFolder ?? folder, paths);
  const packages = new CommittedPackages(history, readObjectsOf(histories));
  try {
    const found = await gitVersions({ path, name, version }, packages, mostCommits);
    const notes = passedOverNotes(found.passedOver);
    if (history.isShallow) notes.push({ text: shallowText });
    else if (history.lacksObjects()) notes.push({ text: partialText });
    if (found.isCut) notes.push({ text: cutText });
    if (!base) notes.push({ text: baseOutsideText });
    return {
      versions: found.versions.map((each) => committedVersion(each, base?.(each), packages, world)),
      notes,
    };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    return { versions: [], notes: notesOf(asOpened(error, git)) };
  }
}

function asOpened(
  { kind, message }: HistoryError,
  { timeLimit = usualTimeLimit }: HistoryOptions,
): NotOpened {
  if (kind === "failed") return { kind, reason: message };
  return kind === "cancelled" ? { kind } : { kind, seconds: Math.round(timeLimit / 1000) };
}

/**
 * Where the files of a version are, as names from the top of the repository on: where they are today, but beside the spec
 * where they lie beside it today. Undefined for a base folder outside of the repository.
 *
 * @param names that lead from the top to the folder of the spec
 */
function baseIn(
  names: readonly string[],
  folder: string,
  baseFolder: string,
  { below, dirname }: Pick<World["paths"], "below" | "dirname">,
): ((version: GitVersion) => readonly string[]) | undefined {
  if (below(folder, baseFolder)?.length === 0) return ({ spec }) => spec.path.slice(0, -1);
  let around = folder;
  for (let up = 0; up <= names.length; up++) {
    const inside = below(around, baseFolder);
    if (inside) return () => [...names.slice(0, names.length - up), ...inside];
    around = dirname(around);
  }
  return undefined;
}

function committedVersion(
  { kind, name, commit, date, version, spec, isPutIn }: GitVersion,
  base: readonly string[] | undefined,
  packages: CommittedPackages,
  world: VersionWorld,
): Found {
  const path = spec.path.join("/");
  const specBytes = () => packages.specBytes(spec);
  return {
    version,
    source: { kind, name, commit, repository: packages.history.top, path, date },
    identity: JSON.stringify([commit, path, base, ...(isPutIn ? [version] : [])]),
    specBytes,
    async read(wanted) {
      const { text, problem } = decodeText(await specBytes());
      const note = problem ? "encoding" : hasTooManyTags(text) ? "too-large" : undefined;
      // What the framework does not decode it does not read.
      const written = SyntaxTree.parse(note ? "" : text);
      const { tree } = atVersion(written, isPutIn && !note ? version : undefined);
      const release = wanted ?? likelyDialect(tree);
      const files = base ? packages.filesOf(commit, base) : noFiles;
      const stamp = () => buildStamp({ mode: "framework" }, release, world);
      const contents = await contentsOfSpecWith(files, tree, release, spec.path.at(-1), stamp);
      return {
        contents: note ? { ...contents, notes: [{ id: note }] } : contents,
        specText: note ? text : tree.source.toString(),
      };
    },
  };
}

const noFiles: SpecFiles = { find: async () => {}, contentOf: () => undefined };

async function archivedVersions(
  { spec, name }: WantedPackage,
  world: VersionWorld,
  named: readonly string[],
): Promise<readonly Found[]> {
  const { paths, packages } = world;
  const documents = new Map<string, KnownDocument>();
  for (const each of await archivesIn(paths.dirname(spec), world)) documents.set(each.path, each);
  const indexed: string[] = [];
  for (const path of named) {
    for await (const each of knownDocumentsAt(path, world)) {
      if (each.kind === "archive") documents.set(each.path, each);
      else if (each.kind === "index") indexed.push(paths.dirname(each.path));
    }
  }
  // Every builder calls them so.
  const likely = [...documents.values()].filter(({ path }) => paths.basename(path).startsWith(`${name}-`));
  const found: Found[] = [];
  await someAtOnce(likely.slice(0, mostArchives), 8, async (document) => {
    const known = (await packagesOf(document, world)).find((each) => each.name === name);
    const version = plainVersion(known?.version.trim());
    if (version === undefined) return;
    const { path } = document;
    found.push({
      version,
      source: archiveSource(path, indexed, paths),
      identity: `${path} ${(await packages.stampOf(path)) ?? ""}`,
      read: packageReader(path, world),
    });
  });
  // They are read at the same time, and of two of one version the same is to come first each time.
  return found.sort((a, b) => (a.identity < b.identity ? -1 : 1));
}

/** Far above what anybody has released of one package. */
const mostArchives = 500;

/** @param indexed the folders in which an index lies */
function archiveSource(path: string, indexed: readonly string[], { below }: World["paths"]): VersionSource {
  for (const folder of indexed) {
    const names = below(folder, path);
    if (names) return { kind: "repository", path: folder, file: names.join("/") };
  }
  return { kind: "archive", path };
}

async function sandboxVersions(
  { name }: WantedPackage,
  { files }: VersionWorld,
  sandboxes: readonly SandboxWithPackages[],
): Promise<VersionsWithNotes> {
  const versions: Found[] = [];
  const notes: Message[] = [];
  for (const { folder, state } of sandboxes) {
    try {
      const system = await state();
      for (const row of system.packages) {
        const version = row.name === name ? plainVersion(row.version.trim()) : undefined;
        if (version === undefined) continue;
        versions.push({
          version,
          source: { kind: "sandbox", folder },
          identity: row.digest,
          async read(release) {
            const contents = (await storedPackage(system, name, row.version))!;
            if (release === undefined || readAlike(release, contents.release))
              return { contents, specText: undefined };
            const bytes = await contents.archive.read();
            const digest = files({ flush: false }).digest(bytes);
            return {
              contents: contentsOfArchive(bytes, contents.fileName, release, digest),
              specText: undefined,
            };
          },
        });
      }
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      notes.push(messageOf(error));
    }
  }
  return { versions, notes };
}

const shallowText =
  "Only the newest commits of the repository have been fetched, so that earlier versions may be missing. “git fetch --unshallow --tags” gets the rest.";
const partialText =
  "This clone has not all contents of its repository, so that earlier versions may be missing. Nothing is fetched; “git fetch --refetch --no-filter --tags” gets the rest.";
const cutText = "The spec was changed in more than 2,000 commits; older ones are not looked at.";
const baseOutsideText =
  "The base folder of the spec lies outside of the repository, so that the files of versions in Git are not known.";

type NotOpened = Exclude<OpenedHistory, { readonly kind: "opened" }>;

function notesOf(opened: NotOpened): readonly Message[] {
  switch (opened.kind) {
    case "no-repository":
      return [
        { text: "The spec lies in no working copy of Git, so that only archives tell of earlier versions." },
      ];
    case "no-git":
      return [{ text: "No Git was found on the path, so that only archives tell of earlier versions." }];
    case "git-untrusted":
      return [
        {
          text: "Git is not asked: the one that was found lies in the repository of the spec, in a folder of the workspace, in the current folder or in node_modules, and no program is started from there.",
        },
      ];
    case "other-owner":
      return [
        {
          text: "Git does not read the repository “{repository}”, because it belongs to another user. If you trust that user, say so with “git config --global --add safe.directory {repository}”.",
          values: { repository: opened.repository },
        },
      ];
    case "no-commit":
      return [{ text: "Nothing has been committed yet, so that only archives tell of earlier versions." }];
    case "too-slow":
      return [
        {
          text: "Git gave no answer within {seconds} seconds and was ended.",
          values: { seconds: opened.seconds },
        },
      ];
    case "cancelled":
      return [{ text: "Looking for versions in Git was cancelled." }];
    case "failed":
      return [
        {
          text: "Git could not tell the earlier versions. It says: {reason}",
          values: { reason: opened.reason },
        },
      ];
  }
}

function passedOverNotes(all: readonly PassedOver[]): Message[] {
  const without = all.flatMap(({ kind, tag }) => (kind === "no-spec" ? [`“${tag}”`] : []));
  const other = all.flatMap((each) =>
    each.kind === "other-version" ? [`“${each.tag}” (${each.version})`] : [],
  );
  const notes: Message[] = [];
  if (without.length > 0) {
    const text = "Tags are passed over where no spec of this package can be read: {tags}.";
    notes.push({ text, values: { tags: someOf(without) } });
  }
  if (other.length > 0) {
    const text = "Tags are passed over where the spec has another version than they are named after: {tags}.";
    notes.push({ text, values: { tags: someOf(other) } });
  }
  return notes;
}

function someOf(tags: readonly string[]): string {
  const shown = tags.slice(0, 10).join(", ");
  return tags.length > 10 ? `${shown}, … (${tags.length})` : shown;
}
