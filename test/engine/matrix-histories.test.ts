import assert from "node:assert/strict";
import { test } from "node:test";
import { english, messageText } from "../../server/src/l10n/translate.ts";
import { differenceText, failureText } from "../../server/src/report/matrix-words.ts";
import { madeMatrix, rightHistory } from "../support/made-history.ts";

/** How many are tried. With SOPM_SEEDS=500 it takes some minutes. */
const seeds = Number(process.env.SOPM_SEEDS ?? 40);
/** One that has failed can be tried by itself: SOPM_FIRST_SEED=47 SOPM_SEEDS=1. */
const firstSeed = Number(process.env.SOPM_FIRST_SEED ?? 0);

test("histories in which all upgrades are right show no difference", async () => {
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const report = await madeMatrix(rightHistory(seed));
    const said = [
      ...report.differences.map(
        ({ thing, columns }) =>
          `${messageText(differenceText(thing), english)} ${columns.map(({ database }) => database)}`,
      ),
      ...report.failures.map(
        ({ thing }) => `${messageText(failureText(thing), english)} ${messageText(thing.reason, english)}`,
      ),
      ...report.refusals.map(({ thing }) => messageText(thing, english)),
      ...report.open.map(({ thing }) => messageText(thing.reason, english)),
    ];
    assert.deepEqual(said, [], `seed ${seed}`);
    assert.equal(report.counts.same, report.rows.length * report.columns.length, `seed ${seed}`);
  }
});
