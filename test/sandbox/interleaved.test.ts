import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileSystem } from "../../server/src/host/file-system.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { textAt } from "../support/known-system.ts";
import { MemoryDisk, MemoryFileSystem } from "../support/memory-file-system.ts";
import { type Random, randomFrom } from "../support/random.ts";
import { addRow, remove, testWorld, workOf, write, znuny } from "../support/sandbox-work.ts";

/** A disk that answers after a while, so that whoever else waits may get his turn in between. */
function slowed(files: MemoryFileSystem, random: Random): FileSystem {
  return new Proxy<FileSystem>(files, {
    get(target, name: keyof FileSystem) {
      const member = target[name];
      if (typeof member !== "function") return member;
      const call = member.bind(target) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        if (!waiting.has(name)) return call(...args);
        return (async () => {
          for (let turn = random.below(4); turn > 0; turn--) await undefined;
          return call(...args);
        })();
      };
    },
  });
}

const waiting: ReadonlySet<string> = new Set<keyof FileSystem>([
  ...(["status", "list", "read", "digests", "write", "copy", "rename", "makeFolders", "remove"] as const),
  ...(["removeFolders", "removeTree", "flush", "pause"] as const),
]);

/** What may be said to somebody who comes at the wrong moment. */
const excuses: ReadonlySet<string> = new Set(["sandbox-in-use", "sandbox-outdated"]);

async function unlessBusy<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    assert.ok(error instanceof PackageError && excuses.has(error.code), String((error as Error).stack));
    return undefined;
  }
}

/** Installs version `number` of a package whose two files say which one it is. */
async function install(sandbox: Sandbox, number: number): Promise<boolean> {
  const before = await sandbox.state();
  const text = `${number}`;
  const rows = [
    ...(before.packages.length > 0
      ? [{ kind: "remove-rows", name: "Acme", version: undefined } as const]
      : []),
    addRow("Acme", text),
  ];
  await sandbox.perform(workOf(before, [write("a", text), write("b", text)], rows));
  return true;
}

for (const [who, open] of Object.entries({
  "one object": (sandbox: Sandbox) => async () => sandbox,
  "an object for each": (sandbox: Sandbox, world: ReturnType<typeof testWorld>) => () =>
    openSandbox(sandbox.folder, world),
})) {
  test(`work on a sandbox at the same time is done as a whole or not at all, with ${who}`, async () => {
    let done = 0;
    let read = 0;
    for (let seed = 0; seed < 150; seed++) {
      const random = randomFrom(seed);
      const world = testWorld(slowed(new MemoryFileSystem(new MemoryDisk()), random));
      await world.files.makeFolders([{ path: "/work" }]);
      const sandbox = await createSandbox("/work/box", { framework: znuny }, world);
      const own = open(sandbox, world);
      await install(sandbox, 1);
      const works = [
        async () => install(await own(), 2),
        async () => install(await own(), 3),
        async () => (await (await own()).undo(0)).number > 0,
        async () => (await (await own()).configure({ name: "Another" })) === undefined,
      ];
      const results = await Promise.all([
        ...works.map((work) => unlessBusy(work)),
        ...[1, 2, 3].map(async () => {
          const operations = await unlessBusy(async () => (await own()).operations());
          const state = await unlessBusy(async () => (await own()).state());
          // A package table of one time has at most one row, and the log has no holes.
          assert.ok((state?.packages.length ?? 0) <= 1);
          operations?.forEach(({ number }, index) => {
            assert.equal(number, index);
          });
          if (state && operations) read++;
        }),
      ]);
      done += results.filter((result) => result).length;
      const last = await openSandbox("/work/box", world);
      const state = await last.state();
      const version = state.packages[0]?.version;
      assert.deepEqual([await textAt(state, "a"), await textAt(state, "b")], [version, version], `${seed}`);
      await last.perform(workOf(state, version === undefined ? [] : [remove("a"), remove("b")]));
      await last.reset();
      assert.deepEqual((await last.state()).packages, []);
    }
    assert.ok(done > 100 && read > 50, `${done} ${read}`);
  });
}

test("two that read at once get states on which either can go on", async () => {
  const world = testWorld(slowed(new MemoryFileSystem(new MemoryDisk()), randomFrom(1)));
  await world.files.makeFolders([{ path: "/work" }]);
  const { folder } = await createSandbox("/work/box", { framework: znuny }, world);
  for (const chosen of [0, 1]) {
    const sandbox = await openSandbox(folder, world);
    const states = await Promise.all([sandbox.state(), sandbox.state()]);
    assert.equal(states[0].packages, states[1].packages, "by which it is known again");
    await sandbox.perform(workOf(states[chosen]!, [write(`file${chosen}`, "1")]));
  }
});
