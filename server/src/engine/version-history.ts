import { PackageError } from "../host/package-error.ts";
import { once } from "../text/once.ts";
import type { FoundVersion } from "./find-versions.ts";
import type { PackageReader, ReadPackage } from "./system-world.ts";
import { changesBetween, type VersionChange, type VersionFacts, versionFacts } from "./version-changes.ts";

/** One version with what it has otherwise than the one before it. */
export interface HistoryStep {
  readonly version: string;
  /** Undefined for the spec as it is now. */
  readonly found: FoundVersion | undefined;
  /** Undefined for the first version, and where one of the two cannot be read. */
  readonly changes: readonly VersionChange[] | undefined;
  /** Why it cannot be read; undefined where it can. */
  readonly problem: PackageError | undefined;
}

/** What versions have changed, by what tells their contents from others. */
export class KeptChanges {
  readonly #changes = new Map<string, readonly VersionChange[]>();

  get(key: string): readonly VersionChange[] | undefined {
    return this.#changes.get(key);
  }

  set(key: string, changes: readonly VersionChange[]): void {
    // Those that were found first are the oldest, which are asked for as often as all others.
    if (this.#changes.size < mostKept) this.#changes.set(key, changes);
  }
}

const mostKept = 2000;

/** A version whose facts are found out when they are asked for. */
interface Comparable {
  readonly identity: string | undefined;
  readonly facts: () => Promise<VersionFacts>;
}

/**
 * What each version changed, the oldest first, and the spec as it is now last. Neighbours that were compared before are
 * not read again.
 *
 * @param versions the oldest first
 * @param own reads the spec as it is now
 */
export async function versionHistory(
  versions: readonly FoundVersion[],
  own: PackageReader<ReadPackage>,
  kept = new KeptChanges(),
): Promise<readonly HistoryStep[]> {
  const steps: HistoryStep[] = [];
  let before: Comparable | undefined;
  for (const found of [...versions, undefined]) {
    const read = once(() => (found ? found.read(undefined) : own(undefined)));
    const now = { identity: found?.identity, facts: once(async () => versionFacts(await read())) };
    const key = before?.identity && now.identity && `${before.identity}\n${now.identity}`;
    const known = key ? kept.get(key) : undefined;
    try {
      if (!known) await now.facts();
      const changes = known ?? (before && (await changesBetween(await before.facts(), await now.facts())));
      if (key && changes) kept.set(key, changes);
      steps.push({ version: found?.version ?? versionIn(await read()), found, changes, problem: undefined });
      before = now;
    } catch (problem) {
      if (!(problem instanceof PackageError)) throw problem;
      steps.push({ version: found?.version ?? "", found, changes: undefined, problem });
    }
  }
  return steps;
}

function versionIn({ contents: { structure } }: ReadPackage): string {
  return structure?.single.Version?.content ?? "";
}
