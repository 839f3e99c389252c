import { lstat, realpath } from "node:fs/promises";
import { delimiter, dirname, join, relative, sep } from "node:path";
import {
  type CommitHistories,
  type CommitHistory,
  HistoryError,
  type HistoryOptions,
  type OpenedHistory,
  type Tag,
  usualTimeLimit,
} from "../host/commit-history.ts";
import { findProgram, untrustedFolders } from "./find-program.ts";
import { GitBatch, type GitStart } from "./git-batch.ts";
import { programEnvironment } from "./program-environment.ts";
import { type RunOutcome, runProgram } from "./run-program.ts";

/** Asks Git, which is started with nothing switched on that a repository could have it run. */
export const commitHistories: CommitHistories = { open };

/** Of more tags the oldest are left out. */
const mostTags = 2000;

/** How Git is started for the working copy that a folder lies in, or why it is not. */
export async function gitFor(
  folder: string,
  options: HistoryOptions,
): Promise<
  | { readonly kind: "ready"; readonly start: GitStart; readonly place: Place }
  | Extract<OpenedHistory, { readonly kind: "no-repository" | "no-git" | "git-untrusted" }>
> {
  const place = await workingCopyAround(folder);
  if (!place) return { kind: "no-repository" };
  const untrusted = untrustedFolders([...options.untrustedFolders, folder, place.top]);
  const git = findProgram(
    [process.platform === "win32" ? "git.exe" : "git"],
    (process.env.PATH ?? "").split(delimiter),
    untrusted,
  );
  if (git.kind === "none") return { kind: "no-git" };
  if (git.kind === "untrusted") return { kind: "git-untrusted" };
  const start: GitStart = {
    program: git.path,
    words: [...harmless, "-C", place.top],
    environment: environmentFor(place.top, untrusted),
    // Nothing is looked for in a folder that somebody else has filled.
    cwd: dirname(git.path),
    timeLimit: options.timeLimit ?? usualTimeLimit,
    signal: options.signal,
  };
  return { kind: "ready", start, place };
}

async function open(folder: string, options: HistoryOptions): Promise<OpenedHistory> {
  const git = await gitFor(folder, options);
  if (git.kind !== "ready") return git;
  const { start, place } = git;
  try {
    const [facts, tags] = await Promise.all([
      linesOf(start, ["rev-parse", "--is-shallow-repository", "--verify", "HEAD^{commit}"]),
      linesOf(start, [
        "for-each-ref",
        `--count=${mostTags}`,
        "--sort=-creatordate",
        "--format=%(objectname) %(creatordate:unix) %(refname)",
        "refs/tags",
      ]),
    ]);
    const head = facts.find(isObjectName);
    if (head === undefined) return { kind: "no-commit" };
    const isShallow = facts.includes("true");
    // Whether a tag leads to an ancestor of a commit never changes, but a shallow repository may come to know more.
    const merged = await keptUnless(isShallow, lastMerged, JSON.stringify([place.top, head, tags]), () =>
      linesOf(start, ["for-each-ref", `--merged=${head}`, "--format=%(refname)", "refs/tags"]),
    );
    const mergedTags = new Set(merged);
    return {
      kind: "opened",
      history: historyOf(start, {
        ...place,
        head,
        isShallow,
        tags: tags.flatMap((line) => tagIn(line, mergedTags)),
      }),
    };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    return refusalOf(error, place.top, start.timeLimit);
  }
}

function refusalOf({ kind, message }: HistoryError, repository: string, timeLimit: number): OpenedHistory {
  if (kind === "too-slow") return { kind, seconds: Math.round(timeLimit / 1000) };
  if (kind === "cancelled") return { kind };
  if (message.includes("dubious ownership") || message.includes("unsafe repository"))
    return { kind: "other-owner", repository };
  if (/Needed a single revision|unknown revision|bad revision|malformed object name HEAD/.test(message))
    return { kind: "no-commit" };
  return { kind: "failed", reason: message };
}

type Answers = Map<string, readonly string[]>;

/** Tags that lead to ancestors of a commit, and the commits of a path, by all that they depend on. */
const lastMerged: Answers = new Map();
const lastCommits: Answers = new Map();

/** More than anybody has open at once. */
const mostAnswers = 50;

/** What was answered before; of too many answers the one that was given first is forgotten. */
async function keptUnless(
  isOpen: boolean,
  answers: Answers,
  key: string,
  ask: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const known = isOpen ? undefined : answers.get(key);
  if (known) return known;
  const answer = await ask();
  if (!isOpen) answers.set(key, answer);
  if (answers.size > mostAnswers) answers.delete(answers.keys().next().value!);
  return answer;
}

/** In front of each command: what a repository could say of these is not heard. */
const harmless: readonly string[] = [
  ...["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"],
  ...[
    `core.hooksPath=${process.platform === "win32" ? "NUL" : "/dev/null"}`,
    "core.fsmonitor=false",
    "core.useReplaceRefs=false",
    "core.askPass=",
    "credential.helper=",
    "protocol.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.showSignature=false",
    // A folder in a package that looks like a repository is none.
    "safe.bareRepository=explicit",
  ].flatMap((setting) => ["-c", setting]),
];

/**
 * What Git is to know. Nothing of what is said to another Git in our environment; of configurations the user's own, which
 * says whose repositories may be read, and not that of the machine.
 */
function environmentFor(top: string, untrusted: readonly string[]): NodeJS.ProcessEnv {
  return {
    ...programEnvironment(["XDG_CONFIG_HOME"], untrusted),
    LC_ALL: "C",
    GIT_CEILING_DIRECTORIES: dirname(top),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_NO_LAZY_FETCH: "1",
    // Older ones do not know the variable above.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_PAGER: "",
    GIT_ASKPASS: "",
  };
}

interface Place {
  /** The absolute path of the top of the working copy, links resolved. */
  readonly top: string;
  readonly names: readonly string[];
}

/** A repository without a working copy is none: no spec lies in it. */
async function workingCopyAround(folder: string): Promise<Place | undefined> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined) return undefined;
  for (let top = real; ; top = dirname(top)) {
    if (await lstat(join(top, ".git")).catch(() => undefined)) {
      return {
        top,
        names: relative(top, real)
          .split(sep)
          .filter((name) => name !== ""),
      };
    }
    if (dirname(top) === top) return undefined;
  }
}

function historyOf(
  start: GitStart,
  facts: Omit<CommitHistory, "lacksObjects" | "commitsOf" | "subjectsSince" | "object" | "sizeOf">,
): CommitHistory {
  const contents = new GitBatch(start, true);
  const sizes = new GitBatch(start, false);
  let lacks = false;
  return {
    ...facts,
    lacksObjects: () => lacks,
    async commitsOf(path, from, most) {
      requireObjectName(from);
      const words = ["rev-list", "--first-parent", `--max-count=${most}`, from, "--", path.join("/")];
      // What is behind a commit never changes either.
      return keptUnless(facts.isShallow, lastCommits, JSON.stringify([facts.top, words]), async () =>
        (await linesOf(start, words)).filter(isObjectName),
      );
    },
    async subjectsSince(folder, since, most) {
      requireObjectName(since);
      const place = folder.length === 0 ? [] : [folder.join("/")];
      const lines = await linesOf(start, [
        ...["rev-list", "--no-merges", "--format=+%s", "--encoding=UTF-8", `--max-count=${most}`],
        ...[facts.head, `^${since}`, "--", ...place],
      ]);
      // Before each there is a line that names its commit.
      return lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
    },
    async object(name, largest) {
      requireObjectName(name);
      const found = await contents.ask(name, largest);
      lacks ||= !found;
      return found?.type === "tag" ? contents.ask(`${name}^{commit}`, largest) : found;
    },
    async sizeOf(name) {
      requireObjectName(name);
      const found = await sizes.ask(name, 0);
      return found?.type === "blob" ? found.size : undefined;
    },
  };
}

function isObjectName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Nothing else can be taken for an option. */
function requireObjectName(name: string): void {
  if (!isObjectName(name)) throw new HistoryError("failed", "no object name");
}

function tagIn(line: string, merged: ReadonlySet<string>): readonly Tag[] {
  const [, object, time, name] = /^([0-9a-f]{40,64}) (\d*) refs\/tags\/(.+)$/.exec(line) ?? [];
  if (object === undefined || name === undefined || name.includes("\uFFFD")) return [];
  const isMerged = merged.has(`refs/tags/${name}`);
  return [{ name, object, time: time ? Number(time) : undefined, isMerged }];
}

/** What Git prints, line by line. @throws HistoryError */
export async function linesOf(
  { program, words, environment, cwd, timeLimit, signal }: GitStart,
  command: readonly string[],
): Promise<readonly string[]> {
  const outcome = await runProgram(program, [...words, ...command], { cwd, environment, timeLimit, signal });
  if (outcome.kind === "ended" && outcome.code === 0) return outcome.output.split("\n");
  throw errorOf(outcome);
}

function errorOf(outcome: RunOutcome): HistoryError {
  switch (outcome.kind) {
    case "ended":
      return new HistoryError("failed", outcome.output.trim().slice(0, 1000) || `exit code ${outcome.code}`);
    case "too-much-output":
      return new HistoryError("failed", "EFBIG");
    case "not-started":
      return new HistoryError("failed", outcome.reason);
    default:
      return new HistoryError(outcome.kind);
  }
}
