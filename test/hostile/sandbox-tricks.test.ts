import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { bundleProgram } from "../support/bundle-program.ts";
import { testWorld } from "../support/sandbox-work.ts";
import { plantSurroundings } from "../support/surroundings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { disksFor, lastingFolder, memoryTriedDisk, realDisk, type TriedDisk } from "../support/tried-disk.ts";
import { tryEverything, usedSandbox } from "../support/try-everything.ts";

/** What somebody does in the folder of a sandbox between two operations. Paths are relative to that folder. */
type Trick = (place: (path: string) => string, disk: TriedDisk) => void;

/** Puts something in the place of what is there. */
function instead(path: string, make: (place: string, disk: TriedDisk) => void): Trick {
  return (place, disk) => {
    disk.remove(place(path));
    disk.makeFolder(dirname(place(path)));
    make(place(path), disk);
  };
}

const link = (path: string, target: string): Trick =>
  instead(path, (place, disk) => disk.link(target, place));
/** A link to something of somebody else, which is `up` folders above. */
const outside = (path: string, target: string): Trick => {
  const up = "../".repeat(path.split("/").length);
  return link(path, up + target);
};
const pipe = (path: string): Trick => instead(path, (place, disk) => disk.pipe(place));
const folder = (path: string): Trick => instead(path, (place, disk) => disk.makeFolder(join(place, "inner")));
/** The folder is moved out of the sandbox, and a link to it put in its place. */
const movedOut =
  (path: string): Trick =>
  (place, disk) => {
    const target = place(`../outside/${path.replaceAll("/", "-")}`);
    disk.move(place(path), target);
    disk.link(target, place(path));
  };
/** The same for each file among the archives with such an ending. */
const eachArchive =
  (ending: string, trick: (path: string) => Trick): Trick =>
  (place, disk) => {
    const names = disk.names(place("archives")).filter((name) => name.endsWith(ending));
    for (const name of names) trick(`archives/${name}`)(place, disk);
  };

/** What the sandbox still has to be good for: `all`, whatever `reads` only, or `nothing` until it is taken away. */
type Use = "all" | "reads" | "nothing" | "some";

const tricks: Readonly<Record<string, readonly [trick: Trick, use: Use]>> = {
  "a link to a file outside in place of a file": [
    outside("home/Kernel/Acme/A.pm", "outside/Acme.pm"),
    "some",
  ],
  "a link to nowhere in place of a file": [link("home/Kernel/Acme/A.pm", "/nowhere/at/all"), "some"],
  "a link to a file outside where a file comes": [outside("home/v3.0.0", "outside/Acme.pm"), "some"],
  "a link to nowhere where a file comes": [outside("home/v3.0.0", "outside/new"), "some"],
  "a link where the old file is saved": [outside("home/Kernel/Acme/A.pm.save", "outside/Acme.pm"), "some"],
  "a link where a changed file is copied": [
    (place, disk) => {
      disk.write(place("home/Kernel/Acme/A.pm"), "changed");
      outside("home/Kernel/Acme/A.pm.custom_backup", "outside/Acme.pm")(place, disk);
    },
    "some",
  ],
  "a link to a folder outside in place of a folder": [
    outside("home/Kernel/Acme", "outside/Kernel/System"),
    "some",
  ],
  "a link to a folder with an empty one of the same name": [
    outside("home/Kernel/Acme", "outside/empty"),
    "some",
  ],
  "a link in place of the outermost folder": [outside("home/Kernel", "outside/Kernel"), "some"],
  "a folder moved outside, with a link to it": [movedOut("home/Kernel/Acme"), "some"],
  "a link to itself": [link("home/Kernel/Acme", "Acme"), "some"],
  "a link to the sandbox": [link("home/Kernel/Acme", "../.."), "some"],
  "a hard link to a file outside": [
    instead("home/Kernel/Acme/A.pm", (place, disk) =>
      disk.hardLink(join(place, "../../../../../precious.txt"), place),
    ),
    "all",
  ],
  "a folder in place of a file": [folder("home/Kernel/Acme/A.pm"), "some"],
  "a file in place of a folder": [
    instead("home/Kernel/Acme", (place, disk) => disk.write(place, "x")),
    "some",
  ],
  "a folder that is gone": [(place, disk) => disk.remove(place("home/Kernel")), "all"],
  "a link in place of the home": [outside("home", "outside"), "nothing"],
  "the home moved outside, with a link to it": [movedOut("home"), "nothing"],
  "no home": [(place, disk) => disk.remove(place("home")), "nothing"],
  "a link in place of the archives": [movedOut("archives"), "nothing"],
  "a link in place of the states": [movedOut("states"), "nothing"],
  "a link in place of the undo folder": [movedOut("undo"), "nothing"],
  "a link in place of the kept files": [outside("kept", "outside"), "nothing"],
  "a link in place of what an undo needs": [movedOut("undo/2"), "some"],
  "a link where the next operation keeps files": [outside("undo/3", "outside"), "all"],
  "a link where an undo keeps changed files": [
    (place, disk) => {
      disk.write(place("home/Kernel/Acme/A.pm"), "changed");
      for (let number = 3; number < 12; number++) outside(`kept/${number}`, "outside")(place, disk);
    },
    "some",
  ],
  "a link where the journal is written": [outside("journal.data.tmp", "precious.txt"), "all"],
  "a link where the next state is written": [outside("states/3.data.tmp", "precious.txt"), "all"],
  "a folder where the next state is written": [folder("states/3.data.tmp"), "all"],
  "a link where an archive is written": [outside("archives/new-0.tmp", "precious.txt"), "all"],
  "a link where a summary is written": [
    (place, disk) => {
      for (const name of disk.names(place("archives")).filter((each) => each.endsWith(".data"))) {
        disk.remove(place(`archives/${name}`));
        outside(`archives/${name}.tmp`, "precious.txt")(place, disk);
      }
    },
    "all",
  ],
  "a link in place of an archive": [eachArchive(".opm", (path) => outside(path, "precious.txt")), "some"],
  "a link in place of a summary": [eachArchive(".data", (path) => outside(path, "precious.txt")), "all"],
  "a link in place of the description": [outside("sandbox.data", "precious.txt"), "nothing"],
  "the description behind a link": [movedOut("sandbox.data"), "nothing"],
  "a link in place of the journal": [outside("journal.data", "precious.txt"), "nothing"],
  "a link in place of a state": [outside("states/2.data", "precious.txt"), "some"],
  "a link as a lock": [outside("lock-1-x", "precious.txt"), "reads"],
  "a folder as a lock": [folder("lock-1-x"), "reads"],
  "a link where a repair puts what it sets aside": [
    (place, disk) => {
      outside("set-aside", "outside")(place, disk);
      disk.write(place("states/2.data"), "x");
    },
    "nothing",
  ],
  "a link where a repair writes an operation": [
    (place, disk) => {
      disk.remove(place("undo"));
      disk.makeFolder(place("undo"));
      outside("undo/3", "outside/nowhere")(place, disk);
      disk.remove(place("states"));
      disk.makeFolder(place("states"));
    },
    "nothing",
  ],
  "a folder in place of a state": [folder("states/2.data"), "some"],
};

/** What keeps a process waiting for ever, should it open it. */
const traps: Readonly<Record<string, readonly [trick: Trick, use: Use]>> = {
  "a pipe in place of a file": [pipe("home/Kernel/Acme/A.pm"), "some"],
  "a pipe where a file comes": [pipe("home/v3.0.0"), "some"],
  "a pipe in place of the home": [pipe("home"), "nothing"],
  "a pipe in place of the description": [pipe("sandbox.data"), "nothing"],
  "a pipe in place of a state": [pipe("states/2.data"), "some"],
  "a pipe in place of the journal": [pipe("journal.data"), "nothing"],
  "a pipe as a lock": [pipe("lock-1-x"), "reads"],
  "a pipe in place of an archive": [eachArchive(".opm", pipe), "some"],
  "a pipe in place of a summary": [eachArchive(".data", pipe), "all"],
  "a pipe where the journal is written": [pipe("journal.data.tmp"), "all"],
  "an endless device in place of the description": [link("sandbox.data", "/dev/zero"), "nothing"],
  "an endless device in place of a state": [link("states/2.data", "/dev/zero"), "some"],
  "an endless device in place of an archive": [
    eachArchive(".opm", (path) => link(path, "/dev/zero")),
    "some",
  ],
  "an endless device in place of a file": [link("home/Kernel/Acme/A.pm", "/dev/zero"), "some"],
};

/** Those that rest on what a real system makes of links; the others say no more there than in memory. */
const few =
  /^(?:a link to a file outside in|a link to nowhere where|a link in place of the outermost|a folder moved|a link to itself|a hard link|the home moved|a link where the (?:journal|next state)|a link in place of an archive|a link as a lock|a link where a repair puts)/;

/** A sandbox that was used, among things of somebody else, and copies of it to play tricks on. */
class Stage {
  readonly disk: TriedDisk;
  readonly #original: string;

  private constructor(disk: TriedDisk, original: string) {
    this.disk = disk;
    this.#original = original;
  }

  static async set(disk: TriedDisk): Promise<Stage> {
    const original = lastingFolder(disk);
    plantSurroundings(original, disk);
    await usedSandbox(join(original, "box"), disk.files);
    return new Stage(disk, original);
  }

  copyTo(root: string, trick: Trick): void {
    this.disk.copy(this.#original, root);
    trick((path) => join(root, "box", path), this.disk);
  }
}

const inMemory = memoryTriedDisk();
const stages = new Map<TriedDisk, Stage>();
const hasLinks = process.platform !== "win32";
if (!hasLinks) console.log("left out: links and pipes in sandboxes, for which Windows wants special rights");

before(async () => {
  for (const disk of hasLinks ? [inMemory, realDisk] : [inMemory]) stages.set(disk, await Stage.set(disk));
});

for (const [name, [trick, use]] of Object.entries({ ...tricks, ...traps })) {
  // Where one can wait for ever, it is tried below.
  const isReal = hasLinks && !Object.hasOwn(traps, name);
  for (const disk of isReal ? disksFor(few.test(name), inMemory) : [inMemory])
    test(`${name} leads nobody out of the sandbox, ${disk.name}`, async (context) => {
      const root = disk.newFolder(context);
      stages.get(disk)!.copyTo(root, trick);
      const box = join(root, "box");
      const before = disk.snapshot(root, ["box", "clone"]);
      const ends = await tryEverything(box, disk.files);
      assert.deepEqual(disk.snapshot(root, ["box", "clone"]), before);
      assertUse(ends, use);
      await assertRepairHarmless(box, disk);
      assert.deepEqual(disk.snapshot(root, ["box", "clone"]), before);
      assert.ok(!disk.isThere(join(box, "journal.data.tmp")) || use !== "all");
    });
}

test("pipes and endless devices keep nobody waiting", { skip: !hasLinks }, async (context) => {
  const place = temporaryFolder(context);
  const program = await bundleProgram(join(import.meta.dirname, "try-everything-child.ts"), place);
  for (const [name, [trick, use]] of Object.entries(traps)) {
    const root = join(place, "root");
    stages.get(realDisk)!.copyTo(root, trick);
    const before = realDisk.snapshot(root, ["box", "clone"]);
    // The limit is far above what any machine needs.
    const { stdout, stderr, signal } = spawnSync(process.execPath, [program, join(root, "box")], {
      encoding: "utf8",
      timeout: 60_000,
      killSignal: "SIGKILL",
    });
    assert.equal(signal, null, `${name} hangs`);
    assert.equal(stderr, "", name);
    assert.deepEqual(realDisk.snapshot(root, ["box", "clone"]), before, name);
    assertUse(JSON.parse(stdout), use, name);
    realDisk.remove(root);
  }
});

/** A repair leads nobody out of the sandbox either, and either makes it usable or says what is in the way. */
async function assertRepairHarmless(box: string, { files }: TriedDisk): Promise<void> {
  const { problem, left } = await repairSandbox(box, testWorld(files));
  if (problem) {
    assert.match(
      problem.code,
      /^sandbox-(?:blocked|in-the-way|lock-unreadable|undescribed)$/,
      problem.message,
    );
    return;
  }
  const bad = left.filter(({ isHarmless, kind }) => !isHarmless && kind !== "file");
  assert.deepEqual(bad, []);
  await (await openSandbox(box, testWorld(files))).state();
}

function assertUse(ends: Readonly<Record<string, string>>, use: Use, name = ""): void {
  const told = `${name} ${JSON.stringify(ends)}`;
  const good = Object.values(ends).filter((end) => end === "ok").length;
  // "The sandbox cannot be read or changed" tells nobody what to do.
  assert.ok(!Object.values(ends).includes("sandbox-failed"), told);
  if (use === "all") assert.equal(good, Object.keys(ends).length, told);
  else if (use === "nothing") assert.ok(good <= 1, told);
  else if (use === "reads") {
    const refused = Object.values(ends).filter((end) => end !== "ok");
    assert.deepEqual([...new Set(refused)], ["sandbox-lock-unreadable"], told);
    for (const reading of ["list", "log", "check", "export", "dry run"])
      assert.equal(ends[reading], "ok", told);
  } else assert.ok(good > 0, told);
}
