import assert from "node:assert/strict";
import { test } from "node:test";
import { detectDialect } from "../../server/src/dialect/detect.ts";

const cases: readonly [root: string | undefined, frameworks: string, expected: string][] = [
  ["otrs_package", "2.4.x", "otrs-legacy"],
  ["otrs_package", "4.0.x 3.3.x", "otrs-legacy"],
  ["otrs_package", "5.0.x 4.0.x", "otrs-5"],
  ["otrs_package", "5.0.x 6.0.x", "znuny-6?"],
  ["otrs_package", "6.x.x", "znuny-6?"],
  ["otrs_package", "6.5.x 6.0.x", "znuny-6"],
  ["otrs_package", "6.5.x 7.0.x", "znuny-7?"],
  ["otrs_package", "7.1.x 7.0.x", "znuny-7"],
  ["otrs_package", "7.1.7", "znuny-7"],
  ["otrs_package", "8.0.x", "otrs-8"],
  ["otrs_package", "x.x.x", "znuny-7?"],
  ["otrs_package", "", "znuny-7?"],
  ["otrs_package", "x.x.x 5.0.x", "otrs-5"],
  ["otrs_package", "17.x.x", "znuny-7?"],
  ["otrs_package", "[67].0.x", "znuny-7?"],
  ["otrs_package", "11.0.x 10.1.x", "otobo-11?"],
  ["otrs_package", "6.0.x 10.0.x", "znuny-6?"],
  ["otobo_package", "10.0.x", "otobo-10"],
  ["otobo_package", "10.1.x 11.0.x", "otobo-11"],
  ["otobo_package", "7.1.x", "otobo-11?"],
  ["otobo_package", "", "otobo-11?"],
  [undefined, "10.0.x", "otobo-10"],
  [undefined, "6.4.x", "znuny-6"],
  ["Package", "", "znuny-7?"],
];

for (const [root, frameworks, expected] of cases) {
  test(`${root ?? "no root"} with ${frameworks || "no framework"} is ${expected}`, () => {
    const { dialect, certain } = detectDialect({ root, frameworks: frameworks.split(" ").filter(Boolean) });
    assert.equal(`${dialect}${certain ? "" : "?"}`, expected);
  });
}

test("blanks around a framework do not matter for the guess", () => {
  assert.equal(detectDialect({ root: undefined, frameworks: [" 10.0.x\n"] }).dialect, "otobo-10");
});
