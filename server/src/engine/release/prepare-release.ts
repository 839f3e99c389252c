import type { BuildMode } from "../../builder/build-mode.ts";
import type { DatabaseKind } from "../../database/engines.ts";
import { productOf } from "../../dialect/products.ts";
import { bumpVersion, type VersionPart } from "../../features/bump-version.ts";
import { HistoryError, type HistoryOptions, type OpenedHistory } from "../../host/commit-history.ts";
import { type FileContent, isSameContent } from "../../host/file-content.ts";
import { isThere } from "../../host/named-files.ts";
import type { Message } from "../../l10n/translate.ts";
import { base64Of } from "../../model/base64.ts";
import { type PackageSpec, specOf } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import { versionOfTag } from "../../model/version-tag.ts";
import { triedDatabases } from "../../protocol/databases.ts";
import { hasFaults } from "../../report/matrix-report.ts";
import { plainVersion } from "../../rules/shared/plain-version.ts";
import { toTheEndOf } from "../../rules/steps.ts";
import { fileList } from "../../symbols/file-list.ts";
import { isLegalCodePoint } from "../../syntax/characters.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import { decodeText } from "../../text/decode.ts";
import { edited } from "../../text/edit.ts";
import { encodeLike } from "../../text/encode.ts";
import { oneLine } from "../../text/visible.ts";
import { admittedRange } from "../admitted-releases.ts";
import { buildStamp } from "../build-stamp.ts";
import { type BuildDecision, decideBuild, refusalReason } from "../decide-build.ts";
import { versionsBeside } from "../find-known-documents.ts";
import { type FoundVersion, findVersionsWithNotes } from "../find-versions.ts";
import { CommittedPackages, readObjectsOf } from "../history/committed-packages.ts";
import type { LintSettings } from "../lint.ts";
import { type LintedFile, lintFile } from "../lint-file.ts";
import { Matrix } from "../matrix.ts";
import { packageReader } from "../read-package.ts";
import { subjectsSinceRelease } from "../subjects-since-release.ts";
import { type ReleaseJournal, type ReleaseStep, releaseSteps } from "./release-journal.ts";
import { digestPath, gitFailed, type ReleaseWorld, sbomPath } from "./run-release.ts";

export interface ReleaseRequest {
  /** Absolute path. */
  readonly spec: string;
  readonly settings: LintSettings;
  /** Absolute. */
  readonly baseFolder: string;
  /** Absolute. */
  readonly outputFolder: string;
  readonly mode: BuildMode;
  readonly stampDate: string | undefined;
  readonly stampHost: string | undefined;
  readonly allowSymlinks: boolean;
  /** The databases that the package is tried on; empty for none, and then the matrix is tried on the usual ones. */
  readonly databases: readonly DatabaseKind[];
  /** The first released version that upgrades are tried from; empty for all. */
  readonly upgradesSince: string;
  /** Folders and files with other versions, absolute. */
  readonly knownPackages: readonly string[];
  /** Which number of the version is raised, or the version that it becomes; undefined for the one that the spec has. */
  readonly raise: VersionPart | { readonly to: string } | undefined;
  /** What the entry of the change log says; undefined for what the commits since the last release say. */
  readonly changeLog: string | undefined;
  /** Whether the spec is committed and tagged. */
  readonly tag: boolean;
  /** Whether the output folder gets an index where it has none; one that is there is written anew anyway. */
  readonly index: boolean;
  readonly git: HistoryOptions;
}

export interface PreparedRelease {
  readonly journal: ReleaseJournal;
  /** What the new entry of the change log says; undefined where none is written. */
  readonly changeLog: string | undefined;
  readonly linted: LintedFile;
  /** Versions that upgrades were tried from. */
  readonly triedFrom: readonly string[];
  /** Why it must not be released. */
  readonly objections: readonly Message[];
  /** Why it had better not be; somebody may decide otherwise. */
  readonly doubts: readonly Message[];
  readonly notes: readonly Message[];
}

export type PrepareResult =
  | ({ readonly kind: "prepared" } & PreparedRelease)
  | { readonly kind: "impossible"; readonly reason: Message };

/**
 * Checks everything that a release is checked for, and says what it would do. Nothing is changed.
 *
 * @throws PackageError when the spec or something of it cannot be read
 */
export async function prepareRelease(request: ReleaseRequest, world: ReleaseWorld): Promise<PrepareResult> {
  const { spec: path, raise, outputFolder, baseFolder } = request;
  const { paths, packages, clock } = world;
  const before = await packages.spec(path);
  const text = decodeText(before).text;
  const spec = specOf(SyntaxTree.parse(text));
  const name = spec.name?.trim() ?? "";
  const from = spec.version?.trim() ?? "";
  if (name === "" || from === "") {
    return impossible({ text: "There is no release of a package without Name and Version." });
  }
  const { versions, notes } = await findVersionsWithNotes(path, world, {
    ...{ baseFolder, named: [...request.knownPackages, outputFolder], git: request.git },
  });
  const released = versions.filter(({ source }) => source.kind !== "commit");
  const opened = await world.histories?.open(paths.dirname(path), request.git);
  const said =
    request.changeLog ?? (await subjectsSinceRelease({ path, name }, world, request.git)).join("; ");
  const illegal = [...said].find((each) => !isLegalCodePoint(each.codePointAt(0)!));
  if (illegal !== undefined) {
    const text =
      "The entry of the change log has a character that XML cannot have: {character}. Leave it out.";
    return impossible({ text, values: { character: oneLine(illegal) } });
  }
  const bump = bumpVersion({ spec }, raise ?? { to: from }, clock.now(), said);
  if (bump.kind === "impossible") {
    return impossible({ text: bump.reason, ...(bump.arguments && { values: bump.arguments }) });
  }
  const version = bump.to;
  if (plainVersion(version) === undefined) {
    const text = /^[0.]+$/.test(version)
      ? "“{version}” stands for a version that is still to be given, and cannot be released. Write a version such as 1.0.0 into the spec."
      : "“{version}” is no version that can be released: it is not made of plain numbers such as 1.0.0.";
    return impossible({ text, values: { version } });
  }
  const newText = edited(text, bump.edits);
  const after = encodeLike(before, newText);
  if (!after) return impossible({ text: "The encoding of the spec has no room for the new text." });
  const hasEntry = bump.edits.some(({ span }) => span.start === span.end);
  const linted = await lintedAs(after, request, world);
  const release = admittedRange(specOf(linted.tree), linted.dialect).highest;
  const stamp = buildStamp(request, release, world);
  const decision = decideBuild(linted, { mode: request.mode, release, stamp }, false);
  // One that is not built has no name, and nothing is done then.
  const fileName = decision.kind === "build" ? decision.plan.fileName : `${name}-${version}.opm`;
  const archive = paths.join(outputFolder, fileName);
  const index = await indexOf(request, linted, world);
  const tag = request.tag ? tagOf(name, version, opened, released, paths.basename(path)) : undefined;
  const journal: ReleaseJournal = {
    ...{ format: 1, spec: path, name, from, version, done: [], baseFolder, outputFolder, archive },
    steps: releaseSteps.filter((step) => isWanted(step, { isChanged: text !== newText, tag, index })),
    ...{ before: base64Of(before), after: base64Of(after) },
    build: {
      ...{ mode: request.mode, dialect: request.settings.dialect, allowSymlinks: request.allowSymlinks },
      ...{ stampDate: stamp.date, stampHost: stamp.host },
    },
    time: Math.floor(Date.parse(`${clock.nowInUtc().replace(" ", "T")}Z`) / 1000),
    ...(index && { index }),
    // Without a new commit the one that is there is tagged.
    ...(tag && { tag: text === newText ? { ...tag, commit: tag.parent } : tag }),
  };
  const git = await gitObjections({ request, tag: tag?.name, opened, bytes: before, files: spec }, world);
  const objections = [
    ...buildObjections(decision),
    ...changeLogObjections(hasEntry, said, request.changeLog, specOf(SyntaxTree.parse(newText)), version),
    ...versionObjections(version, released),
    ...(await placeObjections(journal, world)),
    ...git.objections,
  ];
  // Upgrades to what is not well-formed are not tried.
  const matrix =
    objections.length > 0
      ? { triedFrom: [], doubts: [] }
      : await tryUpgrades(request, version, versions, world);
  return {
    ...{ kind: "prepared", journal, linted, objections, notes },
    changeLog: hasEntry ? said : undefined,
    triedFrom: matrix.triedFrom,
    doubts: [...git.doubts, ...matrix.doubts],
  };
}

function impossible(reason: Message): PrepareResult {
  return { kind: "impossible", reason };
}

function isWanted(
  step: ReleaseStep,
  { isChanged, tag, index }: { readonly isChanged: boolean; readonly tag: unknown; readonly index: unknown },
): boolean {
  switch (step) {
    case "spec":
      return isChanged;
    case "commit":
      return tag !== undefined && isChanged;
    case "index":
      return index !== undefined;
    case "tag":
      return tag !== undefined;
    default:
      return true;
  }
}

/** The spec as it is going to be, with all that its folder tells. */
async function lintedAs(
  bytes: Uint8Array,
  { spec, settings, baseFolder, databases, upgradesSince }: ReleaseRequest,
  world: ReleaseWorld,
): Promise<LintedFile> {
  const { known } = await versionsBeside(spec, world);
  const others = known.beside(spec);
  return lintFile(spec, settings, world, { bytes, baseFolder, databases, upgradesSince, others });
}

function buildObjections(decision: BuildDecision): readonly Message[] {
  if (decision.kind === "build") return [];
  const { refusals, errors } = decision;
  const reasons: readonly Message[] = refusals.map(refusalReason);
  if (errors.length === 0) return reasons;
  const text =
    "The package has errors, which the Problems view and “sopm lint” name. Mend them first. There are: {count}";
  return [...reasons, { text, values: { count: errors.length } }];
}

function changeLogObjections(
  isWritten: boolean,
  said: string,
  asked: string | undefined,
  spec: PackageSpec,
  version: string,
): readonly Message[] {
  if (isWritten) {
    return said.trim() === ""
      ? [
          {
            text: "No commit says what is new, so that the entry of the change log would be empty. Write one.",
          },
        ]
      : [];
  }
  const has = spec.all("ChangeLog").some((entry) => entry.value("Version") === version);
  if (asked === undefined || !has) return [];
  const text = "The change log has an entry for {version} already. Change that one instead.";
  return [{ text, values: { version } }];
}

function versionObjections(version: string, released: readonly FoundVersion[]): readonly Message[] {
  const same = released.find((each) => compareStrictly(each.version, version) === 0);
  if (same) {
    const text = "{version} has been released already. Raise the version.";
    return [{ text, values: { version } }];
  }
  const newest = released.at(-1);
  if (!newest || compareStrictly(newest.version, version) < 0) return [];
  const text =
    "{version} is older than {newest}, which has been released already. No system would upgrade to it.";
  return [{ text, values: { version, newest: newest.version } }];
}

/** Nothing that is there is replaced, but an index. */
async function placeObjections(journal: ReleaseJournal, world: ReleaseWorld): Promise<readonly Message[]> {
  const objections: Message[] = [];
  if ((await world.named.kindOf(journal.outputFolder).catch(() => undefined)) !== "folder") {
    objections.push({
      text: "There is no folder “{folder}” to write the archive into.",
      values: { folder: journal.outputFolder },
    });
  }
  for (const path of [journal.archive, digestPath(journal), sbomPath(journal)]) {
    if (!(await isThere(path, world.named))) continue;
    objections.push({ text: "“{path}” is there already, and is not replaced.", values: { path } });
  }
  const { index } = journal;
  if (index?.before === null && (await isThere(index.path, world.named))) {
    objections.push({ text: "“{path}” is no file, and is not replaced.", values: { path: index.path } });
  }
  return objections;
}

async function indexOf(
  { outputFolder, index }: ReleaseRequest,
  { dialect }: LintedFile,
  { paths, named, packages }: ReleaseWorld,
): Promise<ReleaseJournal["index"]> {
  const path = paths.join(outputFolder, productOf(dialect).indexFileName);
  if ((await named.kindOf(path).catch(() => undefined)) === "file") {
    return { path, dialect, before: base64Of(await packages.spec(path)) };
  }
  return index ? { path, dialect, before: null } : undefined;
}

/** Named as the newest tag of the package is, else “v1.0.0”. */
function tagOf(
  name: string,
  version: string,
  opened: OpenedHistory | undefined,
  released: readonly FoundVersion[],
  fileName: string,
): ReleaseJournal["tag"] {
  if (opened?.kind !== "opened") return undefined;
  const { history } = opened;
  const newest = released.findLast(({ source }) => source.kind === "tag");
  const before = newest?.source.kind === "tag" ? newest.source.name : undefined;
  const like = before !== undefined && newest ? tagLike(before, newest.version, version) : undefined;
  return {
    name: like !== undefined && versionOfTag(like, name) === version ? like : `v${version}`,
    message: `${name} ${version}`,
    parent: history.head,
    path: [...history.names, fileName],
  };
}

/** Another tag with a version in place of that in it; undefined where it has none that is written with points or lines. */
function tagLike(tag: string, old: string, version: string): string | undefined {
  for (const separator of [".", "_", "-"]) {
    const written = old.replaceAll(".", separator);
    if (tag.endsWith(written)) return tag.slice(0, -written.length) + version.replaceAll(".", separator);
  }
  return undefined;
}

interface GitQuestion {
  readonly request: ReleaseRequest;
  /** The name of the new tag; undefined for none. */
  readonly tag: string | undefined;
  readonly opened: OpenedHistory | undefined;
  /** Of the spec. */
  readonly bytes: Uint8Array;
  readonly files: PackageSpec;
}

/** What is released should be what is committed, so that the archive can be built again. */
async function gitObjections(
  { request, tag, opened, bytes, files }: GitQuestion,
  world: ReleaseWorld,
): Promise<{ readonly objections: readonly Message[]; readonly doubts: readonly Message[] }> {
  const { spec, git } = request;
  if (opened?.kind !== "opened" || !world.histories) {
    const text =
      "Nothing can be tagged, because the spec lies in no working copy of Git with a commit, or Git cannot be asked.";
    return { objections: request.tag ? [{ text }] : [], doubts: [] };
  }
  try {
    const { history } = opened;
    const packages = new CommittedPackages(history, readObjectsOf(world.histories));
    const changed = await changedSinceCommit(packages, { request, bytes, files }, world);
    const doubts = changed.length === 0 ? [] : [notCommitted(changed)];
    const objections: Message[] = [];
    if (tag !== undefined) {
      if (history.tags.some((each) => each.name === tag)) {
        objections.push({ text: "There is a tag “{name}” already.", values: { name: tag } });
      }
      const writer = await world.commitWriters?.open(world.paths.dirname(spec), git);
      if (!writer) objections.push({ text: "Nothing can be tagged here." });
      else await writer.identity();
    }
    return { objections, doubts };
  } catch (error) {
    if (error instanceof HistoryError) return { objections: [gitFailed(error)], doubts: [] };
    throw error;
  }
}

function notCommitted(paths: readonly string[]): Message {
  const [path = ""] = paths;
  if (paths.length === 1) {
    const text =
      "“{path}” is not committed as it is, so that the archive could not be built again from a commit.";
    return { text, values: { path } };
  }
  const named = paths.slice(0, mostNamed).join(", ");
  const values = { count: paths.length, files: paths.length > mostNamed ? `${named}, …` : named };
  const text =
    "{count} files are not committed as they are, so that the archive could not be built again from a commit: {files}";
  return { text, values };
}

/** So many names are told. */
const mostNamed = 10;

async function changedSinceCommit(
  packages: CommittedPackages,
  { request, bytes, files }: Pick<GitQuestion, "request" | "bytes" | "files">,
  world: ReleaseWorld,
): Promise<readonly string[]> {
  const { spec, baseFolder, allowSymlinks } = request;
  const { paths } = world;
  const { head, names, top } = packages.history;
  const changed: string[] = [];
  const fileName = paths.basename(spec);
  const committed = await packages.specAt(head, [...names, fileName]);
  const same = committed && isSameText(await packages.specBytes(committed), bytes);
  if (!same) changed.push(fileName);
  // Of files elsewhere nobody has a commit here.
  const real = await world.named.realPath(baseFolder).catch(() => baseFolder);
  const base = paths.below(top, real);
  if (!base) return changed;
  const locations = fileList(files).files.map(({ path }) => path);
  const [onDisk, inGit] = [
    await world.packages.filesOf(baseFolder, allowSymlinks),
    packages.filesOf(head, base),
  ];
  await Promise.all([onDisk.find(locations), inGit.find(locations)]);
  for (const location of locations) {
    const [now, then] = [onDisk.contentOf(location), inGit.contentOf(location)];
    // What is missing is found by a rule.
    if (now && !(then && (await isSameFile(now, then)))) changed.push(location);
  }
  return changed;
}

async function isSameFile(now: FileContent, then: FileContent): Promise<boolean> {
  if (await isSameContent(now, then)) return true;
  // Git may be told to write other line ends.
  return isSameText(await now.read(), await then.read());
}

function isSameText(a: Uint8Array, b: Uint8Array): boolean {
  const [first, second] = [withoutReturns(a), withoutReturns(b)];
  return first.length === second.length && first.every((byte, at) => byte === second[at]);
}

function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.includes(13) ? bytes.filter((byte, at) => byte !== 13 || bytes[at + 1] !== 10) : bytes;
}

/** Whether all older versions can be upgraded to this one. */
async function tryUpgrades(
  { spec, baseFolder, allowSymlinks, databases, upgradesSince }: ReleaseRequest,
  version: string,
  versions: readonly FoundVersion[],
  world: ReleaseWorld,
): Promise<{ readonly triedFrom: readonly string[]; readonly doubts: readonly Message[] }> {
  const older = versions.filter((each) => compareStrictly(each.version, version) < 0);
  if (older.length === 0) return { triedFrom: [], doubts: [] };
  const report = await toTheEndOf(
    new Matrix(world).run({
      read: packageReader(spec, world, { baseFolder, allowSymlinks, version }),
      versions: older,
      products: [],
      databases: databases.length > 0 ? databases : triedDatabases,
      since: upgradesSince === "" ? undefined : upgradesSince,
      kinds: ["straight", "step-by-step"],
    }),
  );
  const triedFrom = report.starts.map((start) => start.version);
  if (!hasFaults(report)) return { triedFrom, doubts: [] };
  const text =
    "Upgrades do not come to what a fresh install does, or fail. The upgrade matrix, “sopm matrix”, tells where.";
  return { triedFrom, doubts: [{ text }] };
}
