import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { bundleProgram } from "../support/bundle-program.ts";
import { randomFrom } from "../support/random.ts";
import { fingerprintOf, tellStory } from "../support/sandbox-story.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** With SOPM_FULL=1 processes are killed 300 times. */
const kills = process.env.SOPM_FULL === "1" ? 300 : 12;

/** Milliseconds in which a process gets through some operations. */
const longestLife = 150;

test(`a sandbox whose process is killed at ${kills} random moments is in one of its states each time`, async (context) => {
  const place = temporaryFolder(context);
  const program = await bundleProgram(join(import.meta.dirname, "sandbox-kill-child.ts"), place);
  const sandbox = await createSandbox(join(place, "box"), { framework: znuny }, testWorld());
  // Tells the same story and is left alone.
  const twin = await createSandbox(join(place, "twin"), { framework: znuny }, testWorld());
  const fingerprints = [await fingerprintOf(twin)];
  const random = randomFrom(20240502);
  const seen = { undone: 0, done: 0, quiet: 0 };
  for (let kill = 1; kill <= kills; kill++) {
    // Now and then the process dies while it tidies up behind the one before.
    const { begun, done } = await killedChild(
      program,
      sandbox.folder,
      kill % 4 === 0,
      random.below(longestLife),
    );
    if (kill % 4 === 3) continue;
    const opened = await openSandbox(sandbox.folder, testWorld());
    const number = (await opened.operations()).length - 1;
    if (begun !== undefined)
      assert.ok(number === begun || number === begun - 1, `operation ${begun} led to ${number}`);
    if (done !== undefined) assert.ok(number >= done, `operation ${done} was done and is gone`);
    while (fingerprints.length <= number) {
      await tellStory(twin, fingerprints.length);
      fingerprints.push(await fingerprintOf(twin));
    }
    assert.equal(await fingerprintOf(opened), fingerprints[number], `kill ${kill}, state ${number}`);
    // Whoever writes next clears away what does no harm to those who read.
    await opened.configure({});
    await assertTidy(opened);
    seen[opened.recovery?.outcome ?? "quiet"]++;
  }
  console.log(
    `${kills} kills: ${seen.undone} operations taken back, ${seen.done} completed, ${seen.quiet} had no trace`,
  );
});

/** Runs the child and kills it after some milliseconds, counted from its start or from when it has begun to work. */
async function killedChild(
  program: string,
  folder: string,
  atOnce: boolean,
  delay: number,
): Promise<{ begun: number | undefined; done: number | undefined }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on("close", (_, signal) => resolve(signal));
  });
  const working = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes(atOnce ? "open" : "begin")) resolve();
    });
  });
  await Promise.race([working, ended]);
  await setTimeout(atOnce ? delay / 4 : delay);
  child.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL", "the child has worked until it was killed");
  const last = (word: string) => {
    const number = output
      .trimEnd()
      .split("\n")
      .findLast((line) => line.startsWith(word))
      ?.split(" ")[1];
    return number === undefined ? undefined : Number(number);
  };
  return { begun: last("begin"), done: last("done") };
}

/** Nothing of any work is left lying about. */
async function assertTidy(sandbox: Sandbox): Promise<void> {
  const names = readdirSync(sandbox.folder).filter(
    (name) => name !== "kept" && !name.startsWith("tmp-lock-"),
  );
  assert.deepEqual(names.sort(), ["archives", "home", "sandbox.data", "states", "undo"]);
  const inEffect = (await sandbox.operations())
    .filter(({ record, isUndone }) => !isUndone && record?.kind !== "undo" && record?.kind !== "create")
    .map(({ number }) => String(number));
  assert.deepEqual(readdirSync(join(sandbox.folder, "undo")).sort(), inEffect.sort());
}
