import assert from "node:assert/strict";
import { test } from "node:test";
import { specOf } from "../../server/src/model/package-spec.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

test("a tree has one package, and an edited tree another", () => {
  const tree = SyntaxTree.parse("<otrs_package><Name>Acme</Name></otrs_package>");
  assert.equal(specOf(tree), specOf(tree));
  const edited = tree.edited({ span: { start: 20, end: 20 }, newText: "New" });
  assert.notEqual(specOf(edited), specOf(tree));
  assert.deepEqual([specOf(tree).name, specOf(edited).name], ["Acme", "NewAcme"]);
});
