import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compareStrictly, disagree, isAtLeast } from "../../server/src/model/version.ts";
import { sharedFolder } from "../support/shared.ts";

const cases: [wanted: string, installed: string, atLeast: boolean, why: string][] = [
  ["1.0.1", "1.0.1", true, "the same"],
  ["1.0.1", "1.0.1.0", true, "a missing group is 0"],
  ["1.0.1.2", "1.0.1", false, "a fourth group counts"],
  ["1.2", "1.10", true, "groups are numbers"],
  ["100.0.0", "99.9.9", false, "however long"],
  ["1.0.0-rc2", "1.0.0-rc1", true, "a suffix is not seen"],
  ["1.1.9", "1.01.5", true, "the first group that differs as text decides"],
  ["1.0.0.0.0.0.1", "1.0.0", true, "the seventh group is not looked at"],
  ["1", "", false, "an empty version is 0"],
];
for (const [wanted, installed, atLeast, why] of cases) {
  test(`${installed || "nothing"} is ${atLeast ? "" : "not "}at least ${wanted}: ${why}`, () => {
    assert.equal(isAtLeast(installed, wanted, "otobo-11"), atLeast);
  });
}

test("OTRS 2 to 4 go on behind a group that differs only in its letters", () => {
  assert.equal(isAtLeast("1.01.5", "1.1.9", "otrs-legacy"), false);
  assert.equal(isAtLeast("1.02.3", "1.2.3", "otrs-legacy"), true);
});

test("a strict comparison sees suffixes, zeros in front and every group", () => {
  assert.ok(compareStrictly("1.0.0-rc1", "1.0.0") < 0);
  assert.ok(compareStrictly("1.0.0-rc1", "1.0.0-rc2") < 0);
  assert.ok(compareStrictly("1.01.5", "1.1.9") < 0);
  assert.ok(compareStrictly("1.0.0.0.0.0.1", "1.0.0") > 0);
  assert.equal(compareStrictly("1.2", "1.2.0"), 0);
  assert.equal(compareStrictly("v1.2", "01.02"), 0);
});

test("plain versions are never in dispute, odd ones are", () => {
  for (const a of ["0.0.1", "1.2.3", "1.2.10", "1.10.0", "10.0.0", "1.2.3.4"]) {
    for (const b of ["0.0.1", "1.2.3", "1.2.10", "1.10.0", "10.0.0", "1.2.3.4"]) {
      assert.equal(disagree(a, b, "znuny-7"), false, `${a} and ${b}`);
      assert.equal(disagree(a, b, "otrs-legacy"), false, `${a} and ${b}`);
    }
  }
  assert.equal(disagree("1.01.5", "1.1.9", "znuny-7"), true);
  assert.equal(disagree("1.0.0-rc1", "1.0.0", "znuny-7"), true);
});

/** Two kinds of comparison, each asked for packages and for modules of others. */
type Row = [
  wanted: string,
  installed: string,
  ...packages: [min: 0 | 1, max: 0 | 1],
  ...modules: [min: 0 | 1, max: 0 | 1],
];
const folder = sharedFolder("vectors/versions");
if (folder) {
  const { rows } = JSON.parse(readFileSync(`${folder}/check-version.json`, "utf8")) as { rows: Row[] };

  test(`${rows.length} recorded comparisons of OTOBO, Znuny and OTRS 6`, () => {
    for (const [wanted, installed, min, max, ...modules] of rows) {
      assert.deepEqual(modules, [min, max], "modules are compared like packages");
      for (const dialect of ["otobo-11", "znuny-7", "otrs-6"] as const) {
        assert.equal(isAtLeast(installed, wanted, dialect), min === 1, `${installed} against ${wanted}`);
        assert.equal(isAtLeast(installed, wanted, dialect), max === 0, `${installed} against ${wanted}`);
      }
    }
  });

  const legacy = sharedFolder("vectors-otrs-3.1");
  if (legacy) {
    const other = JSON.parse(readFileSync(`${legacy}/check-version.json`, "utf8")) as { rows: Row[] };
    const differing = new Map(other.rows.map(([wanted, installed, min]) => [`${wanted}|${installed}`, min]));
    for (const [, , min, max] of other.rows) assert.equal(max, 1 - min);

    test(`the same comparisons in OTRS 3.1, ${differing.size} of them otherwise`, () => {
      for (const [wanted, installed, min] of rows) {
        const expected = differing.get(`${wanted}|${installed}`) ?? min;
        assert.equal(
          isAtLeast(installed, wanted, "otrs-legacy"),
          expected === 1,
          `${installed} against ${wanted}`,
        );
      }
    });
  }
}
