import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { committedFiles } from "../../server/src/node/committed-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const nameOf = (text: string) =>
  createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");

/** Runs Git with nothing of whoever runs the test. */
function git(folder: string, ...words: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", ...words], {
    cwd: folder,
    stdio: "pipe",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  });
}

const paths = ["Kernel/System/A.pm", "Kernel/ä b %41.pm", "Kernel/None.pm", "../outside", "Kernel/System"];

/** A working tree with a package in it, in which a file of a hundred lies. */
function tree(t: Parameters<typeof temporaryFolder>[0]) {
  const folder = temporaryFolder(t, {
    "pkg/Kernel/System/A.pm": "a\n",
    "pkg/Kernel/ä b %41.pm": "b\n",
    ...Object.fromEntries(
      Array.from({ length: 100 }, (_, number) => [`pkg/Kernel/System/Part${number}.pm`, `${number}\n`]),
    ),
  });
  git(folder, "init", "-q");
  git(folder, "add", "-A");
  git(folder, "commit", "-qm", "first");
  const expected = new Map([
    ["Kernel/System/A.pm", nameOf("a\n")],
    ["Kernel/ä b %41.pm", nameOf("b\n")],
  ]);
  return { folder, base: join(folder, "pkg"), expected };
}

test("files are known as they were committed, loose and packed, after they have moved and that was committed", async (t) => {
  const { folder, base, expected } = tree(t);
  assert.deepEqual(await committedFiles.before(base, paths), expected);
  git(folder, "mv", "pkg/Kernel/System/A.pm", "pkg/Kernel/B.pm");
  assert.deepEqual(await committedFiles.before(base, paths), expected);
  for (let number = 0; number < 5; number++) {
    writeFileSync(join(base, `Kernel/System/Part${number}.pm`), "other\n");
    git(folder, "commit", "-qam", `change ${number}`);
  }
  assert.deepEqual(await committedFiles.before(base, paths), expected);
  // Trees that hardly differ are kept as differences, and references in a file of all.
  git(folder, "gc", "-q");
  assert.deepEqual(await committedFiles.before(base, paths), expected);
  assert.deepEqual(
    await committedFiles.now(base, ["Kernel/B.pm"]),
    new Map([["Kernel/B.pm", nameOf("a\n")]]),
  );
});

test("a second working tree and one without a branch know them as well", async (t) => {
  const { folder, expected } = tree(t);
  const second = temporaryFolder(t);
  git(folder, "worktree", "add", "-q", join(second, "two"));
  assert.deepEqual(await committedFiles.before(join(second, "two/pkg"), paths), expected);
  git(folder, "checkout", "-q", "--detach");
  assert.deepEqual(await committedFiles.before(join(folder, "pkg"), paths), expected);
});

test("where there is no Git, or one that cannot be read, nothing is known", async (t) => {
  const folder = temporaryFolder(t, { x: "1" });
  assert.equal((await committedFiles.before(folder, ["x"])).size, 0);
  const id = "a".repeat(40);
  const damaged: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
    "no head": {},
    "a head that leads out": { HEAD: "ref: refs/../../../secret\n", secret: id },
    "a head without a commit": { HEAD: id },
    "a commit that is no deflated text": { HEAD: id, [`objects/aa/${"a".repeat(38)}`]: "rubbish" },
    "a commit that blows up": {
      HEAD: id,
      [`objects/aa/${"a".repeat(38)}`]: deflateSync(Buffer.alloc(20_000_000)),
    },
    "a commit that is its own tree and parent": {
      HEAD: id,
      [`objects/aa/${"a".repeat(38)}`]: deflateSync(`commit 1\0tree ${id}\nparent ${id}\n`),
    },
    "packs of rubbish": {
      HEAD: id,
      "objects/pack/a.idx": Buffer.concat([Buffer.from("ff744f6300000002", "hex"), Buffer.alloc(2000, 255)]),
      "objects/pack/b.idx": "short",
    },
  };
  for (const [name, files] of Object.entries(damaged)) {
    const place = temporaryFolder(t, {
      x: "1",
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`.git/${path}`, text])),
    });
    assert.equal((await committedFiles.before(place, ["x"])).size, 0, name);
  }
});

test("a pack of which any byte is another one makes nobody throw", async (t) => {
  const { folder, base } = tree(t);
  git(folder, "gc", "-q");
  const packs = join(folder, ".git/objects/pack");
  const pack = readdirSync(packs).find((each) => each.endsWith(".pack"));
  const whole = readFileSync(join(packs, pack!));
  for (let at = 12; at < whole.length; at += 97) {
    const changed = Buffer.from(whole);
    changed[at] = changed[at]! ^ 255;
    renameSync(join(packs, pack!), join(packs, "old"));
    writeFileSync(join(packs, pack!), changed);
    assert.ok((await committedFiles.before(base, paths)).size <= 2);
  }
});

test("what could be anything has no name of its content", async (t) => {
  const folder = temporaryFolder(t, { a: "a", empty: "", "b/c": "c" });
  mkdirSync(dirname(join(folder, "l/x")), { recursive: true });
  symlinkSync("../a", join(folder, "l/link"));
  const found = await committedFiles.now(folder, ["a", "empty", "b", "l/link", "none", "x\0y"]);
  assert.deepEqual(found, new Map([["a", nameOf("a")]]));
});
