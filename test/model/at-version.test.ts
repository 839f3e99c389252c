import assert from "node:assert/strict";
import { test } from "node:test";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { atVersion } from "../../server/src/model/at-version.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { archiveText } from "../support/archive-text.ts";
import { goodSpec } from "../support/cli-package.ts";

/** The text of a spec at version 10.2.3. */
function released(text: string): string {
  return atVersion(SyntaxTree.parse(text), "10.2.3").tree.source.toString();
}

test("the version takes the place of the one that counts", () => {
  assert.equal(
    released("<a><Name>A</Name><Version>0.0.0</Version></a>"),
    "<a><Name>A</Name><Version>10.2.3</Version></a>",
  );
  assert.equal(
    released("<a><Version>1</Version><Version x='y'>\n2<!-- --></Version></a>"),
    "<a><Version>1</Version><Version x='y'>10.2.3</Version></a>",
  );
});

test("where none is written it stands behind the name, or where the package begins", () => {
  assert.equal(released("<a><Version/></a>"), "<a><Version>10.2.3</Version></a>");
  assert.equal(released("<a><Name>A</Name>\n</a>"), "<a><Name>A</Name><Version>10.2.3</Version>\n</a>");
  assert.equal(released("<a></a>"), "<a><Version>10.2.3</Version></a>");
});

test("a text that gives no place for a version stays as it is", () => {
  for (const text of ["", "no package", "<a><Version>1</a>", "<Version>1.0</Version>"])
    assert.equal(released(text).includes("10.2.3"), text.startsWith("<Version>"), text);
});

test("without a version nothing is put in", () => {
  const tree = SyntaxTree.parse(goodSpec);
  assert.equal(atVersion(tree, undefined).tree, tree);
});

test("places are told in the text as it is written", () => {
  const text = "<a><Version>0.0.0</Version><b/></a>";
  const { tree, toWritten, isPutIn } = atVersion(SyntaxTree.parse(text), "10.2.30");
  const written = (part: string) => {
    const start = text.indexOf(part);
    return { start, end: start + part.length };
  };
  const now = (part: string) => {
    const start = tree.source.toString().indexOf(part);
    return { start, end: start + part.length };
  };
  for (const part of ["<a>", "<b/>", "</a>", "</Version>"]) {
    assert.deepEqual(toWritten(now(part)), written(part), part);
    assert.equal(isPutIn(now(part)), false, part);
  }
  for (const part of ["10.2.30", "2.30", "0"]) {
    assert.deepEqual(toWritten(now(part)).end <= written("</Version>").start, true, part);
    assert.equal(isPutIn(now(part)), true, part);
  }
  assert.deepEqual(toWritten(now("10.2.30")), written("0.0.0"));
  assert.deepEqual(toWritten(now("<Version>10.2.30</Version>")), written("<Version>0.0.0</Version>"));
});

test("what is checked at a version is what building with it writes", () => {
  const options = { mode: "framework", release: "znuny-7", stamp: { date: "", host: "" } } as const;
  for (const text of [
    goodSpec,
    goodSpec.replace(/ *<Version>.*\n/, ""),
    goodSpec.replace("<Version>1.0.0</Version>", "<Version/>"),
  ]) {
    const plain = planArchive(atVersion(SyntaxTree.parse(text), "4.0.3").tree, options);
    const withOption = planArchive(SyntaxTree.parse(text), { ...options, version: "4.0.3" });
    assert.equal(plain.kind, "archive");
    assert.equal(withOption.kind, "archive");
    const textOf = (plan: typeof plain) =>
      plan.kind === "archive" ? [plan.fileName, archiveText(plan.parts, () => undefined)] : [];
    assert.deepEqual(textOf(plain), textOf(withOption));
  }
});
