import type { ArchivedFile, OpenedArchive } from "../builder/opened-archive.ts";
import { specPartOf } from "../builder/opened-archive.ts";
import { summaryOf } from "../builder/package-summary.ts";
import type { Release } from "../dialect/switches.ts";
import { type ComparedPackage, comparedArchive, comparePackages } from "../engine/compare-packages.ts";
import { comparedVersion, versionOrTagNamed } from "../engine/compared-version.ts";
import { extractArchive, specName } from "../engine/extract-archive.ts";
import { openArchive, openInstalled, openTwoArchives } from "../engine/open-archive.ts";
import { storedContents } from "../engine/package-manager/package-list.ts";
import { whatFileIs } from "../engine/what-file-is.ts";
import { wholeOfArchive } from "../engine/whole-of-archive.ts";
import { PackageError } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { base64Of } from "../model/base64.ts";
import type {
  ArchiveContent,
  ArchiveContentParams,
  ArchivedFileFacts,
  ArchiveFacts,
  ComparedContent,
  ComparedPackages,
  ComparePackagesParams,
  DamagedContent,
  EditArchiveParams,
  EditedArchive,
  PackagePlace,
} from "../protocol/archive.ts";
import type { Answer, RequestFailed } from "../protocol/request.ts";
import { damageMessages } from "../report/archive-damage.ts";
import { damagedMessage, fileNotes, sourceMessage } from "../report/archive-words.ts";
import { renderComparison } from "../report/render-comparison.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { toRange } from "./convert.ts";
import { sandboxAt } from "./dry-run-system.ts";
import { foundVersions } from "./found-versions.ts";
import { type EditorPackage, readEditorPackage } from "./read-package.ts";
import type { Session } from "./session.ts";

/** Archives that were looked at of late, each as long as its file stays the same. */
const kept = new WeakMap<Session, Map<string, { readonly stamp: string; readonly archive: OpenedArchive }>>();
const mostKept = 4;

/** What is whole of those that were opened, each looked through once. */
const looked = new WeakMap<OpenedArchive, ReturnType<typeof wholeOfArchive>>();

function wholeOf(archive: OpenedArchive): ReturnType<typeof wholeOfArchive> {
  const known = looked.get(archive) ?? wholeOfArchive(archive);
  looked.set(archive, known);
  return known;
}

/** What an archive holds. */
export async function archiveForEditor(of: PackagePlace, session: Session): Promise<Answer<ArchiveFacts>> {
  const whole = await wholeOf(await opened(of, undefined, session));
  if (!whole) return noPackage(of, session);
  const { archive, damage } = whole;
  const { textOf } = session.world.texts;
  const summary = summaryOf(archive.contents);
  const { name, version, vendor, license, frameworks, buildDate, buildHost } = summary;
  const facts: readonly (readonly [Message["text"], string])[] = [
    ["Vendor", vendor ?? ""],
    ["Licence", license ?? ""],
    ["Frameworks", frameworks.map(({ pattern }) => pattern ?? "").join(", ")],
    ["Built", [buildDate, buildHost].filter(Boolean).join(", ")],
  ];
  return {
    kind: "archive",
    title: [name, version].filter(Boolean).join(" "),
    name: name ?? "",
    specName: damage ? null : specName(archive),
    facts: facts.filter(([, value]) => value !== "").map(([text, value]) => `${textOf({ text })}: ${value}`),
    files: archive.files.map((file) => factsOf(file, textOf)),
    damage: damageMessages(titleOf(of, session), damage).map(textOf),
  };
}

function factsOf(file: ArchivedFile, textOf: (message: Message) => string): ArchivedFileFacts {
  const { location = "", permission = "", content } = file;
  return { location, permission, size: content.size, notes: fileNotes(file).map(textOf) };
}

/** One file of an archive, or its spec part. */
export async function archiveContentForEditor(
  { of, file }: ArchiveContentParams,
  session: Session,
): Promise<ArchiveContent | null> {
  const asWritten = await opened(of, undefined, session);
  const archive = (await wholeOf(asWritten))?.archive ?? asWritten;
  const written = specUri(of);
  const asTyped = async () => written && (await readSpec(written, undefined, session)).specText;
  const spec = specPartOf(asWritten) ?? (await asTyped());
  const content = file === undefined ? undefined : archive.files[file]?.content;
  if (file === undefined ? spec === undefined : !content) return null;
  const bytes = content ? await content.read() : new TextEncoder().encode(spec);
  const digest = session.world.files({ flush: false }).digest(bytes);
  return { kind: "content", bytes: base64Of(bytes), digest };
}

/** How two packages differ. */
export async function compareForEditor(
  { before, after }: ComparePackagesParams,
  session: Session,
): Promise<ComparedPackages> {
  await openTogether(before, after, session);
  const one = await compared(before, undefined, session);
  const other = await compared(after, one.contents.release, session, one.archive);
  const comparison = await comparePackages(one, other);
  const [was, is] = [await contentsOn(one, before, session), await contentsOn(other, after, session)];
  return {
    kind: "comparison",
    isSame: comparison.isSame,
    text: renderComparison(comparison, session.world.texts.translate),
    files: comparison.files
      .filter(({ isSameContent }) => !isSameContent)
      .map(({ location, sizeBefore, sizeAfter }) => ({
        location,
        before: sizeBefore === undefined ? null : was(location),
        after: sizeAfter === undefined ? null : is(location),
      })),
  };
}

/** Makes the source of an archive. */
export async function editArchiveForEditor(
  { of, folder, force }: EditArchiveParams,
  session: Session,
): Promise<Answer<EditedArchive>> {
  const archive = await opened(of, undefined, session);
  const result = await extractArchive({ archive, folder, asSource: true, force }, session.world);
  const { textOf } = session.world.texts;
  switch (result.kind) {
    case "unreadable":
      return noPackage(of, session);
    case "in-the-way":
      return { kind: "in-the-way", count: result.paths.length };
    case "extracted": {
      const source = result.source!;
      const leftOut = result.leftOut.map(({ location = "", reason }) => `“${location}”: ${textOf(reason)}`);
      return {
        kind: "extracted",
        spec: session.world.paths.toUri(source.path),
        message: textOf(sourceMessage(source.outcome)),
        leftOut,
        damaged: damagedContents(source.spec, result.damaged, textOf),
      };
    }
  }
}

/** Contents that are not what was packed, each where the spec lists its file. */
function damagedContents(
  spec: string,
  locations: readonly string[],
  textOf: (message: Message) => string,
): readonly DamagedContent[] {
  if (locations.length === 0) return [];
  const tree = SyntaxTree.parse(spec);
  const damaged = new Set(locations);
  return [...tree.elements()].flatMap((element) => {
    const location = element.name === "File" ? element.value("Location") : undefined;
    if (location === undefined || !damaged.has(location)) return [];
    const range = toRange(tree.source, element.startTagSpan);
    return [{ message: textOf(damagedMessage(location, true)), range }];
  });
}

async function noPackage(of: PackagePlace, { world }: Session): Promise<RequestFailed> {
  const { translate, textOf } = world.texts;
  const path = of.kind === "file" ? world.paths.fromUri(of.uri) : undefined;
  const found = path === undefined ? "" : textOf(await whatFileIs(path, world));
  const message = `${translate("This is no archive of a package that is well-formed.")} ${found}`.trimEnd();
  return { kind: "failed", message, hint: translate("Its findings tell what is wrong with it.") };
}

/** @throws PackageError when it is not there or cannot be read */
async function opened(
  of: PackagePlace,
  release: Release | undefined,
  session: Session,
  like?: OpenedArchive,
): Promise<OpenedArchive> {
  if (of.kind === "installed") return installed(of, release, session);
  // The archive that would be built of it.
  const spec = specUri(of);
  if (spec) return openInstalled((await readSpec(spec, release, session)).contents, session.world, release);
  if (of.kind === "version") return openVersion(await earlierVersion(of, release, session), release, session);
  const path = session.world.paths.fromUri(of.uri);
  if (path === undefined) throw new PackageError("archive-missing", { file: of.uri });
  const stamp = await session.world.packages.stampOf(path);
  const last = keptArchive(path, stamp, session);
  if (last) return last;
  const archive = await openArchive(path, session.world, { release, hasDigest: false, like });
  keep(archive, path, stamp, session);
  return archive;
}

/** Opens two files at once where the first is not kept, as {@link openTwoArchives} does. What else is compared is left. */
async function openTogether(before: PackagePlace, after: PackagePlace, session: Session): Promise<void> {
  const { packages } = session.world;
  const [one, other] = [archivePath(before, session), archivePath(after, session)];
  if (one === undefined || other === undefined) return;
  const stamps = [await packages.stampOf(one), await packages.stampOf(other)] as const;
  if (keptArchive(one, stamps[0], session)) return;
  const [first, second] = await openTwoArchives(one, other, session.world);
  keep(first, one, stamps[0], session);
  keep(second, other, stamps[1], session);
}

function archivePath(of: PackagePlace, { world }: Session): string | undefined {
  return of.kind === "file" && isArchiveName(of.uri) ? world.paths.fromUri(of.uri) : undefined;
}

function keptArchive(path: string, stamp: string | undefined, session: Session): OpenedArchive | undefined {
  const last = kept.get(session)?.get(path);
  return last && last.stamp === stamp ? last.archive : undefined;
}

/** @param stamp from before it was opened; undefined where nothing was there */
function keep(archive: OpenedArchive, path: string, stamp: string | undefined, session: Session): void {
  const known = kept.get(session) ?? new Map();
  kept.set(session, known);
  known.delete(path);
  if (stamp !== undefined) known.set(path, { stamp, archive });
  if (known.size > mostKept) known.delete(known.keys().next().value!);
}

async function installed(
  { folder, name }: Extract<PackagePlace, { readonly kind: "installed" }>,
  release: Release | undefined,
  session: Session,
): Promise<OpenedArchive> {
  const state = await (await sandboxAt(folder, session)).state();
  const stored = await storedContents(
    state,
    state.packages.findLast((row) => row.name === name),
  );
  if (!stored) throw new PackageError("package-not-installed", { name, folder });
  return openInstalled(stored, session.world, release);
}

/** An earlier version of a spec. @throws PackageError when there is none, or it cannot be read */
async function earlierVersion(
  { uri, version }: Extract<PackagePlace, { readonly kind: "version" }>,
  release: Release | undefined,
  session: Session,
): Promise<ComparedPackage> {
  const { versions } = await foundVersions(uri, session, false);
  const found = versionOrTagNamed(version, versions);
  if (!found) {
    const { basename } = session.world.paths;
    throw new PackageError("archive-missing", { file: `${basename(uri)} ${version}` });
  }
  return comparedVersion(found, version, release, session.world);
}

/** How its archive is written; of what was only committed, the one that would be built. */
async function openVersion(
  { archive, contents }: ComparedPackage,
  release: Release | undefined,
  session: Session,
): Promise<OpenedArchive> {
  return archive ?? openInstalled(contents, session.world, release);
}

async function compared(
  of: PackagePlace,
  release: Release | undefined,
  session: Session,
  like?: OpenedArchive,
): Promise<ComparedPackage> {
  const spec = specUri(of);
  if (spec) {
    const { contents } = await readSpec(spec, release, session);
    return { title: titleOf(of, session), kind: "spec", contents, archive: undefined };
  }
  if (of.kind === "version") return earlierVersion(of, release, session);
  const archive = await opened(of, release, session, like);
  const kind = of.kind === "file" ? "archive" : "installed";
  return comparedArchive(titleOf(of, session), kind, archive);
}

/** Of a spec as it is now. */
function specUri(of: PackagePlace): string | undefined {
  return of.kind === "file" && !isArchiveName(of.uri) ? of.uri : undefined;
}

/** A spec as it is typed. */
async function readSpec(uri: string, release: Release | undefined, session: Session): Promise<EditorPackage> {
  return readEditorPackage(uri, release, await session.settingsFor(uri), session);
}

function titleOf(of: PackagePlace, { world: { paths } }: Session): string {
  const path = of.kind === "installed" ? of.folder : paths.fromUri(of.uri);
  return path === undefined ? "" : paths.basename(path);
}

/** Where the files of one side are. */
async function contentsOn(
  side: ComparedPackage,
  of: PackagePlace,
  session: Session,
): Promise<(location: string) => ComparedContent | null> {
  const { workspace, settingsFor } = session;
  const { paths } = session.world;
  const archive = of.kind === "version" ? await openVersion(side, undefined, session) : side.archive;
  if (archive) {
    const places = new Map(archive.files.map(({ location = "" }, file) => [location, file]));
    return (location) => {
      const file = places.get(location);
      return file === undefined ? null : { kind: "archived", file };
    };
  }
  const path = of.kind === "file" ? paths.fromUri(of.uri) : undefined;
  const folder = path && workspace.baseFolderOf(path, await settingsFor((of as { uri: string }).uri));
  return (location) => (folder ? { kind: "disk", uri: paths.toUri(paths.join(folder, location)) } : null);
}
