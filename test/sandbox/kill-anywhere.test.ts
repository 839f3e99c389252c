import assert from "node:assert/strict";
import { test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { findDamage } from "../../server/src/sandbox/find-damage.ts";
import { MemoryDisk, type MemoryDiskOptions, type Step } from "../support/memory-file-system.ts";
import { box, makings, pictureOf, repairs, type Scene, Stage, scenes } from "../support/sandbox-scenes.ts";

/** A process is killed before one of the things that it does to the disk, and does nothing any more after that. */
class Kill extends Error {}

interface Killed {
  readonly disk: MemoryDisk;
  /** False when the process had come to its end before. */
  readonly wasKilled: boolean;
}

let lastProcess = 1;

/** Does something on a copy of a disk, in a process that is killed before a change to the disk. @param at counts from 0 */
async function killedAt(
  original: MemoryDisk,
  at: number,
  work: (stage: Stage) => Promise<unknown>,
): Promise<Killed> {
  const disk = original.copy();
  const process = ++lastProcess;
  let changes = 0;
  disk.watcher = {
    before(step: Step) {
      if (changes > at || (step.changes && changes++ === at)) throw new Kill("killed");
    },
  };
  try {
    await work(new Stage(disk, process));
  } catch (error) {
    assert.ok(changes > at, String((error as Error).stack));
  }
  const wasKilled = changes > at;
  disk.watcher = {};
  disk.processes.delete(process);
  return { disk, wasKilled };
}

async function prepared(scene: Scene, options: MemoryDiskOptions): Promise<MemoryDisk> {
  const disk = new MemoryDisk(options);
  await scene.prepare(new Stage(disk, 1));
  disk.processes.delete(1);
  return disk;
}

/** How a sandbox is after something was done on a copy of a disk. */
async function pictureAfter(disk: MemoryDisk, work: (stage: Stage) => Promise<unknown>, folder?: string) {
  const copy = disk.copy();
  const stage = new Stage(copy, ++lastProcess);
  await work(stage);
  return pictureOf(stage, folder);
}

/** Nothing of any work is left lying about once somebody has written again. */
async function assertTidy(disk: MemoryDisk, folder: string): Promise<void> {
  const stage = new Stage(disk, ++lastProcess);
  const sandbox = await stage.open(folder);
  await sandbox.configure({});
  const names = (await stage.files.list(folder)).filter(
    (name) => name !== "kept" && !name.startsWith("tmp-lock-"),
  );
  assert.deepEqual(names.sort(), ["archives", "home", "sandbox.data", "states", "undo"]);
  const inEffect = (await sandbox.operations())
    .filter(({ record, isUndone }) => !isUndone && record?.kind !== "undo" && record?.kind !== "create")
    .map(({ number }) => String(number));
  assert.deepEqual([...(await stage.files.list(`${folder}/undo`))].sort(), inEffect.sort());
  const left = [
    ...(await stage.files.list(`${folder}/states`)),
    ...(await stage.files.list(`${folder}/archives`)),
  ];
  assert.deepEqual(
    left.filter((name) => name.endsWith(".tmp")),
    [],
  );
  assert.deepEqual(await findDamage(folder, stage.world), []);
}

for (const isCaseInsensitive of [false, true]) {
  const where = isCaseInsensitive ? " where letter case does not matter" : "";
  for (const scene of scenes) {
    test(`${scene.name}${where}: killed anywhere, it leaves the state before or after`, async () => {
      const disk = await prepared(scene, { isCaseInsensitive });
      const before = await pictureAfter(disk, async () => undefined);
      const after = await pictureAfter(disk, scene.act);
      assert.notEqual(before, after);
      const seen = new Set<string>();
      let kills = 0;
      for (let at = 0; ; at++) {
        const { disk: left, wasKilled } = await killedAt(disk, at, scene.act);
        if (!wasKilled) break;
        kills++;
        // Whoever comes next may be killed as well, while he tidies up.
        let again = left;
        for (let second = 0; ; second++) {
          const next = await killedAt(again, second, (stage) => stage.open());
          const picture = await pictureAfter(next.disk, async () => undefined);
          if (!scene.parts) assert.ok(picture === before || picture === after, `${at} ${second}: ${picture}`);
          seen.add(picture);
          if (second % 4 === 0) await assertTidy(next.disk, box);
          if (!next.wasKilled) break;
          // Now and then a third time.
          if (second % 5 === 4) again = next.disk;
        }
      }
      assert.ok(kills > 10, `${kills}`);
      assert.ok(seen.has(before) && seen.has(after));
      assert.ok(seen.size <= (scene.parts ? 4 : 2), `${seen.size} states`);
    });
  }
}

for (const scene of makings) {
  test(`${scene.name}: killed anywhere, there is a sandbox that is complete, or none`, async () => {
    const { folder = box } = scene;
    const disk = await prepared(scene, {});
    const after = await pictureAfter(disk, scene.act, folder);
    let kills = 0;
    for (let at = 0; ; at++) {
      const { disk: left, wasKilled } = await killedAt(disk, at, scene.act);
      if (!wasKilled) break;
      kills++;
      const stage = new Stage(left, ++lastProcess);
      const [there] = await stage.files.status([folder]);
      if (!there) await scene.act(stage);
      assert.equal(await pictureOf(stage, folder), after, `${at}`);
      // What the first try has left is gone.
      const names = (await stage.files.list("/work")).filter((name) => !["box", "clone"].includes(name));
      if (!there) assert.deepEqual(names, []);
    }
    assert.ok(kills > 10);
  });
}

for (const scene of repairs) {
  test(`${scene.name}: killed anywhere, it can be done again`, async () => {
    const disk = await prepared(scene, {});
    const after = await pictureAfter(disk, scene.act);
    let kills = 0;
    for (let at = 0; ; at++) {
      const { disk: left, wasKilled } = await killedAt(disk, at, scene.act);
      if (!wasKilled) break;
      kills++;
      const stage = new Stage(left, ++lastProcess);
      try {
        await scene.act(stage);
      } catch (error) {
        assert.ok(error instanceof PackageError, `${at} ${(error as Error).stack}`);
        throw new Error(`killed at ${at}, then: ${error.message}`);
      }
      const found = await findDamage(box, stage.world);
      assert.deepEqual(
        found.filter(({ isHarmless }) => !isHarmless),
        [],
        `${at}`,
      );
      const { name } = (await stage.open()).description;
      assert.equal(name, "box");
      assert.equal(await pictureOf(stage), after, `${at}`);
    }
    assert.ok(kills > 3, `${kills}`);
  });
}
