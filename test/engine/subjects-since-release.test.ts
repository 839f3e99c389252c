import assert from "node:assert/strict";
import { join } from "node:path";
import { subjectsSinceRelease } from "../../server/src/engine/subjects-since-release.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";

const world = nodeWorld();

test("subjects since the newest release are those of the package's folder, the oldest first", async (t) => {
  const repository = new GitRepository(t);
  const commit = (subject: string, files: Readonly<Record<string, string>>) => {
    repository.write(files);
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", subject);
  };
  const subjects = (name = "Acme") =>
    subjectsSinceRelease({ name, path: join(repository.folder, "acme", "Acme.sopm") }, world, {
      untrustedFolders: [],
    });
  commit("Begin", { "acme/Acme.sopm": smallSpec("1.0.0") });
  assert.deepEqual(await subjects(), [], "nothing is released");
  repository.git("tag", "v1.0.0");
  assert.deepEqual(await subjects(), [], "nothing is new");
  // A subject that looks like what Git prints before each.
  commit(`commit ${"a".repeat(40)}`, { "acme/one.pm": "1;" });
  commit("Mend <two>\n\nBecause.", { "acme/two.pm": "1;" });
  commit("Write another package", { "other/Other.sopm": smallSpec("1.0.0", { name: "Other" }) });
  assert.deepEqual(await subjects(), [`commit ${"a".repeat(40)}`, "Mend <two>"]);
  assert.deepEqual(await subjects("Unknown"), []);
  // They become text of XML, which cannot have every character.
  commit("Mend\u001b[31m it \u{1f6e0}\u0001", { "acme/three.pm": "1;" });
  assert.equal((await subjects()).at(-1), "Mend[31m it \u{1f6e0}");
});
