import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { extractArchive } from "../../server/src/engine/extract-archive.ts";
import { openArchiveInMemory } from "../../server/src/engine/open-archive.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { locations } from "../support/hostile-locations.ts";
import { fileList, hostilePackage } from "../support/hostile-package.ts";
import { plantSurroundings } from "../support/surroundings.ts";
import { realDisk as disk } from "../support/tried-disk.ts";

const world = nodeWorld();
const isPosix = process.platform !== "win32";

/** A folder among things that belong to somebody else, and what changes whenever these do. */
function surrounded(t: TestContext) {
  const root = disk.newFolder(t);
  plantSurroundings(root);
  const folder = join(root, "target");
  disk.makeFolder(folder);
  const before = disk.snapshot(root, ["target"]);
  return { root, folder, assertUntouched: () => assert.deepEqual(disk.snapshot(root, ["target"]), before) };
}

async function extract(folder: string, body: string, { force = false, asSource = true, name = "Acme" } = {}) {
  const archive = await openArchiveInMemory(Buffer.from(hostilePackage(body, name)), "Acme.opm", world);
  return extractArchive({ archive, folder, asSource, force }, world);
}

/** Files that were written, without the spec. */
function writtenIn(folder: string): readonly string[] {
  return disk.filesBelow(folder).filter((path) => !path.endsWith(".sopm"));
}

for (const [location, fate] of isPosix ? locations : []) {
  test(`extracting a file called ${JSON.stringify(location.slice(0, 40))} writes nothing elsewhere`, async (t) => {
    const { folder, assertUntouched } = surrounded(t);
    const result = await extract(folder, fileList(location, "Kernel/Acme.pm"));
    assertUntouched();
    assert.ok(result.kind === "extracted", result.kind);
    const written = writtenIn(folder);
    assert.ok(written.includes("Kernel/Acme.pm"));
    if (typeof fate === "object") assert.deepEqual(written, [fate.at, "Kernel/Acme.pm"].sort());
    if (fate === "is left out") assert.deepEqual(written, ["Kernel/Acme.pm"]);
    assert.equal(result.leftOut.length, 2 - written.length);
    for (const { reason } of result.leftOut) assert.match(reason.text, /\.$/);
  });
}

const administration = [
  ...[".git/hooks/post-checkout", "a/.git/config", ".GIT/config", ".git /config", ".git./config"],
  ...["GIT~1/config", ".git", ".g\u200cit/config", ".hg/hgrc", ".svn/x", "a/.bzr/b"],
];
for (const location of administration) {
  test(`extracting leaves out “${location}”`, async (t) => {
    const { folder } = surrounded(t);
    const result = await extract(folder, fileList(location, "b"));
    assert.ok(result.kind === "extracted");
    assert.deepEqual(writtenIn(folder), ["b"]);
    assert.equal(result.leftOut.length, 1);
    assert.match(result.leftOut[0]!.reason.text, /version control/);
  });
}

/** What somebody has put into the folder before. */
const tricks: Readonly<Record<string, (folder: string) => void>> = {
  "a link to a folder elsewhere": (folder) => disk.link("../outside", `${folder}/Kernel`),
  "a link to a folder elsewhere, further down": (folder) => {
    disk.makeFolder(`${folder}/Kernel`);
    disk.link("../../outside", `${folder}/Kernel/System`);
  },
  "a link to nowhere": (folder) => disk.link("/nowhere/at/all", `${folder}/Kernel`),
  "a link to itself": (folder) => disk.link("Kernel", `${folder}/Kernel`),
  "a file where a folder has to be": (folder) => disk.write(`${folder}/Kernel`, "here"),
  "a link to a file elsewhere in place of the file": (folder) => {
    disk.makeFolder(`${folder}/Kernel/System`);
    disk.link("../../../precious.txt", `${folder}/Kernel/System/Acme.pm`);
  },
  "a link to nowhere in place of the file": (folder) => {
    disk.makeFolder(`${folder}/Kernel/System`);
    disk.link("../../../new.txt", `${folder}/Kernel/System/Acme.pm`);
  },
  "a folder in place of the file": (folder) => disk.makeFolder(`${folder}/Kernel/System/Acme.pm/inner`),
  ...(isPosix && {
    "a pipe in place of the file": (folder: string) => {
      disk.makeFolder(`${folder}/Kernel/System`);
      disk.pipe(`${folder}/Kernel/System/Acme.pm`);
    },
  }),
};
for (const [name, trick] of Object.entries(tricks)) {
  for (const force of [false, true])
    test(`extracting${force ? " by force" : ""} over ${name} leaves it alone`, async (t) => {
      const { folder, assertUntouched } = surrounded(t);
      trick(folder);
      const before = disk.snapshot(folder, ["Acme.sopm", "b"]);
      const result = await extract(folder, fileList("Kernel/System/Acme.pm", "b"), { force });
      assertUntouched();
      assert.ok(result.kind === "extracted", result.kind);
      assert.deepEqual(disk.snapshot(folder, ["Acme.sopm", "b"]), before);
      assert.deepEqual(
        result.leftOut.map(({ location }) => location),
        ["Kernel/System/Acme.pm"],
      );
    });
}

test("a link in place of the spec is not written through", async (t) => {
  const { folder, assertUntouched } = surrounded(t);
  disk.link("../precious.txt", `${folder}/Acme.sopm`);
  await assert.rejects(extract(folder, fileList("a"), { force: true }), { name: "PackageError" });
  assertUntouched();
  assert.deepEqual(writtenIn(folder), []);
});

for (const name of ["../../escape", "/etc/passwd", "..", "", "a\\b", "x".repeat(5000), "con\u0000"]) {
  test(`a package called ${JSON.stringify(name.slice(0, 20))} gets its spec in the folder`, async (t) => {
    const { folder, assertUntouched } = surrounded(t);
    const written = name.replace("\u0000", "");
    const result = await extract(folder, fileList("a"), { name: written });
    assertUntouched();
    assert.ok(result.kind === "extracted");
    const specs = disk.names(folder).filter((each) => each.endsWith(".sopm"));
    assert.equal(specs.length, 1);
    assert.match(specs[0]!, /^[\w.+-]+\.sopm$/);
  });
}

test("of files in one place the last one is written, and a file gives way to a folder", async (t) => {
  const { folder } = surrounded(t);
  const result = await extract(folder, fileList("a/b", "a//b", "c", "c/d", "Acme.sopm"));
  assert.ok(result.kind === "extracted");
  assert.deepEqual(writtenIn(folder), ["a/b", "c/d"]);
  assert.deepEqual(
    result.leftOut.map(({ location }) => location),
    ["a/b", "c", "Acme.sopm"],
  );
});

test("no file is made to run as somebody else, and its owner can change each", async (t) => {
  const { folder } = surrounded(t);
  const modes = ["4755", "2777", "000", "444", "x", ""];
  const files = modes.map(
    (mode, index) => `<File Location="f${index}" Permission="${mode}" Encode="Base64">QWNtZQ==</File>`,
  );
  const result = await extract(folder, `<Filelist>${files.join("")}</Filelist>`);
  assert.ok(result.kind === "extracted");
  if (!isPosix) return;
  const [status] = [
    await world.files({ flush: false }).status(modes.map((_, index) => `${folder}/f${index}`)),
  ];
  const [setuid, setgid, none, readOnly] = status.map((each) => each!.mode.toString(8));
  assert.deepEqual([setuid, setgid, none, readOnly], ["755", "777", "600", "644"]);
  for (const each of status) assert.equal(each!.mode & 0o7600, 0o600);
});
