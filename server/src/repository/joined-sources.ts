import { type OnlineListOptions, onlineList, releaseOf } from "./online-list.ts";
import type { IndexEntry } from "./read-index.ts";
import type { RepositoryLogEntry } from "./repository-log.ts";
import { sourceKey } from "./sources.ts";

/** A package that one of the configured repositories offers. */
export interface OfferedPackage {
  readonly entry: IndexEntry;
  /** Name or address of the repository, as the framework asks for it. */
  readonly source: string;
}

export interface JoinedSources {
  /** Everything that is offered, source by source. */
  readonly list: readonly OfferedPackage[];
  /** The one that counts of each name: the last in the list, even if an earlier source has a newer version. */
  readonly byName: ReadonlyMap<string, OfferedPackage>;
  readonly log: readonly RepositoryLogEntry[];
  /** The repository at which the framework throws; undefined when none is. */
  readonly diedAt: string | undefined;
}

/**
 * What all configured repositories together offer. Versions are compared inside one repository only.
 *
 * @source Znuny 7.1 and OTOBO 11, _PackageOnlineListGet
 */
export function joinSources(options: OnlineListOptions): JoinedSources {
  const list: OfferedPackage[] = [];
  const byName = new Map<string, OfferedPackage>();
  const log: RepositoryLogEntry[] = [];
  for (const configured of options.sources) {
    const source = sourceKey(configured, releaseOf(options));
    const {
      packages: offered,
      log: messages,
      died,
    } = onlineList(source, {
      ...options,
      // What is installed makes no difference here, and is gone through for each package.
      packages: [],
      language: "en",
      includeSameVersion: true,
    });
    log.push(...messages);
    if (died) return { list, byName, log, diedAt: source };
    for (const { entry } of offered) {
      list.push({ entry, source });
      byName.set(entry.name, { entry, source });
    }
  }
  return { list, byName, log, diedAt: undefined };
}
