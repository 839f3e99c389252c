import assert from "node:assert/strict";
import { test } from "node:test";
import { systemError } from "../../server/src/host/file-system.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import { MemoryDisk, type Step } from "../support/memory-file-system.ts";
import { randomFrom } from "../support/random.ts";
import { pictureOf, Stage, scenes } from "../support/sandbox-scenes.ts";
import { PowerCut, SimulatedDisk } from "../support/simulated-disk.ts";

/** Does what a scene does, and has the disk fail once or, when the power then goes, lose what is not safe. */
async function failedAt(
  original: MemoryDisk,
  at: number,
  code: string,
  act: (stage: Stage) => Promise<void>,
) {
  const disk = original.copy();
  const simulated = new SimulatedDisk(disk, randomFrom(at), {});
  let steps = 0;
  let failed: Step | undefined;
  disk.watcher = {
    before(step) {
      if (steps++ !== at) return;
      failed = step;
      throw systemError(code, step.path);
    },
    named: (changes) => simulated.named(changes),
    flushed: (node) => simulated.flushed(node),
  };
  let error: unknown;
  try {
    await act(new Stage(disk, 2));
  } catch (thrown) {
    error = thrown;
  }
  disk.watcher = {};
  disk.processes.clear();
  return { disk, failed, error, afterPowerCut: () => simulated.afterPowerCut() };
}

async function pictureOn(disk: MemoryDisk): Promise<string> {
  return pictureOf(new Stage(disk.copy(), 3));
}

/** Where a failure is told from another by what it is called. */
const others = ["upgrade", "undo"];

for (const scene of scenes) {
  for (const code of others.includes(scene.name) ? ["EIO", "ENOSPC", "EPERM", "EBUSY"] : ["EIO"]) {
    test(`${scene.name}: when the disk says ${code} once, anywhere, the sandbox is as before, or all is done`, async () => {
      const disk = new MemoryDisk();
      await scene.prepare(new Stage(disk, 1));
      disk.processes.clear();
      const before = await pictureOn(disk);
      const done = disk.copy();
      await scene.act(new Stage(done, 2));
      done.processes.clear();
      const after = await pictureOn(done);
      const told: Record<string, number> = {};
      for (let at = 0; ; at++) {
        const { disk: left, failed, error, afterPowerCut } = await failedAt(disk, at, code, scene.act);
        if (!failed) break;
        const where = `${at} ${failed.name} ${failed.path}`;
        assert.ok(
          error === undefined || error instanceof PackageError,
          `${where} ${(error as Error)?.stack}`,
        );
        const expected = error === undefined ? after : before;
        for (const each of [left, afterPowerCut()]) {
          const picture = await pictureOn(each);
          if (scene.name === "configure" && failed.name === "flush") {
            // What replaces a file is there, although it is not sure to stay.
            assert.ok(picture === before || picture === after, where);
          } else if (failed.name === "removeFolders") {
            // An empty folder that somebody is in stays.
            assert.equal(withoutFolders(picture), withoutFolders(expected), where);
          } else if (scene.parts) assert.ok(error || picture === after, where);
          else assert.equal(picture, expected, where);
        }
        const outcome = error instanceof PackageError ? error.code : "done";
        told[outcome] = (told[outcome] ?? 0) + 1;
      }
      const refusal = { EIO: "sandbox-failed", ENOSPC: "sandbox-full" }[code] ?? "sandbox-not-writable";
      assert.ok(
        told.done! > 0 && told[code === "EBUSY" ? "sandbox-failed" : refusal]! > 10,
        JSON.stringify(told),
      );
    });
  }
}

function withoutFolders(picture: string): string {
  const parts = JSON.parse(picture) as unknown[];
  const tree = parts.pop() as string[];
  return JSON.stringify([...parts, tree.filter((line) => !/\/ \d+$/.test(line))]);
}

for (const scene of scenes.filter(({ name }) => ["install", "upgrade", "uninstall", "undo"].includes(name))) {
  test(`${scene.name}: when the power goes anywhere while it is taken back, the sandbox is as before`, async () => {
    const disk = new MemoryDisk();
    await scene.prepare(new Stage(disk, 1));
    disk.processes.clear();
    const before = await pictureOn(disk);
    let cuts = 0;
    for (let delay = 1; ; delay++) {
      let isCut = false;
      // What survives is another part of it each time.
      for (let seed = 0; seed < 8; seed++) {
        const tried = disk.copy();
        const simulated = new SimulatedDisk(tried, randomFrom(seed * 7_919 + delay), {});
        let stepsBehind = 0;
        tried.watcher = {
          before(step) {
            if (stepsBehind > 0) stepsBehind++;
            else if (step.path.includes("/states/") && step.name === "write") {
              stepsBehind = 1;
              throw systemError("EIO", step.path);
            }
            if (stepsBehind > delay) throw new PowerCut("the power is gone");
          },
          named: (changes) => simulated.named(changes),
          flushed: (node) => simulated.flushed(node),
        };
        await assert.rejects(scene.act(new Stage(tried, 2)));
        isCut = stepsBehind > delay;
        const left = simulated.afterPowerCut();
        assert.equal(await pictureOn(left), before, `${delay} ${seed}`);
        cuts += isCut ? 1 : 0;
      }
      if (!isCut) break;
    }
    assert.ok(cuts > 50, `${cuts}`);
  });
}
