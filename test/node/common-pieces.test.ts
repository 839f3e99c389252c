import assert from "node:assert/strict";
import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { commonLength } from "../../server/src/builder/first-difference.ts";
import { archiveInMemory } from "../../server/src/host/file-content.ts";
import { patientPackages } from "../../server/src/host/patience.ts";
import { openArchive } from "../../server/src/node/archive-file.ts";
import { timers } from "../../server/src/node/timers.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Bytes of which no two stretches that lie near each other are the same, more than are read at once. */
function manyBytes(): Buffer {
  const bytes = Buffer.alloc(3 << 20);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
  return bytes;
}

test("two archives on a disk have in common what comes before the first byte that differs", async (t) => {
  const folder = temporaryFolder(t);
  const bytes = manyBytes();
  const [one, other] = [join(folder, "one.opm"), join(folder, "other.opm")];
  writeFileSync(one, bytes);
  const before = await openArchive(one);
  const borders = [0, 1, 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20, 2 << 20, bytes.length];
  const places = borders.flatMap((border) => [border - 1, border, border + 1]);
  for (const place of places.filter((each) => each >= 0 && each < bytes.length)) {
    const changed = Buffer.from(bytes);
    changed[place]! ^= 1;
    writeFileSync(other, changed);
    assert.equal(await commonLength([before, 0], [await openArchive(other), 0], bytes.length), place);
    // One that ends there has no more.
    writeFileSync(other, bytes.subarray(0, place));
    const after = await openArchive(other);
    assert.equal(await commonLength([before, 0], [after, 0], bytes.length), place);
    assert.equal(await commonLength([after, 0], [before, 0], bytes.length), place);
  }
});

test("what is common is given as it stands, also where it stands elsewhere in the other archive", async (t) => {
  const bytes = manyBytes();
  const folder = temporaryFolder(t, {
    "one.opm": bytes,
    "other.opm": Buffer.concat([Buffer.alloc(77), bytes]),
  });
  const before = await openArchive(join(folder, "one.opm"));
  const after = await openArchive(join(folder, "other.opm"));
  const [start, length] = [1_000, 2_500_000];
  const given: Buffer[] = [];
  const common = await commonLength([before, start], [after, start + 77], length, (piece) =>
    given.push(Buffer.from(piece)),
  );
  assert.equal(common, length);
  assert.ok(Buffer.concat(given).equals(bytes.subarray(start, start + length)));
  assert.equal(await commonLength([before, start], [after, start + 78], length), 0);
});

test("an archive that is another file by now is not compared", async (t) => {
  const folder = temporaryFolder(t, { "one.opm": manyBytes(), "other.opm": manyBytes() });
  const paths = [join(folder, "one.opm"), join(folder, "other.opm")] as const;
  for (const changed of paths) {
    const [before, after] = [await openArchive(paths[0]), await openArchive(paths[1])];
    appendFileSync(changed, "x");
    await assert.rejects(commonLength([before, 0], [after, 0], before.size), { code: "archive-changed" });
  }
});

test("an archive that becomes shorter while it is compared is told", async (t) => {
  const folder = temporaryFolder(t, { "one.opm": manyBytes(), "other.opm": manyBytes() });
  const paths = [join(folder, "one.opm"), join(folder, "other.opm")] as const;
  const [before, after] = [await openArchive(paths[0]), await openArchive(paths[1])];
  const cut = () => writeFileSync(paths[1], "");
  await assert.rejects(commonLength([before, 0], [after, 0], before.size, cut), { code: "archive-changed" });
});

test("of an archive that is in memory the disk says nothing", async (t) => {
  const folder = temporaryFolder(t, { "one.opm": manyBytes() });
  const before = await openArchive(join(folder, "one.opm"));
  assert.equal(await commonLength([before, 0], [archiveInMemory(manyBytes()), 0], 10), undefined);
});

test("a disk compares its archives also for those who do not wait for it without end", async (t) => {
  const folder = temporaryFolder(t, { "one.opm": manyBytes(), "other.opm": manyBytes() });
  const { archive } = patientPackages(nodeWorld().packages, timers);
  const before = await archive(join(folder, "one.opm"));
  const after = await archive(join(folder, "other.opm"));
  assert.equal(await commonLength([before, 0], [after, 0], before.size), before.size);
});

test("a piece stays as it is while the next one is read", async (t) => {
  const bytes = manyBytes();
  const folder = temporaryFolder(t, { "one.opm": bytes });
  const path = join(folder, "one.opm");
  let offset = 0;
  for await (const piece of (await openArchive(path)).pieces(0, bytes.length)) {
    // Whoever reads all of it takes longer than a piece does.
    await readFile(path);
    assert.ok(bytes.subarray(offset, offset + piece.length).equals(piece));
    offset += piece.length;
  }
  assert.equal(offset, bytes.length);
});

test("whoever asks for no more of an archive is not told that there is no more", async (t) => {
  const folder = temporaryFolder(t, { "one.opm": manyBytes() });
  const archive = await openArchive(join(folder, "one.opm"));
  const pieces = archive.pieces(0, archive.size)[Symbol.asyncIterator]();
  assert.equal((await pieces.next()).done, false);
  truncateSync(join(folder, "one.opm"));
  assert.equal((await pieces.return!()).done, true);
});
