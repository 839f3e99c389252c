import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesExpression, matchesPattern } from "../../server/src/model/framework-range.ts";
import { randomFrom } from "../support/random.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const bombs: readonly string[] = [
  "(a+)+$",
  "(.+)+y",
  "(.*)*".repeat(20),
  ".*".repeat(500),
  `${"(".repeat(200)}.*${")*".repeat(200)}z`,
  "(.|.|.|.|.|.|.|.|.|.)+z",
  "((((?:){1000}){1000}){1000}){1000}",
  "(?:(?:){99999999}){99999999}",
  "(.?){50}z",
  ".?".repeat(60),
  "(\\d|\\w|.)*(\\d|\\w|.)*(\\d|\\w|.)*z",
  "(.*)\\1\\1\\1(.*)\\2\\2(.*)\\3z",
  "x".repeat(300),
  "(x+x+)+y",
  "(?=(.*)+)(?=(.*)+)z",
  `${"a?".repeat(100)}${"a".repeat(100)}`,
  "(?:".repeat(50_000),
  "[".repeat(50_000),
  "7".repeat(1_000_000),
];
for (const bomb of bombs) {
  test(`${JSON.stringify(bomb.slice(0, 40))} keeps nobody waiting`, () => {
    for (const text of ["7.1.3", "10.0.20", "post", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]) {
      withoutHanging(() => matchesExpression(text, bomb));
      withoutHanging(() => matchesPattern(text, bomb));
    }
  });
}

test("expressions put together at random keep nobody waiting", () => {
  const pieces = [
    ".",
    "a",
    "\\d",
    "[^.]",
    "(",
    "(?:",
    ")",
    ")*",
    ")+",
    "*",
    "+",
    "?",
    "|",
    "{2,9}",
    "{40}",
    "\\1",
    ".*",
    "x",
  ];
  const random = randomFrom(11);
  withoutHanging(() => {
    for (let count = 0; count < 3_000; count++) {
      let expression = "";
      for (let length = random.below(40); length > 0; length--) expression += random.pick(pieces);
      matchesExpression("7.1.3", expression);
    }
  });
});

const used: readonly (readonly [pattern: string, version: string, fits: boolean])[] = [
  ["7.1.x", "7.1.3", true],
  ["7.x.x", "7.1.3", true],
  ["x.x.x", "7.1.3", true],
  ["(6|7).x", "7.1.3", true],
  ["6.0.x|7.1.x", "7.1.3", true],
  ["7.(0|1|2|3|4|5).x", "7.1.3", true],
  ["7.[0-9].[0-9]+", "7.1.3", true],
  ["7\\.\\d+\\.\\d+", "7.1.3", false],
  ["7.1(.x)?", "7.1.3", true],
  ["(10|11).0.x", "11.0.5", true],
  ["(7|1|3|.)+", "7.1.3", true],
];
for (const [pattern, version, fits] of used) {
  test(`${pattern} ${fits ? "still fits" : "does not fit"} ${version}`, () => {
    assert.equal(matchesPattern(version, pattern), fits);
  });
}
