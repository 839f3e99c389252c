import assert from "node:assert/strict";
import { test } from "node:test";
import { elementFacts } from "../../server/src/dialect/elements.ts";
import { semanticTokens } from "../../server/src/features/semantic-tokens.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { featureDocument, type Surroundings } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

/** The tokens of a text, or of the range that is marked in it, such as "Name packageTag dead". */
function tokensIn(markedText: string, surroundings: Surroundings = {}): readonly string[] {
  const { text, ranges } = marked(markedText);
  return semanticTokens(featureDocument(text, surroundings), ranges[0]).map(({ span, type, modifiers }) =>
    [text.slice(span.start, span.end), type, ...modifiers].join(" "),
  );
}

/** Those that are no tags. */
function namesIn(text: string, surroundings?: Surroundings): readonly string[] {
  return tokensIn(text, surroundings).filter((token) => !/^\w+ \w+Tag\b/.test(token));
}

test("tokens: each family of tags has its own type", () => {
  assert.deepEqual(
    tokensIn(
      '<otrs_package><Name>A</Name><Framework/><Filelist><File Location="a"/></Filelist><IntroInstall/><CodeInstall/><DatabaseInstall><TableDrop/></DatabaseInstall><Other/></otrs_package>',
    ),
    [
      "otrs_package packageTag",
      ...["Name packageTag", "Name packageTag", "Framework requirementTag"],
      ...["Filelist fileTag", "File fileTag", "Filelist fileTag"],
      ...["IntroInstall introTag", "CodeInstall codeTag"],
      ...["DatabaseInstall databaseTag", "TableDrop databaseTag", "DatabaseInstall databaseTag"],
      "otrs_package packageTag",
    ],
  );
});

test("tokens: every tag that there is belongs to a family", () => {
  for (const { name, parents } of elementFacts) {
    const text = parents.some((parent) => parent !== "root" && parent !== "Filelist")
      ? `<otrs_package><DatabaseUpgrade><Insert><${name}/></Insert></DatabaseUpgrade></otrs_package>`
      : `<otrs_package><${name}/></otrs_package>`;
    assert.ok(
      tokensIn(text).some((token) => token.startsWith(`${name} `)),
      name,
    );
  }
});

test("tokens: gates, and what never runs", () => {
  const text = `<otrs_package><Version>1.0.0</Version>
<CodeUpgrade Version="0.9.0"/><CodeUpgrade Version="2.0.0"/><CodeInstall Version="0.1.0"/>
<DatabaseUpgrade Type="pre"><TableDrop Name="a" Version="0.9.0"/></DatabaseUpgrade>
<DatabaseUpgrade Type="post"><TableDrop Name="b" Version="0.9.0"/><TableDrop Name="c"/></DatabaseUpgrade>
</otrs_package>`;
  assert.deepEqual(tokensIn(text).slice(3, -1), [
    ...["CodeUpgrade codeTag", "0.9.0 versionGate"],
    ...["CodeUpgrade codeTag dead", "2.0.0 versionGate dead"],
    "CodeInstall codeTag",
    ...["DatabaseUpgrade databaseTag dead", "TableDrop databaseTag dead", "a databaseTable dead"],
    "DatabaseUpgrade databaseTag dead",
    ...["DatabaseUpgrade databaseTag", "TableDrop databaseTag", "b databaseTable", "0.9.0 versionGate"],
    ...["TableDrop databaseTag dead", "c databaseTable dead", "DatabaseUpgrade databaseTag"],
  ]);
});

const knowledge = knowledgeFor("Znuny", "7.1.7");

test("tokens: names of tables and columns tell whose they are", () => {
  const text = `<otrs_package><DatabaseInstall>
<TableCreate Name="acme"><Column Name="id"/><Index Name="acme_i"><IndexColumn Name="id"/><IndexColumn Name="di"/></Index></TableCreate>
<TableAlter Name="ticket"><ColumnAdd Name="acme_id"/><ColumnDrop Name="title"/></TableAlter>
<Insert Table="ticket"><Data Key="nothing"/></Insert>
<Insert Table="elsewhere"><Data Key="x"/></Insert>
<Insert Table="ACME"><Data Key="ID"/></Insert>
</DatabaseInstall><DatabaseUninstall><TableAlter Name="ticket"><ColumnDrop Name="acme_id"/></TableAlter><TableDrop Name="acme"/></DatabaseUninstall></otrs_package>`;
  assert.deepEqual(namesIn(text, { knowledge }), [
    ...[
      "acme databaseTable declaration",
      "id databaseColumn declaration",
      "acme_i databaseIndex declaration",
    ],
    ...["id databaseColumn", "di databaseColumn unknown"],
    ...["ticket databaseTable defaultLibrary", "acme_id databaseColumn declaration"],
    "title databaseColumn defaultLibrary",
    ...["ticket databaseTable defaultLibrary", "nothing databaseColumn unknown"],
    ...["elsewhere databaseTable unknown", "x databaseColumn"],
    ...["ACME databaseTable", "ID databaseColumn"],
    ...["ticket databaseTable defaultLibrary", "acme_id databaseColumn", "acme databaseTable"],
  ]);
});

test("tokens: where others may have made a table, or nothing is known of the framework, no name is unknown", () => {
  const insert = '<DatabaseInstall><Insert Table="elsewhere"/></DatabaseInstall>';
  const required = `<otrs_package><PackageRequired Version="1.0.0">Other</PackageRequired>${insert}</otrs_package>`;
  assert.deepEqual(namesIn(required, { knowledge }), ["elsewhere databaseTable"]);
  assert.deepEqual(namesIn(`<otrs_package>${insert}</otrs_package>`), ["elsewhere databaseTable"]);
});

test("tokens: only those that touch the range that is asked for", () => {
  assert.deepEqual(
    tokensIn(
      '<otrs_package><Name>A</Name><DatabaseInstall><TableDrop Name="a"/>[[<TableDrop Name="b"/>]]<TableDrop Name="c"/></DatabaseInstall></otrs_package>',
    ),
    ["TableDrop databaseTag", "b databaseTable"],
  );
});

test("tokens: what only seems to be a section because an end tag is missing is not dead", () => {
  const text =
    '<otrs_package><Version>1.0.0</Version><DatabaseInstall Type="post"><DatabaseReinstall/><CodeUpgrade Version="2.0.0"/>';
  assert.deepEqual(tokensIn(text).slice(3), [
    "DatabaseInstall databaseTag",
    "DatabaseReinstall databaseTag",
    "CodeUpgrade codeTag",
  ]);
});

test("tokens: a value over two lines has none", () => {
  assert.deepEqual(
    namesIn('<otrs_package><DatabaseInstall><TableDrop Name="a\nb"/></DatabaseInstall></otrs_package>'),
    [],
  );
});

test("tokens: they are in order and do not overlap, however broken the text is", () => {
  const text =
    '<otrs_package><DatabaseUpgrade><Insert Table="a" Version="1" Table="b"><Data Key="k" Key=\'k\'><TableCreate NameOld="x" Name="y" NameNew="z"><File><CodeUpgrade Version="1"></Data></Insert';
  for (let length = 0; length <= text.length; length++) {
    let end = 0;
    for (const { span } of semanticTokens(featureDocument(text.slice(0, length)))) {
      assert.ok(span.start >= end && span.end > span.start && span.end <= length);
      end = span.end;
    }
  }
});

test("tokens: very many files are left to the grammar, but where they are in view", () => {
  const count = 50_000;
  const text = `<otrs_package><Filelist>${"<File/>".repeat(count)}</Filelist></otrs_package>`;
  const document = featureDocument(text);
  assert.ok(semanticTokens(document).length <= 30_002);
  const start = text.length - 100;
  assert.ok(semanticTokens(document, { start, end: start + 70 }).length >= 9);
});
