import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSystem } from "../../server/src/engine/test-system/maintenance.ts";
import { placeholders, systemCommands } from "../../server/src/engine/test-system/system-commands.ts";
import { SystemReach } from "../../server/src/engine/test-system/system-reach.ts";
import { withFileThere } from "../../server/src/engine/test-system/with-file-there.ts";
import type { CommandOptions, CommandOutcome, TestSystem } from "../../server/src/host/test-system.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import type { CommandPermission } from "../../server/src/protocol/test-systems.ts";
import { linesTo } from "../../server/src/text/lines-to.ts";
import { memoryRecords } from "../support/memory-records.ts";

const system: TestSystem = {
  ...{ name: "box", command: ["docker", "exec", "box"], home: "/opt/znuny" },
  ...{ transfer: { kind: "copy", words: ["docker", "cp", "{from}", "box:{to}"], folder: "/tmp" } },
  ...{ product: undefined, mounts: [], database: undefined, tables: undefined },
};

/** What runs nothing, and answers always the same. */
function scene(outcome: CommandOutcome, permission: CommandPermission = "once") {
  const run: (readonly string[])[] = [];
  const asked: (readonly string[])[] = [];
  const world = {
    commands: {
      run: async (words: readonly string[]) => {
        run.push(words);
        return outcome;
      },
      makeFolder: async () => "/tmp/none",
    },
    records: memoryRecords(),
  };
  const options = {
    ask: async (_system: TestSystem, commands: readonly string[]) => {
      asked.push(commands);
      return permission;
    },
    untrustedFolders: [],
    timeLimits: { change: 900_000, question: 30_000 },
  };
  return { run, asked, world, options };
}

test("a program that hangs, floods, is cancelled or cannot be started is told in one sentence", async () => {
  for (const [outcome, problem] of [
    [
      { kind: "too-slow" },
      /“docker exec box cat \/opt\/znuny\/RELEASE” was ended, because it did not answer for 30 s\. On the test system “box” it may still go on\./,
    ],
    [{ kind: "too-much-output" }, /because it wrote more than a million characters/],
    [{ kind: "cancelled" }, /was ended before it was done/],
    [{ kind: "not-started", reason: "missing" }, /there is no program “docker” on this computer/],
    [{ kind: "not-started", reason: "untrusted" }, /the program “docker” lies in the current folder/],
    [{ kind: "not-started", reason: "EACCES" }, /“docker” cannot be started \(EACCES\)/],
  ] as const satisfies readonly (readonly [CommandOutcome, RegExp])[]) {
    const { world, options } = scene(outcome);
    await assert.rejects(checkSystem(system, world, options), problem);
  }
});

test("nothing that was not shown is run, whatever a program of SOPM asks for", async () => {
  const { world, options, run } = scene({ kind: "ended", code: 0, output: "", errors: "" });
  const reach = new SystemReach(system, world, options);
  const { list, release } = systemCommands(system, "znuny-7");
  await reach.allow([release]);
  await reach.run(release);
  await assert.rejects(reach.run(list), /not shown/);
  assert.deepEqual(run, [["docker", "exec", "box", "cat", "/opt/znuny/RELEASE"]]);
});

test("what is kept holds for the same commands of the same system only", async () => {
  const { world, options, asked } = scene({ kind: "ended", code: 0, output: "", errors: "" }, "always");
  const { release } = systemCommands(system, "znuny-7");
  const allow = (of: TestSystem) =>
    new SystemReach(of, world, options).allow([systemCommands(of, "znuny-7").release]);
  await new SystemReach(system, world, options).allow([release]);
  await allow(system);
  assert.equal(asked.length, 1);
  await allow({ ...system, home: "/opt/other" });
  await allow({ ...system, name: "other" });
  await allow({ ...system, command: ["ssh", "box"] });
  assert.equal(asked.length, 4);
  // Whoever spoils the record is asked again.
  await world.records.write("allowed-commands", `{"box": "everything"}`);
  await allow(system);
  assert.equal(asked.length, 5);
});

test("a computer without programs says so", () => {
  const { options } = scene({ kind: "cancelled" });
  assert.throws(() => new SystemReach(system, {}, options), /No programs can be started here/);
});

test("a system may have a name that objects have something by", async () => {
  const { world, options, asked } = scene({ kind: "ended", code: 0, output: "", errors: "" }, "always");
  for (const name of ["constructor", "toString", "hasOwnProperty"]) {
    const named = { ...system, name };
    const { release } = systemCommands(named, "znuny-7");
    await new SystemReach(named, world, options).allow([release]);
    await new SystemReach(named, world, options).allow([release]);
  }
  assert.equal(asked.length, 3);
});

test("what a name has in it looks like no other command to whoever is asked", async () => {
  const { world, options, asked } = scene({ kind: "ended", code: 0, output: "", errors: "" }, "no");
  const reach = new SystemReach(system, world, options);
  reach.know({ package: "Acme'\n$ rm -rf /\u001b[2J\u202e" });
  const { operation } = systemCommands(system, "znuny-7");
  await assert.rejects(reach.allow([operation("uninstall")]), /were not allowed/);
  assert.deepEqual(asked, [
    [
      "docker exec box /opt/znuny/{console} Admin::Package::Uninstall 'Acme'\\''\\n$ rm -rf /\\u001b[2J\\u202e'",
    ],
  ]);
});

test("what a command writes last is ended before another one writes", async () => {
  const { world, options } = scene({ kind: "ended", code: 0, output: "", errors: "" });
  const lines: string[] = [];
  const pieces = [["one\ntwo", " three"], ["four\n"], []];
  const commands = {
    ...world.commands,
    run: async (words: readonly string[], { onOutput }: CommandOptions): Promise<CommandOutcome> => {
      for (const piece of pieces.shift()!) onOutput?.(piece);
      return world.commands.run(words);
    },
  };
  const reach = new SystemReach(
    system,
    { commands },
    { ...options, onOutput: linesTo((line) => lines.push(line)) },
  );
  const { release } = systemCommands(system, "znuny-7");
  await reach.allow([release]);
  for (let run = 0; run < 3; run++) await reach.run(release, {}, { changes: true });
  assert.deepEqual(lines, ["one", "two three", "four"]);
});

test("the paths of an archive are put into a copy command each by itself", () => {
  const { copy } = systemCommands(system, "znuny-7");
  const from = "/home/me/{to}/$&/Acme.opm";
  const words = copy!.words({ ...placeholders, from, archive: "/tmp/{from}.opm" });
  assert.deepEqual(words, ["docker", "cp", from, "box:/tmp/{from}.opm"]);
});

test("a copy is taken away from the system, also when somebody has cancelled the work", async () => {
  const { world, options } = scene({ kind: "ended", code: 0, output: "", errors: "" });
  const controller = new AbortController();
  const run: string[] = [];
  const commands = {
    ...world.commands,
    run: async (words: readonly string[], { signal }: CommandOptions): Promise<CommandOutcome> => {
      if (signal?.aborted) return { kind: "cancelled" };
      run.push(words.join(" "));
      return world.commands.run(words);
    },
  };
  const reach = new SystemReach(system, { commands }, { ...options, signal: controller.signal });
  const all = systemCommands(system, "znuny-7");
  await reach.allow([all.copy, all.removeCopy, all.clearCaches]);
  const file = { what: "archive", from: "/work/Acme.opm", label: "Acme" } as const;
  await assert.rejects(
    withFileThere(file, reach, all, nodeWorld(), async () => {
      controller.abort();
      return reach.run(all.clearCaches);
    }),
    /was ended before it was done/,
  );
  assert.equal(run.length, 2);
  assert.match(run[1]!, /^docker exec box rm -f \/tmp\/sopm-[0-9a-f]{12}-Acme\.opm$/);
});
