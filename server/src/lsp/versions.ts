import { packageReader } from "../engine/read-package.ts";
import { specTextOf } from "../engine/version-changes.ts";
import { KeptChanges, versionHistory } from "../engine/version-history.ts";
import { changeLine, versionPlace } from "../engine/version-words.ts";
import { messageOf, PackageError } from "../host/package-error.ts";
import type { ListedVersion, VersionsResult, VersionText } from "../protocol/versions.ts";
import { decodeText } from "../text/decode.ts";
import { memo } from "../text/memo.ts";
import { oneLine } from "../text/visible.ts";
import { foundVersions, nothingFound } from "./found-versions.ts";
import type { Session } from "./session.ts";

/** What versions have changed, for as long as the server runs. */
const keptIn = memo((_session: Session) => new KeptChanges());

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
    const found = await foundVersions(uri, session, true, signal);
    if (found === nothingFound) return null;
    const { name, versions, notes } = found;
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
  try {
    const { versions } = await foundVersions(uri, session, false, signal);
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
