import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fate, powerCuts } from "../support/power-cuts.ts";

/** How many are tried. With SOPM_SEEDS=1000000 it takes half an hour. */
const seeds = Number(process.env.SOPM_SEEDS ?? 10_000);
/** One that has failed can be tried by itself: SOPM_FIRST_SEED=4711 SOPM_SEEDS=1. */
const firstSeed = Number(process.env.SOPM_FIRST_SEED ?? 0);

test(`${seeds} sandboxes on disks that fail and lose their power are as before or after each time`, async () => {
  const stackTraceLimit = Error.stackTraceLimit;
  // Thousands of errors are made on purpose.
  if (seeds > 100) Error.stackTraceLimit = 0;
  const tryOne = await powerCuts();
  const bad: string[] = [];
  const outcomes: Record<string, number> = {};
  let failures = 0;
  let cuts = 0;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    let fate: Fate | undefined;
    try {
      fate = await tryOne(seed);
    } catch (error) {
      bad.push(`seed ${seed}: ${(error as Error).stack}`);
      continue;
    }
    outcomes[fate.outcome] = (outcomes[fate.outcome] ?? 0) + 1;
    failures += fate.failures;
    cuts += fate.cuts;
  }
  Error.stackTraceLimit = stackTraceLimit;
  const told = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  console.log(`${seeds} seeds, ${cuts} power cuts, ${failures} calls that failed: ${told.join(", ")}`);
  assert.deepEqual(bad.slice(0, 5), [], `${bad.length} of ${seeds}`);
  if (seeds < 1_000) return;
  for (const outcome of ["before", "after", "between", "nothing"])
    assert.ok((outcomes[outcome] ?? 0) > seeds / 100);
});
