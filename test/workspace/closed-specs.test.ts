import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultIgnoredFolders } from "../../server/src/configuration/passed-over.ts";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import type { SymbolKind } from "../../server/src/symbols/symbol.ts";
import {
  type CheckedFolder,
  type ClosedSpecOutcome,
  ClosedSpecs,
  type WorkspaceLimits,
  workspaceLimits,
} from "../../server/src/workspace/closed-specs.ts";
import { Neighbours } from "../../server/src/workspace/neighbours.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";

const pm = "Kernel/System/Acme.pm";
const misnamed = goodSpec.replaceAll("Acme<", "Other<");

/** A package with its files in a folder. */
function packageIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(goodPackage).map(([path, text]) => [`${folder}/${path}`, text]));
}

function folderAt(path: string, others: Partial<CheckedFolder> = {}): CheckedFolder {
  return {
    path,
    lint: defaultLintSettings,
    databases: [],
    upgradesSince: "",
    baseFolder: "",
    baseFolders: {},
    ...{ ignoredFolders: defaultIgnoredFolders, isChecked: true, knownPackages: [] },
    ...others,
  };
}

/** Closed specs on a disk in memory, and what was told of them since one last asked. */
function checking(disk: MemoryWorkspace, limits: WorkspaceLimits = workspaceLimits, isTold = true) {
  let told: string[] = [];
  const limitsTold: WorkspaceLimits[] = [];
  const neighbours = new Neighbours((documents) => {
    for (const path of documents) specs.checkAgain(path);
  });
  const specs: ClosedSpecs = new ClosedSpecs(
    memoryWorld(filesOf(disk)),
    () => ({
      milliseconds: () => performance.now(),
      pause: () => Promise.resolve(),
      inTime: (work) => Promise.race([work, disk.patience()]),
      tell: (path, outcome) => told.push(`${path}: ${textOf(outcome)}`),
      tellLimit: (each) => limitsTold.push(each),
      fail: (error) => {
        throw error;
      },
      isTold: () => isTold,
      rest: () => {},
    }),
    neighbours,
    limits,
  );
  return {
    specs,
    limitsTold,
    known: neighbours.known,
    names: neighbours.names,
    told: async () => {
      await specs.settled();
      const lines = told.sort();
      told = [];
      return lines;
    },
  };
}

function textOf(outcome: ClosedSpecOutcome): string {
  if (outcome.kind !== "checked") return outcome.kind;
  return outcome.findings.map(({ rule }) => rule).join(" ") || "nothing";
}

test("all specs below the folders are checked with their files", async () => {
  const { specs, told } = checking(
    new MemoryWorkspace({
      ...packageIn("/ws/one"),
      "/ws/two/deep/Acme.sopm": goodSpec,
      "/ws/readme.md": "",
      "/elsewhere/Acme.sopm": goodSpec,
    }),
  );
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: nothing", "/ws/two/deep/Acme.sopm: file-not-found"]);
});

test("hidden folders, those of tools, build output and links are passed over", async () => {
  const passedOver = [".git", ".cache", "node_modules", "dist", "build", "out", "target", "coverage"];
  const disk = new MemoryWorkspace({
    ...Object.fromEntries(passedOver.map((name) => [`/ws/sub/${name}/in/Acme.sopm`, goodSpec])),
    "/ws/Link.sopm": undefined,
    "/ws/dist.sopm": goodSpec,
  });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(
    (await told()).map((line) => line.split(":")[0]),
    ["/ws/dist.sopm"],
  );
  assert.deepEqual(disk.listed, ["/ws", "/ws/sub"]);
  disk.files.delete("/ws/dist.sopm");
  specs.changed([{ path: "/ws/dist.sopm", kind: "deleted" }]);
  specs.changed([{ path: "/ws/sub/dist/in/Acme.sopm", kind: "created" }]);
  specs.changed([{ path: "/ws/sub/node_modules", kind: "created" }]);
  assert.deepEqual(await told(), ["/ws/dist.sopm: gone"]);
  assert.deepEqual(disk.listed, ["/ws", "/ws/sub"]);
});

test("the settings say which folders are passed over", async () => {
  const disk = new MemoryWorkspace({
    ...packageIn("/ws/dist"),
    ...packageIn("/ws/old/one"),
    ...packageIn("/ws/new/old"),
    ...packageIn("/ws/Some-1.0"),
  });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws", { ignoredFolders: ["old/*", "Some-*"] })]);
  assert.deepEqual(await told(), ["/ws/dist/Acme.sopm: nothing", "/ws/new/old/Acme.sopm: nothing"]);
  specs.configure([folderAt("/ws", { ignoredFolders: ["new"] })]);
  assert.deepEqual(await told(), [
    "/ws/Some-1.0/Acme.sopm: nothing",
    "/ws/dist/Acme.sopm: nothing",
    "/ws/new/old/Acme.sopm: gone",
    "/ws/old/one/Acme.sopm: nothing",
  ]);
});

test("a folder that is opened itself is searched whatever its name", async () => {
  const { specs, told } = checking(new MemoryWorkspace(packageIn("/ws/dist")));
  specs.configure([folderAt("/ws"), folderAt("/ws/dist")]);
  assert.deepEqual(await told(), ["/ws/dist/Acme.sopm: nothing"]);
});

test("a folder within another one that is checked may say that it is not", async () => {
  const disk = new MemoryWorkspace({ ...packageIn("/ws/one"), ...packageIn("/ws/inner/two") });
  const { specs, told } = checking(disk);
  const inner = folderAt("/ws/inner", { isChecked: false });
  specs.configure([folderAt("/ws"), inner]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: nothing"]);
  specs.changed([{ path: "/ws/inner/two/Acme.sopm", kind: "changed" }]);
  specs.changed([{ path: "/ws/inner/two", kind: "created" }]);
  assert.deepEqual(await told(), []);
  assert.ok(!disk.listed.some((path) => path.startsWith("/ws/inner")));
  specs.configure([folderAt("/ws"), { ...inner, isChecked: true }]);
  assert.deepEqual(await told(), ["/ws/inner/two/Acme.sopm: nothing", "/ws/one/Acme.sopm: nothing"]);
  specs.configure([folderAt("/ws"), inner]);
  // Another version of a package that is gone may matter to one of the same name.
  assert.deepEqual(await told(), ["/ws/inner/two/Acme.sopm: gone", "/ws/one/Acme.sopm: nothing"]);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), ["/ws/inner/two/Acme.sopm: nothing", "/ws/one/Acme.sopm: nothing"]);
});

test("a folder that is checked within one that is not is ignored where it says so itself", async () => {
  const { specs, told } = checking(
    new MemoryWorkspace({ ...packageIn("/ws/in/a"), ...packageIn("/ws/in/b") }),
  );
  const outer = folderAt("/ws", { isChecked: false });
  specs.configure([outer, folderAt("/ws/in", { ignoredFolders: ["b"] })]);
  assert.deepEqual(await told(), ["/ws/in/a/Acme.sopm: nothing"]);
});

test("files that come, change and go are followed, and nothing else is looked at", async () => {
  const disk = new MemoryWorkspace({ ...packageIn("/ws/one"), ...packageIn("/ws/two") });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  await told();
  disk.files.delete(`/ws/one/${pm}`);
  specs.changed([{ path: `/ws/one/${pm}`, kind: "deleted" }]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: file-not-found"]);
  disk.files.set(`/ws/one/${pm}`, "1;");
  specs.changed([{ path: `/ws/one/${pm}`, kind: "created" }]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: nothing"]);
  disk.files.set("/ws/two/Acme.sopm", misnamed);
  specs.changed([{ path: "/ws/two/Acme.sopm", kind: "changed" }]);
  // Two packages have the same files now.
  assert.deepEqual(await told(), [
    "/ws/one/Acme.sopm: file-owned-by-other",
    "/ws/two/Acme.sopm: spec-filename-mismatch file-owned-by-other",
  ]);
  disk.readPaths.length = 0;
  specs.changed([{ path: "/ws/readme.md", kind: "changed" }]);
  specs.changed([{ path: "/ws/one/.git/index", kind: "changed" }]);
  specs.changed([{ path: "/elsewhere/Acme.sopm", kind: "created" }]);
  assert.deepEqual(await told(), []);
  assert.deepEqual(disk.readPaths, []);
});

test("a folder that goes takes its specs along, and one that comes brings them", async () => {
  const disk = new MemoryWorkspace({ ...packageIn("/ws/one"), ...packageIn("/ws/two/deep") });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  await told();
  for (const path of [...disk.files.keys()]) if (path.startsWith("/ws/two/")) disk.files.delete(path);
  specs.changed([{ path: "/ws/two", kind: "deleted" }]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: nothing", "/ws/two/deep/Acme.sopm: gone"]);
  for (const [path, text] of Object.entries(packageIn("/ws/new/deep"))) disk.files.set(path, text);
  specs.changed([{ path: "/ws/new", kind: "created" }]);
  assert.deepEqual(await told(), ["/ws/new/deep/Acme.sopm: nothing", "/ws/one/Acme.sopm: nothing"]);
});

test("an open document is left alone, and its file checked when it is closed", async () => {
  const disk = new MemoryWorkspace(packageIn("/ws"));
  const { specs, told } = checking(disk);
  specs.opened("/ws/Acme.sopm");
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), []);
  assert.equal(specs.closed("/ws/Acme.sopm"), true);
  assert.deepEqual(await told(), ["/ws/Acme.sopm: nothing"]);
  specs.opened("/ws/Other.sopm");
  assert.equal(specs.closed("/ws/Other.sopm"), false, "no such file is known");
});

test("a check is given up when its document is opened meanwhile", async () => {
  const disk = new MemoryWorkspace(packageIn("/ws"));
  const { specs, told } = checking(disk);
  disk.onRead = (path) => specs.opened(path);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), []);
});

test("a spec that vanishes before it is read is gone", async () => {
  const disk = new MemoryWorkspace(packageIn("/ws"));
  const { specs, told } = checking(disk);
  disk.onRead = (path) => disk.files.delete(path);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), ["/ws/Acme.sopm: gone"]);
});

test("a disk that does not answer holds up nobody else", async () => {
  const disk = new MemoryWorkspace({ ...packageIn("/ws/a"), ...packageIn("/ws/b"), ...packageIn("/ws/c/d") });
  disk.hanging.add("/ws/a/Acme.sopm").add("/ws/c");
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), ["/ws/a/Acme.sopm: unreadable", "/ws/b/Acme.sopm: nothing"]);
  disk.hanging.clear();
  disk.hanging.add("/ws/b");
  specs.changed([{ path: "/ws/b/Acme.sopm", kind: "changed" }]);
  assert.deepEqual(await told(), ["/ws/b/Acme.sopm: unreadable"]);
});

test("a folder that is no longer checked loses its findings, and equal settings change nothing", async () => {
  const disk = new MemoryWorkspace({ ...packageIn("/a"), ...packageIn("/b") });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/a"), folderAt("/b")]);
  await told();
  disk.listed.length = 0;
  specs.configure([folderAt("/a"), folderAt("/b")]);
  assert.deepEqual(await told(), []);
  assert.deepEqual(disk.listed, []);
  specs.configure([]);
  assert.deepEqual(await told(), ["/a/Acme.sopm: gone", "/b/Acme.sopm: gone"]);
});

test("new settings check all again", async () => {
  const disk = new MemoryWorkspace({ "/ws/Acme.sopm": goodSpec });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), ["/ws/Acme.sopm: file-not-found"]);
  const rules = { "file-not-found": "off" } as const;
  specs.configure([folderAt("/ws", { lint: { ...defaultLintSettings, rules } })]);
  assert.deepEqual(await told(), ["/ws/Acme.sopm: nothing"]);
});

test("the base folder of the settings is where files are looked for and watched", async () => {
  const disk = new MemoryWorkspace({ "/ws/specs/Acme.sopm": goodSpec, [`/ws/src/${pm}`]: "1;" });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws", { baseFolder: "src" })]);
  assert.deepEqual(await told(), ["/ws/specs/Acme.sopm: nothing"]);
  disk.files.delete(`/ws/src/${pm}`);
  specs.changed([{ path: "/ws/src/Kernel", kind: "deleted" }]);
  assert.deepEqual(await told(), ["/ws/specs/Acme.sopm: file-not-found"]);
});

test("there is a limit to specs and to folders, and one notice of it", async () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`/ws/${n}/Acme.sopm`, goodSpec]));
  const limits = { ...workspaceLimits, specs: 5 };
  const { specs, told, limitsTold } = checking(new MemoryWorkspace(many), limits);
  specs.configure([folderAt("/ws")]);
  assert.equal((await told()).length, 5);
  assert.deepEqual(limitsTold, [limits]);
  const few = checking(new MemoryWorkspace(many), { ...workspaceLimits, folders: 4 });
  few.specs.configure([folderAt("/ws")]);
  assert.equal((await few.told()).length, 3);
  assert.equal(few.limitsTold.length, 1);
});

test("a thousand specs that come at once and go again are no more work each than one", async () => {
  const disk = new MemoryWorkspace();
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  await told();
  const paths = Array.from({ length: 1000 }, (_, n) => `/ws/${n}/Acme.sopm`);
  for (const kind of ["created", "deleted"] as const) {
    for (const path of paths) {
      if (kind === "created") disk.files.set(path, goodSpec);
      else disk.files.delete(path);
    }
    disk.asked = 0;
    specs.changed(paths.map((path) => ({ path, kind })));
    assert.equal((await told()).length, paths.length);
    assert.ok(disk.asked < 50 * paths.length, `${kind}: ${disk.asked}`);
  }
});

test("a spec that is too large is not read", async () => {
  const { specs, told } = checking(new MemoryWorkspace({ "/ws/Acme.sopm": goodSpec }), {
    ...workspaceLimits,
    size: 100,
  });
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), ["/ws/Acme.sopm: too-large"]);
});

test("a spec whose files come into a folder beside its own is checked again, and followed where the settings say", async () => {
  const disk = new MemoryWorkspace({ "/ws/one/meta/Acme.sopm": goodSpec, "/ws/two/Acme.sopm": goodSpec });
  const { specs, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  assert.deepEqual(await told(), [
    "/ws/one/meta/Acme.sopm: file-not-found",
    "/ws/two/Acme.sopm: file-not-found",
  ]);
  disk.files.set(`/ws/one/src/${pm}`, "1;");
  specs.changed([{ path: `/ws/one/src/${pm}`, kind: "created" }]);
  const found = "/ws/one/meta/Acme.sopm: base-folder-elsewhere";
  assert.ok((await told()).includes(found));
  specs.configure([folderAt("/ws", { baseFolders: { "one/meta/Acme.sopm": "../src" } })]);
  assert.ok((await told()).includes("/ws/one/meta/Acme.sopm: nothing"));
  disk.files.delete(`/ws/one/src/${pm}`);
  specs.changed([{ path: "/ws/one/src", kind: "deleted" }]);
  assert.ok((await told()).includes("/ws/one/meta/Acme.sopm: file-not-found"));
});

test("where nobody tells of changes a look finds them, and nothing is read while there are none", async () => {
  const disk = new MemoryWorkspace({ ...packageIn("/ws/one"), ...packageIn("/ws/two") });
  const { specs, told } = checking(disk, workspaceLimits, false);
  specs.configure([folderAt("/ws")]);
  await told();
  disk.readPaths.length = 0;
  disk.listed.length = 0;
  assert.equal(await specs.look(), false);
  assert.deepEqual([disk.readPaths, disk.listed], [[], []]);

  disk.files.delete(`/ws/one/${pm}`);
  disk.files.set("/ws/two/Acme.sopm", misnamed);
  disk.files.set("/ws/new/deep/Acme.sopm", goodSpec);
  assert.equal(await specs.look(), true);
  assert.deepEqual(await told(), [
    "/ws/new/deep/Acme.sopm: file-not-found file-owned-by-other",
    "/ws/one/Acme.sopm: file-not-found file-owned-by-other",
    "/ws/two/Acme.sopm: spec-filename-mismatch file-owned-by-other",
  ]);
  assert.ok(!disk.listed.includes("/ws/two"));
  for (const path of disk.files.keys()) if (path.startsWith("/ws/two")) disk.files.delete(path);
  assert.equal(await specs.look(), true);
  assert.ok((await told()).includes("/ws/two/Acme.sopm: gone"));
  assert.equal(await specs.look(), false);
});

test("packages are tried on the databases that the settings of their folder name", async () => {
  const index = '<IndexCreate Name="acme_title"><IndexColumn Name="title"/></IndexCreate>';
  const twice = ["0.5.0", "0.9.0"].map(
    (gate) => `<TableAlter Name="acme" Version="${gate}">${index}</TableAlter>`,
  );
  const sections = `<DatabaseInstall Type="post"><TableCreate Name="acme">
<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>
<Index Name="acme_title"><IndexColumn Name="title"/></Index>
</TableCreate></DatabaseInstall>
<DatabaseUpgrade Type="post">${twice.join("")}</DatabaseUpgrade>
<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>`;
  const spec = goodSpec.replace("</Filelist>", () => `</Filelist>${sections}`);
  const disk = new MemoryWorkspace({ [`/ws/one/${pm}`]: "1;\n", "/ws/one/Acme.sopm": spec });
  const { specs, told } = checking(disk);
  const rules = { "db-upgrade-version-unknown": "off" } as const;
  const lint = { ...defaultLintSettings, rules };
  specs.configure([folderAt("/ws", { lint })]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: nothing"]);
  specs.configure([folderAt("/ws", { lint, databases: ["mysql"] })]);
  assert.deepEqual(await told(), ["/ws/one/Acme.sopm: statement-without-effect"]);
});

test("an archive counts once to the limit, and no longer when it is out of sight", async () => {
  const archive = goodSpec.replace("<Version>", "<BuildDate>2024-05-02 10:00:00</BuildDate><Version>");
  const disk = new MemoryWorkspace({ "/a/Broken.opm": "", "/a/Acme.opm": archive, "/b/Acme.opm": archive });
  const { specs, told, known } = checking(disk, { ...workspaceLimits, archives: 2 });
  specs.configure([folderAt("/a")]);
  await told();
  for (let round = 0; round < 3; round++) {
    specs.changed([{ path: "/a/Broken.opm", kind: "changed" }]);
    await told();
  }
  disk.files.delete("/a/Broken.opm");
  specs.changed([{ path: "/a/Broken.opm", kind: "deleted" }]);
  disk.files.set("/a/deep/Acme.opm", archive);
  specs.changed([{ path: "/a/deep/Acme.opm", kind: "created" }]);
  await told();
  assert.equal(known.in("/a/deep/Acme.opm").length, 1);
  specs.configure([folderAt("/b")]);
  await told();
  assert.deepEqual(
    [...known.all()].map(({ document }) => document),
    ["/b/Acme.opm"],
  );
});

test("the names in closed specs, archives, settings files and setup modules are known, and follow the disk", async () => {
  const settings = "Kernel/Config/Files/XML/Acme.xml";
  const setup = "var/packagesetup/Acme.pm";
  const listing = (paths: readonly string[]) =>
    goodSpec.replace(
      "</Filelist>",
      `${paths.map((path) => `<File Location="${path}"/>`).join("")}</Filelist>`,
    );
  const disk = new MemoryWorkspace({
    "/ws/acme/Acme.sopm": listing([settings, setup, "../../etc/var/packagesetup/Acme.pm"]),
    [`/ws/acme/${settings}`]: '<otrs_config><Setting Name="Acme::On"/></otrs_config>',
    [`/ws/acme/${setup}`]: "package var::packagesetup::Acme;",
    "/ws/old/Old-1.0.0.opm": "<otrs_package><Name>Old</Name></otrs_package>",
  });
  const { specs, names, told } = checking(disk);
  const documents = (kind: SymbolKind, name: string) =>
    [...names.places({ kind, name, owner: undefined })].map(({ document }) => document);
  specs.configure([folderAt("/ws")]);
  await told();
  assert.deepEqual(documents("package", "Acme"), ["/ws/acme/Acme.sopm"]);
  assert.deepEqual(documents("package", "Old"), ["/ws/old/Old-1.0.0.opm"]);
  assert.deepEqual(documents("setting", "Acme::On"), [`/ws/acme/${settings}`]);
  assert.deepEqual(documents("module", "var::packagesetup::Acme"), [`/ws/acme/${setup}`]);

  disk.files.set(`/ws/acme/${settings}`, '<otrs_config><Setting Name="Acme::Off"/></otrs_config>');
  specs.changed([{ path: `/ws/acme/${settings}`, kind: "changed" }]);
  await told();
  assert.deepEqual(documents("setting", "Acme::On"), []);
  assert.deepEqual(documents("setting", "Acme::Off"), [`/ws/acme/${settings}`]);

  disk.files.delete(`/ws/acme/${setup}`);
  specs.changed([{ path: "/ws/acme/var", kind: "deleted" }]);
  await told();
  assert.deepEqual(documents("module", "var::packagesetup::Acme"), []);

  disk.files.set("/ws/acme/Acme.sopm", listing([]));
  specs.changed([{ path: "/ws/acme/Acme.sopm", kind: "changed" }]);
  await told();
  assert.deepEqual(
    documents("setting", "Acme::Off"),
    [],
    "a file that is not listed any more is none of a package",
  );

  disk.files.delete("/ws/acme/Acme.sopm");
  specs.changed([{ path: "/ws/acme/Acme.sopm", kind: "deleted" }]);
  await told();
  assert.deepEqual(documents("package", "Acme"), []);
});

test("the files of a spec that is typed in are read when it lists them", async () => {
  const setup = "/ws/acme/var/packagesetup/Acme.pm";
  const disk = new MemoryWorkspace({
    "/ws/acme/Acme.sopm": goodSpec,
    [setup]: "package var::packagesetup::Acme;",
  });
  const { specs, names, told } = checking(disk);
  specs.configure([folderAt("/ws")]);
  await told();
  specs.opened("/ws/acme/Acme.sopm");
  specs.list("/ws/acme/Acme.sopm", "/ws/acme", ["var/packagesetup/Acme.pm", "Kernel/System/Acme.pm"]);
  await told();
  assert.equal(names.has(setup), true);
  assert.equal(names.has("/ws/acme/Kernel/System/Acme.pm"), false);
  specs.list("/ws/acme/Acme.sopm", "/ws/acme", []);
  assert.equal(names.has(setup), false);
});

test("whoever waits for all names waits until they are read, and not for the checks", async () => {
  const disk = new MemoryWorkspace({
    ...packageIn("/ws/acme"),
    ...Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`/ws/more/${index}/More.sopm`, misnamed])),
  });
  const { specs, names, told } = checking(disk);
  let isRead = false;
  const read = specs.namesRead().then(() => {
    isRead = true;
  });
  await Promise.resolve();
  assert.equal(isRead, false, "nobody has said what is to be read");
  specs.configure([folderAt("/ws")]);
  await read;
  assert.equal([...names.places({ kind: "package", name: "Other", owner: undefined })].length, 5);
  assert.equal(specs.isBusy, true);
  await told();
  await specs.namesRead();
  specs.changed([{ path: "/ws/acme/Acme.sopm", kind: "changed" }]);
  disk.files.set("/ws/acme/Acme.sopm", misnamed);
  await specs.namesRead();
  assert.equal([...names.places({ kind: "package", name: "Other", owner: undefined })].length, 6);
});
