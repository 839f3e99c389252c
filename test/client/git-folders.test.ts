import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gitFoldersOutside } from "../../client/src/session/git-folders.ts";
import { isGitReference } from "../../server/src/text/git-path.ts";
import { GitRepository, testWithGit } from "../support/git-repository.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

testWithGit("Git is found around a folder, beside it and within another repository", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "pkg/Acme.sopm": "" });
  const git = join(repository.folder, ".git");
  assert.deepEqual(gitFoldersOutside(repository.folder), [], "it lies in the folder, which is watched");
  assert.deepEqual(gitFoldersOutside(join(repository.folder, "pkg")), [git]);

  const other = join(temporaryFolder(t), "copy");
  repository.git("worktree", "add", "-q", other);
  const own = join(git, "worktrees", "copy");
  assert.deepEqual(gitFoldersOutside(other), [own, git]);
  assert.deepEqual(gitFoldersOutside(join(other, "pkg")), [own, git]);

  const outer = new GitRepository(t);
  outer.commit({ "README.md": "" });
  outer.git("submodule", "add", "-q", repository.folder, "inner");
  const module = join(outer.folder, ".git", "modules", "inner");
  assert.deepEqual(gitFoldersOutside(join(outer.folder, "inner")), [module]);
  const nowhere = temporaryFolder(t);
  mkdirSync(join(nowhere, ".git-not"));
  assert.deepEqual(gitFoldersOutside(nowhere), []);

  for (const folder of [git, own, module]) {
    for (const path of ["HEAD", "packed-refs", "refs/tags/v1.0.0"])
      assert.ok(isGitReference(join(folder, path)), join(folder, path));
    for (const path of ["logs/HEAD", "logs/refs/heads/main", "index", "objects/aa/HEAD.x"])
      assert.ok(!isGitReference(join(folder, path)), join(folder, path));
  }
});
