import { type FoundVersion, findVersionsWithNotes } from "../engine/find-versions.ts";
import { packageReader } from "../engine/read-package.ts";
import { specTextOf } from "../engine/version-changes.ts";
import { KeptChanges, versionHistory } from "../engine/version-history.ts";
import { changeLine, versionPlace } from "../engine/version-words.ts";
import { messageOf, PackageError } from "../host/package-error.ts";
import type { ListedVersion, VersionsResult, VersionText } from "../protocol/versions.ts";
import { decodeText } from "../text/decode.ts";
import { memo } from "../text/memo.ts";
import { oneLine } from "../text/visible.ts";
import type { Session } from "./session.ts";

/** What versions have changed, for as long as the server runs. */
const keptIn = memo((_session: Session) => new KeptChanges());

/** The versions that were found last, by the path of the spec. */
const foundIn = memo((_session: Session) => new Map<string, readonly FoundVersion[]>());

/** The versions of the package of a spec, the newest first. Git is asked in trusted workspaces alone. */
export async function versionsForEditor(
  uri: string,
  session: Session,
  signal: AbortSignal,
): Promise<VersionsResult | null> {
  const path = session.world.paths.fromUri(uri);
  if (path === undefined) return null;
  const { world } = session;
  const { textOf, translate } = world.texts;
  const settings = await session.settingsFor(uri);
  const baseFolder = session.workspace.baseFolderOf(path, settings);
  try {
    const { name, versions, notes } = await lookUp(path, session, signal);
    signal.throwIfAborted();
    const steps = await versionHistory(versions, packageReader(path, world, { baseFolder }), keptIn(session));
    signal.throwIfAborted();
    const folder = world.paths.dirname(path);
    const shown = (each: string) => world.paths.below(folder, each)?.join("/") || each;
    const listed = steps.map(({ version, found, changes, problem }): ListedVersion => {
      const sources = found ? [found.source, ...found.others] : [];
      const places = sources.map((source) => textOf(versionPlace(source, shown)));
      const [source] = sources;
      return {
        version: oneLine(version),
        source: source?.kind ?? "spec",
        places: (found ? places : [translate("the spec as it is now")]).map(oneLine),
        date: source && "date" in source ? (source.date ?? "") : "",
        changes: changes?.map((change) => oneLine(changeLine(change, textOf))) ?? null,
        problem: problem ? oneLine(textOf(messageOf(problem))) : "",
      };
    });
    const untrusted = session.isTrusted()
      ? []
      : [translate("Git is not asked for versions, because this workspace is not trusted.")];
    return {
      kind: "versions",
      name: oneLine(name ?? ""),
      versions: listed.reverse(),
      notes: [...untrusted, ...notes.map(textOf)].map(oneLine),
    };
  } catch (error) {
    // One that was never saved, or is gone by now.
    if (error instanceof PackageError) return null;
    throw error;
  }
}

/** The spec of a version that was told of. */
export async function versionTextForEditor(
  uri: string,
  version: string,
  session: Session,
  signal: AbortSignal,
): Promise<VersionText | null> {
  const path = session.world.paths.fromUri(uri);
  if (path === undefined) return null;
  try {
    const versions = foundIn(session).get(path) ?? (await lookUp(path, session, signal)).versions;
    const found = versions.find((each) => oneLine(each.version) === version);
    if (!found) return null;
    const text = found.specBytes
      ? decodeText(await found.specBytes()).text
      : await specTextOf(await found.read(undefined));
    return { kind: "text", text };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    return null;
  }
}

async function lookUp(path: string, session: Session, signal: AbortSignal) {
  const { world, workspace } = session;
  const settings = await session.settingsFor(world.paths.toUri(path));
  const folder = workspace.folderOf(path) ?? world.paths.dirname(path);
  const untrustedFolders = [world.paths.dirname(path), ...workspace.folders];
  const result = await findVersionsWithNotes(path, world, {
    baseFolder: workspace.baseFolderOf(path, settings),
    named: settings.knownPackages.map((each) => world.paths.resolve(folder, each)),
    git: session.isTrusted() ? { untrustedFolders, signal } : undefined,
  });
  // What was given up has not found all.
  if (!signal.aborted) foundIn(session).set(path, result.versions);
  return result;
}
