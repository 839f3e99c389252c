import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** A package without fault, with sections that only stand in the right element. */
const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.1.0</Version>
    <Framework>7.1.x</Framework>
    <PackageRequired Version="1.0.0">AcmeBase</PackageRequired>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License>
    <Description Lang="en">Contracts.</Description>
    <ChangeLog Version="1.1.0" Date="2024-05-02 10:00:00">Weights.</ChangeLog>
    <ChangeLog Version="1.0.0" Date="2024-01-02 10:00:00">First.</ChangeLog>
    <Filelist>
        <File Permission="660" Location="Kernel/System/Acme.pm"/>
        <File Permission="660" Location="var/packagesetup/Acme.pm"></File>
    </Filelist>
    <IntroInstall Type="post" Lang="en" Title="Acme">Welcome.</IntroInstall>
    <CodeInstall Type="post"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();
    ]]></CodeInstall>
    <CodeUpgrade Type="post" Version="1.1.0"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::Acme')->CodeUpgrade();
    ]]></CodeUpgrade>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme_contract">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
            <Column Name="title" Required="true" Size="200" Type="VARCHAR"/>
            <Column Name="weight" Required="true" Default="0" Type="INTEGER"/>
            <Index Name="acme_contract_title">
                <IndexColumn Name="title"/>
            </Index>
        </TableCreate>
        <Insert Table="acme_contract">
            <Data Key="title" Type="Quote">Sample</Data>
        </Insert>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_contract" Version="1.1.0">
            <ColumnAdd Name="weight" Required="true" Default="0" Type="INTEGER"/>
        </TableAlter>
    </DatabaseUpgrade>
    <DatabaseUninstall Type="pre">
        <TableDrop Name="acme_contract"/>
    </DatabaseUninstall>
</otrs_package>
`;

function said(text: string): readonly string[] {
  const { findings } = lint(
    SyntaxTree.parse(text),
    { ...defaultLintSettings, dialect: "znuny-7" },
    {
      fileName: "Acme.sopm",
      kind: "spec",
      folder: noFolder,
      knowledge: () => noKnowledge,
      today: "2024-05-02",
    },
  );
  return findings.map(({ rule, message, arguments: values }) => `${rule}: ${english(message, values)}`);
}

function replaced(match: RegExpExecArray, by: string): string {
  return `${spec.slice(0, match.index)}${by}${spec.slice(match.index + match[0].length)}`;
}

/** One mistake each, at every place where it can be made. */
const mistakes: readonly (readonly [
  name: string,
  place: RegExp,
  change: (match: RegExpExecArray) => string,
])[] = [
  ["an end tag with the name of another section", /<\/(\w+)>/g, ([, name]) => otherEnd(name!)],
  ["an end tag with a name that nothing has", /<\/(\w+)>/g, () => "</Zzzzzz>"],
  ["an end tag with a slip", /<\/(\w+)>/g, ([, name]) => `</${name}s>`],
  ["no end tag", /<\/(\w+)>/g, () => ""],
  ["an end tag twice", /<\/(\w+)>/g, ([tag]) => `${tag}${tag}`],
  ["a start tag with a name that nothing has", /<\w+(?=[^<>]*[^/]>)/g, () => "<Zzzzzz"],
  ["no start tag", /<\w+[^<>]*[^/]>/g, () => ""],
  ["an element without its slash", /\/>/g, () => ">"],
  ["a tag without its bracket", /(?<=[\w"/])>/g, () => ""],
  ["a value without its last quote", /"(?=[ />])/g, () => ""],
  ["a value without quotes", /"([^" ]*)"/g, ([, value]) => value!],
  ["an attribute without equals sign", /(?<=\w)="/g, () => '"'],
  ["an attribute without value", /(?<=\w)="[^"]*"/g, () => ""],
  ["an attribute twice", / (\w+)="[^"]*"/g, ([attribute]) => `${attribute}${attribute}`],
  ["a section without its end", /\]\]>/g, () => ""],
  ["a comment without its end", /\n {4}</g, () => "\n    <!-- <"],
];

function otherEnd(name: string): string {
  return name === "DatabaseUninstall" ? "</DatabaseUpgrade>" : "</DatabaseUninstall>";
}

test("nothing is wrong with the package", () => assert.deepEqual(said(spec), []));

for (const [name, place, change] of mistakes) {
  test(`only the form is found fault with: ${name}`, () => {
    const matches = [...spec.matchAll(place)];
    assert.ok(matches.length > 1);
    const misled = matches.flatMap((match) => {
      const text = replaced(match as RegExpExecArray, change(match as RegExpExecArray));
      const others = said(text).filter((each) => !/^(xml|root)-/.test(each));
      const line = spec.slice(0, match.index).split("\n").length;
      return others.length === 0 ? [] : [`line ${line}, ${match[0]}: ${others.join(" ")}`];
    });
    assert.deepEqual(misled, []);
  });
}

for (const [name, ending] of [
  ["the name of another section", otherEnd],
  ["a name that nothing has", () => "</Zzzzzz>"],
  ["a slip in it", (open: string) => `</${open}s>`],
] as const) {
  test(`a wrong end tag is one mistake, and the right one is named: ${name}`, () => {
    for (const match of spec.matchAll(/<\/(\w+)>/g)) {
      const open = match[1]!;
      const written = ending(open);
      // Nothing else could end where the document does.
      if (open === "otrs_package" && written !== "</otrs_packages>") continue;
      assert.deepEqual(
        said(replaced(match as RegExpExecArray, written)),
        [`xml-not-wellformed: ${written} stands where <${open}> ends. Write </${open}>.`],
        `for ${match[0]} at ${match.index}`,
      );
    }
  });
}

test("no end tag, one too many and no start tag are one mistake each", () => {
  for (const [place, change] of [
    [/<\/(\w+)>/g, () => ""],
    [/<\/(\w+)>/g, ([tag]: RegExpExecArray) => `${tag}${tag}`],
    [/<\w+[^<>]*[^/]>/g, () => ""],
  ] as const) {
    for (const match of spec.matchAll(place)) {
      const text = replaced(match as RegExpExecArray, change(match as RegExpExecArray));
      if (match[0].includes("otrs_package")) continue;
      assert.equal(said(text).length, 1, `${match[0]} at ${match.index}: ${said(text).join(" ")}`);
    }
  }
});
