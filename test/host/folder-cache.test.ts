import assert from "node:assert/strict";
import { test } from "node:test";
import { type Disk, FolderCache } from "../../server/src/host/folder-cache.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";

const pm = "Kernel/System/Acme.pm";

/** A disk in memory that counts its scans and answers when it is told to. */
class SlowDisk implements Disk {
  readonly files: Map<string, number>;
  scans = 0;
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};

  constructor(files: Readonly<Record<string, number>>) {
    this.files = new Map(Object.entries(files));
  }

  /** From now on questions wait until {@link answer}. */
  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  answer(): void {
    this.#open();
  }

  async inspect(path: string): Promise<FileFact> {
    const size = this.files.get(path);
    await this.#gate;
    return size === undefined ? { kind: "missing" } : { kind: "file", size, leavesBase: false };
  }

  async scan(): Promise<ReadonlyMap<string, FileFact>> {
    this.scans++;
    const found = [...this.files].map(
      ([path, size]) => [path, { kind: "file", size, leavesBase: false }] as const,
    );
    await this.#gate;
    return new Map(found);
  }
}

test("what is written in a file is known after it was asked for, and again when it has changed", async () => {
  const texts = new Map([[pm, "1;"]]);
  const read = async (path: string) => texts.get(path) ?? "";
  const disk = new SlowDisk({ [pm]: 2 });
  const cache = new FolderCache({ inspect: (path) => disk.inspect(path), scan: () => disk.scan(), read });
  assert.equal(cache.facts.textOf?.(pm), undefined);
  assert.equal(await cache.refresh(), true);
  const { facts } = cache;
  assert.equal(facts.textOf?.(pm), "1;");
  assert.equal(await cache.refresh(), false, "nothing new was asked for");
  assert.equal(await cache.reload(), false, "nothing has changed");
  texts.set(pm, "2;");
  assert.equal(await cache.reload(), true);
  assert.equal(cache.facts.textOf?.(pm), "2;");
  assert.equal(facts.textOf?.(pm), "1;", "a snapshot never changes");
});

test("what is missing is not read until it is there", async () => {
  const asked: string[] = [];
  const read = async (path: string) => {
    asked.push(path);
    return "1;";
  };
  const disk = new SlowDisk({});
  const cache = new FolderCache({ inspect: (path) => disk.inspect(path), scan: () => disk.scan(), read });
  await cache.prepare();
  cache.facts.textOf?.(pm);
  await cache.refresh();
  assert.equal(cache.facts.textOf?.(pm), "");
  assert.deepEqual(asked, []);
  disk.files.set(pm, 2);
  await cache.reload();
  assert.equal(cache.facts.textOf?.(pm), "1;");
});

test("files that change while the folder is read for the first time are found", async () => {
  const disk = new SlowDisk({});
  const cache = new FolderCache(disk);
  cache.facts.files();
  disk.hold();
  const refreshed = cache.refresh();
  disk.files.set(pm, 7);
  const reloaded = cache.reload();
  disk.answer();
  await Promise.all([refreshed, reloaded]);
  assert.deepEqual(cache.facts.files(), [pm]);
});

test("what is found out while all is looked at again is not lost", async () => {
  const disk = new SlowDisk({ "top.txt": 1 });
  const cache = new FolderCache(disk);
  cache.facts.files();
  await cache.refresh();
  disk.hold();
  const reloaded = cache.reload();
  cache.facts.factOf("top.txt");
  const refreshed = cache.refresh();
  disk.answer();
  await Promise.all([reloaded, refreshed]);
  assert.deepEqual(cache.facts.factOf("top.txt"), { kind: "file", size: 1, leavesBase: false });
});

test("two who ask at once share one look at the disk, and both hear that more is known", async () => {
  const disk = new SlowDisk({ [pm]: 7 });
  const cache = new FolderCache(disk);
  cache.facts.files();
  assert.deepEqual(await Promise.all([cache.refresh(), cache.refresh()]), [true, true]);
  assert.equal(disk.scans, 1);
});

test("a storm of changes costs one more look, whatever is under way", async () => {
  const disk = new SlowDisk({ [pm]: 7 });
  const cache = new FolderCache(disk);
  cache.facts.files();
  disk.hold();
  const refreshed = cache.refresh();
  const storm = Array.from({ length: 50 }, () => cache.reload());
  disk.answer();
  await Promise.all([refreshed, ...storm]);
  assert.equal(disk.scans, 2);
});

test("looking again makes a new snapshot only when something is different", async () => {
  const disk = new SlowDisk({ [pm]: 7, "top.txt": 1 });
  const cache = new FolderCache(disk);
  cache.facts.factOf("top.txt");
  await cache.refresh();
  const before = cache.facts;
  assert.equal(await cache.reload(), false);
  assert.equal(cache.facts, before);
  disk.files.set(pm, 8);
  assert.equal(await cache.reload(), true);
  assert.deepEqual(cache.facts.factOf(pm), { kind: "file", size: 8, leavesBase: false });
});

test("a disk that fails once is asked again", async () => {
  const disk = new SlowDisk({ [pm]: 7 });
  const scan = disk.scan.bind(disk);
  disk.scan = () => Promise.reject(new Error("gone"));
  const cache = new FolderCache(disk);
  cache.facts.files();
  await assert.rejects(cache.refresh(), /gone/);
  disk.scan = scan;
  await cache.refresh();
  assert.deepEqual(cache.facts.files(), [pm]);
});
