import assert from "node:assert/strict";
import { test } from "node:test";
import { memo } from "../../server/src/text/memo.ts";

test("each object is asked about once, whatever comes with it and whatever the answer is", () => {
  const asked: unknown[] = [];
  const answer = memo((key: { readonly value: number | undefined }, other: string) => {
    asked.push(other);
    return key.value;
  });
  const [one, none] = [{ value: 1 }, { value: undefined }];
  assert.deepEqual([answer(one, "a"), answer(one, "b"), answer({ value: 1 }, "c")], [1, 1, 1]);
  assert.deepEqual([answer(none, "d"), answer(none, "e")], [undefined, undefined]);
  assert.deepEqual(asked, ["a", "c", "d"]);
});

test("an answer that throws is not kept", () => {
  let times = 0;
  const answer = memo((_key: object) => {
    if (++times === 1) throw new Error("not yet");
    return times;
  });
  const key = {};
  assert.throws(() => answer(key), /not yet/);
  assert.equal(answer(key), 2);
});
