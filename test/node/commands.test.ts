import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "../../server/src/node/commands.ts";
import { userRecords } from "../../server/src/node/user-records.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const limits = { untrustedFolders: [], timeLimit: 60_000 };

test("a program gets its words as they are, and no shell reads them", async () => {
  const words = ["$(id)", "a b", "*", "`x`", "; exit 3", "--x"];
  const script = "console.log(JSON.stringify(process.argv.slice(1))); console.error('aside')";
  let heard = "";
  const outcome = await commands.run([process.execPath, "-e", script, "--", ...words], {
    ...limits,
    onOutput: (text) => {
      heard += text;
    },
  });
  assert.deepEqual(outcome, {
    kind: "ended",
    code: 0,
    output: `${JSON.stringify(words)}\n`,
    errors: "aside\n",
  });
  assert.match(heard, /aside/);
});

test("a program that never ends is ended", async () => {
  const endless = "setInterval(() => {}, 1000)";
  assert.deepEqual(await commands.run([process.execPath, "-e", endless], { ...limits, timeLimit: 1 }), {
    kind: "too-slow",
  });
  const signal = AbortSignal.abort();
  assert.deepEqual(await commands.run([process.execPath, "-e", endless], { ...limits, signal }), {
    kind: "cancelled",
  });
});

test("nothing is started that lies in a folder of the workspace, or is found nowhere", async (context) => {
  const folder = temporaryFolder(context, { program: "#!/bin/sh\nexit 0\n" });
  const program = join(folder, "program");
  chmodSync(program, 0o755);
  assert.equal((await commands.run([program], limits)).kind, "ended");
  for (const [name, untrustedFolders, reason] of [
    [program, [folder], "untrusted"],
    [join(folder, "other"), [], "missing"],
    ["./program", [], "missing"],
    ["no-such-program-of-sopm", [], "missing"],
    ["", [], "missing"],
  ] as const) {
    assert.deepEqual(await commands.run([name], { ...limits, untrustedFolders }), {
      kind: "not-started",
      reason,
    });
  }
});

test("a folder for archives is nobody else's", async () => {
  const folder = await commands.makeFolder();
  assert.equal(
    statSync(folder).mode & 0o077,
    process.platform === "win32" ? statSync(folder).mode & 0o077 : 0,
  );
  rmSync(folder, { recursive: true });
});

test("records are kept in a folder of the user, and read from nowhere else", async (context) => {
  const state = join(temporaryFolder(context), "not", "there", "yet");
  const before = process.env.XDG_STATE_HOME;
  context.after(() => {
    if (before === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = before;
  });
  mkdirSync(join(state, ".."), { recursive: true });
  process.env.XDG_STATE_HOME = state;
  assert.equal(await userRecords.read("promises"), undefined);
  assert.deepEqual(await userRecords.names(), []);
  await userRecords.write("promises", "{}");
  assert.deepEqual(await userRecords.names(), ["promises"]);
  assert.equal(await userRecords.read("promises"), "{}");
  assert.equal(await userRecords.read("other"), undefined);
  if (process.platform === "win32") return;
  // Where somebody else may write, what stands there may be theirs.
  chmodSync(join(state, "sopm"), 0o777);
  assert.equal(await userRecords.read("promises"), undefined);
  assert.deepEqual(await userRecords.names(), []);
  await assert.rejects(userRecords.write("promises", "{}"), /not ours/);
});

test("words that are too long for the system are told as any other reason", async () => {
  for (const word of ["a".repeat(3_000_000), "a\0b"]) {
    const outcome = await commands.run(["true", word], { untrustedFolders: [], timeLimit: 10_000 });
    assert.equal(outcome.kind, "not-started");
  }
});
