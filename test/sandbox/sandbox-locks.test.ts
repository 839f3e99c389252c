import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { PackageError } from "../../server/src/host/package-error.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import type { Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { lockSandbox } from "../../server/src/sandbox/sandbox-lock.ts";
import { perform, placeOf, testWorld, write, znuny } from "../support/sandbox-work.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function newSandbox(test: TestContext): Promise<Sandbox> {
  const folder = join(temporaryFolder(test), "box");
  return createSandbox(folder, { framework: znuny }, testWorld());
}

function lockText(holder: object): string {
  const whole = { process: process.pid, host: hostname(), since: "then", processStart: "", ...holder };
  return JSON.stringify(whole);
}

const deadProcess = spawnSync(process.execPath, ["-e", "0"]).pid;

/** What somebody has put in the place of a lock. */
const unreadable: Readonly<Record<string, (path: string) => void>> = {
  "an empty lock": (path) => writeFileSync(path, ""),
  "half a lock": (path) => writeFileSync(path, lockText({}).slice(0, 20)),
  "a lock of something else": (path) => writeFileSync(path, "4711\n"),
  "a lock that is a list": (path) => writeFileSync(path, "[]"),
  "a lock of binary garbage": (path) => writeFileSync(path, Buffer.from([0xff, 0, 0xfe, 1])),
  "a lock of no process": (path) => writeFileSync(path, lockText({ process: 0 })),
  "a lock of a process that no system has": (path) =>
    writeFileSync(path, lockText({ process: Number.MAX_SAFE_INTEGER })),
  "a huge lock": (path) => {
    writeFileSync(path, lockText({ process: deadProcess }));
    truncateSync(path, 3_000_000_000);
  },
  "a folder as a lock": (path) => mkdirSync(path),
  ...(process.platform === "win32"
    ? {}
    : {
        "a link to nowhere as a lock": (path: string) => symlinkSync("/nowhere/at/all", path),
        "a link to a lock of the dead": (path: string) => {
          writeFileSync(join(path, "../../dead"), lockText({ process: deadProcess }));
          symlinkSync("../dead", path);
        },
        "a pipe as a lock": (path: string) => void execFileSync("mkfifo", [path]),
        "an endless device as a lock": (path: string) => symlinkSync("/dev/zero", path),
      }),
};

for (const [name, make] of Object.entries(unreadable)) {
  test(`${name} counts as one of somebody at work`, async (context) => {
    const sandbox = await newSandbox(context);
    const lock = join(sandbox.folder, "lock-1-odd");
    make(lock);
    await assert.rejects(perform(sandbox, [write("a", "1")]), (error) => {
      assert.ok(error instanceof PackageError);
      assert.equal(error.code, "sandbox-lock-unreadable");
      assert.equal(error.values.name, "lock-1-odd");
      assert.match(String(error.values.since), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      assert.match(error.hint, /sandbox repair --unlock/);
      return true;
    });
    // Nothing was written, nothing taken away, and reading goes on.
    assert.deepEqual(readdirSync(join(sandbox.folder, "home")), []);
    assert.deepEqual(locksOf(sandbox), ["lock-1-odd"]);
    assert.deepEqual((await sandbox.state()).packages, []);
    rmSync(lock, { recursive: true });
    await perform(sandbox, [write("a", "1")]);
  });
}

function locksOf({ folder }: Sandbox): readonly string[] {
  return readdirSync(folder).filter((name) => name.includes("lock-"));
}

if (process.getuid?.() !== 0) {
  console.log("left out: locks of other users, which only root can be and then not be");
} else {
  test("a lock that only its maker may read counts for everybody else", async (context) => {
    const sandbox = await newSandbox(context);
    const lock = join(sandbox.folder, "lock-1-mine");
    writeFileSync(lock, lockText({}));
    chmodSync(lock, 0o600);
    chmodSync(sandbox.folder, 0o777);
    chmodSync(join(sandbox.folder, ".."), 0o755);
    process.seteuid!(65534);
    try {
      await assert.rejects(lockSandbox(placeOf(sandbox.folder), "now"), {
        code: "sandbox-lock-unreadable",
        message: /permission|EACCES/,
      });
    } finally {
      process.seteuid!(0);
    }
    assert.deepEqual(locksOf(sandbox), ["lock-1-mine"]);
  });

  test("a process of another user is alive", async (context) => {
    const sandbox = await newSandbox(context);
    chmodSync(sandbox.folder, 0o777);
    chmodSync(join(sandbox.folder, ".."), 0o755);
    // Ours, which somebody else may not send signals to.
    writeFileSync(join(sandbox.folder, "lock-1-root"), lockText({}));
    process.seteuid!(65534);
    try {
      await assert.rejects(lockSandbox(placeOf(sandbox.folder), "now"), { code: "sandbox-in-use" });
    } finally {
      process.seteuid!(0);
    }
  });
}

test("a lock with a clock in the future counts as long as its process lives", async (context) => {
  const sandbox = await newSandbox(context);
  const lock = join(sandbox.folder, "lock-1-future");
  writeFileSync(lock, lockText({ since: "2999-01-01 00:00:00" }));
  await assert.rejects(perform(sandbox, [write("a", "1")]), { code: "sandbox-in-use" });
  writeFileSync(lock, lockText({ since: "2999-01-01 00:00:00", process: deadProcess }));
  await perform(sandbox, [write("a", "1")]);
  assert.deepEqual(locksOf(sandbox), []);
});

if (process.platform === "linux") {
  test("of a process of the same number in another container nobody can tell whether it lives", async (context) => {
    const sandbox = await newSandbox(context);
    const lock = join(sandbox.folder, "lock-1-container");
    writeFileSync(lock, lockText({ process: deadProcess, processSpace: "0 pid:[1]" }));
    await assert.rejects(perform(sandbox, [write("a", "1")]), { code: "sandbox-in-use" });
    assert.deepEqual(locksOf(sandbox), ["lock-1-container"]);
  });
}

test("of many that take over the lock of a dead process at once, one works at a time", async (context) => {
  const sandbox = await newSandbox(context);
  const mark = join(sandbox.folder, "../working");
  for (let number = 0; number < 20; number++) {
    writeFileSync(join(sandbox.folder, `lock-1-dead-${number}`), lockText({ process: deadProcess }));
  }
  const program = join(import.meta.dirname, "sandbox-lock-child.ts");
  const children = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, ["--import", "tsx", program, sandbox.folder, mark], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return new Promise<number | null>((resolve) => child.on("close", resolve));
  });
  assert.deepEqual(await Promise.all(children), [0, 0, 0, 0]);
  assert.deepEqual(locksOf(sandbox), []);
});
