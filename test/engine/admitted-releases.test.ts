import assert from "node:assert/strict";
import { test } from "node:test";
import { detectDialect } from "../../server/src/dialect/detect.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { Condition } from "../../server/src/dialect/switches.ts";
import { admittedRange, admittedReleases } from "../../server/src/engine/admitted-releases.ts";
import {
  defaultLintSettings,
  type LintSurroundings,
  lint,
  lintContext,
} from "../../server/src/engine/lint.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import type { ElementRule } from "../../server/src/rules/rule.ts";
import { RuleSet, runRules } from "../../server/src/rules/run-rules.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

const surroundings: LintSurroundings = {
  ...{ fileName: "Acme.sopm", kind: "spec", today: "2024-05-02", knowledge: knowledgeOf },
  folder: { factOf: () => undefined, files: () => undefined },
};

function admitted(frameworks: string, chosen?: DialectId, root = "otrs_package"): string | undefined {
  const spec = specOf(SyntaxTree.parse(`<${root}>${frameworks}</${root}>`));
  const detected = detectDialect({ root, frameworks: spec.frameworks }).dialect;
  return knowledgeOf(admittedReleases(spec, chosen ?? detected, chosen !== undefined)).release;
}

const cases: readonly [frameworks: string, releases: string | undefined, chosen?: DialectId][] = [
  ["<Framework>7.1.x</Framework>", "Znuny 7.1.7"],
  ["<Framework>6.5.x</Framework>", "Znuny 6.5.4"],
  ["<Framework>7.3.x</Framework>", "Znuny 7.3"],
  // Nobody can tell OTRS from Znuny by a spec.
  ["<Framework>6.0.x</Framework>", "OTRS 6.0.30–6.0.41, Znuny 6.0.36"],
  ["<Framework>6.0.x</Framework>", "OTRS 6.0.30–6.0.41", "otrs-6"],
  ["<Framework>6.0.x</Framework>", "Znuny 6.0.36", "znuny-6"],
  ["<Framework>5.0.x</Framework><Framework>6.5.x</Framework>", "OTRS 5.0.26, Znuny 6.5.4"],
  ["<Framework>6.5.x</Framework><Framework>7.x</Framework>", "Znuny 6.5.4–7.3"],
  ["<Framework>7.x.x</Framework>", "Znuny 7.0.9–7.3"],
  // Below 6.0.31 there is no fork; the last element decides about a release that several let in.
  ['<Framework Maximum="6.0.20">6.0.x</Framework>', "OTRS 6.0.30, Znuny 6.0.36"],
  ['<Framework Minimum="6.0.40">6.0.x</Framework>', "OTRS 6.0.41, Znuny 6.0.36"],
  ["<Framework>7.1.7</Framework>", "Znuny 7.1.7"],
  ["<Framework>7.1.42</Framework>", "Znuny 7.1.7"],
  ['<Framework Minimum="7.1.200">7.1.x</Framework>', "Znuny 7.1.7"],
  // OTRS 5 does not look at bounds.
  ['<Framework Maximum="4.0.1">5.0.x</Framework>', "OTRS 5.0.26"],
  ["<Framework>2.4.x</Framework>", undefined],
  ["<Framework>3.2.x</Framework>", undefined],
  ["<Framework>6.9.x</Framework>", undefined],
  ["<Framework>8.0.x</Framework>", undefined],
  ["<Framework>9.9.x</Framework>", undefined],
  ["<Framework>7.1</Framework>", undefined],
  ["<Framework>[</Framework>", undefined],
  ["<Framework>7.1.x</Framework>", undefined, "otobo-11"],
  // While nobody has said anything the dialect counts.
  ["", "Znuny 7.0.9–7.3"],
  ["<Framework> </Framework>", "Znuny 7.0.9–7.3"],
  ["", "OTRS 6.0.30–6.0.41", "otrs-6"],
  ["", "OTRS 3.1–4.0.13", "otrs-legacy"],
  ["", undefined, "otrs-8"],
];
for (const [frameworks, expected, chosen] of cases) {
  test(`${frameworks || "no Framework"}${chosen ? ` as ${chosen}` : ""} admits ${expected ?? "nothing known"}`, () => {
    assert.equal(admitted(frameworks, chosen), expected);
  });
}

const spans: readonly [frameworks: string, dialect: DialectId, lowest: string, highest: string][] = [
  ["<Framework>7.1.x</Framework>", "znuny-7", "7.1.0", "7.1.x"],
  ["<Framework>7.0.x</Framework><Framework>7.2.x</Framework>", "znuny-7", "7.0.0", "7.2.x"],
  ['<Framework Minimum="6.0.20">6.0.x</Framework>', "otrs-6", "6.0.20", "6.0.x"],
  ['<Framework Maximum="6.0.25">6.0.x</Framework>', "otrs-6", "6.0.0", "6.0.25"],
  ["<Framework>6.0.14</Framework>", "otrs-6", "6.0.14", "6.0.14"],
  ['<Framework Minimum="6.3.2">6.3.x</Framework>', "znuny-6", "6.3.2", "6.3.x"],
  // None of them, or nothing said: all.
  ["<Framework>6.0.x</Framework>", "otobo-11", "11.0.0", "11.1.x"],
  ["<Framework>[</Framework>", "otrs-6", "6.0.0", "6.0.x"],
  ["", "otrs-6", "6.0.0", "6.0.x"],
];
for (const [frameworks, dialect, lowest, highest] of spans) {
  test(`${frameworks || "no Framework"} as ${dialect} admits all from ${lowest} to ${highest}`, () => {
    const spec = specOf(SyntaxTree.parse(`<otrs_package>${frameworks}</otrs_package>`));
    const range = admittedRange(spec, dialect);
    assert.deepEqual(range, { lowest: { dialect, version: lowest }, highest: { dialect, version: highest } });
    const again = specOf(SyntaxTree.parse(`<otrs_package> ${frameworks}</otrs_package>`));
    assert.equal(admittedRange(again, dialect), range, "the same object for the same frameworks");
  });
}

test("a rule under a condition speaks when some release that the spec admits fulfils it", () => {
  const rule = (id: string, condition: Condition): ElementRule => ({
    ...{ id, scope: "element", elements: ["Name"], severity: "warning", message: "A.", ...condition },
    check: ({ span }) => ({ span }),
  });
  // A release of the patch level 26 was the first.
  const ruleSet = new RuleSet([
    rule("with-yaml", { where: "yamlSettings" }),
    rule("without-yaml", { whereNot: "yamlSettings" }),
  ]);
  const said = (bounds: string) => {
    const text = `<otrs_package><Name>Acme</Name><Framework${bounds}>6.0.x</Framework></otrs_package>`;
    const spec = specOf(SyntaxTree.parse(text));
    const settings = { ...defaultLintSettings, dialect: "otrs-6" } as const;
    const { context } = lintContext(spec, settings, surroundings);
    return toTheEnd(runRules(spec, context, ruleSet)).map(
      (finding) => `${finding.rule}: ${findingText(finding, english)}`,
    );
  };
  const both = [
    "with-yaml: A. This holds from OTRS 6.0.26 on.",
    "without-yaml: A. This holds before OTRS 6.0.26.",
  ];
  assert.deepEqual(said(""), both);
  assert.deepEqual(said(' Maximum="6.0.25"'), ["without-yaml: A."]);
  assert.deepEqual(said(' Minimum="6.0.26"'), ["with-yaml: A."]);
  assert.deepEqual(said(' Minimum="6.0.20" Maximum="6.0.30"'), both);
});

test("a root of OTOBO admits OTOBO alone", () => {
  const frameworks = "<Framework>6.0.x</Framework><Framework>10.1.x</Framework>";
  assert.equal(admitted(frameworks, undefined, "otobo_package"), "OTOBO 10.1.11");
  assert.equal(admitted("<Framework>10.x</Framework>"), "OTOBO 10.0.22–10.1.11");
});

test("of a package with more frameworks than any has nothing is claimed", () => {
  const many = '<Framework Minimum="7.1.1" Maximum="7.1.99">7.1.x</Framework>'.repeat(40);
  assert.equal(admitted(many), "Znuny 7.1.7");
  assert.equal(admitted("<Framework>7.1.x</Framework>".repeat(41)), undefined);
  assert.equal(admitted(`<Framework>${"7.1.x|".repeat(700)}</Framework>`), undefined);
});

test("the same frameworks are given the same facts", () => {
  const of = (text: string) => {
    const spec = specOf(SyntaxTree.parse(text));
    return knowledgeOf(admittedReleases(spec, "znuny-7", false));
  };
  const frameworks = "<Framework>6.5.x</Framework><Framework>7.1.x</Framework>";
  assert.equal(
    of(`<otrs_package>${frameworks}</otrs_package>`),
    of(`<otrs_package> ${frameworks}</otrs_package>`),
  );
});

test("a spec is judged by the releases that it admits, and again when it admits others", () => {
  const lines = (frameworks: string) => {
    const tree = SyntaxTree.parse(
      `<otrs_package>${frameworks}<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/><Column Name="group_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="groups"><Reference Local="group_id" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall></otrs_package>`,
    );
    const { findings } = lint(tree, defaultLintSettings, surroundings);
    return findings
      .filter(({ rule }) => rule === "fk-table-renamed")
      .map(({ message, arguments: values }) => english(message, values));
  };
  const renamed = (releases: string) => [
    `The SQL statement fails, because the table “groups” is called “permission_groups” in ${releases}.`,
  ];
  assert.deepEqual(lines("<Framework>6.0.x</Framework>"), []);
  assert.deepEqual(lines("<Framework>6.5.x</Framework>"), renamed("Znuny 6.5.4"));
  assert.deepEqual(
    lines("<Framework>6.0.x</Framework><Framework>6.4.x</Framework><Framework>6.5.x</Framework>"),
    renamed("Znuny 6.4.5–6.5.4"),
  );
  assert.deepEqual(lines("<Framework>9.9.x</Framework>"), []);
});
