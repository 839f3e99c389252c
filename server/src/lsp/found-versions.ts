import type { PackageContents } from "../builder/package-contents.ts";
import { keyOf, type Release } from "../dialect/switches.ts";
import { originOf, versionNamed } from "../engine/earlier-choice.ts";
import { type FoundVersion, type FoundVersions, findVersionsWithNotes } from "../engine/find-versions.ts";
import { PackageError } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import { compareStrictly } from "../model/version.ts";
import type { EarlierChoice } from "../protocol/dry-run.ts";
import { memo } from "../text/memo.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** Those of the packages that were last asked about. */
const keptIn = memo((_session: Session) => new Map<string, FoundVersions>());

/** As many as the packages that somebody looks at in turn. */
const mostKept = 8;

/**
 * The older and newer versions of a package that can be found, the oldest first. Git is asked in trusted workspaces alone:
 * what it does is decided by files of the repository, too.
 *
 * @param mayHaveChanged false to take those that were found before
 * @throws the reason of the signal when it is given up
 */
export async function foundVersions(
  uri: string,
  session: Session,
  mayHaveChanged: boolean,
  signal?: AbortSignal,
): Promise<FoundVersions> {
  const kept = keptIn(session);
  const known = kept.get(uri);
  if (known && !mayHaveChanged) return known;
  const found = await lookUp(uri, session, signal);
  // What was given up has not found all.
  signal?.throwIfAborted();
  kept.delete(uri);
  if (kept.size === mostKept) kept.delete(kept.keys().next().value!);
  kept.set(uri, found);
  return found;
}

async function lookUp(
  uri: string,
  session: Session,
  signal: AbortSignal | undefined,
): Promise<FoundVersions> {
  const { world, workspace, isTrusted } = session;
  const { paths } = world;
  const path = paths.fromUri(uri);
  if (path === undefined) return nothingFound;
  const settings = await session.settingsFor(uri);
  const untrustedFolders = [paths.dirname(path), ...workspace.folders];
  try {
    return await findVersionsWithNotes(path, world, {
      baseFolder: workspace.baseFolderOf(path, settings),
      named: settings.knownPackages.map((each) =>
        paths.resolve(workspace.folderOf(path) ?? paths.dirname(path), each),
      ),
      git: isTrusted() ? { untrustedFolders, ...(signal && { signal }) } : undefined,
    });
  } catch (error) {
    // One that was never saved, or is gone by now.
    if (error instanceof PackageError) return nothingFound;
    throw error;
  }
}

/** Of a spec that was never saved, or is gone by now. */
export const nothingFound: FoundVersions = { name: undefined, versions: [], notes: [] };

/**
 * Reads a version, and those between it and the present one, as the package manager of a release would; what was read before
 * is not read again.
 *
 * @throws Refusal when it is not known any more
 * @throws PackageError when one cannot be read
 */
export async function wayFrom(
  { of, version, isStepByStep }: Omit<Extract<EarlierChoice, { readonly kind: "found" }>, "kind">,
  own: string,
  release: Release,
  session: Session,
): Promise<readonly PackageContents[]> {
  const { start, versions } = await requireVersion(of, version, session);
  const behind = versions
    .slice(versions.indexOf(start) + 1)
    .filter((each) => compareStrictly(each.version, own) < 0);
  const way = isStepByStep ? [start, ...behind] : [start];
  return Promise.all(way.map((each) => readOnce(each, release)));
}

/** Where the first version of a way is from. @throws Refusal when it is not known any more */
export async function originIn(
  { of, version }: Pick<Extract<EarlierChoice, { readonly kind: "found" }>, "of" | "version">,
  session: Session,
): Promise<Message | undefined> {
  const { start } = await requireVersion(of, version, session);
  const { paths } = session.world;
  const folder = paths.dirname(paths.fromUri(of) ?? "");
  return originOf(start, (each) => paths.below(folder, each)?.join("/") || each);
}

async function requireVersion(of: string, version: string, session: Session) {
  const known = await foundVersions(of, session, false);
  // It may have come since versions were last looked for.
  const { versions } = versionNamed(version, known.versions) ? known : await foundVersions(of, session, true);
  const start = versionNamed(version, versions);
  if (start) return { start, versions };
  throw new Refusal({ text: "The version {version} is not found any more.", values: { version } });
}

const readIn = memo((_version: FoundVersion) => new Map<string, Promise<PackageContents>>());

function readOnce(version: FoundVersion, release: Release): Promise<PackageContents> {
  const read = readIn(version);
  const key = keyOf(release);
  const known = read.get(key) ?? version.read(release).then(({ contents }) => contents);
  read.set(key, known);
  // One that could not be read may be there the next time.
  known.catch(() => read.delete(key));
  return known;
}
