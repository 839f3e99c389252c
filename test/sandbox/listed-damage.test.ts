import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { dataFileBytes } from "../../server/src/sandbox/data-file.ts";
import { listSandboxes } from "../../server/src/sandbox/list-sandboxes.ts";
import { planOn } from "../support/known-system.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";
import { disksFor, type TriedDisk } from "../support/tried-disk.ts";
import { versionOf } from "../support/try-everything.ts";

/** The folder of a sandbox in which a package was installed and upgraded. */
async function newSandbox(context: TestContext, disk: TriedDisk): Promise<string> {
  const folder = join(disk.newFolder(context), "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld(disk.files));
  await sandbox.apply(await planOn(await sandbox.state(), "install", versionOf("1.0.0")));
  await sandbox.apply(await planOn(await sandbox.state(), "upgrade", versionOf("2.0.0")));
  return folder;
}

type Damage = (place: (path: string) => string, disk: TriedDisk) => void;

/** What is done to a sandbox -> what a list says of it. */
const damages: Readonly<Record<string, { readonly damage: Damage; readonly said: string }>> = {
  "the newest state cut off": {
    damage: (place, disk) =>
      disk.write(place("states/2.data"), disk.read(place("states/2.data")).subarray(0, 200)),
    said: "sandbox-damaged states/2.data checksum",
  },
  "the state gone that the newest refers to": {
    damage: (place, disk) => disk.remove(place("states/0.data")),
    said: "sandbox-damaged states/0.data missing",
  },
  "a newest state of a newer version": {
    damage: (place, disk) => {
      const [, data] = disk.read(place("states/2.data")).toString().split("\n") as [string, string];
      disk.write(place("states/2.data"), dataFileBytes(disk.files, JSON.parse(data), 3));
    },
    said: "sandbox-newer",
  },
  "no home": { damage: (place, disk) => disk.remove(place("home")), said: "sandbox-damaged home missing" },
  "a journal that was cut off": {
    damage: (place, disk) => disk.write(place("journal.data"), "x"),
    said: "sandbox-damaged journal.data checksum",
  },
  "no archive of what is installed": {
    damage: (place, disk) => {
      for (const name of disk.names(place("archives"))) disk.remove(place(`archives/${name}`));
    },
    said: "sandbox-archive-damaged",
  },
};

for (const [name, { damage, said }] of Object.entries(damages))
  for (const disk of disksFor(false))
    test(`a sandbox with ${name} is listed with what it stands for and why it cannot be used, ${disk.name}`, async (context) => {
      const folder = await newSandbox(context, disk);
      const list = () => listSandboxes(join(folder, ".."), disk.files);
      assert.deepEqual(
        (await list()).map((listed) => listed.damage),
        [undefined],
      );
      damage((path) => join(folder, path), disk);
      const before = disk.tree(folder);
      const [listed] = await list();
      assert.ok(listed && "product" in listed.description);
      const { code, values } = listed.damage!;
      assert.equal([code, values.file, values.reason].filter(Boolean).join(" "), said);
      assert.deepEqual(disk.tree(folder), before);
    });

for (const disk of disksFor(false))
  test(`a sandbox whose operation was cut off is listed as sound, since the next one sees to it, ${disk.name}`, async (context) => {
    const folder = await newSandbox(context, disk);
    disk.copy(join(folder, "undo/2/done.data"), join(folder, "journal.data"));
    const [listed] = await listSandboxes(join(folder, ".."), disk.files);
    assert.equal(listed?.damage, undefined);
  });
