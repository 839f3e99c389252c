import type { Tag } from "../../host/commit-history.ts";
import { compareStrictly } from "../../model/version.ts";
import { versionOfTag } from "../../model/version-tag.ts";
import { plainVersion } from "../../rules/shared/plain-version.ts";
import type { CommittedPackages, CommittedSpec } from "./committed-packages.ts";
import { dayOf } from "./git-data.ts";

/** A version of a package that a repository has. */
export interface GitVersion {
  readonly kind: "tag" | "commit";
  /** Of the tag, or the object name of the commit. */
  readonly name: string;
  readonly commit: string;
  readonly date: string | undefined;
  readonly version: string;
  readonly spec: CommittedSpec;
  /** True when the spec has a placeholder, for which the tag tells the version. */
  readonly isPutIn: boolean;
}

/** Why something that looks like a version is none of the package. */
export type PassedOver =
  /** The spec there has another version than the tag. */
  | { readonly kind: "other-version"; readonly tag: string; readonly version: string }
  /** There is no spec of the package. */
  | { readonly kind: "no-spec"; readonly tag: string };

export interface GitVersions {
  /** Tags first, of those of one version the one that was made last; in no order otherwise. */
  readonly versions: readonly GitVersion[];
  readonly passedOver: readonly PassedOver[];
  /** True when there are more commits than are looked at. */
  readonly isCut: boolean;
}

/** The spec whose versions are looked for. */
export interface Wanted {
  /** Names from the top of the working copy on. */
  readonly path: readonly string[];
  readonly name: string;
  /** Empty for one that it does not say. */
  readonly version: string;
}

/** Commits of a spec that are looked at where nobody says otherwise. */
const usualCommits = 2000;

/** How often a spec is followed to where it lay before. */
const mostMoves = 20;

/**
 * The versions of a package in the commits of its repository: those that tags point to, which were released, and for each
 * other version the state in which the branch had it last, going by first parents. The version that is being worked on
 * is none of these, unless a tag has its name.
 *
 * @param mostCommits of the spec that are looked at
 * @throws HistoryError
 */
export async function gitVersions(
  wanted: Wanted,
  packages: CommittedPackages,
  mostCommits = usualCommits,
): Promise<GitVersions> {
  const { states, paths, isCut } = await statesOf(wanted, packages, mostCommits);
  const { tagged, passedOver } = await taggedVersions(wanted, paths, packages.history.tags, packages);
  const last = await lastOfEach(wanted, states, packages);
  // What came between a tag and the next version was never released.
  const untagged = last.filter(({ version }) =>
    tagged.every((each) => compareStrictly(each.version, version) !== 0),
  );
  return { versions: [...tagged, ...untagged], passedOver, isCut };
}

/** A commit that changed the spec, with what the spec was after it. */
interface State {
  readonly commit: string;
  /** Undefined where it had been taken away, or cannot be read. */
  readonly spec: CommittedSpec | undefined;
}

interface States {
  /** The newest first. */
  readonly states: readonly State[];
  /** Where the spec lay, the newest first. */
  readonly paths: readonly (readonly string[])[];
  readonly isCut: boolean;
}

async function statesOf(
  { path, name }: Wanted,
  packages: CommittedPackages,
  mostCommits: number,
): Promise<States> {
  const { history } = packages;
  const fileName = path.at(-1)!;
  const states: State[] = [];
  const paths: (readonly string[])[] = [];
  let from: string | undefined = history.head;
  // It may have been moved since the last commit.
  let at: readonly string[] | undefined = path;
  for (let moves = 0; from !== undefined && at !== undefined && moves <= mostMoves; moves++) {
    const most: number = mostCommits - states.length;
    const commits: readonly string[] = await history.commitsOf(at, from, most);
    if (commits.length > 0) paths.push(at);
    for (let start = 0; start < commits.length; start += 100) {
      const some = commits.slice(start, start + 100);
      const place: readonly string[] = at;
      const specs = await Promise.all(some.map((commit) => packages.specAt(commit, place)));
      states.push(...some.map((commit, index) => ({ commit, spec: specs[index] })));
    }
    if (commits.length >= most) return { states, paths, isCut: true };
    const oldest = commits.at(-1);
    from = oldest === undefined ? from : (await packages.commit(oldest))?.parent;
    const before: CommittedSpec | undefined =
      from === undefined ? undefined : await packages.specNamed(from, name, fileName);
    at = before && !paths.some((each) => each.join("/") === before.path.join("/")) ? before.path : undefined;
  }
  return { states, paths, isCut: false };
}

/**
 * For each version the last commit in which the branch had it: the one before another version was put in, with all
 * that was changed beside the spec until then.
 */
async function lastOfEach(
  { name, version: own }: Wanted,
  states: readonly State[],
  packages: CommittedPackages,
): Promise<readonly GitVersion[]> {
  const found = new Map<string, GitVersion>();
  let after: string | undefined = own;
  let last: string | undefined = packages.history.head;
  for (const { commit, spec } of states) {
    const version = spec?.name === name ? plainVersion(spec.version.trim()) : undefined;
    if (spec && version !== undefined && version !== after && version !== own && last !== undefined) {
      if (!found.has(version)) {
        const { date } = (await packages.commit(last)) ?? {};
        found.set(version, {
          ...{ kind: "commit", name: last, commit: last, date, version, isPutIn: false },
          // The same bytes: what comes between changed other files.
          spec,
        });
      }
    }
    if (version !== undefined) after = version;
    last = (await packages.commit(commit))?.parent;
  }
  return [...found.values()];
}

/**
 * The versions that tags point to, of those of one version the one that was made last first.
 *
 * @param paths where the spec is likely to lie
 * @throws HistoryError
 */
export async function taggedVersions(
  { path, name }: Pick<Wanted, "path" | "name">,
  paths: readonly (readonly string[])[],
  tags: readonly Tag[],
  packages: CommittedPackages,
): Promise<{ readonly tagged: readonly GitVersion[]; readonly passedOver: readonly PassedOver[] }> {
  const named = tags.flatMap((tag) => {
    const version = plainVersion(versionOfTag(tag.name, name));
    return version === undefined ? [] : [{ ...tag, version }];
  });
  const tagged: GitVersion[] = [];
  const passedOver: PassedOver[] = [];
  for (let start = 0; start < named.length; start += 100) {
    const read = named.slice(start, start + 100).map(async ({ name: tag, object, time, version }) => {
      const commit = await packages.commitOfTag(object);
      const spec = commit === undefined ? undefined : await specIn(commit, path, name, paths, packages);
      if (!spec) return { kind: "no-spec", tag } as const;
      const date = time === undefined ? undefined : dayOf(time);
      const common = { kind: "tag", name: tag, commit: commit!, date, spec } as const;
      const written = spec.version.trim();
      if (isPlaceholder(written)) return { ...common, version, isPutIn: true };
      if (plainVersion(written) === undefined || compareStrictly(written, version) !== 0)
        return { kind: "other-version", tag, version: written } as const;
      return { ...common, version: written, isPutIn: false };
    });
    for (const each of await Promise.all(read)) {
      if (each.kind === "tag") tagged.push(each);
      else passedOver.push(each);
    }
  }
  return { tagged, passedOver };
}

async function specIn(
  commit: string,
  path: readonly string[],
  name: string,
  paths: readonly (readonly string[])[],
  packages: CommittedPackages,
): Promise<CommittedSpec | undefined> {
  for (const each of paths) {
    const spec = await packages.specAt(commit, each);
    if (spec?.name === name) return spec;
  }
  return packages.specNamed(commit, name, path.at(-1)!);
}

/** Many a vendor's build puts the real version in its place. */
function isPlaceholder(version: string): boolean {
  return /^[0.]*$/.test(version);
}
