import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { dataFileBytes } from "../../server/src/sandbox/data-file.ts";
import { listSandboxes } from "../../server/src/sandbox/list-sandboxes.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { lockSandbox } from "../../server/src/sandbox/sandbox-lock.ts";
import { bundleProgram } from "../support/bundle-program.ts";
import { storedIn } from "../support/known-system.ts";
import { randomFrom } from "../support/random.ts";
import {
  addRow,
  perform,
  placeOf,
  testWorld,
  treeOf,
  workOf,
  write,
  znuny,
} from "../support/sandbox-work.ts";
import { disksFor, realDisk, type TriedDisk } from "../support/tried-disk.ts";

/** With SOPM_FULL=1 a sandbox is damaged at 2,000 places, on the real disk as well. */
const damages = process.env.SOPM_FULL === "1" ? 2_000 : 150;

async function newSandbox(test: TestContext, disk: TriedDisk = realDisk): Promise<Sandbox> {
  const folder = join(disk.newFolder(test), "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld(disk.files));
  await perform(sandbox, [write("a", "1")], [addRow("Acme", "1.0.0")]);
  return sandbox;
}

/** Runs the program that writes a file, for a user who may not do everything, and gives what it says. */
function written(program: string, folder: string, { length = 1, limit = "unlimited" } = {}): string {
  const command = `ulimit -f ${limit} && exec "$0" "$1" "$2" ${length}`;
  const isRoot = process.getuid?.() === 0;
  const { stdout, stderr } = spawnSync("sh", ["-c", command, process.execPath, program, folder], {
    encoding: "utf8",
    ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
  });
  assert.equal(stderr, "");
  return stdout.trim();
}

if (process.platform === "win32") {
  console.log("left out: sandboxes that are read-only or full, which Windows tells in other ways");
} else {
  test("a sandbox that may only be read can be read, and says why it cannot be changed", async (context) => {
    const sandbox = await newSandbox(context);
    const program = await bundleProgram(
      join(import.meta.dirname, "sandbox-write-child.ts"),
      join(sandbox.folder, ".."),
    );
    chmodSync(join(sandbox.folder, ".."), 0o755);
    for (const name of ["", "home", "states", "archives", "undo"])
      chmodSync(join(sandbox.folder, name), 0o555);
    const before = treeOf(sandbox.folder);
    assert.equal(written(program, sandbox.folder), "file, sandbox-not-writable");
    assert.deepEqual(treeOf(sandbox.folder), before);
    for (const name of ["", "home"]) chmodSync(join(sandbox.folder, name), 0o777);
    for (const name of ["states", "archives", "undo"]) chmodSync(join(sandbox.folder, name), 0o755);
  });

  test("a sandbox without room is as it was before", async (context) => {
    const sandbox = await newSandbox(context);
    const program = await bundleProgram(
      join(import.meta.dirname, "sandbox-write-child.ts"),
      join(sandbox.folder, ".."),
    );
    chmodSync(join(sandbox.folder, ".."), 0o755);
    for (const name of ["", "home", "states", "archives", "undo"])
      chmodSync(join(sandbox.folder, name), 0o777);
    const before = treeOf(sandbox.folder);
    // Blocks of 512 bytes: the file does not fit, or not even the journal.
    assert.equal(written(program, sandbox.folder, { length: 1_000_000, limit: "100" }), "file, sandbox-full");
    assert.deepEqual(treeOf(sandbox.folder), before);
    assert.equal(written(program, sandbox.folder, { limit: "0" }), "file, sandbox-full");
    const left = treeOf(sandbox.folder).filter((line) => !/^(tmp-)?lock-/.test(line));
    assert.deepEqual(left, before);
    assert.equal(written(program, sandbox.folder), "file, done");
  });
}

for (const disk of disksFor(false))
  test(`a sandbox of a newer version is not touched, ${disk.name}`, async (context) => {
    const sandbox = await newSandbox(context, disk);
    const description = join(sandbox.folder, "sandbox.data");
    const [, data] = disk.read(description).toString().split("\n") as [string, string];
    disk.write(description, dataFileBytes(disk.files, JSON.parse(data), 3));
    const before = disk.tree(sandbox.folder);
    await assert.rejects(openSandbox(sandbox.folder, testWorld(disk.files)), { code: "sandbox-newer" });
    await assert.rejects(sandbox.undo(0), { code: "sandbox-newer" });
    const listed = (await listSandboxes(join(sandbox.folder, ".."), disk.files)).map(
      ({ description }) => description,
    );
    assert.deepEqual(
      listed.map((each) => each instanceof PackageError && each.code),
      ["sandbox-newer"],
    );
    assert.deepEqual(disk.tree(sandbox.folder), before);
  });

for (const disk of disksFor(false))
  test(`what a newer version has done to a sandbox is not undone, ${disk.name}`, async (context) => {
    const sandbox = await newSandbox(context, disk);
    const state = join(sandbox.folder, "states/1.data");
    const [, data] = disk.read(state).toString().split("\n") as [string, string];
    disk.write(state, dataFileBytes(disk.files, JSON.parse(data), 3));
    const before = disk.tree(sandbox.folder);
    await assert.rejects(sandbox.undo(0), { code: "sandbox-newer" });
    assert.deepEqual(disk.tree(sandbox.folder), before);
  });

/** What is said to be damaged -> what is done to it, and why it cannot be used then. */
const whereDamaged: Readonly<
  Record<string, { readonly reason: string; readonly damage: (path: string, disk: TriedDisk) => void }>
> = {
  "sandbox.data": { reason: "checksum", damage: (path, disk) => disk.write(path, "x") },
  "journal.data": { reason: "checksum", damage: (path, disk) => disk.write(path, "x") },
  "states/1.data": { reason: "checksum", damage: (path, disk) => disk.write(path, "x") },
  "undo/1/done.data": { reason: "checksum", damage: (path, disk) => disk.write(path, "x") },
  home: {
    reason: "not-folder",
    damage: (path, disk) => {
      disk.remove(path);
      disk.write(path, "x");
    },
  },
  archives: { reason: "missing", damage: (path, disk) => disk.remove(path) },
};

for (const [file, { reason, damage }] of Object.entries(whereDamaged))
  for (const disk of disksFor(reason === "not-folder"))
    test(`when ${file} is damaged, it is named by its place in the sandbox, ${disk.name}`, async (context) => {
      const { folder } = await newSandbox(context, disk);
      damage(join(folder, file), disk);
      const using = async () => {
        const sandbox = await openSandbox(folder, testWorld(disk.files));
        await sandbox.state();
        await sandbox.undo(0);
      };
      await assert.rejects(using(), { code: "sandbox-damaged", values: { folder, file, reason } });
    });

for (const disk of disksFor(true))
  test(`a folder that is gone is missed, also in the middle of an operation, ${disk.name}`, async (context) => {
    const sandbox = await newSandbox(context, disk);
    const before = await sandbox.state();
    const content = {
      size: 1,
      async read() {
        disk.remove(sandbox.folder);
        return Buffer.from("x");
      },
    };
    const work = workOf(before, [{ kind: "write", path: "b", content, mode: 0o644 }]);
    await assert.rejects(sandbox.perform(work), { code: "sandbox-missing" });
    assert.ok(!disk.isThere(sandbox.folder));
    await assert.rejects(sandbox.state(), { code: "sandbox-missing" });
    await assert.rejects(sandbox.undo(0), { code: "sandbox-missing" });
    await assert.rejects(openSandbox(sandbox.folder, testWorld(disk.files)), { code: "sandbox-missing" });
    await assert.rejects(sandbox.operations(), { code: "sandbox-missing" });
  });

for (const disk of disksFor(false))
  test(`a sandbox that took the place of another one is not taken for it, ${disk.name}`, async (context) => {
    const sandbox = await newSandbox(context, disk);
    const before = await sandbox.state();
    disk.remove(sandbox.folder);
    const other = await createSandbox(
      sandbox.folder,
      { framework: znuny, databaseKind: "oracle" },
      testWorld(disk.files),
    );
    await perform(other, [], [addRow("Other", "1.0.0")]);
    assert.deepEqual(
      (await sandbox.state()).packages.map(({ name }) => name),
      ["Other"],
    );
    assert.equal((await sandbox.state()).database.kind, "oracle");
    await assert.rejects(sandbox.perform(workOf(before, [write("b", "1")])), { code: "sandbox-outdated" });
  });

for (const disk of disksFor(true))
  test(`a folder with something else in it is no place for a sandbox, ${disk.name}`, async (context) => {
    const folder = disk.newFolder(context);
    disk.write(join(folder, "file"), "mine");
    await assert.rejects(createSandbox(folder, { framework: znuny }, testWorld(disk.files)), {
      code: "sandbox-exists",
    });
    await assert.rejects(
      createSandbox(join(folder, "file"), { framework: znuny }, testWorld(disk.files)),
      PackageError,
    );
    await assert.rejects(
      createSandbox(join(folder, "file/box"), { framework: znuny }, testWorld(disk.files)),
      PackageError,
    );
    await assert.rejects(openSandbox(folder, testWorld(disk.files)), { code: "sandbox-missing" });
    await assert.rejects(openSandbox(join(folder, "file"), testWorld(disk.files)), {
      code: "sandbox-missing",
    });
    assert.deepEqual(disk.tree(folder), ["file 644 mine"]);
    disk.makeFolder(join(folder, "empty"));
    await createSandbox(join(folder, "empty"), { framework: znuny }, testWorld(disk.files));
  });

for (const disk of disksFor(true))
  test(`one writes at a time, and the others are told who, ${disk.name}`, async (context) => {
    const sandbox = await newSandbox(context, disk);
    const other = await openSandbox(sandbox.folder, testWorld(disk.files));
    const state = await other.state();
    const self = disk.files.self();
    const release = await lockSandbox(placeOf(sandbox.folder, disk.files), "2024-05-02 00:00:00");
    await assert.rejects(other.perform(workOf(state, [write("b", "1")])), (error) => {
      assert.ok(error instanceof PackageError);
      assert.equal(error.code, "sandbox-in-use");
      assert.equal(error.values.process, self.process);
      assert.equal(error.values.host, self.host);
      return true;
    });
    // Nothing has begun yet, so that reading gives a whole state.
    assert.equal((await other.state()).packages.length, 1);
    await release();
    await other.perform(workOf(state, [write("b", "1")]));
    await assert.rejects(
      sandbox.perform(workOf(await sandbox.state(), [])).then(() => other.perform(workOf(state, []))),
      {
        code: "sandbox-outdated",
      },
    );
  });

for (const disk of disksFor(true))
  test(`several that want to write at once never do so together, ${disk.name}`, async (context) => {
    const { folder } = await newSandbox(context, disk);
    let working = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, async () => {
        const release = await lockSandbox(placeOf(folder, disk.files), "");
        working++;
        assert.equal(working, 1);
        await new Promise(setImmediate);
        working--;
        await release();
      }),
    );
    for (const result of results) {
      if (result.status === "rejected") assert.equal(result.reason.code, "sandbox-in-use");
    }
    assert.deepEqual(
      disk.names(folder).filter((name) => name.includes("lock")),
      [],
    );
  });

test("locks of the dead are removed, those of another computer are not", async (context) => {
  const sandbox = await newSandbox(context);
  const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
  const lock = (holder: object) =>
    JSON.stringify({ process: dead, host: hostname(), since: "then", processStart: "", ...holder });
  writeFileSync(join(sandbox.folder, "lock-1-dead"), lock({}));
  // The number belongs to somebody else by now.
  if (process.platform === "linux") {
    writeFileSync(join(sandbox.folder, "lock-1-other"), lock({ process: process.pid, processStart: "1" }));
  }
  await perform(sandbox, [write("b", "1")]);
  assert.deepEqual(
    readdirSync(sandbox.folder).filter((name) => name.startsWith("lock-")),
    [],
  );
  writeFileSync(join(sandbox.folder, "lock-1-far"), lock({ host: `not-${hostname()}` }));
  await assert.rejects(perform(sandbox, [write("c", "1")]), { code: "sandbox-in-use" });
  rmSync(join(sandbox.folder, "lock-1-far"));
  await perform(sandbox, [write("c", "1")]);
});

for (const disk of disksFor(false))
  test(`when the newest state is damaged, undo leads back to the one before, ${disk.name}`, async (context) => {
    const sandbox = await newSandbox(context, disk);
    await perform(sandbox, [write("b", "1")], [addRow("Acme", "2.0.0")]);
    disk.write(join(sandbox.folder, "states/2.data"), "x");
    const again = await openSandbox(sandbox.folder, testWorld(disk.files));
    await assert.rejects(again.state(), { code: "sandbox-damaged" });
    assert.deepEqual(
      (await again.operations()).map(({ record }) => record?.kind),
      ["create", "install", undefined],
    );
    await again.undo(1);
    assert.deepEqual(
      (await again.state()).packages.map(({ version }) => version),
      ["1.0.0"],
    );
    assert.deepEqual(disk.tree(join(sandbox.folder, "home")), ["a 644 1"]);
  });

for (const disk of disksFor(false))
  test(`of ${damages} kinds of damage each is noticed or does no harm, ${disk.name}`, async (context) => {
    const place = disk.newFolder(context);
    const original = await newSandbox(context, disk);
    await perform(original, [write("a", "2"), write("d/b", "x".repeat(5000))], [addRow("Other", "1.0.0")]);
    await original.undo(1);
    await perform(original, [write("a", "3")], [addRow("Other", "2.0.0")]);
    const files = disk.filesBelow(original.folder).filter((path) => !path.startsWith("home"));
    const random = randomFrom(7);
    let noticed = 0;
    for (let count = 0; count < damages; count++) {
      const folder = join(place, "box");
      disk.copy(original.folder, folder);
      const path = join(folder, random.pick(files));
      damage(path, random.below, disk);
      const home = disk.tree(join(folder, "home"));
      try {
        const sandbox = await openSandbox(folder, testWorld(disk.files));
        const state = await sandbox.state();
        for (const { digest } of state.packages)
          for (const { content } of (await storedIn(state, digest)).files) await content?.read();
        await perform(sandbox, [write("a", "4")]);
        await sandbox.undo(0);
        assert.deepEqual(disk.tree(join(folder, "home")), []);
      } catch (error) {
        assert.ok(error instanceof PackageError, `${path}: ${(error as Error).stack}`);
        assert.match(error.code, /^sandbox-/);
        noticed++;
        // What is left is one of the states: the one before, or that after the operation that went well.
        const left = disk.tree(join(folder, "home"));
        assert.ok(left.join() === home.join() || left.join() === "a 644 4", path);
      }
      disk.remove(folder);
    }
    assert.ok(noticed > damages / 4, `${noticed} of ${damages} were noticed`);
  });

function damage(path: string, below: (limit: number) => number, disk: TriedDisk): void {
  const bytes = disk.read(path);
  switch (below(4)) {
    case 0:
      disk.write(path, bytes.subarray(0, below(bytes.length)));
      break;
    case 1:
      disk.remove(path);
      break;
    case 2:
      bytes.fill(0, below(bytes.length));
      disk.write(path, bytes);
      break;
    default: {
      const place = below(bytes.length);
      bytes[place] = bytes[place]! ^ (1 << below(8));
      disk.write(path, bytes);
    }
  }
}
