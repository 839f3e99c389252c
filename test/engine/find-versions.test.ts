import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type FoundVersion,
  findVersionsWithNotes,
  type VersionOptions,
} from "../../server/src/engine/find-versions.ts";
import { packageReader } from "../../server/src/engine/read-package.ts";
import { KeptChanges, versionHistory } from "../../server/src/engine/version-history.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { versionOfTag } from "../../server/src/model/version-tag.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const file = "Kernel/System/Acme.pm";
const world = nodeWorld();

async function found(spec: string, options: Partial<VersionOptions> = {}) {
  const { versions, notes } = await findVersionsWithNotes(spec, world, {
    git: { untrustedFolders: [] },
    ...options,
  });
  return { versions, notes: notes.map(({ text, values }) => english(text, values)) };
}

/** Each version with where it was found, such as "1.0.0 tag v1.0.0". */
function shown(versions: readonly FoundVersion[]): readonly string[] {
  return versions.map(({ version, source }) => {
    const place = "name" in source && source.kind === "tag" ? ` ${source.name}` : "";
    return `${version} ${source.kind}${place}`;
  });
}

/** What a version has in its one file. */
async function contentOf({ read }: FoundVersion): Promise<string | undefined> {
  const { contents } = await read(undefined);
  const bytes = await contents.files[0]?.content?.read();
  return bytes && new TextDecoder().decode(bytes);
}

test("tags tell what was released, and where there are none the last commit of a version", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n" }, "v1.0.0");
  repository.commit({ [file]: "after the tag\n" });
  repository.commit({ "Acme.sopm": smallSpec("1.1.0"), [file]: "first of 1.1.0\n" });
  const last = repository.commit({ [file]: "last of 1.1.0\n" });
  repository.commit({ "Acme.sopm": smallSpec("1.2.0"), [file]: "1.2.0\n" }, "rel-1_2_0");
  repository.commit({ "Acme.sopm": smallSpec("1.3.0"), [file]: "1.3.0\n" });
  const { versions, notes } = await found(join(repository.folder, "Acme.sopm"));
  assert.deepEqual(notes, []);
  assert.deepEqual(shown(versions), ["1.0.0 tag v1.0.0", "1.1.0 commit", "1.2.0 tag rel-1_2_0"]);
  assert.deepEqual(await Promise.all(versions.map(contentOf)), ["1\n", "last of 1.1.0\n", "1.2.0\n"]);
  const { source } = versions[1]!;
  assert.deepEqual(source, {
    ...{ kind: "commit", name: last, commit: last, repository: repository.folder },
    ...{ path: "Acme.sopm", date: "2024-01-05" },
  });
});

test("a tag names a version with and without the usual words, and with the name of the package", async () => {
  for (const tag of [
    "1.2.3",
    "v1.2.3",
    "V1.2.3",
    "rel-1_2_3",
    "release/1.2.3",
    "Acme-1.2.3",
    "acme/v1.2.3",
    "Acme_1-2-3",
  ])
    assert.equal(versionOfTag(tag, "Acme"), "1.2.3", tag);
  for (const tag of [
    "Other-1.2.3",
    "v1.2.3-rc1",
    "1.2.3beta",
    "latest",
    "v",
    "1._2",
    "1.2_3",
    "--1.2.3",
    "1.2.",
    "",
  ])
    assert.equal(versionOfTag(tag, "Acme"), undefined, tag);
});

test("a placeholder is filled with the version of the tag, and a tag that says otherwise is passed over", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("0.0.0"), [file]: "1\n" }, "v1.0.0");
  repository.commit({ [file]: "2\n" }, "v1.1.0");
  repository.commit({ "Acme.sopm": smallSpec("1.2.0") }, "v1.3.0");
  repository.commit(
    { "Acme.sopm": undefined, "Other.sopm": smallSpec("1.4.0", { name: "Other" }) },
    "v1.4.0",
  );
  repository.write({ "Acme.sopm": smallSpec("1.2.0") });
  const { versions, notes } = await found(join(repository.folder, "Acme.sopm"));
  assert.deepEqual(shown(versions), ["1.0.0 tag v1.0.0", "1.1.0 tag v1.1.0"]);
  assert.deepEqual(await Promise.all(versions.map(contentOf)), ["1\n", "2\n"]);
  const { contents, specText } = await versions[1]!.read(undefined);
  assert.equal(contents.structure?.single.Version?.content, "1.1.0");
  assert.ok(specText?.includes("<Version>1.1.0</Version>"));
  assert.deepEqual(notes, [
    "Tags are passed over where no spec of this package can be read: “v1.4.0”.",
    "Tags are passed over where the spec has another version than they are named after: “v1.3.0” (1.2.0).",
  ]);
});

test("a spec is followed to where it lay before and how it was called, by the name of its package", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({
    "old/Old.sopm": smallSpec("1.0.0"),
    [`old/${file}`]: "old\n",
    "a/Decoy.sopm": smallSpec("9.0.0", { name: "Decoy" }),
  });
  repository.commit({ "old/Old.sopm": smallSpec("1.0.1"), [`old/${file}`]: "1.0.1\n" }, "1.0.1");
  repository.git("mv", "old", "new");
  repository.git("mv", "new/Old.sopm", "new/Acme.sopm");
  repository.commit({ "new/Acme.sopm": smallSpec("1.1.0") });
  repository.commit({ "new/Acme.sopm": smallSpec("1.2.0"), [`new/${file}`]: "new\n" });
  // And is moved once more, before that is committed.
  mkdirSync(join(repository.folder, "now"));
  renameSync(join(repository.folder, "new/Acme.sopm"), join(repository.folder, "now/Acme.sopm"));
  repository.write({ "now/Acme.sopm": smallSpec("1.3.0") });
  const { versions, notes } = await found(join(repository.folder, "now/Acme.sopm"));
  assert.deepEqual(notes, []);
  assert.deepEqual(shown(versions), ["1.0.0 commit", "1.0.1 tag 1.0.1", "1.1.0 commit", "1.2.0 commit"]);
  assert.deepEqual(await Promise.all(versions.map(contentOf)), ["old\n", "1.0.1\n", "1.0.1\n", "new\n"]);
});

test("files come from the base folder; links, folders and submodules are none", async (t) => {
  const sub = new GitRepository(t);
  sub.commit({ "Acme.pm": "of the submodule\n" });
  const repository = new GitRepository(t);
  const spec = smallSpec("1.0.0").replace(
    "</Filelist>",
    ["Kernel/Link.pm", "Kernel/Sub/Acme.pm", "Kernel//./Plain.pm", "Kernel", "none"]
      .map((location) => `<File Permission="660" Location="${location}"/>`)
      .concat("</Filelist>")
      .join(""),
  );
  repository.write({ [`src/${file}`]: "a\n", "src/Kernel/Plain.pm": "plain\n", outside: "secret\n" });
  symlinkSync("../../outside", join(repository.folder, "src/Kernel/Link.pm"));
  repository.git("submodule", "add", "-q", sub.folder, "src/Kernel/Sub");
  repository.commit({ "packages/Acme.sopm": spec }, "v1.0.0");
  const { versions } = await found(join(repository.folder, "packages/Acme.sopm"), {
    baseFolder: join(repository.folder, "src"),
  });
  const { contents } = await versions[0]!.read(undefined);
  const files = contents.files.map(async ({ location, content }) => [
    location,
    content && new TextDecoder().decode(await content.read()),
  ]);
  assert.deepEqual(await Promise.all(files), [
    [file, "a\n"],
    ["Kernel/Link.pm", undefined],
    ["Kernel/Sub/Acme.pm", undefined],
    ["Kernel//./Plain.pm", "plain\n"],
    ["Kernel", undefined],
    ["none", undefined],
  ]);
  const { notes } = await found(join(repository.folder, "packages/Acme.sopm"), { baseFolder: sub.folder });
  assert.deepEqual(notes, [
    "The base folder of the spec lies outside of the repository, so that the files of versions in Git are not known.",
  ]);
});

test("second working trees, clones of the newest commits and repositories with long object names are read", async (t) => {
  const repository = new GitRepository(t);
  for (const version of ["1.0.0", "1.1.0", "1.2.0"])
    repository.commit({ "Acme.sopm": smallSpec(version), [file]: `${version}\n` }, `v${version}`);
  const all = ["1.0.0 tag v1.0.0", "1.1.0 tag v1.1.0", "1.2.0 tag v1.2.0"];
  const second = join(temporaryFolder(t), "two");
  repository.git("worktree", "add", "-q", second);
  assert.deepEqual(shown((await found(join(second, "Acme.sopm"))).versions), all);
  const shallow = join(temporaryFolder(t), "shallow");
  repository.git("clone", "-q", "--depth", "1", `file://${repository.folder}`, shallow);
  const few = await found(join(shallow, "Acme.sopm"));
  assert.deepEqual(shown(few.versions), ["1.2.0 tag v1.2.0"]);
  assert.match(few.notes.join(), /^Only the newest commits of the repository have been fetched/);
  const long = new GitRepository(t, "--object-format=sha256");
  long.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "long\n" }, "v1.0.0");
  const { versions } = await found(join(long.folder, "Acme.sopm"));
  assert.deepEqual(await Promise.all(versions.map(contentOf)), ["long\n"]);
});

test("a clone without contents fetches none, and says that they are missing", async (t) => {
  const repository = new GitRepository(t);
  const inside = "<!-- in no other test -->";
  repository.commit({ "Acme.sopm": smallSpec("1.0.0", { inside }), [file]: "1.0.0\n" }, "v1.0.0");
  repository.commit({ "Acme.sopm": smallSpec("1.1.0", { inside }), [file]: "1.1.0\n" }, "v1.1.0");
  repository.git("config", "uploadpack.allowFilter", "true");
  const partial = join(temporaryFolder(t), "partial");
  repository.git("clone", "-q", "--filter=blob:none", `file://${repository.folder}`, partial);
  const { versions, notes } = await found(join(partial, "Acme.sopm"));
  assert.deepEqual(shown(versions), ["1.1.0 tag v1.1.0"]);
  assert.equal(await contentOf(versions[0]!), "1.1.0\n");
  assert.match(notes.join(), /This clone has not all contents of its repository/);
});

test("hostile names of folders, tags and files do no harm", async (t) => {
  const repository = new GitRepository(t);
  const folders = ["--output=x", "a\nb", ":(top)", "*", "HEAD", "ä é"];
  for (const folder of folders)
    repository.write({ [`${folder}/Acme.sopm`]: smallSpec("1.0.0"), [`${folder}/${file}`]: `${folder}\n` });
  const first = repository.commit({}, "v1.0.0");
  repository.git("update-ref", "refs/tags/--upload-pack=x", first);
  repository.git("update-ref", "refs/tags/v1.0.0;x", first);
  for (const folder of folders) {
    const { versions, notes } = await found(join(repository.folder, folder, "Acme.sopm"));
    assert.deepEqual(notes, []);
    assert.deepEqual(shown(versions), ["1.0.0 tag v1.0.0"]);
    assert.equal(await contentOf(versions[0]!), `${folder}\n`);
  }
});

test("names that are not UTF-8 keep nobody from finding the others", async (t) => {
  // Only there may names be any bytes.
  if (process.platform !== "linux") return;
  const repository = new GitRepository(t);
  const odd = (...before: readonly string[]) =>
    Buffer.concat([Buffer.from(`${join(repository.folder, ...before)}/`), Buffer.from([0x61, 0xff, 0xe4])]);
  mkdirSync(odd());
  writeFileSync(Buffer.concat([odd(), Buffer.from("/Acme.sopm")]), smallSpec("9.0.0"));
  mkdirSync(join(repository.folder, "Kernel/System"), { recursive: true });
  writeFileSync(odd("Kernel/System"), "1\n");
  const head = repository.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n" }, "v1.0.0");
  writeFileSync(odd(".git/refs/tags"), `${head}\n`);
  repository.commit({ "Acme.sopm": smallSpec("1.1.0") });
  const { versions, notes } = await found(join(repository.folder, "Acme.sopm"));
  assert.deepEqual(notes, []);
  assert.deepEqual(shown(versions), ["1.0.0 tag v1.0.0"]);
  assert.equal(await contentOf(versions[0]!), "1\n");
});

test("of very many commits the newest are looked at, which is said", async (t) => {
  const repository = new GitRepository(t);
  for (const minor of [0, 1, 2, 3, 4]) repository.commit({ "Acme.sopm": smallSpec(`1.${minor}.0`) });
  const spec = join(repository.folder, "Acme.sopm");
  const { versions, notes } = await found(spec, { mostCommits: 3 });
  assert.deepEqual(shown(versions), ["1.2.0 commit", "1.3.0 commit"]);
  assert.equal(notes.length, 1);
  const all = await found(spec);
  assert.deepEqual(shown(all.versions), ["1.0.0 commit", "1.1.0 commit", "1.2.0 commit", "1.3.0 commit"]);
  assert.deepEqual(all.notes, []);
});

test("what versions have changed is found out once", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n" }, "v1.0.0");
  repository.commit({ "Acme.sopm": smallSpec("1.1.0"), [file]: "2\n" }, "v1.1.0");
  repository.commit({ "Acme.sopm": smallSpec("1.2.0"), [file]: "3\n" });
  const spec = join(repository.folder, "Acme.sopm");
  const kept = new KeptChanges();
  const reads: string[] = [];
  const history = async () => {
    reads.length = 0;
    const { versions } = await found(spec);
    const counted = versions.map((each) => ({
      ...each,
      read: (release: Parameters<typeof each.read>[0]) => {
        reads.push(each.version);
        return each.read(release);
      },
    }));
    const steps = await versionHistory(counted, packageReader(spec, world, {}), kept);
    return steps.map(
      ({ version, changes }) => `${version} ${changes?.map(({ name }) => name).join() ?? "-"}`,
    );
  };
  const told = ["1.0.0 -", `1.1.0 ${file}`, `1.2.0 ${file}`];
  assert.deepEqual(await history(), told);
  assert.deepEqual(reads, ["1.0.0", "1.1.0"]);
  assert.deepEqual(await history(), told);
  // The first tells whether it can be read, the last is compared with the spec.
  assert.deepEqual(reads, ["1.0.0", "1.1.0"]);
});

test("nothing runs that a repository names", async (t) => {
  const repository = new GitRepository(t);
  const mark = join(temporaryFolder(t), "ran");
  const program = join(temporaryFolder(t, { "bad.sh": `#!/bin/sh\necho ran >> "${mark}"\n` }), "bad.sh");
  chmodSync(program, 0o755);
  repository.commit(
    { "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n", ".gitattributes": "* filter=bad diff=bad\n" },
    "v1.0.0",
  );
  repository.commit({ "Acme.sopm": smallSpec("1.1.0") });
  for (const key of [
    ...["core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.askPass", "core.editor"],
    ...[
      "core.alternateRefsCommand",
      "pager.rev-list",
      "pager.cat-file",
      "pager.for-each-ref",
      "diff.external",
    ],
    ...[
      "diff.bad.textconv",
      "diff.bad.command",
      "filter.bad.smudge",
      "filter.bad.clean",
      "filter.bad.process",
    ],
    ...["credential.helper", "gpg.program", "alias.rev-list", "alias.cat-file", "remote.origin.uploadpack"],
  ])
    repository.git("config", key, key.startsWith("alias") ? `!${program}` : program);
  repository.git("config", "log.showSignature", "true");
  repository.git("config", "remote.origin.url", `ext::${program}`);
  repository.git("config", "protocol.ext.allow", "always");
  repository.git("config", "remote.origin.promisor", "true");
  repository.git("config", "extensions.partialClone", "origin");
  repository.git("config", "core.repositoryFormatVersion", "1");
  for (const hook of ["reference-transaction", "post-checkout", "post-index-change", "fsmonitor-watchman"])
    symlinkSync(program, join(repository.folder, ".git/hooks", hook));
  // An object that is missing would be fetched.
  const missing = repository.git("rev-parse", `v1.0.0:${file}`);
  renameSync(
    join(repository.folder, ".git/objects", missing.slice(0, 2), missing.slice(2)),
    join(temporaryFolder(t), "object"),
  );
  const { versions } = await found(join(repository.folder, "Acme.sopm"));
  assert.deepEqual(shown(versions), ["1.0.0 tag v1.0.0"]);
  const { contents } = await versions[0]!.read(undefined);
  assert.deepEqual(
    contents.build?.missingFiles.map(({ location }) => location),
    [file],
  );
  assert.throws(() => chmodSync(mark, 0o644), { code: "ENOENT" });
});

test("where no history can be had, one sentence says why", async (t) => {
  const outside = temporaryFolder(t, { "Acme.sopm": smallSpec("1.0.0") });
  const notesOf = async (folder: string, path = process.env.PATH, options: Partial<VersionOptions> = {}) => {
    const before = process.env.PATH;
    process.env.PATH = path;
    try {
      const { versions, notes } = await found(join(folder, "Acme.sopm"), options);
      assert.deepEqual(versions, []);
      return notes.join();
    } finally {
      process.env.PATH = before;
    }
  };
  assert.match(await notesOf(outside), /^The spec lies in no working copy of Git/);
  const bare = new GitRepository(t, "--bare");
  bare.write({ "Acme.sopm": smallSpec("1.0.0") });
  assert.match(await notesOf(bare.folder), /^The spec lies in no working copy of Git/);
  const repository = new GitRepository(t);
  repository.write({ "Acme.sopm": smallSpec("1.0.0") });
  assert.match(await notesOf(repository.folder), /^Nothing has been committed yet/);
  repository.commit({});
  assert.match(await notesOf(repository.folder, ""), /^No Git was found on the path/);
  const planted = fakeGit(join(repository.folder, "bin"), "echo planted");
  assert.match(await notesOf(repository.folder, planted), /^Git is not asked: the one that was found lies/);
  const refusing = fakeGit(
    temporaryFolder(t),
    "echo \"fatal: detected dubious ownership in repository at 'x'\" >&2; exit 128",
  );
  assert.match(
    await notesOf(repository.folder, refusing),
    /because it belongs to another user.*safe\.directory/,
  );
  const broken = fakeGit(temporaryFolder(t), "echo 'fatal: bad config line 1' >&2; exit 128");
  assert.equal(
    await notesOf(repository.folder, broken),
    "Git could not tell the earlier versions. It says: fatal: bad config line 1",
  );
  const slow = fakeGit(temporaryFolder(t), "exec /usr/bin/tail -f /dev/null");
  assert.match(
    await notesOf(repository.folder, slow, { git: { untrustedFolders: [], timeLimit: 50 } }),
    /^Git gave no answer within .* and was ended/,
  );
  const signal = AbortSignal.abort();
  assert.equal(
    await notesOf(repository.folder, slow, { git: { untrustedFolders: [], signal } }),
    "Looking for versions in Git was cancelled.",
  );
  assert.equal(await notesOf(repository.folder, slow, { git: undefined }), "");
});

test("what Git said of commits is not asked for again, and a tag or a commit more is seen", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n" }, "v1.0.0");
  repository.commit({ "Acme.sopm": smallSpec("1.1.0") });
  const tools = temporaryFolder(t);
  const log = join(tools, "log");
  const git = execFileSync("/bin/sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const counting = fakeGit(join(tools, "bin"), `echo "$*" >> "${log}"\nexec "${git}" "$@"`);
  const before = process.env.PATH;
  const look = async () => {
    writeFileSync(log, "");
    process.env.PATH = counting;
    try {
      const { versions } = await found(join(repository.folder, "Acme.sopm"));
      const asked = readFileSync(log, "utf8");
      return { versions: shown(versions), lists: asked.match(/ (?:rev-list|--merged)\b/g)?.length ?? 0 };
    } finally {
      process.env.PATH = before;
    }
  };
  assert.deepEqual(await look(), { versions: ["1.0.0 tag v1.0.0"], lists: 2 });
  assert.deepEqual(await look(), { versions: ["1.0.0 tag v1.0.0"], lists: 0 });
  repository.git("tag", "v1.1.0");
  assert.deepEqual((await look()).versions, ["1.0.0 tag v1.0.0", "1.1.0 tag v1.1.0"]);
  repository.commit({ "Acme.sopm": smallSpec("1.2.0") });
  repository.commit({ "Acme.sopm": smallSpec("1.3.0") });
  assert.deepEqual((await look()).versions, ["1.0.0 tag v1.0.0", "1.1.0 tag v1.1.0", "1.2.0 commit"]);
});

/** @returns the folder that a Git lies in which does only this */
function fakeGit(folder: string, work: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${work}\n`, { mode: 0o755 });
  return folder;
}
