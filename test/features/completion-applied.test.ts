import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import type { DialectId } from "../../server/src/dialect/products.ts";
import { schemaFor } from "../../server/src/dialect/schema.ts";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import type { CompletionItem } from "../../server/src/features/completion/item.ts";
import { withoutTabStops } from "../../server/src/features/completion/snippet.ts";
import { completion } from "../../server/src/features/completion.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";

function offered(text: string, caret: number, dialect: DialectId): readonly CompletionItem[] {
  const document = featureDocument(text, { dialect, fileName: "Acme.sopm" });
  return completion(document, caret, { now: "2024-05-02 10:00:00", translate: english }).items;
}

/** A text after an item was chosen and nobody has gone through its stops. */
function chosen(text: string, { edit, additionalEdits = [], isSnippet }: CompletionItem): string {
  const newText = isSnippet ? withoutTabStops(edit.newText) : edit.newText;
  return applyEdits(text, [{ ...edit, newText }, ...additionalEdits]);
}

/** What is wrong with a text, as somebody reads it. */
function wrong(text: string, dialect: DialectId): readonly string[] {
  const { findings } = lint(
    SyntaxTree.parse(text),
    { ...defaultLintSettings, dialect },
    {
      ...{ fileName: "Acme.sopm", kind: "spec", folder: noFolder, today: "2024-05-02" },
      knowledge: () => noKnowledge,
    },
  );
  return findings.map((finding) => `${finding.rule} ${finding.severity}: ${findingText(finding, english)}`);
}

/** What is wrong with a text that was not wrong before, but what its author is about to write. */
function newFaults(before: string, after: string, dialect: DialectId): readonly string[] {
  const known = new Set(wrong(before, dialect));
  return wrong(after, dialect).filter((each) => !known.has(each) && !isOfAuthor.test(each));
}

/** Names that stand for those of the author, places that are left empty for them, and values that need another one beside them. */
const isOfAuthor =
  /^(\S+ (warning|information|hint)|(table-exists|insert-column-unknown|index-column-unknown|fk-column-unknown|column-pk-composite|column-autoincrement-[a-z-]+|install-upgrade-drift|file-location-missing) error):/;

/** A text with an element in it that was offered there, the last of its name. */
interface Written {
  readonly name: string;
  readonly text: string;
}

/** One text for each element in each other one, as they come when everything that is offered is taken. */
function* everythingIn(
  written: Written,
  dialect: DialectId,
  seen: Set<string>,
): Iterable<readonly [Written, Written]> {
  const at = written.text.lastIndexOf(`</${written.name}>`);
  if (at < 0) return;
  const typed = `${written.text.slice(0, at)}<\n${written.text.slice(at)}`;
  for (const item of offered(typed, at + 1, dialect)) {
    // CDATA and comments are for any place; what they come to depends on what is written there.
    if (!item.isSnippet || item.label.startsWith("<")) continue;
    const next = { name: item.label, text: chosen(typed, item) };
    yield [written, next];
    // Of HTML everything may stand in everything.
    if (!schemaFor(dialect).element(item.label)) continue;
    const key = `${written.name} ${next.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield* everythingIn(next, dialect, seen);
  }
}

for (const dialect of dialectIds) {
  const schema = schemaFor(dialect);
  const [root] = offered("<", 1, dialect);
  const skeleton = { name: schema.root.name, text: chosen("<", root!) };

  test(`a new spec has nothing wrong but what its author writes: ${dialect}`, () => {
    const faults = wrong(skeleton.text, dialect);
    assert.deepEqual(
      faults.filter((each) => !/-missing |-empty |^framework-eol /.test(each)),
      [],
    );
  });

  const all = [...everythingIn(skeleton, dialect, new Set())];
  assert.ok(all.length > 60, `${all.length}`);

  test(`what is offered is right as it is: ${dialect}`, () => {
    for (const [before, after] of all)
      assert.deepEqual(newFaults(before.text, after.text, dialect), [], `${after.name} in ${before.name}`);
  });

  test(`every value that is offered of an attribute is one that rules take: ${dialect}`, () => {
    let count = 0;
    for (const [holder, { name, text }] of all) {
      for (const attribute of schema.element(name)?.attributes ?? []) {
        if (!attribute.values || attribute.obsolete) continue;
        const start = text.lastIndexOf(`<${name}`) + name.length + 1;
        const end = text.indexOf(">", start);
        const tag = text.slice(start, end).replace(new RegExp(` ${attribute.name}="[^"]*"`), "");
        const begun = `${text.slice(0, start)} ${attribute.name}="`;
        const typed = `${begun}"${tag}${text.slice(end)}`;
        for (const item of offered(typed, begun.length, dialect)) {
          count++;
          const found = newFaults(text, chosen(typed, item), dialect);
          assert.deepEqual(found, [], `${item.label} as ${attribute.name} of ${name} in ${holder.name}`);
        }
      }
    }
    assert.ok(count > 60, `${count}`);
  });

  test(`every value that is offered of an element is one that rules take: ${dialect}`, () => {
    for (const [holder, { name, text }] of all) {
      if (!schema.element(name)?.values) continue;
      const end = text.lastIndexOf(`</${name}>`);
      const start = text.lastIndexOf(">", end) + 1;
      const typed = text.slice(0, start) + text.slice(end);
      for (const item of offered(typed, start, dialect)) {
        if (item.label.startsWith("<")) continue;
        const found = newFaults(text, chosen(typed, item), dialect);
        assert.deepEqual(found, [], `${item.label} in ${name} in ${holder.name}`);
      }
    }
  });
}
