import { type ReleaseJournal, ReleaseJournals } from "../engine/release/release-journal.ts";
import { stepMessage } from "../engine/release/release-words.ts";
import type { BegunRelease, BegunReleases, BegunReleasesParams } from "../protocol/release.ts";
import { oneLine } from "../text/visible.ts";
import type { Session } from "./session.ts";

/** Nothing that lies in a folder is read: who has begun releases has noted them elsewhere. */
export async function begunReleasesForEditor(
  { folders }: BegunReleasesParams,
  session: Session,
): Promise<BegunReleases> {
  const { world } = session;
  const { paths } = world;
  const looked = folders.map((uri) => paths.fromUri(uri)).filter((folder) => folder !== undefined);
  const journals = session.isTrusted() ? await new ReleaseJournals(world).all() : [];
  const below = journals.filter(({ spec }) =>
    looked.some((folder) => paths.below(folder, spec) !== undefined),
  );
  return {
    kind: "begun-releases",
    releases: below.map((journal) => ({ uri: paths.toUri(journal.spec), ...begunRelease(journal, session) })),
  };
}

/** How far a release has come. */
export function begunRelease(journal: ReleaseJournal, session: Session): BegunRelease {
  const { texts } = session.world;
  const { name, version, steps, done } = journal;
  const next = steps.find((step) => !done.includes(step)) ?? steps.at(-1)!;
  return {
    name,
    version,
    step: oneLine(texts.textOf(stepMessage(next, journal, shownIn(session)))),
  };
}

/** Paths in the workspace are shown from its folder on. */
export function shownIn({ workspace, world }: Session): (path: string) => string {
  return (path) => {
    const folder = workspace.folderOf(path);
    return (folder !== undefined && world.paths.below(folder, path)?.join("/")) || path;
  };
}
