import assert from "node:assert/strict";
import { test } from "node:test";
import { htmlFaults } from "../../server/src/rules/shared/html-faults.ts";

const kindsIn = (text: string) => htmlFaults(text).map(({ kind, name }) => `${kind} ${name}`);

test("a text that ends anywhere is read to its end", () => {
  const text = `<!DOCTYPE html><p title='a > b'>A <b class="c">b</b><br/><!-- <i> --><style>a</style></p>`;
  assert.deepEqual(kindsIn(text), []);
  for (let length = 0; length < text.length; length++) {
    for (const { start, end } of htmlFaults(text.slice(0, length)))
      assert.ok(0 <= start && start < end && end <= length);
  }
});

test("a quote that never ends takes all that follows", () => {
  assert.deepEqual(kindsIn(`<a href="x>A</a> <b>`), ["unfinished a"]);
});

test("tags that lie deeper than browsers go are not judged", () => {
  assert.deepEqual(kindsIn("<i>".repeat(200_000)), []);
  assert.deepEqual(kindsIn("<i>".repeat(3)), ["unclosed i", "unclosed i", "unclosed i"]);
  assert.equal(kindsIn("</i>".repeat(200_000)).length, 100_000);
  assert.deepEqual(kindsIn("<title>".repeat(200_000)), ["unclosed title"]);
  assert.equal(kindsIn(`<b ${'="'.repeat(200_000)}`).length, 1);
  assert.equal(kindsIn("<b ".repeat(200_000)).length, 501);
});
