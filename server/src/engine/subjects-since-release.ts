import { HistoryError, type HistoryOptions } from "../host/commit-history.ts";
import type { World } from "../host/world.ts";
import { compareStrictly } from "../model/version.ts";
import { isLegalCodePoint } from "../syntax/characters.ts";
import { CommittedPackages, readObjectsOf } from "./history/committed-packages.ts";
import { taggedVersions } from "./history/git-versions.ts";
import type { TaggedSpec } from "./tagged-packages.ts";

/** More are no text for a change log. */
const mostSubjects = 30;

/**
 * What was committed beside a spec and below since the newest version of its package that a tag has released, as subjects,
 * the oldest first. Empty where there is no history, no such tag, nothing since, or no answer.
 *
 * @throws never
 */
export async function subjectsSinceRelease(
  { path, name }: TaggedSpec,
  { histories, paths }: Pick<World, "histories" | "paths">,
  options: HistoryOptions,
): Promise<readonly string[]> {
  const opened = await histories?.open(paths.dirname(path), options);
  if (!histories || opened?.kind !== "opened") return [];
  const { history } = opened;
  const packages = new CommittedPackages(history, readObjectsOf(histories));
  const place = [...history.names, paths.basename(path)];
  const tags = history.tags.filter(({ isMerged }) => isMerged);
  try {
    const { tagged } = await taggedVersions({ path: place, name }, [place], tags, packages);
    const [newest] = tagged.toSorted((a, b) => compareStrictly(b.version, a.version));
    if (!newest) return [];
    const subjects = await history.subjectsSince(history.names, newest.commit, mostSubjects);
    return subjects
      .map(asXmlText)
      .filter((subject) => subject.trim() !== "")
      .toReversed();
  } catch (error) {
    if (error instanceof HistoryError) return [];
    throw error;
  }
}

/** A text without the characters that XML cannot have. */
function asXmlText(text: string): string {
  return [...text].filter((character) => isLegalCodePoint(character.codePointAt(0)!)).join("");
}
