import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { linkSync, symlinkSync } from "node:fs";
import { type TestContext, test } from "node:test";
import type { FileSystem } from "../../server/src/host/file-system.ts";
import { NodeFileSystem } from "../../server/src/node/file-system.ts";
import { MemoryDisk, MemoryFileSystem } from "../support/memory-file-system.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A disk to try, an empty folder on it, and what only a test does to it. */
interface Tried {
  readonly files: FileSystem;
  readonly folder: string;
  readonly link: (target: string, path: string) => void;
  readonly hardLink: (from: string, path: string) => void;
}

const disks: Readonly<Record<string, (context: TestContext) => Tried>> = {
  "the disk": (context) => ({
    files: new NodeFileSystem(),
    folder: temporaryFolder(context),
    link: symlinkSync,
    hardLink: linkSync,
  }),
  "the disk without flushing": (context) => ({
    files: new NodeFileSystem({ flush: false }),
    folder: temporaryFolder(context),
    link: symlinkSync,
    hardLink: linkSync,
  }),
  memory: () => tryMemory(new MemoryDisk()),
  "memory that knows no letter case": () => tryMemory(new MemoryDisk({ isCaseInsensitive: true })),
};

function tryMemory(disk: MemoryDisk): Tried {
  const files = new MemoryFileSystem(disk);
  return {
    files,
    folder: "/",
    link: (target, path) => files.link(target, path),
    hardLink: (from, path) => files.hardLink(from, path),
  };
}

const contract: Readonly<Record<string, (tried: Tried) => Promise<void>>> = {
  "a file is what was written": async ({ files, folder }) => {
    const path = `${folder}/a`;
    await files.write([{ path, bytes: bytesOf("text"), mode: 0o640 }]);
    assert.equal(await textOf(files, path), "text");
    const [status] = await files.status([path]);
    assert.equal(status?.kind, "file");
    assert.equal(status.size, 4);
    if (files.traits.hasPermissions) assert.equal(status.mode, 0o640);
    assert.equal(status.isReadable, true);
    assert.deepEqual(await files.list(folder), ["a"]);
  },
  "a part of a file, and no more than there is": async ({ files, folder }) => {
    const path = `${folder}/a`;
    await files.write([{ path, bytes: bytesOf("0123456789"), mode: 0o644 }]);
    const part = async (start: number, end: number) => text(await files.read(path, { range: [start, end] }));
    assert.deepEqual([await part(2, 5), await part(8, 20), await part(20, 30)], ["234", "89", ""]);
    await assert.rejects(files.read(path, { limit: 9 }), { code: "too-large" });
    assert.equal((await files.read(path, { limit: 10 })).length, 10);
  },
  "what is there is not written over": async ({ files, folder }) => {
    const path = `${folder}/a`;
    await files.write([{ path, bytes: bytesOf("first"), mode: 0o644 }]);
    const both = [`${folder}/before`, path, `${folder}/behind`];
    const written = both.map((each) => ({ path: each, bytes: bytesOf("second"), mode: 0o644 }));
    await assert.rejects(files.write(written), { code: "EEXIST" });
    assert.equal(await textOf(files, path), "first");
    assert.deepEqual([...(await files.list(folder))].sort(), ["a", "before"]);
    await assert.rejects(files.copy([{ from: `${folder}/before`, path, mode: 0o644 }]), { code: "EEXIST" });
  },
  "a copy has its own permissions": async ({ files, folder }) => {
    await files.write([{ path: `${folder}/a`, bytes: bytesOf("text"), mode: 0o600 }]);
    await files.copy([{ from: `${folder}/a`, path: `${folder}/b`, mode: 0o755 }]);
    const [status] = await files.status([`${folder}/b`]);
    if (files.traits.hasPermissions) assert.equal(status?.mode, 0o755);
    assert.equal(await textOf(files, `${folder}/b`), "text");
    await assert.rejects(files.copy([{ from: folder, path: `${folder}/c`, mode: 0o644 }]), {
      code: "not-plain",
    });
    await assert.rejects(files.copy([{ from: `${folder}/x`, path: `${folder}/c`, mode: 0o644 }]), {
      code: "ENOENT",
    });
  },
  "a file replaces a file": async ({ files, folder }) => {
    await writeText(files, `${folder}/a`, `${folder}/b`, `${folder}/c`);
    const [before] = await files.status([`${folder}/b`]);
    await files.rename([
      [`${folder}/a`, `${folder}/b`],
      [`${folder}/b`, `${folder}/d`],
      [`${folder}/c`, `${folder}/e`],
    ]);
    assert.deepEqual([...(await files.list(folder))].sort(), ["d", "e"]);
    assert.equal(await textOf(files, `${folder}/d`), `${folder}/a`);
    const [after] = await files.status([`${folder}/d`]);
    assert.notEqual(before?.identity, after?.identity);
    await assert.rejects(files.rename([[`${folder}/x`, `${folder}/y`]]), { code: "ENOENT" });
  },
  "a folder takes what is in it along": async ({ files, folder }) => {
    await files.makeFolders([
      { path: `${folder}/a`, mode: 0o755 },
      { path: `${folder}/a/b`, mode: 0o700 },
      { path: `${folder}/full`, mode: 0o755 },
    ]);
    await writeText(files, `${folder}/a/b/file`, `${folder}/full/file`, `${folder}/file`);
    await files.rename([[`${folder}/a`, `${folder}/c`]]);
    assert.deepEqual(await files.list(`${folder}/c/b`), ["file"]);
    const [inner] = await files.status([`${folder}/c/b`]);
    if (files.traits.hasPermissions) assert.equal(inner?.mode, 0o700);
    await assert.rejects(files.rename([[`${folder}/c`, `${folder}/full`]]), hasCode("ENOTEMPTY", "EPERM"));
    await assert.rejects(files.rename([[`${folder}/file`, `${folder}/c`]]), hasCode("EISDIR", "EPERM"));
    await assert.rejects(files.rename([[`${folder}/c`, `${folder}/c/b/d`]]), hasCode("EINVAL", "EPERM"));
    await assert.rejects(files.makeFolders([{ path: `${folder}/c`, mode: 0o755 }]), { code: "EEXIST" });
    await assert.rejects(files.makeFolders([{ path: `${folder}/x/y`, mode: 0o755 }]), { code: "ENOENT" });
    await assert.rejects(files.removeFolders([`${folder}/c`]), { code: "ENOTEMPTY" });
    await assert.rejects(files.removeFolders([`${folder}/file`]), hasCode("ENOTDIR", "ENOENT"));
    await assert.rejects(files.remove([`${folder}/c`]), hasCode("EISDIR", "EPERM"));
    await files.removeTree(`${folder}/c`);
    await files.removeTree(`${folder}/c`);
    await files.remove([`${folder}/full/file`, `${folder}/file`]);
    await files.removeFolders([`${folder}/full`]);
    assert.deepEqual(await files.list(folder), []);
  },
  "no link is followed that is asked for": async ({ files, folder, link }) => {
    await files.makeFolders([{ path: `${folder}/real`, mode: 0o755 }]);
    await writeText(files, `${folder}/real/file`);
    link("real/file", `${folder}/to-file`);
    link("real", `${folder}/to-folder`);
    link("nowhere", `${folder}/to-nothing`);
    const links = ["to-file", "to-folder", "to-nothing"].map((name) => `${folder}/${name}`);
    assert.deepEqual(
      (await files.status(links)).map((status) => status?.kind),
      ["link", "link", "link"],
    );
    for (const path of links.slice(0, 2)) await assert.rejects(files.read(path), { code: "not-plain" });
    assert.equal(text(await files.read(links[0]!, { follow: true })), `${folder}/real/file`);
    // On the way there they are, which whoever asks has to look for.
    assert.equal(await textOf(files, `${folder}/to-folder/file`), `${folder}/real/file`);
    await assert.rejects(files.write([{ path: links[2]!, bytes: bytesOf(""), mode: 0o644 }]), {
      code: "EEXIST",
    });
    await files.removeTree(links[1]!);
    await files.remove([links[0]!, links[2]!]);
    assert.deepEqual(await files.list(`${folder}/real`), ["file"]);
  },
  "a circle of links leads nowhere": async ({ files, folder, link }) => {
    link("b", `${folder}/a`);
    link("a", `${folder}/b`);
    await assert.rejects(files.read(`${folder}/a`, { follow: true }), hasCode("ELOOP", "not-plain"));
    await assert.rejects(files.list(`${folder}/a/c`), { code: "ELOOP" });
    assert.deepEqual(await files.status([`${folder}/a/c`]), [undefined]);
  },
  "both names of a file are the same file": async ({ files, folder, hardLink }) => {
    await writeText(files, `${folder}/a`);
    hardLink(`${folder}/a`, `${folder}/b`);
    const [a, b] = await files.status([`${folder}/a`, `${folder}/b`]);
    assert.equal(a?.identity, b?.identity);
    await files.rename([[`${folder}/a`, `${folder}/b`]]);
    assert.deepEqual([...(await files.list(folder))].sort(), ["a", "b"]);
  },
  "nothing is where nothing can be": async ({ files, folder }) => {
    await writeText(files, `${folder}/file`);
    const paths = [`${folder}/x`, `${folder}/x/y`, `${folder}/file/x`, `${folder}/${"n".repeat(300)}`];
    assert.deepEqual(await files.status(paths), [undefined, undefined, undefined, undefined]);
    await assert.rejects(files.list(`${folder}/x`), { code: "ENOENT" });
    await assert.rejects(files.list(`${folder}/file`), hasCode("ENOTDIR"));
    await assert.rejects(files.read(`${folder}/x`), { code: "ENOENT" });
    await assert.rejects(files.read(folder), { code: "not-plain" });
    await assert.rejects(files.remove([`${folder}/x`]), { code: "ENOENT" });
    await assert.rejects(
      files.write([{ path: `${folder}/${"n".repeat(300)}`, bytes: bytesOf(""), mode: 0o644 }]),
      {
        code: "ENAMETOOLONG",
      },
    );
    await files.flush([folder, `${folder}/x`]);
  },
  "digests, and why there is none": async ({ files, folder }) => {
    const bytes = Buffer.alloc(700_000, "large");
    await files.write([
      { path: `${folder}/large`, bytes, mode: 0o644 },
      { path: `${folder}/empty`, bytes: bytesOf(""), mode: 0o644 },
    ]);
    const [large, empty, none, isFolder] = await files.digests([
      ...[`${folder}/large`, `${folder}/empty`, `${folder}/none`, folder],
    ]);
    assert.equal(large, createHash("sha256").update(bytes).digest("hex"));
    assert.equal(large, files.digest(bytes));
    assert.equal(empty, files.digest(bytesOf("")));
    assert.equal((none as { code?: string }).code, "ENOENT");
    assert.equal((isFolder as { code?: string }).code, "not-plain");
    const hash = files.hash();
    hash.update(bytes.subarray(0, 1_000));
    hash.update(bytes.subarray(1_000));
    assert.equal(hash.digest(), large);
  },
  "a file that changes is told from itself": async ({ files, folder }) => {
    await writeText(files, `${folder}/a`);
    const [before, again] = await files.status([`${folder}/a`, `${folder}/a`]);
    assert.equal(before?.identity, again?.identity);
    await files.remove([`${folder}/a`]);
    await writeText(files, `${folder}/b`, `${folder}/a`);
    const [after] = await files.status([`${folder}/a`]);
    assert.notEqual(before?.identity, after?.identity);
  },
  "no name comes twice, and this process lives": async ({ files }) => {
    assert.notEqual(files.randomName(8), files.randomName(8));
    assert.match(files.randomName(8), /^[0-9a-f]{16}$/);
    assert.equal(files.fateOf(files.self()), "running");
    assert.equal(files.fateOf({ ...files.self(), host: "elsewhere" }), "unknown");
    assert.equal(files.fateOf({ ...files.self(), process: 2 ** 30 }), "gone");
    await files.pause(0);
  },
};

for (const [disk, tried] of Object.entries(disks)) {
  for (const [name, work] of Object.entries(contract)) {
    test(`${disk}: ${name}`, (context) => work(tried(context)));
  }
}

test("letter case is kept and does not matter where a disk knows none", async () => {
  const { files, folder } = tryMemory(new MemoryDisk({ isCaseInsensitive: true }));
  await writeText(files, `${folder}/Name`);
  assert.equal(await textOf(files, `${folder}/nAME`), `${folder}/Name`);
  await assert.rejects(files.write([{ path: `${folder}/name`, bytes: bytesOf(""), mode: 0o644 }]), {
    code: "EEXIST",
  });
  assert.deepEqual(await files.list(folder), ["Name"]);
  await files.rename([[`${folder}/Name`, `${folder}/NAME`]]);
  assert.deepEqual(await files.list(folder), ["NAME"]);
});

test("a disk that does not answer is given up, and taken again when it does", async (context) => {
  const folder = temporaryFolder(context);
  const answers: (() => void)[] = [];
  const probe = () => new Promise<void>((resolve) => answers.push(resolve));
  const files = new NodeFileSystem({ probe, patience: 1 });
  await assert.rejects(files.list(folder), { code: "silent", path: folder });
  await assert.rejects(files.list(folder), { code: "silent" });
  assert.equal(answers.length, 1, "no thread is held up twice");
  answers[0]!();
  const late = new NodeFileSystem({ probe: async () => undefined, patience: 60_000 });
  assert.deepEqual(await late.list(folder), []);
});

function hasCode(...codes: string[]): (error: unknown) => boolean {
  return (error) => {
    assert.ok(codes.includes((error as { code: string }).code), String(error));
    return true;
  };
}

async function writeText(files: FileSystem, ...paths: string[]): Promise<void> {
  await files.write(paths.map((path) => ({ path, bytes: bytesOf(path), mode: 0o644 })));
}

async function textOf(files: FileSystem, path: string): Promise<string> {
  return text(await files.read(path));
}

function bytesOf(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
