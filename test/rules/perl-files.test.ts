import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const listing = (paths: readonly string[]) =>
  `<otrs_package version="1.0"><Filelist>${paths
    .map((path) => `<File Permission="660" Location="${path}"/>`)
    .join("")}</Filelist></otrs_package>`;

function findingsIn(texts: Readonly<Record<string, string>>): readonly Finding[] {
  const { findings } = lint(SyntaxTree.parse(listing(Object.keys(texts))), defaultLintSettings, {
    fileName: "Acme.sopm",
    kind: "spec",
    folder: { factOf: () => undefined, files: () => undefined, textOf: (path) => texts[path] ?? "" },
    knowledge: () => noKnowledge,
    today: "2024-05-02",
  });
  return findings.filter(({ rule }) => rule === "file-perl-syntax");
}

test("a listed file that does not compile is found fault with where it is wrong", () => {
  const text = "package Acme;\nsub Run {\n    if (1) {\n        f( 1 };\n}\n1;\n";
  const [finding, ...others] = findingsIn({
    "Kernel/System/Acme.pm": text,
    "Kernel/System/Other.pm": "1;",
    "var/acme.txt": "f(",
  });
  assert.deepEqual(others, []);
  assert.deepEqual([finding?.file?.path, finding?.variant], ["Kernel/System/Acme.pm", "mismatched"]);
  assert.equal(finding?.span.start, text.indexOf("}"));
  assert.deepEqual(finding?.related, [
    {
      message: "This is open.",
      span: { start: text.indexOf("( 1"), end: text.indexOf("( 1") + 1 },
      file: finding.file,
    },
  ]);
});

test("a list of somebody else's files is not read", () => {
  const names = Array.from({ length: 1001 }, (_, index) => [`Kernel/System/A${index}.pm`, "f("]);
  assert.equal(findingsIn(Object.fromEntries(names)).length, 0);
  assert.equal(findingsIn(Object.fromEntries(names.slice(1))).length, 1000);
});
