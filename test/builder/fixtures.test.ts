import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { keyOf, type Release } from "../../server/src/dialect/switches.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { archiveText } from "../support/archive-text.ts";
import { contentsBelow } from "../support/contents-below.ts";
import { otrs31 } from "../support/package-text.ts";

const folder = join(import.meta.dirname, "../fixtures/build");
const stamp = { date: "2024-01-02 03:04:05", host: "builder.example" };

/** Our own package, and beside it its archives, each read line by line against what the frameworks do. */
const expected: readonly (readonly [archive: string, release: Release, mode: "framework" | "opmbuild"])[] = [
  ["everything.otobo-11.opm", "otobo-11", "framework"],
  ["everything.znuny-7.opm", "znuny-7", "framework"],
  // OTRS 6 builds the same archives.
  ["everything.znuny-7.opm", "otrs-6", "framework"],
  ["everything.otrs-5.opm", { dialect: "otrs-5", version: "5.0.19" }, "framework"],
  ["everything.otrs-legacy.opm", otrs31, "framework"],
  ["everything.opmbuild.opm", "znuny-7", "opmbuild"],
];
for (const [archive, release, mode] of expected) {
  test(`the archive ${archive} for ${keyOf(release)}`, () => {
    const source = join(folder, "everything");
    const tree = SyntaxTree.parse(readFileSync(join(source, "Everything.sopm"), "utf8"));
    const plan = planArchive(tree, { mode, release, stamp });
    assert.equal(plan.kind, "archive");
    if (plan.kind !== "archive") return;
    assert.equal(plan.fileName, "Everything-2.0.0.opm");
    const text = archiveText(plan.parts, contentsBelow(source));
    assert.equal(text, readFileSync(join(folder, archive), "utf8"));
  });
}
