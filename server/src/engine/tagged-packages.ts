import { type CommitHistory, HistoryError, type HistoryOptions } from "../host/commit-history.ts";
import type { KnownPackage } from "../host/known-packages.ts";
import { PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";
import { versionOfTag } from "../model/version-tag.ts";
import { CommittedPackages, readObjectsOf } from "./history/committed-packages.ts";
import { taggedVersions } from "./history/git-versions.ts";
import { readKnownPackages } from "./read-known-packages.ts";

/** A spec whose released versions are wanted. */
export interface TaggedSpec {
  /** Absolute. */
  readonly path: string;
  /** Of the package. */
  readonly name: string;
}

/** Of a repository with many packages only so many specs in tags are looked up. */
const mostLookups = 3000;

export interface TaggedPackages {
  /** By the path of the spec. */
  readonly packages: ReadonlyMap<string, readonly KnownPackage[]>;
  /** The specs whose tags were not asked, because there are too many. */
  readonly left: readonly TaggedSpec[];
}

/**
 * The released versions of packages, as rules know packages: those that tags point to which the commit that is checked out
 * comes from. A tag of another branch may be of another line. What cannot be found out is none.
 *
 * @param most how many specs in tags are looked up; absent for {@link mostLookups}
 * @throws never
 */
export async function taggedPackages(
  specs: readonly TaggedSpec[],
  { histories, paths }: Pick<World, "histories" | "paths">,
  { most = mostLookups, ...options }: HistoryOptions & { readonly most?: number },
): Promise<TaggedPackages> {
  const found = new Map<string, readonly KnownPackage[]>();
  const all = (left: readonly TaggedSpec[] = []): TaggedPackages => ({ packages: found, left });
  if (!histories) return all();
  const opened: CommitHistory[] = [];
  const without = new Set<string>();
  let lookups = 0;
  for (const [index, { path, name }] of specs.entries()) {
    const folder = paths.dirname(path);
    if (without.has(folder)) continue;
    let history = opened.find(({ top }) => paths.below(top, folder));
    let names = history && paths.below(history.top, folder);
    if (!history) {
      const answer = await histories.open(folder, options);
      if (answer.kind === "cancelled") return all();
      if (answer.kind !== "opened") {
        without.add(folder);
        continue;
      }
      history = answer.history;
      names = history.names;
      opened.push(history);
    }
    const tags = history.tags.filter((tag) => tag.isMerged && versionOfTag(tag.name, name) !== undefined);
    lookups += tags.length;
    if (lookups > most) return all(specs.slice(index));
    const packages = new CommittedPackages(history, readObjectsOf(histories));
    const place = [...names!, paths.basename(path)];
    const known = await unlessUnanswered(async () => {
      const { tagged } = await taggedVersions({ path: place, name }, [place], tags, packages);
      return Promise.all(
        tagged.map(async ({ name: tag, version, spec }): Promise<readonly KnownPackage[]> => {
          const document = { kind: "tag", path: `${path} ${tag}` } as const;
          const [read] = readKnownPackages(document, await packages.specBytes(spec));
          return read ? [{ ...read, version, tag }] : [];
        }),
      );
    });
    if (known) found.set(path, known.flat());
  }
  return all();
}

async function unlessUnanswered<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HistoryError || error instanceof PackageError) return undefined;
    throw error;
  }
}
