import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { detectDialect } from "../../server/src/dialect/detect.ts";
import { schemaFor } from "../../server/src/dialect/schema.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { sharedFolder } from "../support/shared.ts";

const corpus = sharedFolder("corpus");

test("of what authors write only known mistakes are unknown to the rows", () => {
  if (!corpus) return;
  const unknown = new Map<string, number>();
  let known = 0;
  for (const name of readdirSync(join(corpus, "sopm"))) {
    for (const thing of thingsOf(readFileSync(join(corpus, "sopm", name), "utf8"))) {
      if (thing.known) known++;
      else unknown.set(thing.label, (unknown.get(thing.label) ?? 0) + 1);
    }
  }
  assert.ok(known > 50_000, `${known} elements and attributes`);
  assert.deepEqual(Object.fromEntries([...unknown].sort()), expected);
});

/** What authors got wrong, with how often it is met: an element or an attribute that is unknown, or at a wrong place. */
const expected = {
  "ColumnChange@Name": 4,
  ConfigItem: 4,
  "Data in DatabaseInstall": 1,
  "Description@lang": 1,
  Greeting: 1,
  Group: 4,
  Setting: 4,
  String: 4,
  SubGroup: 4,
  // From a spec that is not well-formed: end tags with a missing slash.
  "TableDrop in TableDrop": 4,
  a: 7,
  em: 3,
  en: 1,
  // The root of the other family beside frameworks of OTOBO.
  otrs_package: 4,
  p: 7,
  ru: 1,
};

function* thingsOf(text: string): Iterable<{ label: string; known: boolean }> {
  const tree = SyntaxTree.parse(text);
  const elements = [...tree.elements()];
  const frameworks = elements.filter(({ name }) => name === "Framework").map((element) => element.text.value);
  const schema = schemaFor(detectDialect({ root: tree.root?.name, frameworks }).dialect);
  for (const element of elements) {
    const fact = schema.element(element.name);
    yield { label: element.name, known: fact !== undefined };
    if (!fact) continue;
    const parent = element.parent?.name;
    if (parent && schema.element(parent)) {
      yield { label: `${element.name} in ${parent}`, known: schema.allows(parent, element.name) };
    }
    for (const { name } of element.attributes) {
      yield { label: `${element.name}@${name}`, known: schema.attribute(element.name, name) !== undefined };
    }
  }
}
