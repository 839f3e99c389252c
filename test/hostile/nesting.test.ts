import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { completion } from "../../server/src/features/completion.ts";
import { documentSymbols } from "../../server/src/features/document-symbols.ts";
import { foldingRanges } from "../../server/src/features/folding.ts";
import { hover } from "../../server/src/features/hover.ts";
import { selectionRanges } from "../../server/src/features/selection-ranges.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const count = process.env.SOPM_FULL === "1" ? 1_000_000 : 150_000;
const english = (text: string) => text;
const deep: Readonly<Record<string, string>> = {
  "nested elements": `<otrs_package>${"<a>".repeat(count)}${"</a>".repeat(count)}</otrs_package>`,
  "elements that nothing closes": `<otrs_package>${"<a>".repeat(count)}`,
  "elements side by side": `<otrs_package>${"<CodeInstall/>".repeat(count)}</otrs_package>`,
};

for (const [name, text] of Object.entries(deep)) {
  test(`${count} ${name} overflow nothing`, () => {
    withoutHanging(() => {
      const tree = SyntaxTree.parse(text);
      const surroundings = {
        fileName: "A.sopm",
        kind: "spec",
        folder: noFolder,
        today: "2024-05-02",
      } as const;
      const { findings, context } = lint(tree, defaultLintSettings, {
        ...surroundings,
        knowledge: knowledgeOf,
      });
      const tooDeep = findings.filter(({ message }) => message.includes("too deep"));
      assert.equal(tooDeep.length, name === "elements side by side" ? 0 : 1);
      const document = { tree, spec: specOf(tree), context };
      const offset = Math.min(text.length, 1_500);
      const now = { year: 2024, month: 5, day: 2, hour: 1, minute: 1, second: 1 } as never;
      hover(document, offset, english);
      completion(document, offset, { now, translate: english });
      foldingRanges(tree);
      documentSymbols(document, english);
      selectionRanges(tree, offset);
      tree.edited({ span: { start: offset, end: offset }, newText: "x" });
    });
  });
}
