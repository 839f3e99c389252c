import assert from "node:assert/strict";
import { test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { findDamage } from "../../server/src/sandbox/find-damage.ts";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { MemoryDisk, MemoryFileSystem } from "../support/memory-file-system.ts";
import { box, pictureOf, Stage, scenes } from "../support/sandbox-scenes.ts";
import { addRow, workOf, write } from "../support/sandbox-work.ts";

/** What somebody may do to one thing in the folder of a sandbox. */
const tricks: Readonly<Record<string, (files: MemoryFileSystem, path: string) => Promise<void> | void>> = {
  "is gone": () => undefined,
  "is empty": (files, path) => files.write([{ path, bytes: new Uint8Array() }]),
  "is garbage": (files, path) => files.write([{ path, bytes: Buffer.from("garbage \0 \ufffd") }]),
  "is a folder": (files, path) => files.makeFolders([{ path }]),
  "is a full folder": async (files, path) => {
    await files.makeFolders([{ path }]);
    await files.write([{ path: `${path}/full`, bytes: Buffer.from("full") }]);
  },
  "is a link that leads out": (files, path) => files.link("/outside", path),
  "is a link to itself": (files, path) => files.link(path, path),
  "is a link to nowhere": (files, path) => files.link("/nowhere", path),
  "is a pipe": (files, path) => files.special(path),
  "may not be read": async (files, path) => {
    await files.write([{ path, bytes: Buffer.from("secret") }]);
    files.setMode(path, 0);
  },
};

/** All that can be done to a sandbox. Each starts from the damaged one. */
const works: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  look: (stage) => pictureOf(stage),
  log: async (stage) => (await stage.open()).operations(),
  install: async (stage) => {
    const sandbox = await stage.open();
    const state = await sandbox.state();
    return sandbox.perform(workOf(state, [write("New.pm", "new")], [addRow("New", "1.0.0")]));
  },
  undo: async (stage) => (await stage.open()).undo(1),
  reset: async (stage) => (await stage.open()).reset(),
  verify: (stage) => findDamage(box, stage.world),
  repair: (stage) => repairSandbox(box, stage.world, { unlock: true }),
};

const [scene] = scenes.filter(({ name }) => name === "undo");

async function damaged(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await scene!.prepare(new Stage(disk, 1));
  const files = new MemoryFileSystem(disk, 1);
  await files.makeFolders([{ path: "/outside" }]);
  await files.write([{ path: "/outside/file", bytes: Buffer.from("not to be touched") }]);
  disk.processes.clear();
  return disk;
}

/** Everything in the folder of the sandbox, its folders as well. */
function pathsIn(disk: MemoryDisk): readonly string[] {
  return disk.tree(box).map((line) => `${box}/${line.slice(0, line.search(/\/? (?:\d|->|special)/))}`);
}

for (const [what, trick] of Object.entries(tricks)) {
  test(`whatever in a sandbox ${what}, it ends in a message, and a repair makes the best of it`, async () => {
    const original = await damaged();
    const outside = original.tree("/outside");
    const ends: Record<string, number> = {};
    let process = 10;
    for (const path of pathsIn(original)) {
      const tricked = original.copy();
      const files = new MemoryFileSystem(tricked, 1);
      await files.removeTree(path);
      await trick(files, path);
      tricked.processes.clear();
      for (const [name, work] of Object.entries(works)) {
        const disk = tricked.copy();
        const where = `${path} ${what}, ${name}`;
        let end = "done";
        try {
          await work(new Stage(disk, ++process));
        } catch (error) {
          assert.ok(error instanceof PackageError, `${where}: ${(error as Error).stack}`);
          end = error.code;
        }
        ends[end] = (ends[end] ?? 0) + 1;
        assert.deepEqual(disk.tree("/outside"), outside, where);
        if (name !== "repair" || end !== "done") continue;
        disk.processes.clear();
        await assertUsable(disk, ++process, where);
      }
    }
    assert.ok(ends.done! > 100, JSON.stringify(ends));
  });
}

/** What was repaired can be used, or it is said why not. */
async function assertUsable(disk: MemoryDisk, process: number, where: string): Promise<void> {
  const stage = new Stage(disk, process);
  const { left, problem } = await repairSandbox(box, stage.world);
  if (problem || left.some(({ isHarmless }) => !isHarmless)) return;
  try {
    await works.install!(stage);
    await works.look!(stage);
  } catch (error) {
    assert.fail(`${where}: repaired, but ${(error as Error).stack}`);
  }
}
