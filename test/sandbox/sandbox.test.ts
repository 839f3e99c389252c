import assert from "node:assert/strict";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { type TestContext, test } from "node:test";
import { nodeFiles } from "../../server/src/node/file-system.ts";
import { cloneSandbox, createSandbox, type SandboxSpec } from "../../server/src/sandbox/create-sandbox.ts";
import { listSandboxes } from "../../server/src/sandbox/list-sandboxes.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { entryAt, namesIn, storedIn, textAt } from "../support/known-system.ts";
import { runCli } from "../support/run-cli.ts";
import {
  addRow,
  makeFolder,
  move,
  perform,
  remove,
  testWorld,
  treeOf,
  workOf,
  write,
  znuny,
} from "../support/sandbox-work.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const core = "Kernel/System/Package.pm";

async function newSandbox(test: TestContext, spec: Partial<SandboxSpec> = {}): Promise<Sandbox> {
  return createSandbox(join(temporaryFolder(test), "box"), { framework: znuny, ...spec }, testWorld());
}

/** Each with what is known about it. */
function archivesOf(sandbox: Sandbox): readonly (readonly string[])[] {
  const names = readdirSync(join(sandbox.folder, "archives")).sort();
  const digests = [...new Set(names.map((name) => name.replace(/\..*$/, "")))];
  return digests.map((digest) => names.filter((name) => name.startsWith(digest)));
}

test("a new sandbox has the framework's files by name, and none on the disk", async (context) => {
  const sandbox = await newSandbox(context);
  const state = await sandbox.state();
  const { framework, home, packages } = state;
  assert.deepEqual(await entryAt(state, core), { kind: "file", mode: 0o644, content: "unknown" });
  assert.equal(home.isFrameworkFile(core), true);
  assert.deepEqual(await entryAt(state, "Kernel/System"), { kind: "folder", mode: 0o755 });
  assert.ok((await namesIn(state, "Kernel/System")).includes("Package.pm"));
  assert.equal(await entryAt(state, "Kernel/System/Acme.pm"), undefined);
  assert.equal(framework.version, "7.1.3");
  assert.deepEqual(packages, []);
  assert.deepEqual(treeOf(join(sandbox.folder, "home")), []);
  assert.deepEqual(
    (await listSandboxes(join(sandbox.folder, ".."), nodeFiles)).map(({ folder }) => folder),
    [sandbox.folder],
  );
});

test("a folder that is a sandbox is listed itself, and nothing in it is one", async (context) => {
  const { folder } = await newSandbox(context);
  assert.deepEqual(
    (await listSandboxes(folder, nodeFiles)).map((listed) => listed.folder),
    [folder],
  );
  assert.deepEqual(await listSandboxes(join(folder, "states"), nodeFiles), []);
});

test("what is done to a sandbox is there when it is opened again", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(
    sandbox,
    [
      makeFolder("Kernel/System/Acme", 0o750),
      write("Kernel/System/Acme/A.pm", "1;", 0o640),
      write("bin/acme.pl", "x", 0o755),
    ],
    [addRow("Acme", "1.0.0")],
  );
  const again = await openSandbox(sandbox.folder, testWorld());
  const state = await again.state();
  const { packages } = state;
  assert.equal(await textAt(state, "Kernel/System/Acme/A.pm"), "1;");
  assert.deepEqual(treeOf(join(sandbox.folder, "home")), [
    "Kernel/ 755",
    "Kernel/System/ 755",
    "Kernel/System/Acme/ 750",
    "Kernel/System/Acme/A.pm 640 1;",
    "bin/ 755",
    "bin/acme.pl 755 x",
  ]);
  assert.deepEqual(
    packages.map(({ name, version }) => `${name} ${version}`),
    ["Acme 1.0.0"],
  );
  assert.equal((await storedIn(state, packages[0]!.digest)).structure?.single.Name?.content, "Acme");
  assert.deepEqual(
    (await again.operations()).map(({ record }) => [record?.kind, record?.version, record?.files]),
    [
      ["create", undefined, 0],
      ["install", "1.0.0", 2],
    ],
  );
  assert.deepEqual(readdirSync(sandbox.folder).sort(), [
    "archives",
    "home",
    "sandbox.data",
    "states",
    "undo",
  ]);
});

test("a file of the framework gives way and comes back without ever being on the disk", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(sandbox, [move(core, `${core}.save`), write(core, "ours")]);
  let state = await sandbox.state();
  assert.equal(await textAt(state, core), "ours");
  assert.equal(await textAt(state, `${core}.save`), "unknown");
  assert.ok((await namesIn(state, "Kernel/System")).includes("Package.pm.save"));
  await perform(sandbox, [remove(core), move(`${core}.save`, core)]);
  state = await sandbox.state();
  assert.equal(await textAt(state, core), "unknown");
  assert.equal(await entryAt(state, `${core}.save`), undefined);
  await perform(sandbox, [remove(core)]);
  state = await sandbox.state();
  assert.equal(await entryAt(state, core), undefined);
  assert.ok(!(await namesIn(state, "Kernel/System")).includes("Package.pm"));
});

test("undo brings back files, rows and archives, also over several operations", async (context) => {
  const sandbox = await newSandbox(context);
  const home = join(sandbox.folder, "home");
  mkdirSync(join(home, "var"));
  writeFileSync(join(home, "var/stray"), "stray");
  const trees = [treeOf(home)];
  const first = await perform(
    sandbox,
    [write("Kernel/A.pm", "1"), move("var/stray", "var/stray.save"), write("var/stray", "1")],
    [addRow("Acme", "1.0.0")],
  );
  writeFileSync(join(home, "Kernel/A.pm"), "by hand");
  trees.push(treeOf(home));
  await perform(
    sandbox,
    [
      { kind: "copy", from: "Kernel/A.pm", to: "Kernel/A.pm.custom_backup", mode: 0o644 },
      write("Kernel/A.pm", "2"),
      remove("var/stray"),
      move("var/stray.save", "var/stray"),
    ],
    [{ kind: "remove-rows", name: "Acme", version: undefined }, addRow("Acme", "2.0.0")],
  );
  assert.equal(await textAt(await sandbox.state(), "var/stray"), "stray");
  await perform(sandbox, [makeFolder("Kernel/New"), write("Kernel/New/B.pm", "3")]);
  await sandbox.undo(first);
  assert.deepEqual(treeOf(home), trees[1]);
  let state = await sandbox.state();
  assert.deepEqual(
    state.packages.map(({ version }) => version),
    ["1.0.0"],
  );
  assert.equal(archivesOf(sandbox).length, 1);
  await sandbox.undo(0);
  assert.deepEqual(treeOf(home), trees[0]);
  state = await sandbox.state();
  assert.deepEqual(state.packages, []);
  assert.deepEqual(archivesOf(sandbox), []);
  assert.deepEqual(readdirSync(join(sandbox.folder, "undo")), []);
  assert.deepEqual(
    (await sandbox.operations()).map(({ record, isUndone }) => `${record?.kind}${isUndone ? " undone" : ""}`),
    ["create", "install undone", "install undone", "install undone", "undo", "undo"],
  );
});

test("operations after an undo go on from there, and what was undone cannot be gone back to", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(sandbox, [write("a", "1")]);
  const second = await perform(sandbox, [write("b", "2")]);
  await sandbox.undo(1);
  await perform(sandbox, [write("c", "3")]);
  await assert.rejects(sandbox.undo(second), { code: "sandbox-operation-unknown" });
  await sandbox.undo(1);
  assert.deepEqual(treeOf(join(sandbox.folder, "home")), ["a 644 1"]);
});

test("what was changed by hand after an operation is kept when the operation is undone", async (context) => {
  const sandbox = await newSandbox(context);
  const home = join(sandbox.folder, "home");
  await perform(sandbox, [write("var/a", "1"), write("var/b", "1")]);
  const future = new Date(Date.now() + 60_000);
  writeFileSync(join(home, "var/b"), "by hand");
  utimesSync(join(home, "var/b"), future, future);
  writeFileSync(join(home, "var/mine"), "mine");
  const { number } = await sandbox.undo(0);
  assert.deepEqual(treeOf(home), ["var/ 755", "var/mine 644 mine"]);
  assert.deepEqual(treeOf(join(sandbox.folder, "kept", String(number))), ["var/ 755", "var/b 644 by hand"]);
});

test("permissions that strangers' files must not have are kept on paper only", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(sandbox, [write("bin/x", "1", 0o4755), write("bin/y", "1", 0o666)]);
  const entry = await entryAt(await sandbox.state(), "bin/x");
  assert.equal((entry as { mode: number }).mode, 0o4755);
  assert.deepEqual(treeOf(join(sandbox.folder, "home")), ["bin/ 755", "bin/x 755 1", "bin/y 666 1"]);
});

test("nothing is written outside the home or through a link", async (context) => {
  const sandbox = await newSandbox(context);
  const home = join(sandbox.folder, "home");
  const outside = temporaryFolder(context, { f: "outside" });
  symlinkSync(outside, join(home, "linked"));
  symlinkSync(join(outside, "f"), join(home, "file"));
  const state = await sandbox.state();
  assert.equal((await entryAt(state, "linked"))?.kind, "other");
  assert.equal((await entryAt(state, "file"))?.kind, "other");
  assert.equal(await entryAt(state, "linked/f"), undefined);
  assert.equal((await entryAt(state, "../../etc/passwd"))?.kind, "other");
  const before = treeOf(home);
  for (const [path, code] of [
    ["linked/f", "sandbox-changed"],
    ["file", "sandbox-changed"],
    ["../x", "sandbox-path-outside"],
    ["a/../../x", "sandbox-path-outside"],
    ["a\0b", "sandbox-path-outside"],
    ["..", "sandbox-path-outside"],
  ] as const) {
    await assert.rejects(sandbox.perform(workOf(state, [write(path, "x")])), { code }, path);
  }
  await assert.rejects(sandbox.perform(workOf(state, [write("a", "x"), write("a/b", "y")])), {
    code: "sandbox-changed",
  });
  assert.deepEqual(treeOf(home), before);
  assert.deepEqual(treeOf(outside), ["f 644 outside"]);
  assert.equal((await sandbox.operations()).length, 1);
});

test("a plan for a state that has passed is not performed", async (context) => {
  const sandbox = await newSandbox(context);
  const before = await sandbox.state();
  await perform(sandbox, [write("a", "1")]);
  await assert.rejects(sandbox.perform(workOf(before, [write("b", "1")])), { code: "sandbox-outdated" });
  const now = await sandbox.state();
  rmSync(join(sandbox.folder, "home/a"));
  await assert.rejects(sandbox.perform(workOf(now, [move("a", "b")])), { code: "sandbox-changed" });
});

test("a failure in the middle leaves the sandbox as it was", async (context) => {
  const sandbox = await newSandbox(context);
  const home = join(sandbox.folder, "home");
  await perform(sandbox, [write("a", "1"), write("d/x", "1")]);
  const before = treeOf(home);
  const unreadable = {
    size: 5,
    async read(): Promise<Uint8Array> {
      throw Object.assign(new Error("full"), { code: "ENOSPC" });
    },
  };
  const state = await sandbox.state();
  const changes = [
    remove("a"),
    write("d/x", "2"),
    write("new/y", "1"),
    { kind: "write", path: "new/z", content: unreadable, mode: 0o644 } as const,
  ];
  await assert.rejects(sandbox.perform(workOf(state, changes, [addRow("Acme", "9")])), {
    code: "sandbox-full",
  });
  assert.deepEqual(treeOf(home), before);
  assert.deepEqual(readdirSync(join(sandbox.folder, "archives")), []);
  assert.deepEqual(readdirSync(sandbox.folder).sort(), [
    "archives",
    "home",
    "sandbox.data",
    "states",
    "undo",
  ]);
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(sandbox.perform(workOf(state, [remove("a")]), { signal: controller.signal }), {
    code: "sandbox-cancelled",
  });
  assert.deepEqual(treeOf(home), before);
});

test("a sandbox can be made from the home of a framework, which is only read", async (context) => {
  const framework = temporaryFolder(context, {
    RELEASE: "PRODUCT = OTOBO\nVERSION = 11.0.5\n",
    ARCHIVE: "abc::Kernel/System/Own.pm\n",
    "Kernel/Config.pm": `# $Self->{DatabaseDSN} = "DBI:mysql:database=x";\n$Self->{'DatabaseDSN'} = "DBI:Pg:dbname=otobo;";\n`,
    "Kernel/System/Own.pm": "own",
    "Kernel/System/Extra.pm": "extra",
  });
  const sandbox = await createSandbox(join(temporaryFolder(context), "deep/box"), { framework }, testWorld());
  const { dialect, version, databaseKind } = sandbox.description;
  assert.deepEqual([dialect, version, databaseKind], ["otobo-11", "11.0.5", "postgresql"]);
  const before = treeOf(framework);
  await perform(sandbox, [
    move("Kernel/System/Own.pm", "Kernel/System/Own.pm.save"),
    write("Kernel/System/Own.pm", "new"),
  ]);
  const state = await sandbox.state();
  const { home } = state;
  assert.equal(await textAt(state, "Kernel/System/Own.pm"), "new");
  assert.equal(await textAt(state, "Kernel/System/Own.pm.save"), "own");
  assert.deepEqual(
    [home.isFrameworkFile("Kernel/System/Own.pm"), home.isFrameworkFile("Kernel/System/Extra.pm")],
    [true, false],
  );
  assert.deepEqual(treeOf(framework), before);
  rmSync(framework, { recursive: true });
  await assert.rejects(sandbox.state(), { code: "framework-missing" });
});

test("a clone is as the original is now, and goes its own way", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(sandbox, [move(core, `${core}.save`), write(core, "ours")], [addRow("Acme", "1.0.0")]);
  const folder = join(temporaryFolder(context), "clone");
  const clone = await cloneSandbox(sandbox, folder, {}, testWorld());
  await perform(clone, [write("own", "1")]);
  const state = await clone.state();
  assert.equal(await textAt(state, core), "ours");
  assert.equal(await textAt(state, `${core}.save`), "unknown");
  assert.equal((await storedIn(state, state.packages[0]!.digest)).files.length, 0);
  assert.ok(!existsSync(join(sandbox.folder, "home/own")));
  await assert.rejects(cloneSandbox(sandbox, folder, {}, testWorld()), { code: "sandbox-exists" });
});

test("folders that were not writable for a moment do no harm", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(sandbox, [makeFolder("d", 0o777), write("d/a", "1")]);
  chmodSync(join(sandbox.folder, "home/d"), 0o700);
  await perform(sandbox, [remove("d/a")]);
  assert.deepEqual(treeOf(join(sandbox.folder, "home")), ["d/ 700"]);
});

test("whoever opens a sandbox whose operation was interrupted is told what became of it", async (context) => {
  const sandbox = await newSandbox(context);
  await perform(sandbox, [write("a", "1")]);
  const crashed = join(sandbox.folder, "../crashed");
  const content = {
    size: 1,
    async read() {
      // What a process leaves that is killed at this moment.
      const isLock = (path: string) => /^(tmp-)?lock-/.test(basename(path));
      cpSync(sandbox.folder, crashed, { recursive: true, filter: (path) => !isLock(path) });
      return Buffer.from("2");
    },
  };
  const state = await sandbox.state();
  const writeLast = { kind: "write", path: "c", content, mode: 0o644 } as const;
  await sandbox.perform(workOf(state, [write("a", "2"), write("b", "2"), writeLast]));
  const { code, stderr } = await runCli(["sandbox", "show", crashed]);
  assert.match(
    stderr,
    /The last operation on this sandbox, install Acme 1\.0\.0, was interrupted\. Changes to files that were made by then: 2 of 4\. The sandbox is as it was before\./,
  );
  assert.equal(code, 0);
  assert.deepEqual(treeOf(join(crashed, "home")), ["a 644 1"]);
  const again = await openSandbox(crashed, testWorld());
  assert.equal(again.recovery, undefined);
});
