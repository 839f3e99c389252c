import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readArchive } from "../../server/src/engine/read-archive.ts";
import { SpecFilesOnDisk } from "../../server/src/node/spec-files.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const archive = "<otrs_package><Name>A</Name></otrs_package>";

test("an archive is read with its checksum", async (t) => {
  const folder = temporaryFolder(t, { "A.opm": archive });
  const contents = await readArchive(join(folder, "A.opm"), "znuny-7", nodeWorld());
  assert.equal(contents.structure?.single.Name?.content, "A");
  assert.equal(contents.digest, createHash("sha256").update(archive).digest("hex"));
  assert.equal(contents.fileName, "A.opm");
});

test("an archive is read through a link that somebody names", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = temporaryFolder(t, { "A.opm": archive });
  symlinkSync("A.opm", join(folder, "link.opm"));
  assert.equal(
    (await readArchive(join(folder, "link.opm"), "znuny-7", nodeWorld())).archive.size,
    archive.length,
  );
});

test("what is no archive has its own message", async (t) => {
  const folder = temporaryFolder(t, { "file/A": "" });
  const refused = (path: string, code: string) =>
    assert.rejects(readArchive(join(folder, path), "znuny-7", nodeWorld()), { name: "PackageError", code });
  await refused("missing.opm", "archive-missing");
  await refused("file/A/below.opm", "archive-missing");
  await refused("nul\0.opm", "archive-missing");
  await refused("file", "archive-not-file");
  writeFileSync(join(folder, "large.opm"), "");
  truncateSync(join(folder, "large.opm"), 3_000_000_000);
  await refused("large.opm", "archive-too-large");
  if (process.platform === "win32") return;
  execFileSync("mkfifo", [join(folder, "pipe.opm")]);
  await refused("pipe.opm", "archive-not-file");
  symlinkSync("loop.opm", join(folder, "loop.opm"));
  await refused("loop.opm", "archive-unreadable");
});

test("of a large archive the contents are read from the disk when they are asked for", async (t) => {
  const content = randomBytes(6_000_000);
  const encoded = content.toString("base64").replace(/.{76}/g, "$&\n");
  const text = `<p><Name>A</Name><Filelist><File Location="a" Encode="Base64">${encoded}</File></Filelist></p>`;
  const folder = temporaryFolder(t, { "A.opm": text });
  const path = join(folder, "A.opm");
  const { archive, digest, files } = await readArchive(path, "znuny-7", nodeWorld());
  assert.equal(digest, createHash("sha256").update(text).digest("hex"));
  assert.equal(files[0]?.content?.size, content.length);
  assert.ok(content.equals(await files[0]!.content!.read()));
  assert.equal(Buffer.from(await archive.read()).toString(), text);
  writeFileSync(path, text.slice(1));
  await assert.rejects(files[0]!.content!.read(), { code: "archive-changed" });
});

/** The files of a spec, after one has looked at these locations. */
async function found(baseFolder: string, allowSymlinks: boolean, ...locations: readonly string[]) {
  const files = new SpecFilesOnDisk(baseFolder, allowSymlinks);
  await files.find(locations);
  return files;
}

test("files of a spec are found where the build finds them", async (t) => {
  const folder = temporaryFolder(t, {
    "base/Kernel/A.pm": "package A;",
    "base/empty": "",
    outside: "secret",
  });
  const present = ["Kernel/A.pm", "/Kernel/A.pm", "empty", "Kernel", ""];
  const files = await found(join(folder, "base"), false, ...present, "../outside", "Kernel/B.pm", "a\0b");
  const file = files.contentOf("Kernel/A.pm");
  assert.equal(file?.size, 10);
  assert.equal(Buffer.from(await file!.read()).toString(), "package A;");
  assert.equal(files.contentOf("/Kernel/A.pm")?.size, 10);
  assert.equal(files.contentOf("empty")?.size, 0);
  assert.equal(files.contentOf("Kernel")?.size, 0);
  assert.equal(files.contentOf("")?.size, 0);
  for (const [location, code] of [
    ["../outside", "file-outside"],
    ["Kernel/B.pm", "file-missing"],
    ["a\0b", "file-missing"],
  ] as const) {
    assert.equal(files.contentOf(location), undefined);
    assert.equal(files.problems.get(location)?.code, code);
  }
});

test("a link out of the base folder is followed only when that is allowed", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = temporaryFolder(t, { outside: "secret" });
  mkdirSync(join(folder, "base"));
  symlinkSync("../outside", join(folder, "base/link"));
  assert.equal((await found(join(folder, "base"), false, "link")).contentOf("link"), undefined);
  assert.equal((await found(join(folder, "base"), true, "link")).contentOf("link")?.size, 6);
});

test("a folder that becomes a link after its files were found leads nowhere", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = temporaryFolder(t, { "base/Kernel/A.pm": "package A;", "outside/A.pm": "a secret.." });
  const file = (await found(join(folder, "base"), false, "Kernel/A.pm")).contentOf("Kernel/A.pm");
  rmSync(join(folder, "base/Kernel"), { recursive: true });
  symlinkSync("../outside", join(folder, "base/Kernel"));
  const later = await found(join(folder, "base"), false, "Kernel/A.pm");
  assert.equal(later.contentOf("Kernel/A.pm"), undefined);
  assert.equal(later.problems.get("Kernel/A.pm")?.code, "file-outside");
  rmSync(join(folder, "base/Kernel"));
  mkdirSync(join(folder, "base/Kernel"));
  symlinkSync("../../outside/A.pm", join(folder, "base/Kernel/A.pm"));
  await assert.rejects(file!.read(), { code: "file-outside" });
});

test("a location that spells its folder in another way is the same file", async (t) => {
  const folder = temporaryFolder(t, { "base/Kernel/A.pm": "package A;", "Kernel/A.pm": "outside" });
  const same = ["./Kernel/A.pm", "Kernel//A.pm", "x/../Kernel/A.pm"];
  const others = ["../Kernel/A.pm", "Kernel/../../Kernel/A.pm", "Kernel/A.pm/", "Kernel/A.pm/."];
  const files = await found(join(folder, "base"), false, ...same, ...others);
  for (const location of same) assert.equal(files.contentOf(location)?.size, 10, location);
  for (const location of others) {
    assert.notEqual(files.contentOf(location)?.size, 7, location);
  }
  assert.equal(files.contentOf("../Kernel/A.pm"), undefined);
  assert.equal(files.contentOf("Kernel/A.pm/"), undefined);
});

test("a file that changed since it was found is not taken for what it was", async (t) => {
  const folder = temporaryFolder(t, { a: "one" });
  const file = (await found(folder, false, "a")).contentOf("a");
  writeFileSync(join(folder, "a"), "another");
  await assert.rejects(file!.read(), { code: "file-changed" });
});

test("a base folder that is not there has no files", async (t) => {
  assert.equal((await found(join(temporaryFolder(t), "gone"), false, "a")).contentOf("a"), undefined);
});
