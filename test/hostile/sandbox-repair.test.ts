import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { type Damage, findDamage } from "../../server/src/sandbox/find-damage.ts";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { planOn, storedIn } from "../support/known-system.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";
import { plantSurroundings } from "../support/surroundings.ts";
import { disksFor, lastingFolder, memoryTriedDisk, realDisk, type TriedDisk } from "../support/tried-disk.ts";
import { versionOf } from "../support/try-everything.ts";

/** A sandbox with a past, in surroundings of its own, as nobody has damaged it. */
interface Original {
  readonly disk: TriedDisk;
  /** The surroundings; the sandbox is in `box`. */
  readonly root: string;
  /** What the home was after each operation. */
  readonly homes: ReadonlyMap<number, readonly string[]>;
  /** Bytes by digest. */
  readonly archives: ReadonlyMap<string, Buffer>;
}

const inMemory = memoryTriedDisk();
const originals = new Map<TriedDisk, Original>();

before(async () => {
  for (const disk of [inMemory, realDisk]) originals.set(disk, await originalOn(disk));
});

/** Operations 0 to 3, and an undo that takes the last one back. */
async function originalOn(disk: TriedDisk): Promise<Original> {
  const root = lastingFolder(disk);
  plantSurroundings(root, disk);
  const folder = join(root, "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld(disk.files));
  const homes = new Map([[0, disk.tree(join(folder, "home"))]]);
  for (const version of ["1.0.0", "2.0.0", "3.0.0"]) {
    const operation = version === "1.0.0" ? "install" : "upgrade";
    const done = await sandbox.apply(await planOn(await sandbox.state(), operation, versionOf(version)));
    homes.set(done!.number, disk.tree(join(folder, "home")));
  }
  await sandbox.undo(2);
  const archives = new Map<string, Buffer>();
  for (const name of disk.names(join(folder, "archives")).filter((each) => each.endsWith(".opm"))) {
    archives.set(name.replace(".opm", ""), disk.read(join(folder, "archives", name)));
  }
  assert.deepEqual(await findDamage(folder, testWorld(disk.files)), []);
  return { disk, root, homes, archives };
}

/** A copy of the sandbox in surroundings of its own. */
function copyIn(root: string, { disk, root: original }: Original): string {
  disk.copy(original, root);
  return join(root, "box");
}

function problems(found: readonly Damage[]): readonly string[] {
  return found.filter(({ isHarmless }) => !isHarmless).map(({ kind, file }) => `${kind} ${file}`);
}

/** Every byte that comes out of the sandbox is as it was put in, or there is an error that names the way out. */
async function assertNothingWrong(
  folder: string,
  { disk, homes, archives }: Original,
  told: string,
): Promise<void> {
  const world = testWorld(disk.files);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      assert.match(error.code, /^sandbox-/, told);
      assert.match(
        error.hint,
        /sopm sandbox repair|undo, or|new sandbox|Take away|Make one|list of its/,
        told,
      );
    }
  };
  await attempt(async () => {
    const state = await (await openSandbox(folder, world)).state();
    for (const { digest } of state.packages) {
      const bytes = await (await storedIn(state, digest)).archive.read();
      assert.deepEqual(Buffer.from(bytes), archives.get(digest), told);
    }
  });
  for (const to of [1, 0]) {
    const changed = disk.tree(join(folder, "home")).join() !== homes.get(2)?.join();
    await attempt(async () => {
      const copy = `${folder}-${to}`;
      disk.copy(folder, copy);
      try {
        await (await openSandbox(copy, world)).undo(to);
        if (!changed)
          assert.deepEqual(disk.tree(join(copy, "home")), homes.get(to), `${told}, undo to ${to}`);
      } finally {
        disk.remove(copy);
      }
    });
  }
}

/** Whatever was the matter, a repair makes a sandbox of it that can be used. */
async function assertRepaired(folder: string, { disk, homes }: Original, told: string): Promise<void> {
  const world = testWorld(disk.files);
  const home = disk.tree(join(folder, "home"));
  const repair = await repairSandbox(folder, world);
  const saidSo = JSON.stringify(repair.steps);
  assert.equal(repair.problem, undefined, `${told}: ${repair.problem?.message} ${saidSo}`);
  const left = problems(repair.left).filter((each) => !each.startsWith("file "));
  assert.deepEqual(left, [], `${told}: ${saidSo}`);
  const sandbox = await openSandbox(folder, world);
  // Files are where they were, or were brought to another state as a whole.
  const now = disk.tree(join(folder, "home"));
  assert.ok(
    [home, ...homes.values()].some((each) => each.join() === now.join()),
    `${told}: ${saidSo}`,
  );
  const plan = await planOn(await sandbox.state(), "install", versionOf("4.0.0"), { force: true });
  await sandbox.apply(plan);
  await sandbox.reset();
  assert.deepEqual(
    problems(await findDamage(folder, world)).filter((each) => !/^file /.test(each)),
    [],
  );
}

const damages: Readonly<Record<string, (path: string, disk: TriedDisk) => void>> = {
  "its first byte changed": (path, disk) => flip(path, 0, disk),
  "a byte in its middle changed": (path, disk) => flip(path, Math.floor(disk.read(path).length / 2), disk),
  "its last byte changed": (path, disk) => flip(path, disk.read(path).length - 1, disk),
  "its second half cut off": (path, disk) =>
    disk.write(path, disk.read(path).subarray(0, Math.floor(disk.read(path).length / 2))),
  "nothing in it": (path, disk) => disk.write(path, ""),
  "another byte behind it": (path, disk) =>
    disk.write(path, Buffer.concat([disk.read(path), Buffer.from("x")])),
  "a folder in its place": (path, disk) => {
    disk.remove(path);
    disk.makeFolder(join(path, "inner"));
  },
  "nothing in its place": (path, disk) => disk.remove(path),
};

function flip(path: string, at: number, disk: TriedDisk): void {
  const bytes = disk.read(path);
  bytes[at]! ^= 1;
  disk.write(path, bytes);
}

for (const [name, damage] of Object.entries(damages)) {
  // What differs in a byte differs on every disk; what is a folder is for the system to say.
  for (const disk of disksFor(/folder/.test(name), inMemory))
    test(`each file of a sandbox with ${name} is noticed, can be repaired, and no wrong byte comes out, ${disk.name}`, async (context) => {
      const original = originals.get(disk)!;
      const root = disk.newFolder(context);
      const files = disk.filesBelow(join(original.root, "box"));
      assert.ok(files.length > 15);
      for (const file of files) {
        disk.remove(root);
        const folder = copyIn(root, original);
        const told = `${file} with ${name}`;
        damage(join(folder, file), disk);
        const outside = disk.snapshot(root, ["box"]);
        const found = await findDamage(folder, testWorld(disk.files));
        // A summary can be lost, and so can the second description and what nobody goes back to.
        const isNeeded =
          !/^archives\/.*\.data$|^states\/(?:description|3)\.data$/.test(file) && !isOfThird(file, original);
        if (isNeeded) assert.notDeepEqual(problems(found), [], told);
        await assertNothingWrong(folder, original, told);
        await assertRepaired(folder, original, told);
        assert.deepEqual(disk.snapshot(root, ["box"]), outside, told);
      }
    });
}

/** The archive of what was undone. */
function isOfThird(file: string, { archives }: Original): boolean {
  const [, digest = ""] = /^archives\/(.*)\.opm$/.exec(file) ?? [];
  return digest !== "" && !archives.get(digest)!.includes("<Version>2.0.0");
}

/** What is said of the repair of other damages, and what the sandbox is then. */
interface Story {
  readonly damage: (place: (path: string) => string, disk: TriedDisk) => void;
  readonly steps: readonly RegExp[];
  /** The version of the package that is installed then; undefined for none. */
  readonly version: string | undefined;
}

const stories: Readonly<Record<string, Story>> = {
  "the newest state, that of an undo, is lost": {
    damage: (place, disk) => disk.remove(place("states/4-undo-2.data")),
    steps: [/^set-aside: states\/3\.data is set aside/, /^kept: .* operation 2, with Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "the newest state, that of an undo, is damaged": {
    damage: (place, disk) => flip(place("states/4-undo-2.data"), 100, disk),
    steps: [/^set-aside: states\/4-undo-2/, /^mended: .*4-undo-2\.data is made again/, /^kept: /],
    version: "2.0.0",
  },
  "a state is put in by hand": {
    damage: (place, disk) => disk.copy(place("states/1.data"), place("states/5.data")),
    steps: [/^set-aside: states\/5\.data/, /^kept: .*Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "a state is put in far behind": {
    damage: (place, disk) => disk.copy(place("states/4-undo-2.data"), place("states/99-undo-2.data")),
    steps: [/^set-aside: states\/99-undo-2\.data/, /^kept: .*Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "all that undo needs is gone": {
    damage: (place, disk) => disk.remove(place("undo")),
    steps: [/^lost: Operation 2 cannot be undone any more/, /^kept: .*Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "all states are gone": {
    damage: (place, disk) => disk.remove(place("states")),
    steps: [/^lost: There was no folder states/, /./],
    version: undefined,
  },
  "the journal is damaged": {
    damage: (place, disk) => disk.write(place("journal.data"), "x"),
    steps: [/^set-aside: journal\.data/, /^kept: /],
    version: "2.0.0",
  },
  "the journal of an operation that was cut off is damaged": {
    damage: (place, disk) => {
      disk.write(place("journal.data"), "x");
      disk.write(place("undo/5/0"), "displaced");
    },
    steps: [/^set-aside: journal/, /^set-aside: undo\/5/, /^lost: .*set-aside\/.*\/undo\/5/, /^kept: /],
    version: "2.0.0",
  },
  "the home is a file": {
    damage: (place, disk) => {
      disk.remove(place("home"));
      disk.write(place("home"), "x");
    },
    steps: [/^set-aside: home/, /^lost: There was no folder home/, /^kept: /],
    version: "2.0.0",
  },
};

for (const [name, { damage, steps, version }] of Object.entries(stories)) {
  for (const disk of disksFor(/gone|cut off|is a file/.test(name), inMemory))
    test(`when ${name}, a repair says what it does, and it is done, ${disk.name}`, async (context) => {
      const world = testWorld(disk.files);
      const folder = copyIn(disk.newFolder(context), originals.get(disk)!);
      damage((path) => join(folder, path), disk);
      const found = await findDamage(folder, world);
      assert.notDeepEqual(problems(found), []);
      const { steps: done, problem, setAside, left } = await repairSandbox(folder, world);
      const told = done.map(({ outcome, message: { text, values = {} } }) => {
        return `${outcome}: ${text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key]))}`;
      });
      assert.equal(problem, undefined, told.join("\n"));
      if (name !== "all states are gone") assert.equal(told.length, steps.length, told.join("\n"));
      for (const [index, step] of steps.entries()) assert.match(told[index]!, step);
      if (setAside) assert.ok(disk.isThere(join(folder, setAside)));
      const { packages } = await (await openSandbox(folder, world)).state();
      assert.equal(packages[0]?.version, version);
      assert.deepEqual(
        problems(left).filter((each) => !each.startsWith("file ")),
        [],
      );
      // A second one has nothing to do.
      const again = await repairSandbox(folder, world);
      assert.deepEqual(
        again.steps.filter(({ outcome }) => outcome !== "kept"),
        [],
      );
    });
}

for (const disk of disksFor(true, inMemory)) {
  const world = testWorld(disk.files);

  test(`an archive that is lost comes back from one that is named, and else its package leaves the table, ${disk.name}`, async (context) => {
    const root = disk.newFolder(context);
    const original = originals.get(disk)!;
    const folder = copyIn(root, original);
    const { packages } = await (await openSandbox(folder, world)).state();
    const { digest } = packages[0]!;
    const bytes = original.archives.get(digest)!;
    const stored = join(folder, "archives", `${digest}.opm`);
    flip(stored, 50, disk);
    const offered = join(root, "Acme.opm");
    disk.write(offered, bytes);
    const repair = await repairSandbox(folder, world, { archives: [offered] });
    assert.deepEqual(
      repair.steps.map(({ outcome }) => outcome),
      ["set-aside", "mended", "kept"],
    );
    assert.deepEqual(repair.left, []);
    assert.deepEqual(disk.read(stored), bytes);

    disk.remove(stored);
    const second = await repairSandbox(folder, world);
    assert.match(second.steps[0]!.message.text, /is taken off the package table/);
    const sandbox = await openSandbox(folder, world);
    assert.deepEqual((await sandbox.state()).packages, []);
    // As the message says: back, and then with the archive.
    await sandbox.undo(2);
    await repairSandbox(folder, world, { archives: [offered] });
    assert.equal((await sandbox.state()).packages.length, 1);
    assert.deepEqual(await findDamage(folder, world), []);
  });

  test(`nothing is repaired while somebody may be at work, unless asked to, ${disk.name}`, async (context) => {
    const folder = copyIn(disk.newFolder(context), originals.get(disk)!);
    disk.write(join(folder, "lock-1-odd"), "");
    flip(join(folder, "states/4-undo-2.data"), 100, disk);
    const before = disk.tree(folder);
    const refused = await repairSandbox(folder, world);
    assert.equal(refused.problem?.code, "sandbox-lock-unreadable");
    assert.deepEqual(disk.tree(folder), before);
    const unlocked = await repairSandbox(folder, world, { unlock: true });
    assert.equal(unlocked.problem, undefined);
    assert.deepEqual(unlocked.left, []);
    assert.ok(disk.isThere(join(folder, unlocked.setAside!, "lock-1-odd")));
  });

  test(`without any description a repair says where the files are, ${disk.name}`, async (context) => {
    const folder = copyIn(disk.newFolder(context), originals.get(disk)!);
    flip(join(folder, "sandbox.data"), 0, disk);
    flip(join(folder, "states/description.data"), 0, disk);
    const { problem, steps } = await repairSandbox(folder, world);
    assert.equal(problem?.code, "sandbox-undescribed");
    assert.deepEqual(steps, []);
  });
}
