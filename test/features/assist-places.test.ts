import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import type { Assist } from "../../server/src/features/assists/assist.ts";
import { assistsAt } from "../../server/src/features/assists/assists.ts";
import type { FeatureDocument } from "../../server/src/features/feature-document.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import type { TextEdit } from "../../server/src/text/edit.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { randomFrom } from "../support/random.ts";
import { sharedFolder } from "../support/shared.ts";

const corpus = sharedFolder("corpus");
const now = "2024-05-02 10:00:00";

/** How often each assist is tried, and at how many places it is asked for. */
const [wanted, places] = process.env.SOPM_FULL === "1" ? [500, 60_000] : [25, 4_000];

/** What is wrong with a part is wrong where it is written once more. */
const writtenAgain = /^(?:Add column|Create table) /;

test("assists: at random places of real specs they leave no new error, and are made once", {
  skip: !corpus,
}, () => {
  const random = randomFrom(2026);
  const specs = readdirSync(corpus!, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sopm"))
    .sort()
    .map((name) => ({ name: basename(name), text: decodeText(readFileSync(join(corpus!, name))).text }));
  const read = specs.map((each) => ({ ...each, before: checked(each.text, each.name) }));
  const whole = read.filter(({ before }) => before.document.tree.problems.length === 0);
  assert.ok(whole.length > 0);
  const made = new Map<string, number>();
  const wrong: string[] = [];
  for (let asked = 0; asked < places; asked++) {
    const { name, text, before } = random.pick(whole);
    const at = random.below(text.length + 1);
    for (const assist of assistsAt(before.document, at, now)) {
      const count = (made.get(assist.title) ?? 0) + 1;
      if (count > wanted) continue;
      made.set(assist.title, count);
      for (const harm of harmOf(assist, at, text, name, before))
        wrong.push(`${name} at ${at}: ${titleOf(assist)}: ${harm}`);
    }
  }
  console.log([...made].map(([title, count]) => `${Math.min(count, wanted)} x ${title}`).join("\n"));
  assert.deepEqual(wrong, []);
  assert.ok(made.size > 5);
});

interface Checked {
  readonly document: FeatureDocument;
  /** How many errors there are of each rule. */
  readonly errors: ReadonlyMap<string, number>;
}

/** @param newFile the path of a file that is there; of others nothing is known but that no setup module is there */
function checked(text: string, name: string, newFile?: string): Checked {
  const tree = SyntaxTree.parse(text);
  const { findings, context } = lint(tree, defaultLintSettings, {
    fileName: `${name
      .split("__")
      .at(-1)!
      .replace(/@.*|\.sopm$/g, "")}.sopm`,
    kind: "spec",
    folder: {
      factOf: (path) => {
        if (path === newFile) return { kind: "file", size: 100, leavesBase: false };
        return path.startsWith("var/packagesetup/") ? { kind: "missing" } : undefined;
      },
      files: () => undefined,
    },
    knowledge: knowledgeOf,
    today: "2024-05-02",
  });
  const errors = new Map<string, number>();
  for (const { rule, severity } of findings)
    if (severity === "error") errors.set(rule, (errors.get(rule) ?? 0) + 1);
  return { document: { tree, spec: specOf(tree), context }, errors };
}

function* harmOf(assist: Assist, at: number, text: string, name: string, before: Checked): Iterable<string> {
  const changed = applyEdits(text, assist.edits);
  if (changed === text) yield "changes nothing";
  const after = checked(changed, name, assist.newFile?.path);
  for (const { code } of after.document.tree.problems) yield `is not well-formed: ${code}`;
  for (const [rule, count] of after.errors) {
    const known = before.errors.get(rule) ?? 0;
    if (known > 0 && writtenAgain.test(assist.title)) continue;
    if (count > known) yield `leads to ${rule}`;
  }
  const again = assistsAt(after.document, moved(at, assist.edits), now);
  if (again.some((each) => titleOf(each) === titleOf(assist))) yield "is offered a second time";
}

/** Where the caret is after edits. */
function moved(at: number, edits: readonly TextEdit[]): number {
  return edits.reduce((place, { span, newText }) => {
    if (span.start >= at) return place;
    const grown = newText.length - (span.end - span.start);
    return span.end > at ? place - (at - span.start) : place + grown;
  }, at);
}

function titleOf({ title, arguments: values }: Assist): string {
  return english(title, values);
}
