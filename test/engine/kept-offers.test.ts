import assert from "node:assert/strict";
import { test } from "node:test";
import { keepOffer } from "../../server/src/engine/kept-offers.ts";
import { MemoryDisk, MemoryFileSystem } from "../support/memory-file-system.ts";

const day = 24 * 3_600_000;

async function started(most = { archives: 3, bytes: 1000, age: 10 * day }) {
  const disk = new MemoryDisk();
  const files = new MemoryFileSystem(disk);
  await files.makeFolders([{ path: "/cache" }, { path: "/offers" }]);
  const keep = async (content: string, size = 10, fileName = `/${content}-1.0.0.opm`) => {
    disk.clock += 1000;
    const from = `/cache/${content}`;
    if (!(await files.status([from]))[0])
      await files.write([{ path: from, bytes: new Uint8Array(size).fill(65) }]);
    return keepOffer("/offers", from, fileName, files, most);
  };
  const kept = async () => [...(await files.list("/offers"))].sort();
  return { disk, files, keep, kept };
}

test("an offer is kept under its name, the same content once", async () => {
  const { files, keep, kept } = await started();
  const path = await keep("aaaa");
  assert.equal(path, "/offers/aaaa/aaaa-1.0.0.opm");
  assert.equal((await files.read(path)).length, 10);
  assert.equal(await keep("aaaa"), path);
  assert.equal(await keep("bbbb", 10, "a/../..\\evil name"), "/offers/bbbb/.._evil_name.opm");
  assert.equal(await keep("cccc", 10, "dir/"), "/offers/cccc/package.opm");
  assert.deepEqual(await kept(), ["aaaa", "bbbb", "cccc"]);
  assert.deepEqual([...(await files.list("/offers/aaaa"))].sort(), ["aaaa-1.0.0.opm", "used"]);
});

test("of too many offers the one goes that was not looked at for longest", async () => {
  const { keep, kept } = await started();
  for (const name of ["a", "b", "c", "a", "d"]) await keep(name);
  assert.deepEqual(await kept(), ["a", "c", "d"]);
});

test("offers that are too large together go, but never the one that is wanted", async () => {
  const { keep, kept } = await started();
  for (const name of ["a", "b", "c"]) await keep(name, 450);
  assert.deepEqual(await kept(), ["b", "c"]);
  await keep("d", 5000);
  assert.deepEqual(await kept(), ["d"]);
});

test("offers that were not looked at for long go with the next one", async () => {
  const { disk, keep, kept } = await started();
  await keep("a");
  disk.clock += 9 * day;
  await keep("b");
  assert.deepEqual(await kept(), ["a", "b"]);
  disk.clock += 2 * day;
  await keep("c");
  assert.deepEqual(await kept(), ["b", "c"]);
});

test("what cannot be tidied away keeps nothing from being shown, and no part is left behind", async () => {
  const { files, keep } = await started({ archives: 1, bytes: 1000, age: day });
  await keep("a");
  const removeTree = files.removeTree.bind(files);
  files.removeTree = async (path) => {
    if (path === "/offers/a") throw new Error("in use");
    return removeTree(path);
  };
  assert.equal(await keep("b"), "/offers/b/b-1.0.0.opm");
  files.copy = async () => {
    throw new Error("full");
  };
  await assert.rejects(keep("c"), /full/);
  assert.deepEqual(await files.list("/offers/c"), []);
});
