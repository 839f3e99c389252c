import assert from "node:assert/strict";
import { test } from "node:test";
import type { Family } from "../../server/src/dialect/dialect.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { schemaProblems } from "../support/xsd-problems.ts";

const instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const table = (content: string) =>
  `<DatabaseInstall Type="post"><TableCreate Name="a">${content}</TableCreate></DatabaseInstall>`;

/** What stands in the root, and what is found: code and the text at its place. Nothing found means valid. */
const cases: readonly [name: string, content: string, ...found: [code: string, text: string][]][] = [
  ["an empty package", ""],
  ["elements in any order and number", "<Vendor>a</Vendor><Name>a</Name><Name>b</Name>"],
  ["an unknown element", "<Nope><Name/></Nope>", ["element-unexpected", "Nope"]],
  ["letter case", "<name>a</name>", ["element-unexpected", "name"]],
  ["a known element at another place", "<File/>", ["element-unexpected", "File"]],
  ["an element in a text", "<Name>a<b/></Name>", ["element-unexpected", "b"]],
  ["text between elements", "<Name>a</Name>\n  stray\n", ["text-unexpected", "stray"]],
  ["white space in every form", "<!-- c --> \t<?p i?>&#32;<![CDATA[ \n]]>"],
  ["a hard space is no white space", "\u00a0", ["text-unexpected", "\u00a0"]],
  ["an empty element with white space", table('<Column Name="a" Type="bigint">\n  <!-- c --></Column>')],
  [
    "an empty element with text",
    table('<Column Name="a" Type="DATE"> x </Column>'),
    ["text-unexpected", "x"],
  ],
  ["a missing attribute", table('<Column Name="a"/>'), ["attribute-missing", "Column"]],
  [
    "an attribute in the wrong letter case",
    '<Description lang="en">a</Description>',
    ["attribute-unexpected", "lang"],
  ],
  ["a type in any letter case", table('<Column Name="a" Type="varChar"/>')],
  ["an unknown type", table('<Column Name="a" Type="TEXT"/>'), ["attribute-value", "TEXT"]],
  ["the phase of code in any letter case", '<CodeInstall Type="POST">1;</CodeInstall>'],
  [
    "no letter beyond ASCII",
    '<CodeInstall Type="po\u017ft">1;</CodeInstall>',
    ["attribute-value", "po\u017ft"],
  ],
  ["the phase of a database section", '<DatabaseInstall Type="Post"/>', ["attribute-value", "Post"]],
  [
    "merge only for upgrades",
    '<CodeInstall Type="merge"/><CodeUpgrade Type="merge"/>',
    ["attribute-value", "merge"],
  ],
  ["references in values", '<CodeInstall Type="p&#111;st"/>'],
  ["a line break in a value is a blank", '<CodeInstall Type="post\r\n"/>', ["attribute-value", "post\r\n"]],
  ["an empty value", '<CodeInstall Type=""/>', ["attribute-value", ""]],
  ["a flag", "<PackageIsVisible><![CDATA[1]]></PackageIsVisible><PackageIsRemovable>0</PackageIsRemovable>"],
  ["a flag that the builder emptied", "<PackageIsVisible></PackageIsVisible>"],
  ["a flag with blanks", "<PackageIsVisible> 1</PackageIsVisible>", ["element-value", " 1"]],
  ["no value for nobody's flag", "<PackageIsBuildable/>", ["element-value", ""]],
  ["a hint for schema tools", `<Filelist ${instance} xsi:schemaLocation="a b"/>`],
  [
    "a hint in the scope of its prefix",
    `<Filelist ${instance}><File Location="a" Permission="1" xsi:schemaLocation="a b" xsi:nil="false"/></Filelist>`,
    ["attribute-unexpected", "xsi:nil"],
  ],
  [
    "a prefix that was given away",
    `<Filelist ${instance}><File Location="a" Permission="1" xmlns:xsi="urn:a" xsi:schemaLocation="a b"/></Filelist>`,
    ["attribute-unexpected", "xsi:schemaLocation"],
  ],
  ["xml attributes", '<Name xml:lang="en">a</Name>', ["attribute-unexpected", "xml:lang"]],
  ["a prefix that nobody uses", '<Name xmlns:p="urn:a">a</Name>'],
  ["a default namespace", '<Name xmlns="urn:a">a</Name>', ["element-unexpected", "Name"]],
  ["no default namespace", '<Name xmlns="">a</Name>'],
];

for (const [name, content, ...expected] of cases) {
  test(name, () =>
    assert.deepEqual(problems(`<otrs_package version="1.0">${content}</otrs_package>`), expected),
  );
}

test("the root is the family's", () => {
  assert.deepEqual(problems("<otrs_package/>", "otobo"), [["root-unexpected", "otrs_package"]]);
  assert.deepEqual(problems("<otobo_package/>", "otobo"), []);
  assert.deepEqual(problems("<Name>a</Name>"), [["root-unexpected", "Name"]]);
  assert.deepEqual(problems('<otrs_package xmlns="urn:a"/>'), [["root-unexpected", "otrs_package"]]);
});

test("what only one family knows", () => {
  const change =
    '<DatabaseUpgrade><TableAlter Name="a"><ColumnChange NameOld="a" NameNew="a" Type="DATE" NoDefault="true"/></TableAlter></DatabaseUpgrade>';
  assert.deepEqual(problems(`<otobo_package>${change}</otobo_package>`, "otobo"), []);
  assert.deepEqual(problems(`<otrs_package>${change}</otrs_package>`), [
    ["attribute-unexpected", "NoDefault"],
  ]);
  assert.deepEqual(problems("<otobo_package><IntroInstallPre/></otobo_package>", "otobo"), [], "OTOBO 10.0");
});

test("an edit leaves the other problems at their moved places", () => {
  const before = SyntaxTree.parse("<otrs_package>\n<Name>a</Name>\n<Nope/>\n</otrs_package>");
  assert.equal(judge(before).length, 1);
  const after = before.edited({ span: { start: 21, end: 22 }, newText: "longer<b/>" });
  assert.deepEqual(judge(after), [
    ["element-unexpected", "b"],
    ["element-unexpected", "Nope"],
  ]);
});

test("a problem says what would have been right", () => {
  const tree = SyntaxTree.parse('<otrs_package><DatabaseInstall Type="Pre"/></otrs_package>');
  assert.deepEqual(schemaProblems(tree.root!.node, 0, "otrs"), [
    {
      code: "attribute-value",
      span: { start: 37, end: 40 },
      element: "DatabaseInstall",
      subject: "Type",
      value: "Pre",
      values: ["post", "pre"],
    },
  ]);
});

test("nesting a hundred thousand deep is judged without running out of stack", () => {
  const depth = 100_000;
  const text = `<otrs_package>${"<Filelist>".repeat(depth)}${"</Filelist>".repeat(depth)}</otrs_package>`;
  assert.deepEqual(problems(text), [["element-unexpected", "Filelist"]]);
});

function problems(text: string, family: Family = "otrs"): [code: string, text: string][] {
  return judge(SyntaxTree.parse(text), family);
}

function judge(tree: SyntaxTree, family: Family = "otrs"): [code: string, text: string][] {
  const root = tree.root!;
  const text = tree.source.toString();
  return schemaProblems(root.node, root.start, family).map(({ code, span }) => [
    code,
    text.slice(span.start, span.end),
  ]);
}
