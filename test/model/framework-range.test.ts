import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { matchesPattern, matchFramework } from "../../server/src/model/framework-range.ts";
import { readLine } from "../lifecycle/framework-log.ts";
import { sharedFolder } from "../support/shared.ts";

const patterns: [framework: string, pattern: string, fits: boolean][] = [
  ["7.0.5", "7.0.x", true],
  ["7.0.5.1", "7.0.x", true],
  ["7.0.5", "7.x", true],
  ["7.0.5", "7.0.X", true],
  ["7.0.5", "[67].0.x", true],
  ["7.0.15", "7.0.1x", true],
  ["7.0.1", "7.0.1x", false],
  ["7.0.5", "7.0", false],
  ["7.0.5", "7.0.*", false],
  ["7.0.5", " 7.0.x ", false],
  ["7.1.2", "7.0.x", false],
  ["7.1.2", "7.(", false],
];
for (const [framework, pattern, fits] of patterns) {
  test(`${framework} ${fits ? "fits" : "does not fit"} “${pattern}”`, () => {
    assert.equal(matchesPattern(framework, pattern), fits);
  });
}

function fits(framework: string, ranges: string, dialect: DialectId = "znuny-7"): boolean {
  const list = ranges.split(", ").map((range) => {
    const [pattern, ...bounds] = range.split(" ");
    const bound = (name: string) => bounds.find((each) => each.startsWith(name))?.slice(name.length);
    return { pattern, minimum: bound(">="), maximum: bound("<=") };
  });
  return matchFramework(framework, list, dialect).fits;
}

const bounded: [framework: string, ranges: string, fits: boolean][] = [
  ["7.0.4", "7.0.x >=7.0.5", false],
  ["7.0.10", "7.0.x >=7.0.5", true],
  ["7.0.6", "7.0.x <=7.0.5", false],
  ["7.0.x", "7.0.x >=7.0.5", true],
  ["7.0.20", "7.x.x >=7.1.0", true],
  ["7.1.3", "7.x.x <=7.0.5", true],
  ["7.0.5", "7.0.x <=7.0.x", false],
  ["7.0.3", "7.0.x, 7.0.x >=7.0.5", false],
  ["7.0.3", "7.0.x >=7.0.5, 7.0.x", true],
];
for (const [framework, ranges, expected] of bounded) {
  test(`${framework} ${expected ? "fits" : "does not fit"} ${ranges}`, () => {
    assert.equal(fits(framework, ranges), expected);
  });
}

test("OTRS before 5.0.14 does not know Minimum and Maximum, and takes the first pattern", () => {
  assert.equal(fits("5.0.1", "5.0.x >=5.0.9", "otrs-5"), true);
  assert.equal(fits("5.0.13", "5.0.x >=5.0.15", "otrs-5"), true);
  assert.equal(fits("5.0.14", "5.0.x >=5.0.15", "otrs-5"), false);
  assert.equal(fits("5.0.26", "5.0.x >=5.0.30", "otrs-5"), false);
  assert.equal(fits("5.0.26", "5.0.x, 5.0.x >=5.0.30", "otrs-5"), false, "the last that matches decides");
  assert.equal(fits("3.1.1", "3.0.x, 3.1.x <=3.1.0", "otrs-legacy"), true);
  assert.equal(fits("3.1.1", "3.0.x", "otrs-legacy"), false);
});

interface Row {
  readonly framework: string;
  readonly required: readonly {
    readonly Content?: string;
    readonly Minimum?: string;
    readonly Maximum?: string;
  }[];
  readonly success: 0 | 1;
  readonly reportedFramework?: string;
  readonly minimumNotMet?: string;
  readonly maximumExceeded?: string;
  readonly message?: string;
}

const folder = sharedFolder("vectors/versions");
if (folder) {
  const { rows } = JSON.parse(readFileSync(`${folder}/framework.json`, "utf8")) as { rows: Row[] };
  test(`${rows.length} recorded matches of OTOBO, Znuny and OTRS 6`, () => {
    for (const row of rows) {
      checkMessage(row);
      const ranges = row.required.map(({ Content, Minimum, Maximum }) => ({
        pattern: Content,
        minimum: Minimum,
        maximum: Maximum,
      }));
      for (const dialect of ["otobo-11", "znuny-7", "otrs-6"] as const) {
        assert.deepEqual(
          matchFramework(row.framework, ranges, dialect),
          {
            fits: row.success === 1,
            reportedPattern: row.reportedFramework,
            minimumNotMet: row.minimumNotMet,
            maximumExceeded: row.maximumExceeded,
          },
          JSON.stringify(row),
        );
      }
    }
  });
}

/** What the framework logs names what its function has given. */
function checkMessage({ framework, success, message, ...row }: Row): void {
  assert.ok(success === 0 || message === undefined);
  if (message === undefined) return;
  const { wanted = "", ...others } = readLine(message)?.values ?? {};
  assert.deepEqual(others, { framework }, message);
  // It names all that was looked at, of which the function has given the last range and the bounds that were not kept.
  const named = wanted.split(";");
  const ranges = named.filter((each) => !/^(?:Minimum|Maximum) Version /.test(each));
  assert.equal(ranges.at(-1), row.reportedFramework ?? "", message);
  if (row.minimumNotMet !== undefined)
    assert.ok(named.includes(`Minimum Version ${row.minimumNotMet}`), message);
  if (row.maximumExceeded !== undefined)
    assert.ok(named.includes(`Maximum Version ${row.maximumExceeded}`), message);
}
