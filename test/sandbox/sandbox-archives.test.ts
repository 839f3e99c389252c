import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import {
  type ArchiveSummary,
  archiveSummaryData,
  readArchiveSummary,
} from "../../server/src/sandbox/archive-summary.ts";
import { cloneSandbox, createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { readDataFile, writeDataFile } from "../../server/src/sandbox/data-file.ts";
import { findDamage } from "../../server/src/sandbox/find-damage.ts";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { SandboxFolder } from "../../server/src/sandbox/sandbox-folder.ts";
import { planOn, storedIn } from "../support/known-system.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";
import { disksFor, realDisk, type TriedDisk } from "../support/tried-disk.ts";
import { versionOf } from "../support/try-everything.ts";

interface Stored {
  readonly sandbox: Sandbox;
  readonly archive: string;
  readonly bytes: Buffer;
  /** Puts other bytes of the same length in its place. */
  flip(at: number): void;
}

async function stored(test: TestContext, disk: TriedDisk): Promise<Stored> {
  const folder = join(disk.newFolder(test), "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld(disk.files));
  await sandbox.apply(await planOn(await sandbox.state(), "install", versionOf("1.0.0")));
  const name = disk.names(join(folder, "archives")).find((each) => each.endsWith(".opm"))!;
  const archive = join(folder, "archives", name);
  const bytes = disk.read(archive);
  const flip = (at: number) => {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    disk.write(archive, changed);
  };
  return { sandbox, archive, bytes, flip };
}

const isDamaged = { name: "PackageError", code: "sandbox-archive-damaged" };

async function contentsIn(sandbox: Sandbox) {
  const state = await sandbox.state();
  return storedIn(state, state.packages[0]!.digest);
}

for (const place of ["first", "last", "in a file"] as const) {
  // How soon a file that changes has another time is for the system to say.
  for (const disk of disksFor(true))
    test(`an archive with another byte, the ${place} one, is handed out to nobody, ${disk.name}`, async (context) => {
      const { sandbox, bytes, flip } = await stored(context, disk);
      const at = { first: 0, last: bytes.length - 1, "in a file": bytes.indexOf("</File>") - 4 }[place];
      // Read before as well: what is remembered of it counts no more than what is on the disk.
      assert.deepEqual(Buffer.from(await (await contentsIn(sandbox)).archive.read()), bytes);
      flip(at);
      for (const each of [sandbox, await openSandbox(sandbox.folder, testWorld(disk.files))]) {
        const contents = await contentsIn(each);
        await assert.rejects(contents.archive.read(), isDamaged);
        await assert.rejects(contents.archive.digest!(), isDamaged);
      }
      await assert.rejects(
        cloneSandbox(sandbox, join(sandbox.folder, "../clone"), {}, testWorld(disk.files)),
        isDamaged,
      );
      assert.deepEqual(disk.names(join(sandbox.folder, "..")), ["box"]);
    });
}

/** Every byte of an archive is changed; on the real disk without SOPM_FULL=1 some. */
const stepOn = (disk: TriedDisk) => (disk === realDisk && process.env.SOPM_FULL !== "1" ? 25 : 1);

for (const disk of disksFor(true))
  test(`files come out of a changed archive only as they were, ${disk.name}`, async (context) => {
    for (const isKnown of [true, false]) {
      const { sandbox, archive, bytes, flip } = await stored(context, disk);
      // Without a summary nobody knows the digest of a file.
      if (!isKnown) {
        disk.remove(archive.replace(".opm", ".data"));
        await contentsIn(sandbox);
      }
      const texts = await Promise.all(
        (await contentsIn(sandbox)).files.map(({ content }) => content!.read()),
      );
      for (let at = 0; at < bytes.length; at += stepOn(disk)) {
        flip(at);
        const opened = await openSandbox(sandbox.folder, testWorld(disk.files));
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

for (const disk of disksFor(true))
  test(`a summary of something else is found, and made anew, ${disk.name}`, async (context) => {
    const { sandbox, archive } = await stored(context, disk);
    const path = archive.replace(".opm", ".data");
    const world = testWorld(disk.files);
    assert.deepEqual(await findDamage(sandbox.folder, world), []);
    const place = new SandboxFolder(sandbox.folder, disk.files);
    const right = (await readDataFile(place, path, readArchiveSummary))!;
    const { single, files } = right;
    const forged: readonly ArchiveSummary[] = [
      { ...right, single: { ...single, Version: "9.9.9" } },
      { ...right, files: { ...files, locations: files.locations.map(() => "Kernel/Other.pm") } },
      { ...right, files: { ...files, digests: files.digests.map(() => "0".repeat(64)) } },
      { ...right, cut: { ...right.cut, rest: right.cut.rest.subarray(1) } },
    ];
    for (const summary of forged) {
      await writeDataFile(place, path, archiveSummaryData(summary));
      const found = await findDamage(sandbox.folder, world);
      assert.ok(
        found.some(({ kind, file }) => kind === "summary" && archive.replace(".opm", ".data").endsWith(file)),
        JSON.stringify(found),
      );
      const { left, problem } = await repairSandbox(sandbox.folder, world);
      assert.deepEqual([left, problem], [[], undefined]);
    }
  });

for (const disk of disksFor(true))
  test(`a changed archive is replaced by a sound one when the package is installed again, ${disk.name}`, async (context) => {
    const { sandbox, bytes, archive, flip } = await stored(context, disk);
    flip(bytes.length - 5);
    await sandbox.apply(await planOn(await sandbox.state(), "install", versionOf("1.0.0"), { force: true }));
    assert.deepEqual(disk.read(archive), bytes);
  });

for (const disk of disksFor(true))
  test(`what an operation took away comes back only as it was, ${disk.name}`, async (context) => {
    const { sandbox } = await stored(context, disk);
    await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
    const undo = join(sandbox.folder, "undo/2");
    const slots = disk.names(undo).filter((name) => name !== "done.data");
    assert.ok(slots.length > 0);
    for (const slot of slots) {
      const path = join(undo, slot);
      const bytes = disk.read(path);
      const home = disk.tree(join(sandbox.folder, "home"));
      disk.write(path, Buffer.from(bytes).fill("x", 0, 1));
      await assert.rejects(sandbox.undo(1), { code: "sandbox-damaged", message: /undo\/2\/\d/ });
      disk.remove(path);
      await assert.rejects(sandbox.undo(1), { code: "sandbox-damaged", message: /undo\/2\/\d/ });
      assert.deepEqual(disk.tree(join(sandbox.folder, "home")), home);
      disk.write(path, bytes);
    }
    await sandbox.undo(1);
  });

/** What somebody does to the states of a sandbox with two operations. */
const disorders: Readonly<Record<string, (states: string, disk: TriedDisk) => void>> = {
  "the newest state is lost": (states, disk) => disk.remove(join(states, "2.data")),
  "the two newest states are lost": (states, disk) => {
    disk.remove(join(states, "1.data"));
    disk.remove(join(states, "2.data"));
  },
  "a state in between is lost": (states, disk) => disk.remove(join(states, "1.data")),
  "a copy is put behind the newest": (states, disk) =>
    disk.copy(join(states, "2.data"), join(states, "3.data")),
  "a copy is put far behind the newest": (states, disk) =>
    disk.copy(join(states, "2.data"), join(states, "9.data")),
  "a copy is put in as an undo": (states, disk) =>
    disk.copy(join(states, "1.data"), join(states, "3-undo-1.data")),
  "there are two of a number": (states, disk) =>
    disk.copy(join(states, "2.data"), join(states, "2-undo-0.data")),
  "what an undo needs is gone": (states, disk) => disk.remove(join(states, "../undo/2")),
};

for (const [name, disorder] of Object.entries(disorders)) {
  for (const disk of disksFor(/gone/.test(name)))
    test(`when ${name}, nothing is taken for the present, and nothing is lost, ${disk.name}`, async (context) => {
      const { sandbox } = await stored(context, disk);
      await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
      disorder(join(sandbox.folder, "states"), disk);
      const before = disk.tree(sandbox.folder);
      for (const each of [sandbox, await openSandbox(sandbox.folder, testWorld(disk.files))]) {
        await assert.rejects(each.state(), { code: "sandbox-damaged" });
        await assert.rejects(
          each.undo(0).then(() => each.state()),
          { code: "sandbox-damaged" },
        );
      }
      assert.deepEqual(disk.tree(sandbox.folder), before);
    });
}

for (const disk of disksFor(false))
  test(`when an older state takes the place of the newest, undo leads back all the same, ${disk.name}`, async (context) => {
    const { sandbox } = await stored(context, disk);
    await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
    disk.copy(join(sandbox.folder, "states/1.data"), join(sandbox.folder, "states/2.data"));
    await assert.rejects(sandbox.state(), { code: "sandbox-damaged", message: /2\.data/ });
    await sandbox.undo(0);
    assert.deepEqual(disk.tree(join(sandbox.folder, "home")), []);
  });
