import assert from "node:assert/strict";
import { test } from "node:test";
import { roomForMaximum, withMemoryMaximum } from "../../server/src/node/memory-maximum.ts";

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const inFrontOf = (bytes: readonly number[]) =>
  new Uint8Array([...Array(roomForMaximum).fill(0xff), ...bytes]);
/** A section before the memory, and one behind it. */
const before = [0, 3, 1, 0x61, 0x7f];
const behind = [7, 5, 1, 1, 0x6d, 2, 0];

test("a memory without a maximum gets one, and nothing else changes", () => {
  const module = inFrontOf([...header, ...before, 5, 3, 1, 0, 1, ...behind]);
  const limited = withMemoryMaximum(module, 4096);
  assert.deepEqual([...limited], [...header, ...before, 5, 5, 1, 1, 1, 0x80, 0x20, ...behind]);
});

test("a number of several bytes stays what it is", () => {
  const module = inFrontOf([...header, 5, 4, 1, 0, 0x90, 0x03]);
  assert.deepEqual([...withMemoryMaximum(module, 500)], [...header, 5, 6, 1, 1, 0x90, 0x03, 0xf4, 0x03]);
});

const wrong: Readonly<Record<string, readonly number[]>> = {
  "a module without memory": [...header, ...behind],
  "a memory that has a maximum": [...header, 5, 4, 1, 1, 1, 2],
  "two memories": [...header, 5, 5, 2, 0, 1, 0, 1],
  "a module that breaks off": [...header, 5, 0x80],
  nothing: [],
  "numbers without end": [...header, ...Array.from({ length: 50 }, () => 0xff)],
};

for (const [name, bytes] of Object.entries(wrong)) {
  test(`${name} is refused`, () => {
    assert.throws(() => withMemoryMaximum(inFrontOf(bytes), 4096), /no WebAssembly module/);
  });
}
