import assert from "node:assert/strict";
import { test } from "node:test";
import { archivePhases, databasePhases } from "../../server/src/model/database-phases.ts";
import { type PackageSpec, specOf } from "../../server/src/model/package-spec.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** Sections of one family in document order, a dash for one without Type, `(x)` for one inside PackageMerge. */
const cases: [sections: string, inSpec: string, inArchive: string][] = [
  ["-", "post", "post"],
  ["- pre", "post pre", "post pre"],
  ["pre -", "pre pre", "pre pre"],
  ["pre post -", "pre post post", "pre post post"],
  ["pre - post -", "pre pre post post", "pre pre post post"],
  ["(merge) -", "merge merge", "merge merge"],
  ["- (merge)", "post merge", "merge merge"],
  ["- (merge) post", "post merge post", "merge merge post"],
  ["post - (merge)", "post post merge", "post post merge"],
  ["(merge) post -", "merge post post", "merge post post"],
  ["- post (-) (merge) -", "post post post merge merge", "merge post post merge merge"],
  ["Pre -", "Pre Pre", "Pre Pre"],
  ["- Pre", "post Pre", "Pre Pre"],
  ["- pre - post", "post pre pre post", "post pre pre post"],
];

for (const [sections, inSpec, inArchive] of cases) {
  test(`${sections} runs in ${inSpec}, built in ${inArchive}`, () => {
    const phases = databasePhases(sectionsOf(sections));
    assert.equal(phases.map(({ phase }) => phase).join(" "), inSpec);
    assert.equal(
      archivePhases(phases)
        .map(({ phase }) => phase)
        .join(" "),
      inArchive,
    );
  });
}

test("a section without Type names the one it takes it from", () => {
  const [pre, untyped, post, last] = databasePhases(sectionsOf("pre - post -"));
  assert.equal(pre!.inheritedFrom, undefined);
  assert.equal(untyped!.inheritedFrom, pre!.section);
  assert.equal(last!.inheritedFrom, post!.section);
});

test("an empty Type is none", () => {
  const phases = databasePhases(
    packageWith('<DatabaseInstall Type="pre"/><DatabaseInstall Type=""/>').all("DatabaseInstall"),
  );
  assert.deepEqual(
    phases.map(({ phase }) => phase),
    ["pre", "pre"],
  );
});

function sectionsOf(sections: string) {
  const xml = sections.split(" ").map((word) => {
    const type = word.replace(/[()]/g, "");
    const section = `<DatabaseUpgrade${type === "-" ? "" : ` Type="${type}"`}/>`;
    return word.startsWith("(") ? `<PackageMerge>${section}</PackageMerge>` : section;
  });
  return packageWith(xml.join("")).all("DatabaseUpgrade");
}

function packageWith(content: string): PackageSpec {
  return specOf(SyntaxTree.parse(`<otrs_package>${content}</otrs_package>`));
}
