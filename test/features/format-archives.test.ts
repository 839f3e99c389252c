import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BuildMode } from "../../server/src/builder/build-mode.ts";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import type { Release } from "../../server/src/dialect/switches.ts";
import { format } from "../../server/src/features/format/format.ts";
import { specLanguage } from "../../server/src/features/format/spec-language.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { archiveText } from "../support/archive-text.ts";
import { formats, saidBy } from "../support/laid-out.ts";
import { otrs31 } from "../support/package-text.ts";
import { randomFrom } from "../support/random.ts";
import { randomEdit } from "../support/random-edits.ts";
import { sharedFolder } from "../support/shared.ts";

const root = join(import.meta.dirname, "../..");
const own = [
  "test/fixtures/build/everything/Everything.sopm",
  "examples/AcmeContracts/AcmeContracts.sopm",
  "examples/AcmeBroken/AcmeBroken.sopm",
].map((path) => join(root, path));
const corpus = sharedFolder("corpus");
const stamp = { date: "2024-01-02 03:04:05", host: "builder.example" };

/** Releases whose builders write otherwise than the one before. */
const releases: readonly Release[] = [
  "otobo-11",
  "znuny-7",
  { dialect: "otrs-5", version: "5.0.19" },
  otrs31,
];

for (const path of own) {
  test(`format: ${path.split("/").at(-1)} builds the same archive, in whatever form it is written`, () => {
    const text = readFileSync(path, "utf8");
    checkFormats(text, path);
    // Whoever has indented by hand has done it worse.
    checkFormats(
      text.replace(/\n */g, (blanks) => `\n${blanks.length % 3 ? "\t" : " "}`),
      path,
    );
    checkFormats(text.replace(/>\s+</g, "><"), path);
    checkFormats(text.replaceAll("\n", "\r\n"), path);
  });
}

test("format: real specs build the same archives", { skip: !corpus }, () => {
  for (const name of readdirSync(corpus!, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".sopm")) continue;
    checkFormats(decodeText(readFileSync(join(corpus!, name))).text, name);
  }
});

/** Formats a spec in each way, and looks whether what is made of it stays the same. */
function checkFormats(text: string, name: string): void {
  const tree = SyntaxTree.parse(text);
  const before = archivesOf(tree);
  for (const settings of formats) {
    const about = `${name}, attributes: ${settings.attributes}`;
    const once = applyEdits(text, format(tree, settings, specLanguage));
    const after = SyntaxTree.parse(once);
    assert.equal(saidBy(after), saidBy(tree), about);
    assert.deepEqual(archivesOf(after), before, about);
    assert.deepEqual(format(after, settings, specLanguage), [], `${about}: formatted twice`);
  }
}

/** Those of opmbuild are the spec as it is written; of them nothing but blanks between tags may differ. */
function archivesOf(tree: SyntaxTree): readonly unknown[] {
  const built = (mode: BuildMode, release: Release) => {
    const plan = planArchive(tree, { mode, release, stamp });
    return plan.kind === "archive"
      ? archiveText(plan.parts, () => new Uint8Array([1]))
      : plan.refusals.map(({ id }) => id);
  };
  const written = built("opmbuild", "znuny-7");
  return [
    ...releases.map((release) => built("framework", release)),
    typeof written === "string" ? written.replace(/>\s+</g, "><") : written,
  ];
}

test("format: what is cut off or damaged is answered, and says the same as before", () => {
  const random = randomFrom(20241128);
  let answered = 0;
  for (const path of own) {
    const whole = readFileSync(path, "utf8");
    for (let round = 0; round < 60; round++) {
      let text = whole.slice(0, random.below(2) === 0 ? random.below(whole.length) : whole.length);
      for (let edits = random.below(6); edits > 0; edits--)
        text = applyEdits(text, [randomEdit(text, random)]);
      const tree = SyntaxTree.parse(text);
      const start = random.below(text.length + 1);
      const range = { start, end: Math.min(text.length, start + random.below(2000)) };
      for (const settings of formats) {
        for (const span of [undefined, range]) {
          const once = applyEdits(text, format(tree, settings, specLanguage, span));
          const after = SyntaxTree.parse(once);
          assert.equal(saidBy(after), saidBy(tree), JSON.stringify(text));
          if (!span) assert.deepEqual(format(after, settings, specLanguage), [], JSON.stringify(text));
          answered++;
        }
      }
    }
  }
  assert.equal(answered, own.length * 60 * formats.length * 2);
});
