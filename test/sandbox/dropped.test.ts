import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { dataFileBytes } from "../../server/src/sandbox/data-file.ts";
import { dropSandbox } from "../../server/src/sandbox/drop-sandbox.ts";
import { addRow, perform, testWorld, write, znuny } from "../support/sandbox-work.ts";
import { disksFor, type TriedDisk } from "../support/tried-disk.ts";

/** The folder of a sandbox in which something was done. */
async function newSandbox(context: TestContext, disk: TriedDisk): Promise<string> {
  const folder = join(disk.newFolder(context), "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld(disk.files));
  await perform(sandbox, [write("a", "1")], [addRow("Acme", "1.0.0")]);
  return folder;
}

type Damage = (place: (path: string) => string, disk: TriedDisk) => void;

const cut = (path: string, disk: TriedDisk) => disk.write(path, disk.read(path).subarray(0, 100));

const known: Readonly<Record<string, Damage>> = {
  "whose newest state is cut off": (place, disk) => cut(place("states/1.data"), disk),
  "whose first state is gone": (place, disk) => disk.remove(place("states/0.data")),
  "whose journal is cut off": (place, disk) => disk.write(place("journal.data"), "x"),
  "without a home": (place, disk) => disk.remove(place("home")),
  "without states": (place, disk) => disk.remove(place("states")),
  "without what undo needs": (place, disk) => disk.remove(place("undo")),
  "whose description is cut off": (place, disk) => cut(place("sandbox.data"), disk),
  "whose description is gone": (place, disk) => disk.remove(place("sandbox.data")),
  "whose description is a folder": (place, disk) => {
    disk.remove(place("sandbox.data"));
    disk.makeFolder(place("sandbox.data"));
  },
};

for (const [name, damage] of Object.entries(known))
  for (const disk of disksFor(/folder/.test(name)))
    test(`a sandbox ${name} is dropped, ${disk.name}`, async (context) => {
      const folder = await newSandbox(context, disk);
      damage((path) => join(folder, path), disk);
      const { description } = await dropSandbox(folder, testWorld(disk.files));
      assert.equal(description?.product, znuny.product);
      assert.deepEqual(disk.names(join(folder, "..")), []);
    });

for (const disk of disksFor(false)) {
  test(`one of which nobody knows any more what it is goes too, ${disk.name}`, async (context) => {
    const folder = await newSandbox(context, disk);
    for (const file of ["sandbox.data", "states/description.data"]) cut(join(folder, file), disk);
    assert.equal((await dropSandbox(folder, testWorld(disk.files))).description, undefined);
    assert.deepEqual(disk.names(join(folder, "..")), []);
  });

  test(`a folder of somebody else stays, whatever its files are called, ${disk.name}`, async (context) => {
    const folder = join(disk.newFolder(context), "box");
    const world = testWorld(disk.files);
    disk.write(join(folder, "notes.txt"), "mine");
    await assert.rejects(dropSandbox(folder, world), { code: "sandbox-missing" });
    for (const file of ["sandbox.data", "states/0.data"]) disk.write(join(folder, file), "mine");
    const before = disk.tree(folder);
    await assert.rejects(dropSandbox(folder, world), { code: "sandbox-undescribed" });
    assert.deepEqual(disk.tree(folder), before);
  });

  test(`one of a newer version stays, since it may have more than its folder, ${disk.name}`, async (context) => {
    const folder = await newSandbox(context, disk);
    const path = join(folder, "sandbox.data");
    disk.write(path, dataFileBytes(disk.files, {}, 3));
    const before = disk.tree(folder);
    await assert.rejects(dropSandbox(folder, testWorld(disk.files)), { code: "sandbox-newer" });
    assert.deepEqual(disk.tree(folder), before);
  });

  test(`one that somebody is changing stays, ${disk.name}`, async (context) => {
    const folder = await newSandbox(context, disk);
    disk.write(join(folder, "lock-1-abc"), "x");
    disk.remove(join(folder, "home"));
    await assert.rejects(dropSandbox(folder, testWorld(disk.files)), { code: "sandbox-lock-unreadable" });
    assert.ok(disk.names(join(folder, "..")).includes("box"));
  });
}
