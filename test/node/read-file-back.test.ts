import assert from "node:assert/strict";
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { crc32 } from "node:zlib";
import type { BuildMode } from "../../server/src/builder/build-mode.ts";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { writeArchive } from "../../server/src/node/archive-writer.ts";
import { type PackedContent, readFileBack } from "../../server/src/node/read-file-back.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { goodSpec } from "../support/cli-package.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const contents = {
  "Kernel/System/Acme.pm": Buffer.from("package Kernel::System::Acme;\n\xff\xfb\xfe>?~1;", "latin1"),
  "var/empty": Buffer.alloc(0),
  "var/lines": Buffer.alloc(200, "lines \xff\xff\xbe", "latin1"),
};

/** An archive on disk as a build writes it, with what is known of it. */
async function writtenArchive(t: TestContext, mode: BuildMode) {
  const folder = temporaryFolder(t, contents);
  const files = Object.keys(contents).map((path) => `<File Permission="660" Location="${path}"/>`);
  const spec = goodSpec.replace(/<File [^>]*>/, files.join("\n        "));
  const stamp = { date: "2024-01-02 03:04:05", host: "h" };
  const plan = planArchive(SyntaxTree.parse(spec), { mode, release: "znuny-7", stamp });
  assert.equal(plan.kind, "archive");
  if (plan.kind !== "archive" || !plan.elements) throw new Error("it is not built");
  const path = join(folder, "A.opm");
  const { elements } = plan;
  await writeArchive(plan.parts, path, { baseFolder: folder, allowSymlinks: false, elements });
  const text = readFileSync(path, "latin1");
  const packed = Object.values(contents).map((bytes): PackedContent => {
    const base64 = bytes.toString("base64");
    const written = mode === "framework" ? base64 : base64.replace(/.{1,76}/g, "$&\n");
    const start = text.indexOf(written);
    return { start, end: start + written.length, size: bytes.length, digest: crc32(bytes) };
  });
  return { path, text, elements, packed };
}

for (const mode of ["framework", "opmbuild"] as const) {
  test(`a byte that changes anywhere in an archive of mode ${mode} is noticed`, async (t) => {
    const { path, text, elements, packed } = await writtenArchive(t, mode);
    const descriptor = openSync(path, "r+");
    t.after(() => closeSync(descriptor));
    const check = () => readFileBack(descriptor, text.length, elements, packed);
    assert.equal(check(), undefined);
    const declaration = text.indexOf("?>") + 2;
    for (let place = declaration; place < text.length; place++) {
      for (const other of ["x", "<", "-", " ", "\0", "\xff"]) {
        const before = text[place]!;
        // Blanks are blanks to whoever reads XML and Base64, whatever their kind.
        if (before === other || (/\s/.test(before) && other === " ")) continue;
        writeSync(descriptor, other, place, "latin1");
        assert.ok(check(), `${JSON.stringify(before)} became ${JSON.stringify(other)} at ${place}`);
        writeSync(descriptor, before, place, "latin1");
      }
    }
    assert.equal(check(), undefined);
    for (const size of [text.length - 1, 100, 0, text.length + 1]) {
      ftruncateSync(descriptor, size);
      assert.equal(check()?.kind, "unreadable", `cut off at ${size}`);
      writeSync(descriptor, text, 0, "latin1");
      ftruncateSync(descriptor, text.length);
    }
  });
}
