import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { ArchivePart, WriteOptions } from "../../server/src/host/archive-writer.ts";
import { PackageError, type PackageErrorCode } from "../../server/src/host/package-error.ts";
import { writeArchive } from "../../server/src/node/archive-writer.ts";
import { chunkLength } from "../../server/src/node/base64-encoder.ts";
import { archiveText, filePart } from "../support/archive-text.ts";
import { contentsBelow } from "../support/contents-below.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const onLinux = process.platform === "linux";
const notOnWindows = { skip: process.platform === "win32" ? "there is no such thing on Windows" : false };
const onlyOnLinux = { skip: onLinux ? false : "needs what only Linux has" };

/** Makes a folder for archives with a package's older archive in it. */
function outputFolder(t: TestContext): { readonly folder: string; readonly target: string } {
  const folder = temporaryFolder(t, { "A-1.0.0.opm": "the archive before" });
  return { folder, target: join(folder, "A-1.0.0.opm") };
}

/** Checks that writing fails, that the archive before is still there, and nothing else. */
async function refuses(
  t: TestContext,
  code: PackageErrorCode,
  parts: readonly ArchivePart[],
  options: WriteOptions,
): Promise<PackageError> {
  const { folder, target } = outputFolder(t);
  let caught: unknown;
  await writeArchive(parts, target, options).catch((error: unknown) => {
    caught = error;
  });
  assert.ok(caught instanceof PackageError, String(caught));
  assert.equal(caught.code, code, caught.message);
  assert.doesNotMatch(caught.message, /\{\w+\}/);
  assert.equal(readFileSync(target, "utf8"), "the archive before");
  assert.deepEqual(readdirSync(folder), ["A-1.0.0.opm"]);
  return caught;
}

const big = Uint8Array.from({ length: 3 * chunkLength + 1 }, (_, index) => (index * 167) >> 5);

test("an archive is written as its parts say, whatever the sizes of its files", async (t) => {
  const sizes = [0, 1, 2, 3, 56, 57, 58, 5000, chunkLength - 1, chunkLength, chunkLength + 1, big.length];
  const baseFolder = temporaryFolder(
    t,
    Object.fromEntries(sizes.map((size) => [`var/${size}.bin`, big.subarray(0, size)])),
  );
  const { folder, target } = outputFolder(t);
  const long = "ä€😀 long text ".repeat(60_000);
  const parts: ArchivePart[] = [
    { kind: "text", text: long },
    ...sizes.flatMap((size): ArchivePart[] => [
      { kind: "text", text: `[${size}]` },
      filePart(`var/${size}.bin`),
      filePart(`./var//${size}.bin`, { wrapped: true }),
    ]),
    filePart("var"),
    filePart(""),
  ];
  const progress: number[] = [];
  const written = await writeArchive(parts, target, {
    baseFolder,
    allowSymlinks: false,
    onProgress: ({ bytes }) => progress.push(bytes),
  });
  const text = readFileSync(target, "utf8");
  assert.equal(text, archiveText(parts, contentsBelow(baseFolder)));
  assert.deepEqual(written, { path: target, size: Buffer.byteLength(text), files: 2 * sizes.length + 2 });
  assert.deepEqual(readdirSync(folder), ["A-1.0.0.opm"]);
  assert.equal(progress.at(-1), 2 * sizes.reduce((sum, size) => sum + size, 0));
});

test(
  "an archive may be read by everybody, whatever the process allows new files",
  notOnWindows,
  async (t) => {
    const { folder } = outputFolder(t);
    const before = process.umask(0o077);
    t.after(() => process.umask(before));
    const { path } = await writeArchive([], join(folder, "B-1.0.0.opm"), {
      baseFolder: folder,
      allowSymlinks: false,
    });
    assert.equal(statSync(path).mode & 0o777, 0o644);
  },
);

test("files that are not there or are no files", async (t) => {
  const baseFolder = temporaryFolder(t, { "var/file.txt": "x" });
  const options = { baseFolder, allowSymlinks: false };
  const error = await refuses(
    t,
    "file-missing",
    [filePart("var/file.txt"), filePart("var/absent.txt")],
    options,
  );
  assert.match(error.message, /var\/absent\.txt/);
  await refuses(t, "file-missing", [filePart("var/file.txt/")], options);
  await refuses(t, "file-missing", [filePart("var/file.txt/more")], options);
  await refuses(t, "file-missing", [filePart("var/\0.txt")], options);
  await refuses(t, "file-missing", [filePart("v".repeat(300))], options);
  await refuses(t, "file-is-folder", [filePart("var", { folderIsEmpty: false })], options);
  await refuses(t, "base-folder-missing", [], { ...options, baseFolder: join(baseFolder, "absent") });
});

test("nothing is read from outside the base folder", async (t) => {
  const outer = temporaryFolder(t, { "secret.txt": "x", "base/etc/passwd": "ours" });
  const options = { baseFolder: join(outer, "base"), allowSymlinks: true };
  for (const location of ["../secret.txt", "etc/../../secret.txt", ".."]) {
    await refuses(t, "file-outside", [filePart(location)], options);
  }
  // The builders put the base folder in front of it, so this is below as well.
  const { target } = outputFolder(t);
  await writeArchive([filePart("/etc/passwd")], target, options);
  assert.equal(readFileSync(target, "utf8"), `<${btoa("ours")}>`);
});

test(
  "symbolic links are followed inside the base folder, and outside when that is allowed",
  notOnWindows,
  async (t) => {
    const outer = temporaryFolder(t, { "outside/a.txt": "out", "base/real/a.txt": "in" });
    const baseFolder = join(outer, "base");
    symlinkSync("real/a.txt", join(baseFolder, "inside.txt"));
    symlinkSync("real", join(baseFolder, "folder"));
    symlinkSync("../outside/a.txt", join(baseFolder, "leaving.txt"));
    symlinkSync("../outside", join(baseFolder, "leaving"));
    symlinkSync("nowhere", join(baseFolder, "broken.txt"));
    const { target } = outputFolder(t);
    await writeArchive([filePart("inside.txt"), filePart("folder/a.txt")], target, {
      baseFolder,
      allowSymlinks: false,
    });
    assert.equal(readFileSync(target, "utf8"), `<${btoa("in")}><${btoa("in")}>`);
    for (const location of ["leaving.txt", "leaving/a.txt"]) {
      await refuses(t, "file-outside", [filePart(location)], { baseFolder, allowSymlinks: false });
      await writeArchive([filePart(location)], target, { baseFolder, allowSymlinks: true });
      assert.equal(readFileSync(target, "utf8"), `<${btoa("out")}>`);
    }
    await refuses(t, "file-missing", [filePart("broken.txt")], { baseFolder, allowSymlinks: true });
  },
);

test("a pipe that nobody writes to keeps nobody waiting", notOnWindows, async (t) => {
  const baseFolder = temporaryFolder(t);
  execFileSync("mkfifo", [join(baseFolder, "pipe")]);
  await refuses(t, "file-is-special", [filePart("pipe")], { baseFolder, allowSymlinks: false });
});

test("a file that cannot be read", onlyOnLinux, async (t) => {
  // Permissions do not bind everybody, but nobody can read a process's memory at its lowest address.
  const error = await refuses(t, "file-unreadable", [filePart("mem")], {
    baseFolder: `/proc/${process.pid}`,
    allowSymlinks: false,
  });
  assert.match(error.message, /EIO/);
});

test("a file that holds more than it said", onlyOnLinux, async (t) => {
  // The kernel makes its text up when it is read, and gives its size as 0.
  const options = { baseFolder: `/proc/${process.pid}`, allowSymlinks: false };
  await refuses(t, "file-changed", [filePart("status")], options);
});

test("a file that becomes shorter or different while it is read", async (t) => {
  const baseFolder = temporaryFolder(t, { "file.bin": "" });
  const file = join(baseFolder, "file.bin");
  for (const change of [() => truncateSync(file, 10), () => utimesSync(file, 0, 0)]) {
    truncateSync(file, 96 * 1024 * 1024);
    await refuses(t, "file-changed", [filePart("file.bin")], {
      baseFolder,
      allowSymlinks: false,
      onProgress: change,
    });
  }
});

test("a cancelled build leaves nothing", async (t) => {
  const baseFolder = temporaryFolder(t, { "file.bin": "" });
  truncateSync(join(baseFolder, "file.bin"), 96 * 1024 * 1024);
  const controller = new AbortController();
  await refuses(t, "cancelled", [filePart("file.bin")], {
    baseFolder,
    allowSymlinks: false,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
});

/** The error that writing to a target gives. */
async function writingTo(target: string, baseFolder: string): Promise<PackageErrorCode | undefined> {
  try {
    await writeArchive([{ kind: "text", text: "x" }], target, { baseFolder, allowSymlinks: false });
  } catch (error) {
    assert.ok(error instanceof PackageError, String(error));
    return error.code;
  }
}

test("output folders that cannot be written into", async (t) => {
  const { folder, target } = outputFolder(t);
  mkdirSync(join(folder, "B-1.0.0.opm"));
  assert.equal(await writingTo(join(folder, "absent/A.opm"), folder), "output-folder-missing");
  assert.equal(await writingTo(join(target, "A.opm"), folder), "output-folder-not-folder");
  assert.equal(await writingTo(join(folder, "B-1.0.0.opm"), folder), "output-is-folder");
  assert.equal(await writingTo(join(folder, `${"n".repeat(300)}.opm`), folder), "output-name-invalid");
  assert.deepEqual(readdirSync(folder).sort(), ["A-1.0.0.opm", "B-1.0.0.opm"]);
});

test("a pipe is not replaced by an archive", notOnWindows, async (t) => {
  const { folder } = outputFolder(t);
  execFileSync("mkfifo", [join(folder, "pipe")]);
  assert.equal(await writingTo(join(folder, "pipe"), folder), "output-is-special");
  assert.ok(statSync(join(folder, "pipe")).isFIFO());
});

test("a read-only output folder", onlyOnLinux, async (t) => {
  const folder = temporaryFolder(t, { "locked/A-1.0.0.opm": "the archive before" });
  chmodSync(join(folder, "locked"), 0o555);
  // Who may do everything may not make files where the kernel keeps its own.
  const locked = process.getuid?.() === 0 ? "/sys/kernel" : join(folder, "locked");
  assert.equal(await writingTo(join(locked, "A-1.0.0.opm"), folder), "output-not-writable");
  chmodSync(join(folder, "locked"), 0o755);
});

test("an output folder that goes away while the archive is written", notOnWindows, async (t) => {
  const folder = temporaryFolder(t, { "base/a.txt": "x" });
  const gone = join(folder, "gone");
  mkdirSync(gone);
  const written = writeArchive([filePart("a.txt")], join(gone, "A.opm"), {
    baseFolder: join(folder, "base"),
    allowSymlinks: false,
    // Told more than once where writing takes long.
    onProgress: () => rmSync(gone, { recursive: true, force: true }),
  });
  await assert.rejects(written, (error: PackageError) => error.code === "output-folder-missing");
});

test("a disk that is full leaves the archive that was there", onlyOnLinux, async (t) => {
  const { folder, target } = outputFolder(t);
  const baseFolder = temporaryFolder(t, { "file.bin": big });
  // A limit on the size of files comes the same way as a full disk, and needs no rights.
  const command = "trap '' XFSZ; ulimit -f 200; exec \"$@\"";
  const output = execFileSync("sh", ["-c", command, "sh", ...slowBuild(baseFolder, "file.bin", target)], {
    encoding: "utf8",
  });
  assert.equal(output, "output-full\n");
  assert.equal(readFileSync(target, "utf8"), "the archive before");
  assert.deepEqual(readdirSync(folder), ["A-1.0.0.opm"]);
});

test("a small file system that is full", onlyOnLinux, async (t) => {
  const { folder } = outputFolder(t);
  const baseFolder = temporaryFolder(t, { "file.bin": big });
  const command = [
    'mount -t tmpfs -o size=200k none "$0" || { echo "no file system can be mounted here"; exit; }',
    'echo before > "$0/A-1.0.0.opm"',
    '"$@"',
    'ls -A "$0"; cat "$0/A-1.0.0.opm"',
  ].join("; ");
  let output: string;
  try {
    const build = slowBuild(baseFolder, "file.bin", join(folder, "A-1.0.0.opm"));
    output = execFileSync("unshare", ["--mount", "--map-root-user", "sh", "-c", command, folder, ...build], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    output = "no file system can be mounted here\n";
  }
  if (output.startsWith("no file system")) {
    t.skip(output.trim());
    return;
  }
  assert.equal(output, "output-full\nA-1.0.0.opm\nbefore\n");
});

/** The command line of a build in a process of its own. */
function slowBuild(baseFolder: string, location: string, target: string): string[] {
  const script = join(import.meta.dirname, "slow-build.ts");
  return [process.execPath, "--import", "tsx", script, baseFolder, location, target];
}

test(
  "a killed build leaves the archive that was there, and the next one clears up",
  notOnWindows,
  async (t) => {
    const { folder, target } = outputFolder(t);
    const baseFolder = temporaryFolder(t, { "huge.bin": "", "small.txt": "x" });
    truncateSync(join(baseFolder, "huge.bin"), 2 ** 40);
    const [command, ...words] = slowBuild(baseFolder, "huge.bin", target);
    const child = spawn(command!, words, { stdio: "ignore" });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    try {
      while (!readdirSync(folder).some((name) => name.endsWith(".tmp"))) await setTimeout(5);
    } finally {
      child.kill("SIGKILL");
      await exited;
    }
    assert.equal(readFileSync(target, "utf8"), "the archive before");
    assert.equal(readdirSync(folder).length, 2);

    await writeArchive([filePart("small.txt")], target, { baseFolder, allowSymlinks: false });
    assert.equal(readFileSync(target, "utf8"), `<${btoa("x")}>`);
    assert.deepEqual(readdirSync(folder), ["A-1.0.0.opm"]);
  },
);

test("only what killed builds have left is cleared up", async (t) => {
  const { folder, target } = outputFolder(t);
  const host = hostname().replace(/[^\w.]/g, "_");
  const kept = [
    `.sopm-${host}-${process.pid}-1a.tmp`,
    ".sopm-elsewhere-1-2b.tmp",
    `.sopm-${host}-notes.tmp`,
    "other.tmp",
  ];
  const old = ".sopm-elsewhere-1-3c.tmp";
  for (const name of [...kept, old]) writeFileSync(join(folder, name), "");
  utimesSync(join(folder, old), 0, 0);
  await writeArchive([], target, { baseFolder: folder, allowSymlinks: false });
  assert.deepEqual(readdirSync(folder).sort(), [...kept, "A-1.0.0.opm"].sort());
});

/** A small archive of one file as it is planned. */
function planned(t: TestContext, content: Uint8Array) {
  const baseFolder = temporaryFolder(t, { "var/a": content });
  const attributes = new Map([
    ["Location", "var/a"],
    ["Encode", "Base64"],
  ]);
  const layout = { attributes: new Map<string, string>(), text: undefined };
  const elements = [
    { ...layout, name: "p" },
    { ...layout, name: "Filelist" },
    { name: "File", attributes, text: "", file: 0 },
    { name: "Name", attributes: new Map<string, string>(), text: "a & b" },
  ];
  const parts = (name: string): readonly ArchivePart[] => [
    { kind: "text", text: '<?xml version="1.0"?><p><Filelist><File Location="var/a" Encode="Base64">' },
    filePart("var/a", { start: "", end: "</File>", whenEmpty: "</File>" }),
    { kind: "text", text: `</Filelist><Name>${name}</Name></p>` },
  ];
  return { baseFolder, elements, parts };
}

test("an archive that reads back as it was planned takes its place, whatever the size of its files", async (t) => {
  for (const size of [0, 1, 57, chunkLength, chunkLength * 2 + 5]) {
    const { baseFolder, elements, parts } = planned(t, big.subarray(0, size));
    const { target } = outputFolder(t);
    const options = { baseFolder, allowSymlinks: false, elements };
    const written = await writeArchive(parts("a &amp; b"), target, options);
    assert.equal(written.doubt, undefined);
    assert.equal(statSync(target).size, written.size);
  }
});

test("an archive that reads back as something else does not take its place, unless it is kept on purpose", async (t) => {
  for (const [name, code] of [
    ["a &amp;amp; b", "archive-reads-other"],
    ["a &amp; b</Nane><Name>", "archive-reads-other"],
    ["a & b", "archive-reads-not"],
  ] as const) {
    const { baseFolder, elements, parts } = planned(t, big.subarray(0, 5000));
    const options = { baseFolder, allowSymlinks: false, elements };
    const { hint } = await refuses(t, code, parts(name), options);
    assert.match(hint, /unchanged/);
    const { target } = outputFolder(t);
    const kept = await writeArchive(parts(name), target, { ...options, keepsDoubtful: true });
    assert.equal(kept.doubt?.code, code);
    assert.ok(readFileSync(target, "utf8").includes(name));
  }
});

test("a large archive is not read back", async (t) => {
  const { baseFolder, elements, parts } = planned(t, new Uint8Array(20_000_001));
  const { target } = outputFolder(t);
  const written = await writeArchive(parts("other"), target, { baseFolder, allowSymlinks: false, elements });
  assert.equal(written.doubt, undefined);
  assert.ok(written.size > 26_000_000);
  const almost = planned(t, new Uint8Array(16_000_000));
  const options = { ...almost, allowSymlinks: false };
  assert.equal((await writeArchive(almost.parts("other"), target, options)).doubt, undefined);
});
