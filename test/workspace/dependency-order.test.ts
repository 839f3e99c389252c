import assert from "node:assert/strict";
import { test } from "node:test";
import { inDependencyOrder } from "../../server/src/workspace/dependency-order.ts";

/** @param rows such as "B: A C", a package with what it requires */
function order(...rows: readonly string[]): string {
  const packages = rows.map((row) => {
    const [name = "", required = ""] = row.split(":");
    return { name, requires: required.split(" ").filter(Boolean) };
  });
  return inDependencyOrder(packages)
    .map(({ name }) => name)
    .join(" ");
}

test("what is required comes before what requires it, else the name decides", () => {
  assert.equal(order("C", "A: C", "B"), "C A B");
  assert.equal(order("A: B C", "B: C", "C", "D: A"), "C B A D");
  assert.equal(order("A: D", "B: D", "C: B A", "D"), "D A B C");
});

test("requirements that nobody has, circles and doubles keep nobody out", () => {
  assert.equal(order("A: Gone"), "A");
  assert.equal(order("A: B", "B: A", "C: A"), "B A C");
  assert.equal(order("A: A"), "A");
  assert.equal(order("A", "B: A", "A"), "A A B");
});

test("a long way of requirements is followed to its end", () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `P${index}: P${index + 1}`);
  assert.match(order(...rows), /^P19999 P19998 .* P0$/);
});
