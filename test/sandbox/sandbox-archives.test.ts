import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { cloneSandbox, createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { planOn, storedIn } from "../support/known-system.ts";
import { testWorld, treeOf, znuny } from "../support/sandbox-work.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { versionOf } from "../support/try-everything.ts";

interface Stored {
  readonly sandbox: Sandbox;
  readonly archive: string;
  readonly bytes: Buffer;
  /** Puts other bytes of the same length in its place. */
  flip(at: number): void;
}

async function stored(test: TestContext): Promise<Stored> {
  const folder = join(temporaryFolder(test), "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld());
  await sandbox.apply(await planOn(await sandbox.state(), "install", versionOf("1.0.0")));
  const name = readdirSync(join(folder, "archives")).find((each) => each.endsWith(".opm"))!;
  const archive = join(folder, "archives", name);
  const bytes = readFileSync(archive);
  const flip = (at: number) => {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    writeFileSync(archive, changed);
  };
  return { sandbox, archive, bytes, flip };
}

const isDamaged = { name: "PackageError", code: "sandbox-archive-damaged" };

async function contentsIn(sandbox: Sandbox) {
  const state = await sandbox.state();
  return storedIn(state, state.packages[0]!.digest);
}

for (const place of ["first", "last", "in a file"] as const) {
  test(`an archive with another byte, the ${place} one, is handed out to nobody`, async (context) => {
    const { sandbox, bytes, flip } = await stored(context);
    const at = { first: 0, last: bytes.length - 1, "in a file": bytes.indexOf("</File>") - 4 }[place];
    // Read before as well: what is remembered of it counts no more than what is on the disk.
    assert.deepEqual(Buffer.from(await (await contentsIn(sandbox)).archive.read()), bytes);
    flip(at);
    for (const each of [sandbox, await openSandbox(sandbox.folder, testWorld())]) {
      const contents = await contentsIn(each);
      await assert.rejects(contents.archive.read(), isDamaged);
      await assert.rejects(contents.archive.digest!(), isDamaged);
    }
    await assert.rejects(cloneSandbox(sandbox, join(sandbox.folder, "../clone"), {}, testWorld()), isDamaged);
    assert.deepEqual(readdirSync(join(sandbox.folder, "..")), ["box"]);
  });
}

test("files come out of a changed archive only as they were", async (context) => {
  for (const isKnown of [true, false]) {
    const { sandbox, archive, bytes, flip } = await stored(context);
    // Without a summary nobody knows the digest of a file.
    if (!isKnown) {
      rmSync(archive.replace(".opm", ".data"));
      await contentsIn(sandbox);
    }
    const texts = await Promise.all((await contentsIn(sandbox)).files.map(({ content }) => content!.read()));
    for (let at = 0; at < bytes.length; at++) {
      flip(at);
      const opened = await openSandbox(sandbox.folder, testWorld());
      for (const each of [sandbox, opened]) {
        try {
          const { files } = await contentsIn(each);
          for (const [index, { content }] of files.entries()) {
            assert.deepEqual(await content!.read(), texts[index]);
          }
        } catch (error) {
          assert.ok(error instanceof PackageError, (error as Error).stack);
          assert.equal(error.code, "sandbox-archive-damaged");
        }
      }
    }
  }
});

test("a changed archive is replaced by a sound one when the package is installed again", async (context) => {
  const { sandbox, bytes, archive, flip } = await stored(context);
  flip(bytes.length - 5);
  await sandbox.apply(await planOn(await sandbox.state(), "install", versionOf("1.0.0"), { force: true }));
  assert.deepEqual(readFileSync(archive), bytes);
});

test("what an operation took away comes back only as it was", async (context) => {
  const { sandbox } = await stored(context);
  await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
  const undo = join(sandbox.folder, "undo/2");
  const slots = readdirSync(undo).filter((name) => name !== "done.data");
  assert.ok(slots.length > 0);
  for (const slot of slots) {
    const path = join(undo, slot);
    const bytes = readFileSync(path);
    const home = treeOf(join(sandbox.folder, "home"));
    writeFileSync(path, Buffer.from(bytes).fill("x", 0, 1));
    await assert.rejects(sandbox.undo(1), { code: "sandbox-damaged", message: /undo\/2\/\d/ });
    rmSync(path);
    await assert.rejects(sandbox.undo(1), { code: "sandbox-damaged", message: /undo\/2\/\d/ });
    assert.deepEqual(treeOf(join(sandbox.folder, "home")), home);
    writeFileSync(path, bytes);
  }
  await sandbox.undo(1);
});

/** What somebody does to the states of a sandbox with two operations. */
const disorders: Readonly<Record<string, (states: string) => void>> = {
  "the newest state is lost": (states) => rmSync(join(states, "2.data")),
  "the two newest states are lost": (states) => {
    rmSync(join(states, "1.data"));
    rmSync(join(states, "2.data"));
  },
  "a state in between is lost": (states) => rmSync(join(states, "1.data")),
  "a copy is put behind the newest": (states) => cpSync(join(states, "2.data"), join(states, "3.data")),
  "a copy is put far behind the newest": (states) => cpSync(join(states, "2.data"), join(states, "9.data")),
  "a copy is put in as an undo": (states) => cpSync(join(states, "1.data"), join(states, "3-undo-1.data")),
  "there are two of a number": (states) => cpSync(join(states, "2.data"), join(states, "2-undo-0.data")),
  "what an undo needs is gone": (states) => rmSync(join(states, "../undo/2"), { recursive: true }),
};

for (const [name, disorder] of Object.entries(disorders)) {
  test(`when ${name}, nothing is taken for the present, and nothing is lost`, async (context) => {
    const { sandbox } = await stored(context);
    await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
    disorder(join(sandbox.folder, "states"));
    const before = treeOf(sandbox.folder);
    for (const each of [sandbox, await openSandbox(sandbox.folder, testWorld())]) {
      await assert.rejects(each.state(), { code: "sandbox-damaged" });
      await assert.rejects(
        each.undo(0).then(() => each.state()),
        { code: "sandbox-damaged" },
      );
    }
    assert.deepEqual(treeOf(sandbox.folder), before);
  });
}

test("when an older state takes the place of the newest, undo leads back all the same", async (context) => {
  const { sandbox } = await stored(context);
  await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
  cpSync(join(sandbox.folder, "states/1.data"), join(sandbox.folder, "states/2.data"));
  await assert.rejects(sandbox.state(), { code: "sandbox-damaged", message: /2\.data/ });
  await sandbox.undo(0);
  assert.deepEqual(treeOf(join(sandbox.folder, "home")), []);
});
