import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  defaultLintSettings,
  type LintSurroundings,
  lint,
  lintContext,
  lintInSteps,
} from "../../server/src/engine/lint.ts";
import { Simulation } from "../../server/src/engine/simulate.ts";
import { mayBeSimulated } from "../../server/src/engine/simulation-excerpt.ts";
import type { FolderFacts } from "../../server/src/host/folder-facts.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeFor, knowledgeOf } from "../../server/src/node/knowledge.ts";
import { triedDatabases } from "../../server/src/protocol/databases.ts";
import { rangeOf, relatedPlaces } from "../../server/src/rules/finding-place.ts";
import type { RuleContext } from "../../server/src/rules/rule-context.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
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

for (const [name, make] of Object.entries(hostileSpecs)) {
  const isSimulated = (text: string) => {
    const spec = specOf(SyntaxTree.parse(text));
    return mayBeSimulated(spec, lintContext(spec, settings, surroundings));
  };
  // A statement about a table looks at all of its columns and keys, of which there is a highest number.
  if (/^alters|^columns\+|^framework alters|^indexes$|x columns$/.test(name) || !isSimulated(make(10)))
    continue;
  test(`eight times as many ${name} take no more than some eight times the work on databases`, () => {
    const count = isFull ? 400 : 100;
    const simulate = (text: string) => {
      const spec = specOf(SyntaxTree.parse(text));
      const chosen = lintContext(spec, settings, surroundings);
      toTheEnd(new Simulation(knowledgeFor).run(spec, chosen, triedDatabases));
    };
    const [small, large] = withoutHanging(() =>
      [count, 8 * count].map((each) => {
        const text = make(each);
        return counter.count(() => simulate(text));
      }),
    );
    assert.ok(large! < 14 * small!, `${large} against ${small}`);
  });
}

test("eight times as many findings in a settings file are placed with some eight times the work", () => {
  const path = "Kernel/Config/Files/XML/Acme.xml";
  const tree = SyntaxTree.parse(
    `<otrs_package><Framework>7.1.x</Framework><Filelist><File Location="${path}"/></Filelist></otrs_package>`,
  );
  const [small, large] = withoutHanging(() =>
    [100, 800].map((count) => {
      // Each is there twice, and the first speaks of the second.
      const twice = Array.from({ length: count }, (_, index) => {
        const setting = `<Setting Name="Acme::Name${index}" Required="1" Valid="1"><Value><Item>1</Item></Value></Setting>\n`;
        return setting.repeat(2);
      });
      const text = `<otrs_config version="2.0" init="Application">\n${twice.join("")}</otrs_config>\n`;
      const reading = { ...folder, textOf: () => text };
      const { findings } = lint(tree, settings, { ...surroundings, folder: reading });
      const own = findings.filter(({ rule }) => rule === "sysconfig-setting-duplicate");
      assert.equal(own.length, count);
      return counter.count(() => {
        for (const finding of own) {
          rangeOf(finding, tree);
          relatedPlaces(finding, tree.source, (file) => file);
        }
      });
    }),
  );
  assert.ok(large! < 14 * small!, `${large} against ${small}`);
});

test("an edit among very many files costs little of what the first look did", () => {
  const text = hostileSpecs.files!(5_000);
  const edited = text.indexOf("A2500.pm");
  let tree = SyntaxTree.parse(text);
  let context: RuleContext | undefined;
  const [first, afterEdit] = withoutHanging(() =>
    [0, 1].map(() => {
      const spec = specOf(tree);
      const chosen = lintContext(spec, settings, surroundings, context);
      context = chosen.context;
      const work = counter.count(() => toTheEnd(lintInSteps(spec, settings, surroundings, chosen)));
      tree = tree.edited({ span: { start: edited, end: edited }, newText: "x" });
      return work;
    }),
  );
  assert.ok(afterEdit! < first! / 2, `${afterEdit} after ${first}`);
});

test("no step of a check does much of the whole", () => {
  const spec = specOf(SyntaxTree.parse(hostileSpecs.files!(3_000)));
  const chosen = lintContext(spec, settings, surroundings);
  const steps = lintInSteps(spec, settings, surroundings, chosen);
  const works: number[] = [];
  for (let done = false; !done; ) {
    const step = () => {
      done = steps.next().done === true;
    };
    works.push(counter.count(step));
  }
  const all = works.reduce((sum, work) => sum + work, 0);
  assert.ok(Math.max(...works) < all / 5, `${Math.max(...works)} of ${all}`);
});
