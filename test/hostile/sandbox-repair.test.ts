import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { type Damage, findDamage } from "../../server/src/sandbox/find-damage.ts";
import { type Repair, repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { planOn, storedIn } from "../support/known-system.ts";
import { testWorld, treeOf, znuny } from "../support/sandbox-work.ts";
import { snapshotOf } from "../support/snapshot-of.ts";
import { plantSurroundings } from "../support/surroundings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { versionOf } from "../support/try-everything.ts";

const original = temporaryFolder({ after: (work: () => void) => process.on("exit", work) } as never);
/** What the home was after each operation, and the archives by their digests, as nobody has damaged them. */
const homes = new Map<number, readonly string[]>();
const archives = new Map<string, Buffer>();

/** Operations 0 to 3, and an undo that takes the last one back. */
before(async () => {
  plantSurroundings(original);
  const folder = join(original, "box");
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld());
  homes.set(0, treeOf(join(folder, "home")));
  for (const version of ["1.0.0", "2.0.0", "3.0.0"]) {
    const operation = version === "1.0.0" ? "install" : "upgrade";
    const done = await sandbox.apply(await planOn(await sandbox.state(), operation, versionOf(version)));
    homes.set(done!.number, treeOf(join(folder, "home")));
  }
  await sandbox.undo(2);
  for (const name of readdirSync(join(folder, "archives")).filter((each) => each.endsWith(".opm"))) {
    archives.set(name.replace(".opm", ""), readFileSync(join(folder, "archives", name)));
  }
  assert.deepEqual(await findDamage(folder, testWorld()), []);
});

/** A copy of the sandbox in surroundings of its own. */
function copyIn(root: string): string {
  cpSync(original, root, { recursive: true, preserveTimestamps: true });
  return join(root, "box");
}

function problems(found: readonly Damage[]): readonly string[] {
  return found.filter(({ isHarmless }) => !isHarmless).map(({ kind, file }) => `${kind} ${file}`);
}

/** Every byte that comes out of the sandbox is as it was put in, or there is an error that names the way out. */
async function assertNothingWrong(folder: string, told: string): Promise<void> {
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
    const state = await (await openSandbox(folder, testWorld())).state();
    for (const { digest } of state.packages) {
      const bytes = await (await storedIn(state, digest)).archive.read();
      assert.deepEqual(Buffer.from(bytes), archives.get(digest), told);
    }
  });
  for (const to of [1, 0]) {
    const changed = treeOf(join(folder, "home")).join() !== homes.get(2)?.join();
    await attempt(async () => {
      const copy = `${folder}-${to}`;
      cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
      try {
        await (await openSandbox(copy, testWorld())).undo(to);
        if (!changed) assert.deepEqual(treeOf(join(copy, "home")), homes.get(to), `${told}, undo to ${to}`);
      } finally {
        rmSync(copy, { recursive: true });
      }
    });
  }
}

/** Whatever was the matter, a repair makes a sandbox of it that can be used. */
async function assertRepaired(folder: string, told: string): Promise<Repair> {
  const home = treeOf(join(folder, "home"));
  const repair = await repairSandbox(folder, testWorld());
  const saidSo = JSON.stringify(repair.steps);
  assert.equal(repair.problem, undefined, `${told}: ${repair.problem?.message} ${saidSo}`);
  const left = problems(repair.left).filter((each) => !each.startsWith("file "));
  assert.deepEqual(left, [], `${told}: ${saidSo}`);
  const sandbox = await openSandbox(folder, testWorld());
  // Files are where they were, or were brought to another state as a whole.
  const now = treeOf(join(folder, "home"));
  assert.ok(
    [home, ...homes.values()].some((each) => each.join() === now.join()),
    `${told}: ${saidSo}`,
  );
  const plan = await planOn(await sandbox.state(), "install", versionOf("4.0.0"), { force: true });
  await sandbox.apply(plan);
  await sandbox.reset();
  assert.deepEqual(
    problems(await findDamage(folder, testWorld())).filter((each) => !/^file /.test(each)),
    [],
  );
  return repair;
}

const damages: Readonly<Record<string, (path: string) => void>> = {
  "its first byte changed": (path) => flip(path, 0),
  "a byte in its middle changed": (path) => flip(path, Math.floor(statSync(path).size / 2)),
  "its last byte changed": (path) => flip(path, statSync(path).size - 1),
  "its second half cut off": (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  "nothing in it": (path) => truncateSync(path, 0),
  "another byte behind it": (path) => writeFileSync(path, "x", { flag: "a" }),
  "a folder in its place": (path) => {
    rmSync(path);
    mkdirSync(join(path, "inner"), { recursive: true });
  },
  "nothing in its place": (path) => rmSync(path),
};

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}

for (const [name, damage] of Object.entries(damages)) {
  test(`each file of a sandbox with ${name} is noticed, can be repaired, and no wrong byte comes out`, async (context) => {
    const root = temporaryFolder(context);
    const files = readdirSync(join(original, "box"), { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(original, "box", path)).isFile())
      .sort();
    assert.ok(files.length > 15);
    for (const file of files) {
      const folder = copyIn(root);
      const told = `${file} with ${name}`;
      damage(join(folder, file));
      const outside = snapshotOf(root, ["box"]);
      const found = await findDamage(folder, testWorld());
      // A summary can be lost, and so can the second description and what nobody goes back to.
      const isNeeded =
        !/^archives\/.*\.data$|^states\/(?:description|3)\.data$/.test(file) && !isOfThird(file);
      if (isNeeded) assert.notDeepEqual(problems(found), [], told);
      await assertNothingWrong(folder, told);
      await assertRepaired(folder, told);
      assert.deepEqual(snapshotOf(root, ["box"]), outside, told);
      rmSync(root, { recursive: true });
    }
  });
}

/** The archive of what was undone. */
function isOfThird(file: string): boolean {
  const [, digest = ""] = /^archives\/(.*)\.opm$/.exec(file) ?? [];
  return digest !== "" && !archives.get(digest)!.includes("<Version>2.0.0");
}

/** What is said of the repair of other damages, and what the sandbox is then. */
interface Story {
  readonly damage: (place: (path: string) => string) => void;
  readonly steps: readonly RegExp[];
  /** The version of the package that is installed then; undefined for none. */
  readonly version: string | undefined;
}

const stories: Readonly<Record<string, Story>> = {
  "the newest state, that of an undo, is lost": {
    damage: (place) => rmSync(place("states/4-undo-2.data")),
    steps: [/^set-aside: states\/3\.data is set aside/, /^kept: .* operation 2, with Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "the newest state, that of an undo, is damaged": {
    damage: (place) => flip(place("states/4-undo-2.data"), 100),
    steps: [/^set-aside: states\/4-undo-2/, /^mended: .*4-undo-2\.data is made again/, /^kept: /],
    version: "2.0.0",
  },
  "a state is put in by hand": {
    damage: (place) => cpSync(place("states/1.data"), place("states/5.data")),
    steps: [/^set-aside: states\/5\.data/, /^kept: .*Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "a state is put in far behind": {
    damage: (place) => cpSync(place("states/4-undo-2.data"), place("states/99-undo-2.data")),
    steps: [/^set-aside: states\/99-undo-2\.data/, /^kept: .*Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "all that undo needs is gone": {
    damage: (place) => rmSync(place("undo"), { recursive: true }),
    steps: [/^lost: Operation 2 cannot be undone any more/, /^kept: .*Acme 2\.0\.0/],
    version: "2.0.0",
  },
  "all states are gone": {
    damage: (place) => rmSync(place("states"), { recursive: true }),
    steps: [/^lost: There was no folder states/, /./],
    version: undefined,
  },
  "the journal is damaged": {
    damage: (place) => writeFileSync(place("journal.data"), "x"),
    steps: [/^set-aside: journal\.data/, /^kept: /],
    version: "2.0.0",
  },
  "the journal of an operation that was cut off is damaged": {
    damage: (place) => {
      writeFileSync(place("journal.data"), "x");
      mkdirSync(place("undo/5"));
      writeFileSync(place("undo/5/0"), "displaced");
    },
    steps: [/^set-aside: journal/, /^set-aside: undo\/5/, /^lost: .*set-aside\/.*\/undo\/5/, /^kept: /],
    version: "2.0.0",
  },
  "the home is a file": {
    damage: (place) => {
      rmSync(place("home"), { recursive: true });
      writeFileSync(place("home"), "x");
    },
    steps: [/^set-aside: home/, /^lost: There was no folder home/, /^kept: /],
    version: "2.0.0",
  },
};

for (const [name, { damage, steps, version }] of Object.entries(stories)) {
  test(`when ${name}, a repair says what it does, and it is done`, async (context) => {
    const root = temporaryFolder(context);
    const folder = copyIn(root);
    damage((path) => join(folder, path));
    const found = await findDamage(folder, testWorld());
    assert.notDeepEqual(problems(found), []);
    const { steps: done, problem, setAside, left } = await repairSandbox(folder, testWorld());
    const told = done.map(({ outcome, message: { text, values = {} } }) => {
      return `${outcome}: ${text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key]))}`;
    });
    assert.equal(problem, undefined, told.join("\n"));
    if (name !== "all states are gone") assert.equal(told.length, steps.length, told.join("\n"));
    for (const [index, step] of steps.entries()) assert.match(told[index]!, step);
    if (setAside) assert.ok(existsSync(join(folder, setAside)));
    const { packages } = await (await openSandbox(folder, testWorld())).state();
    assert.equal(packages[0]?.version, version);
    assert.deepEqual(
      problems(left).filter((each) => !each.startsWith("file ")),
      [],
    );
    // A second one has nothing to do.
    const again = await repairSandbox(folder, testWorld());
    assert.deepEqual(
      again.steps.filter(({ outcome }) => outcome !== "kept"),
      [],
    );
  });
}

test("an archive that is lost comes back from one that is named, and else its package leaves the table", async (context) => {
  const root = temporaryFolder(context);
  const folder = copyIn(root);
  const { packages } = await (await openSandbox(folder, testWorld())).state();
  const { digest } = packages[0]!;
  const stored = join(folder, "archives", `${digest}.opm`);
  flip(stored, 50);
  const offered = join(root, "Acme.opm");
  writeFileSync(offered, archives.get(digest)!);
  const repair = await repairSandbox(folder, testWorld(), { archives: [offered] });
  assert.deepEqual(
    repair.steps.map(({ outcome }) => outcome),
    ["set-aside", "mended", "kept"],
  );
  assert.deepEqual(repair.left, []);
  assert.deepEqual(readFileSync(stored), archives.get(digest));

  rmSync(stored);
  const second = await repairSandbox(folder, testWorld());
  assert.match(second.steps[0]!.message.text, /is taken off the package table/);
  const sandbox = await openSandbox(folder, testWorld());
  assert.deepEqual((await sandbox.state()).packages, []);
  // As the message says: back, and then with the archive.
  await sandbox.undo(2);
  await repairSandbox(folder, testWorld(), { archives: [offered] });
  assert.equal((await sandbox.state()).packages.length, 1);
  assert.deepEqual(await findDamage(folder, testWorld()), []);
});

test("nothing is repaired while somebody may be at work, unless asked to", async (context) => {
  const root = temporaryFolder(context);
  const folder = copyIn(root);
  writeFileSync(join(folder, "lock-1-odd"), "");
  flip(join(folder, "states/4-undo-2.data"), 100);
  const before = treeOf(folder);
  const refused = await repairSandbox(folder, testWorld());
  assert.equal(refused.problem?.code, "sandbox-lock-unreadable");
  assert.deepEqual(treeOf(folder), before);
  const unlocked = await repairSandbox(folder, testWorld(), { unlock: true });
  assert.equal(unlocked.problem, undefined);
  assert.deepEqual(unlocked.left, []);
  assert.ok(existsSync(join(folder, unlocked.setAside!, "lock-1-odd")));
});

test("without any description a repair says where the files are", async (context) => {
  const root = temporaryFolder(context);
  const folder = copyIn(root);
  flip(join(folder, "sandbox.data"), 0);
  flip(join(folder, "states/description.data"), 0);
  const { problem, steps } = await repairSandbox(folder, testWorld());
  assert.equal(problem?.code, "sandbox-undescribed");
  assert.deepEqual(steps, []);
});
