import assert from "node:assert/strict";
import { test } from "node:test";
import { detectDialect } from "../../server/src/dialect/detect.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { Condition, FrameworkRelease } from "../../server/src/dialect/switches.ts";
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

/** Releases of several dialects of one product. */
const across: readonly [frameworks: string, lowest: FrameworkRelease, highest: FrameworkRelease][] = [
  [
    "<Framework>10.1.x</Framework><Framework>11.0.x</Framework>",
    { dialect: "otobo-10", version: "10.1.0" },
    { dialect: "otobo-11", version: "11.0.x" },
  ],
  [
    "<Framework>5.0.x</Framework><Framework>6.0.x</Framework>",
    { dialect: "otrs-5", version: "5.0.0" },
    { dialect: "otrs-6", version: "6.0.x" },
  ],
  [
    '<Framework>7.1.x</Framework><Framework Minimum="6.4.1">6.4.x</Framework>',
    { dialect: "znuny-6", version: "6.4.1" },
    { dialect: "znuny-7", version: "7.1.x" },
  ],
  // Newer ones than those that were asked for do not count.
  [
    "<Framework>7.1.x</Framework><Framework>6.5.x</Framework>",
    { dialect: "znuny-6", version: "6.5.0" },
    { dialect: "znuny-6", version: "6.5.x" },
  ],
];
for (const [frameworks, lowest, highest] of across) {
  test(`${frameworks} as ${highest.dialect} admits all from ${lowest.version} to ${highest.version}`, () => {
    const spec = specOf(SyntaxTree.parse(`<otrs_package>${frameworks}</otrs_package>`));
    assert.deepEqual(admittedRange(spec, highest.dialect), { lowest, highest });
  });
}

const ofTwoDialects: readonly [
  about: string,
  root: string,
  frameworks: readonly string[],
  dialect: DialectId | "auto",
  body: string,
  said: readonly string[],
][] = [
  [
    "a column that PostgreSQL loses",
    "otobo_package",
    ["10.1.x", "11.0.x"],
    "auto",
    `<DatabaseInstall><TableCreate Name="t"><Column Name="a" Type="DATE"/><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/></TableCreate></DatabaseInstall>`,
    [
      "The column “a” is missing on PostgreSQL, because OTOBO leaves out all columns before one with AutoIncrement. This holds before OTOBO 11.0.",
    ],
  ],
  [
    "a default that is to stay",
    "otobo_package",
    ["10.1.x", "11.0.x"],
    "auto",
    `<DatabaseUpgrade><TableAlter Name="t" Version="1.0.0"><ColumnChange NameOld="a" NameNew="a" NoDefault="1" Required="true" Type="DATE"/></TableAlter></DatabaseUpgrade>`,
    [
      "The column loses its default for a moment all the same, because OTOBO does not read NoDefault. This holds before OTOBO 11.0.2.",
    ],
  ],
  [
    "a column that is added and counts",
    "otrs_package",
    ["6.5.x", "7.1.x"],
    "auto",
    `<DatabaseUpgrade><TableAlter Name="t" Version="1.0.0"><ColumnAdd Name="id" AutoIncrement="true" Required="true" Type="BIGINT"/></TableAlter></DatabaseUpgrade>`,
    [
      "MySQL refuses AutoIncrement here, because “id” is no key when it is added. This holds from Znuny 7.1 on.",
      "On MySQL the rows stay without numbers, because Znuny leaves out AutoIncrement when a column is added. This holds before Znuny 7.1.",
    ],
  ],
  [
    "a key that is made twice",
    "otrs_package",
    ["5.0.x", "6.0.x"],
    "otrs-6",
    `<DatabaseInstall><TableCreate Name="t"><Column Name="a" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKey><ForeignKey ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall>`,
    [
      "Databases refuse the second reference from “a” to “users”, because it is there already. This holds before OTRS 6.0.",
      "The second reference from “a” to “users” is skipped, because it is there already. This holds from OTRS 6.0 on.",
    ],
  ],
  [
    "an index of a name that another table has",
    "otrs_package",
    ["5.0.x", "6.0.x"],
    "otrs-6",
    `<DatabaseInstall>${["t", "u"].map((table) => `<TableCreate Name="${table}"><Column Name="a" Type="INTEGER"/><Index Name="i"><IndexColumn Name="a"/></Index></TableCreate>`).join("")}</DatabaseInstall>`,
    [
      "On PostgreSQL the index is skipped, because “i” is the name of one of table “t” already. This holds from OTRS 6.0 on.",
      "PostgreSQL refuses the index, because “i” is the name of one of table “t” already. This holds before OTRS 6.0.",
    ],
  ],
  [
    "an index that is too long for MySQL with three bytes a character",
    "otrs_package",
    ["6.5.x", "7.1.x"],
    "auto",
    `<DatabaseInstall><TableCreate Name="t"><Column Name="a" Size="200" Type="VARCHAR"/><Column Name="b" Size="200" Type="VARCHAR"/><Index Name="i"><IndexColumn Name="a"/><IndexColumn Name="b"/></Index></TableCreate></DatabaseInstall>`,
    [
      "MySQL may refuse the index, because its key has 1200 bytes and 1000 is the limit. This holds before Znuny 7.1.",
    ],
  ],
  [
    "a gate that long numbers see otherwise",
    "otrs_package",
    ["4.0.x", "5.0.x"],
    "otrs-5",
    `<CodeUpgrade Type="post" Version="1.01.0">1;</CodeUpgrade><ChangeLog Version="1.1.9">x</ChangeLog>`,
    [
      "This may run when it should not, or never, because 1.01.0 and 1.1.9 count as equal to the installer. This holds from OTRS 5.0 on.",
    ],
  ],
  [
    "bounds that the oldest release does not look at",
    "otrs_package",
    ["4.0.x", "5.0.x", '6.0.x" Minimum="6.0.3'],
    "otrs-6",
    "",
    [],
  ],
  [
    "a version of the console before Znuny 6.3",
    "otrs_package",
    ["6.2.x", "7.1.x"],
    "auto",
    "<Version>1.2.30000</Version>",
    [
      "The console does not find the package by name and version, because a group has more than four digits. This holds before Znuny 6.3.",
    ],
  ],
];
const asked: readonly string[] = [
  ...["column-autoincrement-not-first", "nodefault-dialect", "column-add-autoincrement", "fk-duplicate"],
  ...["index-name-duplicate", "index-key-too-long", "version-compare-ambiguous", "version-format"],
  "framework-bounds-unsupported",
];
for (const [about, root, frameworks, dialect, body, said] of ofTwoDialects) {
  test(`what some of two dialects do is said of those: ${about}`, () => {
    const elements = frameworks.map((each) => {
      const [pattern, bound = ""] = each.split('" ');
      return `<Framework ${bound && `${bound}"`}>${pattern}</Framework>`;
    });
    const version = body.includes("<Version>") ? "" : "<Version>1.0.0</Version>";
    const tree = SyntaxTree.parse(
      `<${root}><Name>Acme</Name>${version}${elements.join("")}${body}</${root}>`,
    );
    const { findings } = lint(tree, { ...defaultLintSettings, dialect }, surroundings);
    const texts = findings
      .filter(({ rule }) => asked.includes(rule))
      .map((finding) => findingText(finding, english));
    assert.deepEqual(texts.sort(), said);
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
