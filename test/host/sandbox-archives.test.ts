import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { cloneSandbox, createSandbox } from "../../server/src/host/node/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/host/node/sandbox/sandbox.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";
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
  await sandbox.apply(planOperation("install", versionOf("1.0.0"), await sandbox.state()));
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
  const { packages, archives } = await sandbox.state();
  return archives.contents(packages[0]!.digest);
}

for (const place of ["first", "last", "in a file"] as const) {
  test(`an archive with another byte, the ${place} one, is handed out to nobody`, async (context) => {
    const { sandbox, bytes, flip } = await stored(context);
    const at = { first: 0, last: bytes.length - 1, "in a file": bytes.indexOf("</File>") - 4 }[place];
    // Read before as well: what is remembered of it counts no more than what is on the disk.
    assert.deepEqual(Buffer.from((await contentsIn(sandbox)).archive.bytes()), bytes);
    flip(at);
    for (const each of [sandbox, await openSandbox(sandbox.folder, testWorld())]) {
      const contents = await contentsIn(each);
      assert.throws(() => contents.archive.bytes(), isDamaged);
      assert.throws(() => contents.archive.digest!(), isDamaged);
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
    const texts = (await contentsIn(sandbox)).files.map(({ content }) => Buffer.from(content!.bytes()));
    for (let at = 0; at < bytes.length; at++) {
      flip(at);
      const opened = await openSandbox(sandbox.folder, testWorld());
      for (const each of [sandbox, opened]) {
        try {
          const { files } = await contentsIn(each);
          files.forEach(({ content }, index) => {
            assert.deepEqual(Buffer.from(content!.bytes()), texts[index]);
          });
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
  await sandbox.apply(planOperation("install", versionOf("1.0.0"), await sandbox.state(), { force: true }));
  assert.deepEqual(readFileSync(archive), bytes);
});
