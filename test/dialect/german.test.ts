import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readers } from "../../server/src/dialect/element-fact.ts";
import { elementFacts } from "../../server/src/dialect/elements.ts";

const german: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../../l10n/bundle.l10n.de.json", import.meta.url), "utf8"),
);

test("everything the rows say to a reader is there in German", () => {
  const texts = elementFacts.flatMap(({ summary, details, attributes }) => [
    summary,
    details,
    ...attributes.flatMap((row) => [row.summary, row.details]),
  ]);
  for (const text of [...texts, ...readers]) {
    if (text !== undefined) assert.ok(german[text], `no German for: ${text}`);
  }
});

test("names of elements and values stay as they are in German", () => {
  for (const { name, summary } of elementFacts) {
    for (const code of summary.match(/`[^`]+`/g) ?? [])
      assert.ok(german[summary]!.includes(code), `${name}: ${code}`);
  }
});
