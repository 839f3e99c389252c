import assert from "node:assert/strict";
import { test } from "node:test";
import { type UpgradeMemory, upgradeAll } from "../../server/src/engine/upgrade-all.ts";
import { makeClock } from "../../server/src/host/clock.ts";
import { DatabaseUnavailable } from "../../server/src/host/database-server.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planWhenKnown } from "../../server/src/lifecycle/plan-when-known.ts";
import { cloneSandbox, createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { dropSandbox } from "../../server/src/sandbox/drop-sandbox.ts";
import { recoveryMessage } from "../../server/src/sandbox/recover.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { FakeServers } from "../support/fake-servers.ts";
import { MemoryDisk, MemoryFileSystem } from "../support/memory-file-system.ts";
import { packageOf } from "../support/package-text.ts";
import { box, pictureOf, Stage } from "../support/sandbox-scenes.ts";
import { testWorld, znuny } from "../support/sandbox-work.ts";

/** A disk and the servers beside it, which outlive processes. */
interface Place {
  readonly disk: MemoryDisk;
  readonly servers: FakeServers;
}

let lastProcess = 1;

function copyOf({ disk, servers }: Place): Place {
  return { disk: disk.copy(), servers: servers.copy() };
}

/** What a new process has of a place. */
function worldIn({ disk, servers }: Place, process = ++lastProcess) {
  return { ...testWorld(new MemoryFileSystem(disk, process)), servers };
}

async function opened(place: Place, folder = box): Promise<Sandbox> {
  return openSandbox(folder, worldIn(place));
}

const column = (name: string) => `<Column Name="${name}" Required="false" Type="SMALLINT"/>`;

/** A package that makes a table, and has a column more in its second version. */
function acme(version: string, name = "Acme") {
  const table = name.toLowerCase();
  return packageOf({
    ...{ name, version, files: { [`Kernel/${name}.pm`]: version } },
    body: `<Framework>7.1.x</Framework><DatabaseInstall><TableCreate Name="${table}">${column("a")}</TableCreate></DatabaseInstall>
<DatabaseUpgrade><TableAlter Name="${table}" Version="2.0.0">${column("b").replace("<Column", "<ColumnAdd")}</TableAlter></DatabaseUpgrade>
<DatabaseUninstall><TableDrop Name="${table}"/></DatabaseUninstall>`,
  });
}

async function apply(place: Place, operation: Operation, version: string, name?: string) {
  const sandbox = await opened(place);
  const plan = await planWhenKnown(operation, acme(version, name), await sandbox.state());
  assert.equal(plan.verdict, "success");
  return sandbox.apply(plan);
}

async function begun(): Promise<Place> {
  const place = { disk: new MemoryDisk(), servers: new FakeServers() };
  const world = worldIn(place, 1);
  await world.files.makeFolders([{ path: "/work" }]);
  await createSandbox(box, { framework: znuny, server: "here" }, world);
  place.disk.processes.clear();
  return place;
}

/** What the sandbox is, and what is in the database that belongs to it. */
async function pictureIn(place: Place): Promise<string> {
  const name = await (await opened(place)).servedDatabase();
  const content = place.servers.databases.get(name!);
  assert.ok(content, `there is no ${name}`);
  const { disk } = place;
  return JSON.stringify([await pictureOf(new Stage(disk, ++lastProcess)), content]);
}

/** A process is killed before one of the things that it does to the disk or on the server. */
class Kill extends Error {}

async function killedAt(original: Place, at: number, work: (place: Place) => Promise<unknown>) {
  const place = copyOf(original);
  let changes = 0;
  const count = () => {
    if (changes++ >= at) throw new Kill("killed");
  };
  place.disk.watcher = {
    before: (step) => {
      if (step.changes) count();
      else if (changes > at) throw new Kill("killed");
    },
  };
  place.servers.before = count;
  const alive = new Set(place.disk.processes);
  try {
    await work(place);
  } catch (error) {
    assert.ok(changes > at, String((error as Error).stack));
  }
  place.disk.watcher = {};
  place.servers.before = () => {};
  for (const process of place.disk.processes) if (!alive.has(process)) place.disk.processes.delete(process);
  return { place, wasKilled: changes > at };
}

const scenes: readonly {
  readonly name: string;
  readonly prepare: (place: Place) => Promise<unknown>;
  readonly act: (place: Place) => Promise<unknown>;
}[] = [
  {
    name: "install",
    prepare: async () => {},
    act: (place) => apply(place, "install", "1.0.0"),
  },
  {
    name: "upgrade",
    prepare: (place) => apply(place, "install", "1.0.0"),
    act: (place) => apply(place, "upgrade", "2.0.0"),
  },
  {
    name: "uninstall",
    prepare: (place) => apply(place, "install", "1.0.0"),
    act: (place) => apply(place, "uninstall", "1.0.0"),
  },
  {
    name: "undo",
    async prepare(place) {
      await apply(place, "install", "1.0.0");
      await apply(place, "upgrade", "2.0.0");
    },
    act: async (place) => (await opened(place)).undo(1),
  },
  {
    name: "reset",
    async prepare(place) {
      await apply(place, "install", "1.0.0");
      await apply(place, "upgrade", "2.0.0");
    },
    act: async (place) => (await opened(place)).reset(),
  },
];

for (const { name, prepare, act } of scenes) {
  test(`${name}: killed anywhere, files and database are those before, or those after`, async () => {
    const place = await begun();
    await prepare(place);
    place.disk.processes.clear();
    const before = await pictureIn(copyOf(place));
    const done = copyOf(place);
    await act(done);
    const after = await pictureIn(done);
    assert.notEqual(before, after);
    const seen = new Set<string>();
    const told = new Set<string>();
    let kills = 0;
    for (let at = 0; ; at++) {
      const { place: left, wasKilled } = await killedAt(place, at, act);
      if (!wasKilled) break;
      kills++;
      const sandbox = await opened(left);
      if (sandbox.recovery) told.add(recoveryMessage(sandbox.recovery).further?.text ?? "");
      const picture = await pictureIn(left);
      assert.ok(picture === before || picture === after, `${at}: ${picture}`);
      seen.add(picture);
      // Whatever it is, it can go on, and then nothing is on the server that does not belong to it.
      await apply(left, "install", "1.0.0", "Other");
      const effective = (await (await opened(left)).operations())
        .filter(({ record, isUndone }) => !isUndone && record?.kind !== "undo")
        .map(({ number }) => `box1_${number}`);
      const there = [...left.servers.databases.keys()];
      for (const each of there) assert.ok(effective.includes(each), `${at}: ${each}`);
      const first = copyOf(left);
      await (await opened(first)).reset();
      assert.deepEqual(first.servers.databases.get("box1_0"), ["framework"]);
    }
    assert.ok(kills > 10, `${kills}`);
    assert.ok(seen.has(before) && seen.has(after));
    if (["install", "upgrade", "uninstall"].includes(name)) assert.ok([...told].some((text) => text !== ""));
  });

  test(`${name}: when the disk fails from any moment on, the database is that of the files`, async () => {
    const place = await begun();
    await prepare(place);
    const before = await pictureIn(copyOf(place));
    place.disk.processes.clear();
    const done = copyOf(place);
    await act(done);
    const after = await pictureIn(done);
    for (let at = 0, hasFailed = true; hasFailed; at++) {
      const left = copyOf(place);
      let steps = 0;
      left.disk.watcher = {
        before: ({ changes }) => {
          if (changes && steps++ >= at) throw Object.assign(new Error("EIO"), { code: "EIO" });
        },
      };
      await act(left).catch(() => {});
      hasFailed = steps > at;
      left.disk.watcher = {};
      left.disk.processes.clear();
      const picture = await pictureIn(left);
      assert.ok(picture === before || picture === after, `${at}: ${picture}`);
    }
  });

  test(`${name}: when the server is gone at any moment, nothing is changed`, async () => {
    const place = await begun();
    await prepare(place);
    place.disk.processes.clear();
    const before = await pictureIn(copyOf(place));
    let failures = 0;
    for (let at = 0; ; at++) {
      const left = copyOf(place);
      let steps = 0;
      left.servers.before = () => {
        if (steps++ >= at) throw new DatabaseUnavailable({ text: "It is gone." });
      };
      let error: unknown;
      await act(left).catch((reason: unknown) => {
        error = reason;
      });
      if (steps <= at) break;
      left.servers.before = () => {};
      // What the undo leaves on the server does not make it fail.
      if (!error) continue;
      failures++;
      assert.ok(error instanceof PackageError && error.code === "sandbox-server", String(error));
      assert.equal(error.because?.text, "It is gone.");
      assert.equal(await pictureIn(left), before, `${at}`);
    }
    assert.ok(failures > 0);
  });
}

test("killed anywhere while it is made, a sandbox has its database or leaves none behind the next", async () => {
  const empty = { disk: new MemoryDisk(), servers: new FakeServers() };
  await worldIn(empty, 1).files.makeFolders([{ path: "/work" }]);
  empty.disk.processes.clear();
  const make = (place: Place) =>
    createSandbox(box, { framework: znuny, server: "here" }, worldIn(place), async (sandbox) => {
      const plan = await planWhenKnown("install", acme("1.0.0"), await sandbox.state());
      await sandbox.apply(plan);
    });
  let kills = 0;
  for (let at = 0; ; at++) {
    const { place, wasKilled } = await killedAt(empty, at, make);
    if (!wasKilled) break;
    kills++;
    const isThere = place.disk.tree("/work").some((path) => path.startsWith("box/"));
    if (isThere) await pictureIn(place);
    await createSandbox("/work/next", { framework: znuny, server: "here" }, worldIn(place));
    const names = new Set([...place.servers.databases.keys()].map((name) => name.replace(/_\d+$/, "")));
    const named = [isThere ? box : [], "/work/next"].flat();
    const described = await Promise.all(
      named.map(async (folder) => (await opened(place, folder)).description.served!.database),
    );
    assert.deepEqual([...names].sort(), described.sort(), `${at}`);
    assert.ok(!place.disk.tree("/work").some((path) => path.includes(".sopm-new-")), `${at}`);
  }
  assert.ok(kills > 20, `${kills}`);
});

test("when the server is gone while a sandbox is made, there is none, and the next one takes away what is left", async () => {
  const empty = { disk: new MemoryDisk(), servers: new FakeServers() };
  await worldIn(empty, 1).files.makeFolders([{ path: "/work" }]);
  empty.disk.processes.clear();
  let failures = 0;
  for (let at = 0; ; at++) {
    const place = copyOf(empty);
    let steps = 0;
    place.servers.before = () => {
      if (steps++ >= at) throw new DatabaseUnavailable({ text: "It is gone." });
    };
    const making = createSandbox(box, { framework: znuny, server: "here" }, worldIn(place), async (begun) => {
      await begun.apply(await planWhenKnown("install", acme("1.0.0"), await begun.state()));
    });
    const error: unknown = await making.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (steps <= at) break;
    failures++;
    assert.ok(error instanceof PackageError && error.code === "sandbox-not-made", String(error));
    assert.equal(error.because?.text, "It is gone.");
    place.servers.before = () => {};
    place.disk.processes.clear();
    const next = await createSandbox("/work/next", { framework: znuny, server: "here" }, worldIn(place));
    const { database } = next.description.served!;
    assert.deepEqual([...place.servers.databases.keys()], [`${database}_0`]);
    assert.ok(!place.disk.tree("/work").some((path) => /^box|\.sopm-new-/.test(path)), `${at}`);
  }
  assert.ok(failures > 4, `${failures}`);
});

test("killed anywhere while it is dropped, a sandbox is there with its databases, or goes with the next", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  place.disk.processes.clear();
  const before = await pictureIn(copyOf(place));
  let [kills, gone] = [0, 0];
  for (let at = 0; ; at++) {
    const { place: left, wasKilled } = await killedAt(place, at, async (each) =>
      dropSandbox(box, worldIn(each)),
    );
    if (!wasKilled) break;
    kills++;
    const isThere = left.disk.tree("/work").some((path) => path.startsWith("box/"));
    if (isThere) assert.equal(await pictureIn(left), before, `${at}`);
    else gone++;
    await createSandbox("/work/next", { framework: znuny, server: "here" }, worldIn(left));
    const names = new Set([...left.servers.databases.keys()].map((name) => name.replace(/_\d+$/, "")));
    assert.deepEqual([...names], isThere ? ["box1", "box2"] : ["box2"], `${at}`);
    assert.ok(!left.disk.tree("/work").some((path) => path.includes(".sopm-new-")), `${at}`);
  }
  assert.ok(kills > 8 && gone > 3, `${kills} ${gone}`);
});

test("when the server is gone while a sandbox is dropped, it stays as it was, or the next one completes it", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  place.disk.processes.clear();
  const before = await pictureIn(copyOf(place));
  const codes = new Set<string>();
  for (let at = 0; ; at++) {
    const left = copyOf(place);
    let steps = 0;
    left.servers.before = () => {
      if (steps++ >= at) throw new DatabaseUnavailable({ text: "It is gone." });
    };
    let code = "";
    await dropSandbox(box, worldIn(left)).catch((error: PackageError) => {
      code = error.code;
    });
    if (steps <= at) break;
    codes.add(code);
    if (code === "sandbox-server") {
      left.servers.before = () => {};
      assert.equal(await pictureIn(left), before, `${at}`);
      continue;
    }
    left.disk.processes.clear();
    // Nobody who knows no server, or not whether it answers, throws away what names the databases.
    const { servers: _, ...blind } = worldIn(left);
    await createSandbox("/work/blind", { framework: znuny }, blind);
    await createSandbox("/work/plain", { framework: znuny }, worldIn(left));
    assert.ok(left.servers.databases.size > 0);
    left.servers.before = () => {};
    await dropSandbox("/work/plain", worldIn(left));
    assert.equal(left.servers.databases.size, 0);
    assert.ok(!left.disk.tree("/work").some((path) => path.includes(".sopm-new-")), `${at}`);
  }
  assert.deepEqual([...codes].sort(), ["sandbox-half-dropped", "sandbox-server"]);
});

test("a sandbox whose description is lost goes with its databases, killed anywhere, because there is a copy", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  place.disk.processes.clear();
  const { files } = worldIn(place);
  await files.removeTree(`${box}/sandbox.data`);
  let kills = 0;
  for (let at = 0; ; at++) {
    const { place: left, wasKilled } = await killedAt(place, at, async (each) => {
      await dropSandbox(box, worldIn(each));
    });
    if (!wasKilled) {
      assert.equal(left.servers.databases.size, 0);
      break;
    }
    kills++;
    const isThere = left.disk.tree("/work").some((path) => path.startsWith("box/"));
    await createSandbox("/work/next", { framework: znuny, server: "here" }, worldIn(left));
    const names = new Set([...left.servers.databases.keys()].map((name) => name.replace(/_\d+$/, "")));
    assert.deepEqual([...names], isThere ? ["box1", "box2"] : ["box2"], `${at}`);
  }
  assert.ok(kills > 8, `${kills}`);
});

test("a server that no setting names is asked nothing, and the sandbox can be looked at", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  const before = await pictureIn(copyOf(place));
  place.servers.named.clear();
  place.servers.before = (step) => assert.fail(step);
  for (const act of [
    () => apply(place, "upgrade", "2.0.0"),
    async () => (await opened(place)).undo(0),
    async () => dropSandbox(box, worldIn(place)),
  ]) {
    await assert.rejects(act, (error: PackageError) => error.code === "sandbox-server-unknown");
  }
  assert.equal(await pictureIn(place), before);
  assert.deepEqual(
    (await (await opened(place)).operations()).map(({ record }) => record?.kind),
    ["create", "install"],
  );
  // Its folder goes all the same, when somebody says so.
  await dropSandbox(box, worldIn(place), { leavesDatabases: true });
  assert.deepEqual(place.disk.tree("/work"), []);
  assert.deepEqual([...place.servers.databases.keys()], ["box1_0", "box1_1"]);
});

test("an undo leads back from a state that cannot be read, to the database before it", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  const { files } = worldIn(place);
  await files.removeTree(`${box}/states/1.data`);
  await files.write([{ path: `${box}/states/1.data`, bytes: Buffer.from("garbage") }]);
  const sandbox = await opened(place);
  await sandbox.undo(0);
  assert.equal(await sandbox.servedDatabase(), "box1_0");
  assert.deepEqual(place.servers.content, { box1_0: ["framework"] });
});

test("versions that know nothing of servers leave such a sandbox alone, and take all others", async () => {
  const place = await begun();
  const world = worldIn(place);
  await createSandbox("/work/plain", { framework: znuny }, world);
  const formatOf = async (path: string) =>
    Buffer.from(await world.files.read(path, { limit: 10_000 }))
      .toString()
      .split(" ")[1];
  assert.equal(await formatOf(`${box}/sandbox.data`), "2");
  assert.equal(await formatOf("/work/plain/sandbox.data"), "1");
  assert.equal(await formatOf("/work/plain/states/0.data"), "1");
});

test("what sends nothing to a database asks no server", async () => {
  const place = await begun();
  place.servers.before = (step) => assert.fail(step);
  const sandbox = await opened(place);
  const bare = packageOf({ name: "Bare", version: "1.0.0", body: "<Framework>7.1.x</Framework>" });
  const done = await sandbox.apply(await planWhenKnown("install", bare, await sandbox.state()));
  assert.equal(done?.measured, undefined);
  assert.equal(await sandbox.servedDatabase(), "box1_0");
  await sandbox.reset();
});

test("a database that somebody has dropped is missed before anything is changed", async () => {
  const place = await begun();
  place.servers.databases.clear();
  await assert.rejects(
    apply(place, "install", "1.0.0"),
    (error: PackageError) => error.code === "sandbox-server",
  );
  assert.equal((await (await opened(place)).operations()).length, 1);
});

test("a copy of a sandbox has no database on the server, and leaves that of the original alone", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  const before = place.servers.content;
  const copy = await cloneSandbox(await opened(place), "/work/copy", {}, worldIn(place));
  assert.equal(copy.description.served, undefined);
  await copy.apply(await planWhenKnown("upgrade", acme("2.0.0"), await copy.state()));
  assert.deepEqual(place.servers.content, before);
});

test("what databases said while all packages were brought up to date is told with each", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  await apply(place, "install", "1.0.0", "Other");
  const done = await upgraded(await opened(place));
  assert.ok(done.kind === "done");
  assert.deepEqual(
    done.results.map(({ task, outcome, measured }) => [task.name, outcome, measured?.database]),
    [
      ["Acme", "Updated", "box1_3"],
      ["Other", "Updated", "box1_4"],
    ],
  );
});

test("why packages cannot be brought up to date is told, whatever the sandbox remembers", async () => {
  const place = await begun();
  await apply(place, "install", "1.0.0");
  const memory = { forget: () => Promise.reject(Object.assign(new Error("EACCES"), { code: "EACCES" })) };
  const withProgress = () => Promise.reject(new PackageError("sandbox-full"));
  await assert.rejects(upgraded(await opened(place), { memory, withProgress }), { code: "sandbox-full" });
});

/** Brings all packages of a sandbox to their second versions. */
async function upgraded(
  sandbox: Sandbox,
  {
    memory,
    ...own
  }: { readonly memory?: Partial<UpgradeMemory>; readonly withProgress?: () => Promise<never> } = {},
) {
  const { dialect, version, packages } = { ...(await sandbox.state()).framework, ...(await sandbox.state()) };
  const names = ["Acme", "Other"];
  const entries = names.map(
    (name) =>
      `<Package><Name>${name}</Name><Version>2.0.0</Version><Vendor>V</Vendor><Framework>7.1.x</Framework><File>${name}.opm</File></Package>`,
  );
  return upgradeAll(
    {
      ...{ sandbox, force: false, dryRun: false, moment: new Date() },
      repositories: {
        ...{ dialect, framework: version, packages },
        sources: [{ name: "Mine", url: "http://mine", header: undefined }],
        download: () => `<otrs_package_list version="1.0">${entries.join("")}</otrs_package_list>`,
      },
      archive: async ({ entry }) => acme("2.0.0", entry.name),
      memory: { read: async () => undefined, write: async () => true, forget: async () => {}, ...memory },
      withProgress: (work) => work({}),
      ...own,
    },
    { clock: makeClock(() => new Date()) },
  );
}
