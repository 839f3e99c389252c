import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { schemaFor } from "../../server/src/dialect/schema.ts";
import { bumpVersion } from "../../server/src/features/bump-version.ts";
import { codeLenses } from "../../server/src/features/code-lenses.ts";
import { describeAttribute, describeElement } from "../../server/src/features/describe-fact.ts";
import { hover } from "../../server/src/features/hover.ts";
import { describeHint, inlayHints } from "../../server/src/features/inlay-hints.ts";
import { hintKinds, lensKinds } from "../../server/src/features/shown-kinds.ts";
import type { Translate } from "../../server/src/l10n/translate.ts";
import { codeFamilies, databaseFamilies, introFamilies } from "../../server/src/model/package-spec.ts";
import { featureDocument } from "../support/feature-document.ts";

const german: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../../l10n/bundle.l10n.de.json", import.meta.url), "utf8"),
);

/** Fails for a text that has no German, or whose German has other places to fill. */
const checking: Translate = (text) => {
  const places = (each: string) => (each.match(/\{\w+\}/g) ?? []).sort();
  assert.ok(german[text], `no German for: ${text}`);
  assert.deepEqual(places(german[text]!), places(text), text);
  return text;
};

test("German: every text that features name in their code", () => {
  const folder = join(import.meta.dirname, "../../server/src/features");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const source = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const calls = [...source.matchAll(/\b(?:translate|action)\(\s*((?:[^"()]*\? )?"[^"]*"(?: : "[^"]*")?)/g)];
  const texts = calls.flatMap(([, written]) => [...written!.matchAll(/"([^"]*)"/g)].map(([, text]) => text!));
  assert.ok(texts.length > 30);
  for (const text of texts) checking(text);
});

test("German: all that is said about elements and attributes", () => {
  for (const dialect of dialectIds) {
    for (const fact of schemaFor(dialect).elements) {
      describeElement(fact, checking);
      for (const attribute of fact.attributes) describeAttribute(fact.name, attribute, checking);
    }
  }
});

test("German: all that is said about phases and gates", () => {
  const sections = [...codeFamilies, ...databaseFamilies, ...introFamilies].flatMap((name) =>
    ["pre", "post", "merge", "other"].flatMap((phase) =>
      ["1.0.0", "2.0.0"].map((gate) => {
        const change = name.startsWith("Database") ? `<Insert Version="${gate}"/>` : "";
        return `<${name} Type="${phase}" Version="${gate}">${change}</${name}>`;
      }),
    ),
  );
  const text = `<otrs_package><Version>1.0.0</Version>${sections.join("")}</otrs_package>`;
  const document = featureDocument(text);
  let shown = 0;
  for (let offset = 0; offset < text.length; offset++) if (hover(document, offset, checking)) shown++;
  const whole = { start: 0, end: text.length };
  for (const hint of inlayHints(document, whole, hintKinds, checking)) describeHint(document, hint, checking);
  for (const { title } of codeLenses(document, [], lensKinds)) checking(title.text);
  assert.ok(shown > 1000);
});

test("German: why a version cannot be raised", () => {
  for (const text of ["<a/>", "<a><Version>x</Version></a>"]) {
    const bump = bumpVersion(featureDocument(text), "patch", "2024-05-02 10:00:00");
    assert.ok(bump.kind === "impossible");
    checking(bump.reason);
  }
});
