import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { bundleProgram } from "../support/bundle-program.ts";
import { testWorld } from "../support/sandbox-work.ts";
import { plantSurroundings, snapshotOf } from "../support/surroundings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { tryEverything, usedSandbox } from "../support/try-everything.ts";

/** What somebody does in the folder of a sandbox between two operations. Paths are relative to that folder. */
type Trick = (place: (path: string) => string) => void;

/** Puts something in the place of what is there. */
function instead(path: string, make: (place: string) => void): Trick {
  return (place) => {
    rmSync(place(path), { recursive: true, force: true });
    mkdirSync(dirname(place(path)), { recursive: true });
    make(place(path));
  };
}

const link = (path: string, target: string): Trick => instead(path, (place) => symlinkSync(target, place));
/** A link to something of somebody else, which is `up` folders above. */
const outside = (path: string, target: string): Trick => {
  const up = "../".repeat(path.split("/").length);
  return link(path, up + target);
};
const pipe = (path: string): Trick => instead(path, (place) => execFileSync("mkfifo", [place]));
const folder = (path: string): Trick =>
  instead(path, (place) => mkdirSync(join(place, "inner"), { recursive: true }));
/** The folder is moved out of the sandbox, and a link to it put in its place. */
const movedOut =
  (path: string): Trick =>
  (place) => {
    renameSync(place(path), place(`../outside/${path.replaceAll("/", "-")}`));
    symlinkSync(place(`../outside/${path.replaceAll("/", "-")}`), place(path));
  };
/** The same for each file among the archives with such an ending. */
const eachArchive =
  (ending: string, trick: (path: string) => Trick): Trick =>
  (place) => {
    const names = readdirSync(place("archives")).filter((name) => name.endsWith(ending));
    for (const name of names) trick(`archives/${name}`)(place);
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
    (place) => {
      writeFileSync(place("home/Kernel/Acme/A.pm"), "changed");
      outside("home/Kernel/Acme/A.pm.custom_backup", "outside/Acme.pm")(place);
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
    instead("home/Kernel/Acme/A.pm", (place) => linkSync(join(place, "../../../../../precious.txt"), place)),
    "all",
  ],
  "a folder in place of a file": [folder("home/Kernel/Acme/A.pm"), "some"],
  "a file in place of a folder": [instead("home/Kernel/Acme", (place) => writeFileSync(place, "x")), "some"],
  "a folder that is gone": [(place) => rmSync(place("home/Kernel"), { recursive: true }), "all"],
  "a link in place of the home": [outside("home", "outside"), "nothing"],
  "the home moved outside, with a link to it": [movedOut("home"), "nothing"],
  "no home": [(place) => rmSync(place("home"), { recursive: true }), "nothing"],
  "a link in place of the archives": [movedOut("archives"), "nothing"],
  "a link in place of the states": [movedOut("states"), "nothing"],
  "a link in place of the undo folder": [movedOut("undo"), "nothing"],
  "a link in place of the kept files": [outside("kept", "outside"), "nothing"],
  "a link in place of what an undo needs": [movedOut("undo/2"), "some"],
  "a link where the next operation keeps files": [outside("undo/3", "outside"), "all"],
  "a link where an undo keeps changed files": [
    (place) => {
      writeFileSync(place("home/Kernel/Acme/A.pm"), "changed");
      for (let number = 3; number < 12; number++) outside(`kept/${number}`, "outside")(place);
    },
    "some",
  ],
  "a link where the journal is written": [outside("journal.data.tmp", "precious.txt"), "all"],
  "a link where the next state is written": [outside("states/3.data.tmp", "precious.txt"), "all"],
  "a folder where the next state is written": [folder("states/3.data.tmp"), "all"],
  "a link where an archive is written": [outside("archives/new-0.tmp", "precious.txt"), "all"],
  "a link where a summary is written": [
    (place) => {
      for (const name of readdirSync(place("archives")).filter((each) => each.endsWith(".data"))) {
        rmSync(place(`archives/${name}`));
        outside(`archives/${name}.tmp`, "precious.txt")(place);
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
    (place) => {
      outside("set-aside", "outside")(place);
      writeFileSync(place("states/2.data"), "x");
    },
    "nothing",
  ],
  "a link where a repair writes an operation": [
    (place) => {
      rmSync(place("undo"), { recursive: true });
      mkdirSync(place("undo"));
      outside("undo/3", "outside/nowhere")(place);
      rmSync(place("states"), { recursive: true });
      mkdirSync(place("states"));
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

if (process.platform === "win32") {
  console.log("left out: links and pipes in sandboxes, for which Windows wants special rights");
} else {
  const original = temporaryFolder({ after: (work: () => void) => process.on("exit", work) } as never);
  before(async () => {
    plantSurroundings(original);
    await usedSandbox(join(original, "box"));
  });

  for (const [name, [trick, use]] of Object.entries(tricks)) {
    test(`${name} leads nobody out of the sandbox`, async (context) => {
      const root = temporaryFolder(context);
      cpSync(original, root, { recursive: true, preserveTimestamps: true });
      trick((path) => join(root, "box", path));
      const before = snapshotOf(root, ["box", "clone"]);
      const ends = await tryEverything(join(root, "box"));
      assert.deepEqual(snapshotOf(root, ["box", "clone"]), before);
      assertUse(ends, use);
      await assertRepairHarmless(join(root, "box"));
      assert.deepEqual(snapshotOf(root, ["box", "clone"]), before);
      assert.ok(!existsSync(join(root, "box/journal.data.tmp")) || use !== "all");
    });
  }

  test("pipes and endless devices keep nobody waiting", async (context) => {
    const place = temporaryFolder(context);
    const program = await bundleProgram(join(import.meta.dirname, "try-everything-child.ts"), place);
    for (const [name, [trick, use]] of Object.entries(traps)) {
      const root = join(place, "root");
      cpSync(original, root, { recursive: true, preserveTimestamps: true });
      trick((path) => join(root, "box", path));
      const before = snapshotOf(root, ["box", "clone"]);
      // The limit is far above what any machine needs.
      const { stdout, stderr, signal } = spawnSync(process.execPath, [program, join(root, "box")], {
        encoding: "utf8",
        timeout: 60_000,
        killSignal: "SIGKILL",
      });
      assert.equal(signal, null, `${name} hangs`);
      assert.equal(stderr, "", name);
      assert.deepEqual(snapshotOf(root, ["box", "clone"]), before, name);
      assertUse(JSON.parse(stdout), use, name);
      rmSync(root, { recursive: true });
    }
  });
}

/** A repair leads nobody out of the sandbox either, and either makes it usable or says what is in the way. */
async function assertRepairHarmless(box: string): Promise<void> {
  const { problem, left } = await repairSandbox(box, testWorld());
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
  await (await openSandbox(box, testWorld())).state();
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
