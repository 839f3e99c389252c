import assert from "node:assert/strict";
import { test } from "node:test";
import { isAcceptedValue } from "../../server/src/dialect/accepted-values.ts";
import { type AttributeFact, type ElementFact, readers } from "../../server/src/dialect/element-fact.ts";
import { elementFacts } from "../../server/src/dialect/elements.ts";
import { dialectsKnowing } from "../../server/src/dialect/schema.ts";
import type { Element } from "../../server/src/syntax/element.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const names = new Set(elementFacts.map(({ name }) => name));
const factByName = new Map(elementFacts.map((fact) => [fact.name, fact]));

test("every element has one row, and every attribute one in it", () => {
  assert.equal(names.size, elementFacts.length);
  for (const { name, attributes } of elementFacts) {
    assert.equal(new Set(attributes.map((row) => row.name)).size, attributes.length, name);
  }
});

test("parents exist and hold elements; whatever holds elements is a parent", () => {
  const parents = new Set(elementFacts.flatMap((fact) => fact.parents));
  for (const parent of parents) {
    if (parent !== "root") assert.equal(factByName.get(parent)?.content, "elements", parent);
  }
  for (const { name, parents: above, content } of elementFacts) {
    if (content === "elements" && above.length > 0)
      assert.ok(parents.has(name), `nothing may stand in ${name}`);
  }
});

test("what a row knows, some dialect knows together with its parent", () => {
  for (const fact of elementFacts) {
    for (const dialect of dialectsKnowing(fact)) {
      const parents = fact.parents.map((parent) => factByName.get(parent));
      const reachable =
        fact.parents.length === 0 ||
        fact.parents.includes("root") ||
        parents.some((parent) => parent && dialectsKnowing(parent).includes(dialect));
      assert.ok(reachable, `${fact.name} in ${dialect}`);
    }
  }
});

test("values, defaults and empty texts fit each other", () => {
  for (const row of allRows()) {
    if (row.fact.default !== undefined) assert.ok(isAcceptedValue(row.fact, row.fact.default), row.title);
    if ("emptyMeans" in row.fact) assert.ok(row.fact.values?.includes(row.fact.emptyMeans!), row.title);
    if (row.fact.values) assert.ok(row.fact.values.length > 0, row.title);
  }
  for (const { name, attributes } of elementFacts) {
    for (const row of attributes) {
      assert.ok(!(row.required && row.obsolete), `${name}@${row.name} is needed and should not be used`);
    }
  }
});

test("the texts are whole sentences without braces, which translation would take for placeholders", () => {
  for (const { title, fact } of allRows()) {
    for (const text of [fact.summary, fact.details]) {
      if (text === undefined) continue;
      assert.match(text, /^[A-Z`].*[.]$/s, title);
      assert.doesNotMatch(text, /[{}]|\n/, title);
      assert.equal(text.split("`").length % 2, 1, `odd number of back ticks: ${title}`);
    }
  }
  for (const { name, readBy, source } of elementFacts) {
    for (const reader of readBy.split(", ")) assert.ok((readers as readonly string[]).includes(reader), name);
    assert.match(source, /^(OTOBO|OTRS|Znuny)/, name);
  }
});

for (const fact of elementFacts) {
  test(`${fact.name}: the example is what the row says`, () => {
    const { root } = wellFormed(fact.example);
    assert.equal(root.name, fact.name);
    checkElements(root);
  });
  if (fact.snippet) {
    test(`${fact.name}: the snippet is well-formed and holds what is needed`, () => {
      assert.match(fact.snippet!, /\$(0|\{?[1-9])/, "no place for the caret");
      const { root } = wellFormed(expandSnippet(fact.snippet!));
      assert.equal(root.name, fact.name);
      checkElements(root);
    });
  }
}

test("snippets number their places without a gap, and escape what belongs to Perl", () => {
  assert.equal(expandSnippet("${1|a,b|} $2 ${3:${VERSION}} \\$Kernel $0"), "a  1.0.0 $Kernel ");
  for (const { name, snippet } of elementFacts) {
    const numbers = [...(snippet ?? "").matchAll(/(?<!\\)\$\{?(\d)/g)].map((match) => Number(match[1]));
    const stops = [...new Set(numbers)].filter((number) => number > 0).sort();
    assert.deepEqual(
      stops,
      [...stops.keys()].map((index) => index + 1),
      name,
    );
  }
});

/** Every element is known, may stand there, and has what it needs. */
function checkElements(root: Element): void {
  for (const element of root.descendants()) {
    const fact = factByName.get(element.name);
    assert.ok(fact, `${element.name} is unknown`);
    const parent = element.parent && factByName.get(element.parent.name);
    if (parent) {
      const place = parent.parents.length === 0 ? "root" : parent.name;
      assert.ok(fact.parents.includes(place), `${element.name} in ${parent.name}`);
    }
    for (const row of fact.attributes) {
      if (row.required) assert.ok(element.attribute(row.name), `${element.name} without ${row.name}`);
    }
    for (const { name, value } of element.attributes) {
      const row = fact.attributes.find((candidate) => candidate.name === name);
      assert.ok(row, `${element.name}@${name} is unknown`);
      assert.ok(isAcceptedValue(row, value), `${element.name}@${name}="${value}"`);
    }
  }
}

function wellFormed(text: string): { root: Element } {
  const tree = SyntaxTree.parse(text);
  assert.deepEqual(tree.problems, [], text);
  assert.ok(tree.root);
  return { root: tree.root };
}

/** What an editor makes of a snippet when nothing is typed. */
function expandSnippet(snippet: string): string {
  return snippet
    .replaceAll("${VERSION}", "1.0.0")
    .replaceAll("${DATE}", "2024-05-02 10:00:00")
    .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/(?<!\\)\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/(?<!\\)\$\d/g, "")
    .replaceAll("\\$", "$");
}

function* allRows(): Iterable<{ title: string; fact: ElementFact | AttributeFact }> {
  for (const fact of elementFacts) {
    yield { title: fact.name, fact };
    for (const attribute of fact.attributes)
      yield { title: `${fact.name}@${attribute.name}`, fact: attribute };
  }
}
