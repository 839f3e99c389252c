import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { firstDifference } from "../../server/src/builder/first-difference.ts";
import { comparedArchive, comparePackages } from "../../server/src/engine/compare-packages.ts";
import { openArchive, openTwoArchives } from "../../server/src/engine/open-archive.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { hostilePackage } from "../support/hostile-package.ts";
import { randomFrom } from "../support/random.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const world = nodeWorld();

function fileElement(location: string, content: string, isWrapped: boolean): string {
  const encoded = Buffer.from(content).toString("base64");
  const written = isWrapped ? encoded.replace(/.{60}/g, "$&\n") : encoded;
  return `<File Location="${location}" Permission="644" Encode="Base64">${written}</File>\n`;
}

test("an archive that is opened beside another one comes to the same as one that is opened alone", async (t) => {
  const folder = temporaryFolder(t);
  const random = randomFrom(11);
  const list = Array.from({ length: 8 }, (_, index) =>
    fileElement(`Kernel/${index}.pm`, `line ${index}\n`.repeat(60 + index), index % 2 === 0),
  );
  const whole = hostilePackage(`<Filelist>\n${list.join("")}</Filelist>`);
  const [one, other] = [join(folder, "one.opm"), join(folder, "other.opm")];
  writeFileSync(one, whole);
  const open = (path: string, like?: Awaited<ReturnType<typeof openArchive>>) =>
    openArchive(path, world, { hasDigest: false, like });
  for (let round = 0; round < 120; round++) {
    const at = random.below(whole.length + 1);
    const length = random.below(4);
    const put = random.pick(["", "A", "\n", "<", "&", "x".repeat(500)]);
    writeFileSync(other, whole.slice(0, at) + put + whole.slice(at + length));
    const first = await open(one);
    const alone = await open(other);
    const beside = await open(other, first);
    const together = await openTwoArchives(one, other, world);
    assert.deepEqual(together[0].cut, first.cut);
    for (const { common, text, cut } of [beside, together[1]]) {
      assert.ok(common);
      assert.deepEqual(text, alone.text);
      assert.deepEqual(cut, alone.cut);
    }
    const compared = async (before: typeof alone, after: typeof alone) =>
      comparePackages(
        await comparedArchive("one", "archive", before),
        await comparedArchive("other", "archive", after),
      );
    const found = await compared(first, beside);
    const inMemory = await openArchive(other, world, { hasDigest: false, largestInMemory: 1_000_000 });
    assert.deepEqual(found, await compared(first, inMemory));
    assert.deepEqual(found, await compared(first, alone));
    assert.deepEqual(found, await compared(...together));
    const pieces = (path: string) =>
      (async function* () {
        yield new Uint8Array(readFileSync(path));
      })();
    assert.deepEqual(found.bytes?.first, await firstDifference(pieces(one), pieces(other)));
  }
});

test("contents that are written in other lines are the same as long as their bytes are", async (t) => {
  const content = Buffer.alloc(900_000, "a package has many lines\n");
  const changed = Buffer.from(content);
  changed[899_990] = 33;
  const element = (location: string, bytes: Buffer, isWrapped: boolean) =>
    fileElement(location, bytes.toString("latin1"), isWrapped);
  const folder = temporaryFolder(t, {
    "one.opm": hostilePackage(
      `<Filelist>${element("same", content, false)}${element("other", content, false)}</Filelist>`,
    ),
    "other.opm": hostilePackage(
      `<Filelist>${element("same", content, true)}${element("other", changed, true)}</Filelist>`,
    ),
  });
  const [one, other] = await openTwoArchives(join(folder, "one.opm"), join(folder, "other.opm"), world);
  const { files } = await comparePackages(
    await comparedArchive("one", "archive", one),
    await comparedArchive("other", "archive", other),
  );
  assert.deepEqual(
    files.map(({ location, isSameContent }) => [location, isSameContent]),
    [["other", false]],
  );
});
