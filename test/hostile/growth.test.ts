import assert from "node:assert/strict";
import { after, test } from "node:test";
import { defaultLintSettings, type LintSurroundings, lint } from "../../server/src/engine/lint.ts";
import type { FolderFacts } from "../../server/src/host/folder-facts.ts";
import { knowledgeOf } from "../../server/src/host/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { WorkCounter } from "../support/counted-work.ts";
import { hostileSpecs } from "../support/hostile-specs.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const isFull = process.env.SOPM_FULL === "1";

/** A folder in which nothing is that a spec lists. */
const folder: FolderFacts = {
  factOf: () => ({ kind: "missing" }),
  files: () => ["Kernel/System/Acme.pm"],
};
const settings = { ...defaultLintSettings, profile: "strict" } as const;
const surroundings: LintSurroundings = {
  fileName: "Acme.sopm",
  kind: "spec",
  folder,
  knowledge: knowledgeOf,
  today: "2024-05-02",
};

function check(text: string): void {
  lint(SyntaxTree.parse(text), settings, surroundings);
}

const counter = new WorkCounter();
after(() => counter.stop());
// What is made once for all specs is made before.
check(hostileSpecs.files!(20));

for (const [name, make] of Object.entries(hostileSpecs)) {
  test(`eight times as many ${name} take no more than some eight times the work`, () => {
    // Nesting costs more and more until it is too deep, and from then on the same.
    const count = (isFull ? 400 : 100) * (/nested|open/.test(name) ? 8 : 1);
    const [small, large] = withoutHanging(() =>
      [count, 8 * count].map((each) => {
        const text = make(each);
        return counter.count(() => check(text));
      }),
    );
    assert.ok(large! < 14 * small!, `${large} against ${small}`);
  });
}
