import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readConfigurationText } from "../../server/src/configuration/read-configuration.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { lint, lintContext } from "../../server/src/engine/lint.ts";
import { lintFile } from "../../server/src/engine/lint-file.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import { messagesOf } from "../../server/src/rules/render-rule-page.ts";
import type { Finding, Found, Report, Rule } from "../../server/src/rules/rule.ts";
import { rules, rulesByGroup } from "../../server/src/rules/rules.ts";
import { Element } from "../../server/src/syntax/element.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { formsOf, neighbours, surroundingsOf, textOf } from "../support/rule-examples.ts";
import { simulatedLint } from "../support/simulated-lint.ts";

const german: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../../l10n/bundle.l10n.de.json", import.meta.url), "utf8"),
);

test("every rule has an id of its own", () => {
  const ids = rules.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const id of ids) assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("every rule lives in a file of its name, with its text beside it, and has a page of its name", () => {
  for (const [group, ofGroup] of Object.entries(rulesByGroup)) {
    const files = readdirSync(new URL(`../../server/src/rules/${group}/`, import.meta.url));
    assert.deepEqual(ofGroup.flatMap(({ id }) => [`${id}.md`, `${id}.ts`]).sort(), files.sort());
  }
  const pages = readdirSync(new URL("../../docs/rules/", import.meta.url)).map(
    (file) => `docs/rules/${file}`,
  );
  assert.deepEqual(
    pages.sort(),
    [...rules.map(({ id }) => `docs/rules/${id}.md`), "docs/rules/README.md"].sort(),
  );
});

for (const rule of rules) {
  test(`${rule.id}: its texts are there, and in German`, () => {
    const { summary, docs, source } = textOf(rule);
    assert.doesNotMatch(summary, /\.$|^$/, "a summary without full stop");
    assert.ok(docs.split(/[.!?](?:\s|$)/).length >= 2, "docs of whole sentences");
    assert.ok(source.length > 5);
    for (const text of [summary, ...messagesOf(rule)]) {
      assert.ok(german[text], `no German for: ${text}`);
      assert.deepEqual(placeholders(german[text]!), placeholders(text), text);
    }
    for (const text of messagesOf(rule)) assert.match(text, /[.!?]$/, `no full stop: ${text}`);
  });

  test(`${rule.id}: finds fault with its bad example and not with its good one`, async () => {
    const { bad, good } = textOf(rule);
    const tried = await Promise.all(
      formsOf(bad).map(async (text) => ({ text, found: await findingsOf(rule, text) })),
    );
    const wrong = tried.find(({ found }) => found.length > 0);
    assert.ok(wrong, "the bad example is found fault with");
    for (const text of formsOf(good)) {
      assert.deepEqual(await findingsOf(rule, text), [], "the good example is not");
    }
    for (const finding of wrong.found) {
      assert.doesNotMatch(
        english(finding.message, finding.arguments),
        /\{\w+\}/,
        "a value for each placeholder",
      );
      for (const { title, arguments: values, edits } of finding.fixes ?? []) {
        assert.doesNotMatch(english(title, values), /\{\w+\}/);
        // It changes a setting or the name of the file.
        if (edits.length === 0) continue;
        const { file } = finding;
        const mended = file ? formsOf(applyEdits(file.text, edits))[0]! : applyEdits(wrong.text, edits);
        assert.ok(
          (await findingsOf(rule, mended)).length < wrong.found.length,
          `“${english(title, values)}” does not take the finding away:\n${mended}`,
        );
      }
    }
  });
}

test("a rule about the package has nothing to say where none of its elements is", () => {
  const specs = rules
    .map(textOf)
    .flatMap(({ bad, good }) =>
      [...formsOf(bad), ...formsOf(good)].map((text) => specOf(SyntaxTree.parse(text))),
    );
  const said = rules.flatMap((rule) => {
    if (rule.scope !== "package" && rule.scope !== "neighbours") return [];
    if (rule.elements === "any") return [];
    const { elements } = rule;
    const { settings, surroundings } = surroundingsOf(rule);
    return specs
      .filter((spec) => elements.every((name) => spec.all(name).length === 0))
      .filter((spec) => {
        const { context } = lintContext(spec, settings, surroundings);
        const reports =
          rule.scope === "neighbours"
            ? rule.check(spec, context, surroundings.others!)
            : rule.check(spec, context);
        return [...reports].some((report) => report !== undefined);
      })
      .map(({ tree }) => `${rule.id}: ${tree.source}`);
  });
  assert.deepEqual(said, []);
});

test("a rule that goes by names says as much of an element with other values", () => {
  const elements = rules
    .map(textOf)
    .flatMap(({ bad, good }) =>
      [...formsOf(bad), ...formsOf(good)].flatMap((text) => [
        ...(SyntaxTree.parse(text).root?.descendants() ?? []),
      ]),
    );
  const leaves = elements.filter(({ elements, closing }) => elements.length === 0 && closing !== "missing");
  const byNames = rules.filter((rule) => rule.scope === "element").filter(({ goesByNames }) => goesByNames);
  assert.ok(byNames.length > 5 && leaves.length > 500);
  for (const rule of byNames) {
    const { settings, surroundings } = surroundingsOf(rule);
    for (const { node, name, parent, attributes } of leaves) {
      if (rule.elements !== "any" && !rule.elements.includes(name)) continue;
      const given = attributes.map((attribute) => ` ${attribute.name}="merge"`).join("");
      const other = SyntaxTree.parse(`<${name}${given}>1</${name}>`);
      const { context } = lintContext(specOf(other), settings, surroundings);
      const says = (element: Element) => reportsOf(rule.check(element, context, parent?.name)).length > 0;
      assert.equal(
        says(new Element(node, 0, undefined)),
        says(other.root!),
        `${rule.id} of <${name}${given}>`,
      );
    }
  }
});

test("no message names a product that the package is not for", () => {
  const foreign: Readonly<Record<string, RegExp>> = { "otobo-11": /OTRS|Znuny/, "znuny-7": /OTOBO/ };
  // The name of the product that a file comes from is all that this one is about.
  const others = rules.filter(({ id }) => id !== "file-otrs-name-in-otobo");
  const named = Object.entries(foreign).flatMap(([dialect, names]) =>
    others.flatMap((rule) => {
      const { bad } = textOf(rule);
      const root = dialect === "otobo-11" ? "otobo_package" : "otrs_package";
      return formsOf(bad.replaceAll(/\b(otrs|otobo)_package\b/g, root)).flatMap((text) => {
        const { settings, surroundings } = surroundingsOf(rule);
        const { findings } = lint(
          SyntaxTree.parse(text),
          { ...settings, dialect: dialect as DialectId },
          surroundings,
        );
        return (
          findings
            .filter((finding) => finding.rule === rule.id)
            .map((finding) => `${dialect}: ${findingText(finding, english)}`)
            // The code policy is a checker, for whatever product a package is.
            .filter((said) => names.test(said.replace(/^.*?: |the Znuny code policy/gi, "")))
        );
      });
    }),
  );
  assert.deepEqual(named, []);
});

test("the titles of fixes are there in German", async () => {
  const examples = rules.flatMap((rule) => formsOf(textOf(rule).bad).map((text) => ({ rule, text })));
  const found = await Promise.all(examples.map(({ rule, text }) => findingsOf(rule, text)));
  const titles = found.flat().flatMap(({ fixes }) => (fixes ?? []).map(({ title }) => title));
  assert.deepEqual(
    [...new Set(titles)].filter((title) => !german[title]),
    [],
  );
});

function reportsOf(found: Found): readonly Report[] {
  if (found === undefined) return [];
  return "span" in found ? [found] : [...found];
}

function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

async function findingsOf(rule: Rule, text: string): Promise<readonly Finding[]> {
  const { settings, surroundings } = surroundingsOf(rule, text);
  if (surroundings.fileName === "sopm.json") return readConfigurationText("/ws/sopm.json", text).findings;
  if (rule.scope === "comparison") {
    const files = new MemoryWorkspace({ ...neighbours, [`/ws/${surroundings.fileName}`]: text });
    const linted = await lintFile(`/ws/${surroundings.fileName}`, settings, memoryWorld(filesOf(files)));
    return linted.findings.filter((finding) => finding.rule === rule.id);
  }
  const check = rule.scope === "simulation" ? simulatedExample : lint;
  const { findings } = check(SyntaxTree.parse(text), settings, surroundings);
  return findings.filter((finding) => finding.rule === rule.id);
}

/** Examples are short, so that what is too long for a simulation begins early. */
function simulatedExample(...given: Parameters<typeof lint>) {
  const [tree, settings, surroundings] = given;
  return simulatedLint(tree, settings, surroundings, { limits: { statements: 10_000, length: 1_000 } });
}
