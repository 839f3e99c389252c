import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { DiskRounds } from "../../server/src/lsp/disk-rounds.ts";
import { timers } from "../../server/src/node/timers.ts";

/** Rounds over a disk and a clock of a test's own. */
function rounds(context: TestContext) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = { looks: 0, hasChanged: false, isOpen: true, time: 0, duration: 0, fails: false, told: 0 };
  const look = async () => {
    state.looks++;
    state.time += state.duration;
    if (state.fails) throw new Error("the disk is gone");
    return state.hasChanged;
  };
  const rounds = new DiskRounds(
    timers,
    look,
    () => state.isOpen,
    () => {
      state.told++;
    },
    () => state.time,
  );
  const pass = async (milliseconds: number) => {
    context.mock.timers.tick(milliseconds);
    // The look is answered.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { state, rounds, pass };
}

test("nothing is looked at before somebody is there", async (context) => {
  const { state, pass } = rounds(context);
  await pass(1e6);
  assert.equal(state.looks, 0);
});

test("the disk is looked at soon, and less and less while nothing happens", async (context) => {
  const { state, rounds: each, pass } = rounds(context);
  each.wake();
  const at: number[] = [];
  for (let second = 0; second < 200; second++) {
    const before = state.looks;
    await pass(1_000);
    if (state.looks > before) at.push(second + 1);
  }
  assert.deepEqual(at, [2, 6, 14, 30, 62, 122, 182]);
  each.wake();
  await pass(2_000);
  assert.equal(state.looks, at.length + 1);
});

test("a look that fails is told, and the next one comes", async (context) => {
  const { state, rounds: each, pass } = rounds(context);
  state.fails = true;
  each.wake();
  await pass(2_000);
  assert.deepEqual([state.looks, state.told], [1, 1]);
  await pass(4_000);
  assert.deepEqual([state.looks, state.told], [2, 2]);
});

test("keystrokes do not put a look off", async (context) => {
  const { state, rounds: each, pass } = rounds(context);
  for (let key = 0; key < 100; key++) {
    each.wake();
    await pass(100);
  }
  assert.ok(state.looks >= 4, `${state.looks}`);
});

test("while files change it is looked at soon again", async (context) => {
  const { state, rounds: each, pass } = rounds(context);
  state.hasChanged = true;
  each.wake();
  for (let second = 0; second < 20; second++) await pass(1_000);
  assert.equal(state.looks, 10);
});

test("when nothing is open any more the rounds end", async (context) => {
  const { state, rounds: each, pass } = rounds(context);
  each.wake();
  await pass(2_000);
  state.isOpen = false;
  for (let second = 0; second < 100; second++) await pass(1_000);
  each.wake();
  await pass(1e6);
  assert.equal(state.looks, 1);
});

test("a slow disk is given rest", async (context) => {
  const { state, rounds: each, pass } = rounds(context);
  Object.assign(state, { hasChanged: true, duration: 1_000 });
  each.wake();
  for (let second = 0; second < 62; second++) await pass(1_000);
  assert.equal(state.looks, 4);
});
