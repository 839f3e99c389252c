import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "../../server/src/database/engines.ts";
import {
  assumedAs,
  behaviourAreas,
  certainties,
  groundAcross,
  groundOf,
  weaker,
} from "../../server/src/dialect/certainty.ts";
import { type DialectId, dialectIds, dialectOf, productOf } from "../../server/src/dialect/products.ts";
import { releasesOf, turningPoints } from "../../server/src/dialect/switches.ts";

// What was run is what the traces come from.
const grounds: readonly (readonly [product: string, version: string, ground: string])[] = [
  ["OTRS", "2.4.7", "assumed OTRS 3.1"],
  ["OTRS", "3.1.20", "read OTRS 3.1"],
  ["OTRS", "3.3.10", "read OTRS 3.3"],
  ["OTRS", "5.0.26", "read OTRS 5.0"],
  ["OTRS", "6.0.30", "read OTRS 6.0"],
  ["OTRS", "6.0.41", "run OTRS 6.0.41"],
  ["OTRS", "6.0.x", "read OTRS 6.0"],
  ["OTRS", "6.1.0", "assumed OTRS 6.0.41"],
  ["OTRS", "8.0.1", "assumed OTRS 6.0.41"],
  ["Znuny", "6.0.36", "read Znuny 6.0"],
  ["Znuny", "6.5.9", "read Znuny 6.5"],
  ["Znuny", "6.9.9", "assumed Znuny 6.5"],
  ["Znuny", "7.0.9", "read Znuny 7.0"],
  ["Znuny", "7.1.3", "run Znuny 7.1.7"],
  ["Znuny", "7.1.x", "run Znuny 7.1.7"],
  ["Znuny", "7.3.1", "assumed Znuny 7.1.7"],
  ["Znuny", "7.9.9", "assumed Znuny 7.1.7"],
  ["OTOBO", "10.1.11", "read OTOBO 10.1"],
  ["OTOBO", "11.0.6", "run OTOBO 11.0.5"],
  ["OTOBO", "11.1.1", "read OTOBO 11.1"],
  ["OTOBO", "11.9.9", "assumed OTOBO 11.1"],
];
for (const [product, version, expected] of grounds) {
  test(`the life cycle of ${product} ${version} is ${expected}`, () => {
    const dialect = dialectOf(product, version)!;
    const { certainty, release } = groundOf("life-cycle", { dialect, version });
    assert.equal(`${certainty} ${release}`, expected);
  });
}

test("something is said of every area of every release", () => {
  for (const dialect of dialectIds) {
    for (const version of turningPoints(dialect, [])) {
      for (const area of behaviourAreas) {
        const { certainty, release } = groundOf(area, { dialect, version });
        assert.ok(certainties.includes(certainty));
        assert.match(release, /^(OTRS|Znuny|OTOBO) \d+\.\d+/, `${area} of ${dialect} ${version}`);
      }
    }
    assert.deepEqual(
      groundOf("sql", dialect),
      groundOf("sql", { dialect, version: `${productOf(dialect).releaseLines.at(-1)}.x` }),
    );
  }
});

test("what is said of several releases rests on the weakest of them", () => {
  const across = (low: [DialectId, string], high: [DialectId, string]) =>
    groundAcross("parser", {
      lowest: { dialect: low[0], version: low[1] },
      highest: { dialect: high[0], version: high[1] },
    }).certainty;
  assert.equal(across(["znuny-7", "7.1.0"], ["znuny-7", "7.1.x"]), "run");
  assert.equal(across(["znuny-7", "7.0.0"], ["znuny-7", "7.1.x"]), "read");
  assert.equal(across(["znuny-7", "7.0.0"], ["znuny-7", "7.2.x"]), "assumed");
  assert.equal(groundAcross("parser", releasesOf("otrs-5")).certainty, "read");
  assert.equal(weaker({ certainty: "read" }, { certainty: "run" }).certainty, "read");
});

test("a range is assumed where every release in it is", () => {
  const range = (lowest: string, highest: string) => ({
    lowest: { dialect: "znuny-7", version: lowest } as const,
    highest: { dialect: "znuny-7", version: highest } as const,
  });
  assert.equal(assumedAs(range("7.2.0", "7.3.x")), "Znuny 7.1.7");
  assert.equal(assumedAs(range("7.1.0", "7.3.x")), undefined);
  assert.equal(assumedAs(releasesOf("otrs-8")), "OTRS 6.0.41");
  assert.equal(assumedAs(releasesOf("otobo-10")), undefined);
});

test("of databases that were never run the manual was read", () => {
  assert.equal(engines.mysql.ground.certainty, "run");
  assert.equal(engines.oracle.ground.certainty, "read");
});

test("numbers between two releases that no release has do not weaken what is said of both", () => {
  const znuny = {
    lowest: { dialect: "znuny-6", version: "6.5.0" },
    highest: { dialect: "znuny-7", version: "7.1.x" },
  } as const;
  assert.deepEqual(groundAcross("life-cycle", znuny), { certainty: "read", release: "Znuny 6.5" });
  const otobo = {
    lowest: { dialect: "otobo-10", version: "10.1.0" },
    highest: { dialect: "otobo-11", version: "11.0.x" },
  } as const;
  assert.deepEqual(groundAcross("sql", otobo), { certainty: "read", release: "OTOBO 10.1" });
});
