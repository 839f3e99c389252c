import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { HistoryError } from "../host/commit-history.ts";
import type { CommitWriter, CommitWriters, FileCommit } from "../host/commit-writer.ts";
import { gitFor, linesOf } from "./commit-histories.ts";
import type { GitStart } from "./git-batch.ts";

/** Has Git commit and tag. Nothing is signed, and nothing of the repository is run. */
export const commitWriters: CommitWriters = {
  async open(folder, options) {
    const git = await gitFor(folder, options);
    if (git.kind !== "ready") return undefined;
    const words = ["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", "-c", "core.editor=true"];
    return writerFor({ ...git.start, words: [...git.start.words, ...words] });
  },
};

function writerFor(start: GitStart): CommitWriter {
  const ask = (words: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    linesOf({ ...start, environment: { ...start.environment, ...more } }, words);
  const one = async (words: readonly string[], more?: NodeJS.ProcessEnv) => (await ask(words, more))[0]!;
  const head = () => one(["rev-parse", "--verify", "HEAD^{commit}"]);
  const at = (time: number) => ({ GIT_AUTHOR_DATE: `${time} +0000`, GIT_COMMITTER_DATE: `${time} +0000` });

  /** Mode and object of a file in a commit. */
  const fileIn = async (commit: string, path: string): Promise<readonly [mode: string, object: string]> => {
    const [, mode, object] =
      /^(\d+) blob ([0-9a-f]+)\t/.exec(await one(["ls-tree", commit, "--", path])) ?? [];
    if (mode === undefined || object === undefined) throw new HistoryError("failed", `${commit}: ${path}`);
    return [mode, object];
  };
  const stage = async (path: string, [mode, object]: readonly [string, string], more?: NodeJS.ProcessEnv) => {
    await ask(["update-index", "--add", "--cacheinfo", `${mode},${object},${path}`], more);
  };
  /** The tree of the parent with the file in it, put together in an index of its own. */
  const treeOf = async (parent: string, path: string, entry: readonly [string, string]) => {
    const folder = await one(["rev-parse", "--absolute-git-dir"]);
    const index = join(folder, `sopm-index-${randomBytes(8).toString("hex")}`);
    try {
      const own = { GIT_INDEX_FILE: index };
      await ask(["read-tree", parent], own);
      await stage(path, entry, own);
      return await one(["write-tree"], own);
    } finally {
      await rm(index, { force: true });
      await rm(`${index}.lock`, { force: true });
    }
  };
  const commitOfTag = (name: string) =>
    one(["rev-parse", "--verify", "--quiet", `refs/tags/${name}^{commit}`]).catch((error: unknown) => {
      if (error instanceof HistoryError && error.kind === "failed") return undefined;
      throw error;
    });

  const prepare = async ({ parent, path, file, message, time }: FileCommit) => {
    const place = path.join("/");
    const [mode] = await fileIn(parent, place);
    const object = await one(["hash-object", "-w", "--no-filters", "--", file]);
    const tree = await treeOf(parent, place, [mode, object]);
    return one(["commit-tree", tree, "-p", parent, "-m", message], at(time));
  };

  return {
    identity: async () => (await one(["var", "GIT_COMMITTER_IDENT"])).replace(/ \d+ [+-]\d+$/, ""),

    prepare,

    async commit(commit) {
      const { parent, path } = commit;
      const made = await prepare(commit);
      if ((await head()) !== made) await ask(["update-ref", "-m", "sopm release", "HEAD", made, parent]);
      await stage(path.join("/"), await fileIn(made, path.join("/")));
      return made;
    },

    async takeBack(made, { parent, path }) {
      const place = path.join("/");
      if ((await head()) !== parent)
        await ask(["update-ref", "-m", "sopm release --undo", "HEAD", parent, made]);
      await stage(place, await fileIn(parent, place));
    },

    async tag(name, commit, message, time) {
      if ((await commitOfTag(name)) === commit) return;
      await ask(["tag", "-a", "--no-sign", "-m", message, "--", name, commit], at(time));
    },

    async untag(name, commit) {
      const leadsTo = await commitOfTag(name);
      if (leadsTo === undefined) return true;
      if (leadsTo !== commit) return false;
      await ask(["update-ref", "-d", `refs/tags/${name}`]);
      return true;
    },
  };
}
