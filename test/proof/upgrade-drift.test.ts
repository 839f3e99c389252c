import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, type LintSurroundings } from "../../server/src/engine/lint.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { packagesIn } from "../support/known-packages.ts";
import { simulatedLint } from "../support/simulated-lint.ts";

const id = '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>';
const title = '<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>';
const note = '<Column Name="note" Required="false" Size="100" Type="VARCHAR"/>';
const addNote = '<ColumnAdd Name="note" Required="false" Size="100" Type="VARCHAR"/>';
const index = '<Index Name="acme_title"><IndexColumn Name="title" Size="20"/></Index>';

/** Database sections of one version. */
function sections(installed: string, upgraded = ""): string {
  const upgrade = upgraded && `<DatabaseUpgrade Type="post">${upgraded}</DatabaseUpgrade>`;
  return `<DatabaseInstall Type="post">${installed}</DatabaseInstall>${upgrade}<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>`;
}

function table(columns = "", name = "acme"): string {
  return `<TableCreate Name="${name}">${id}${title}${columns}</TableCreate>`;
}

function packageText(version: string, parts: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<otrs_package version="1.1">
    <Name>Acme</Name>
    <Version>${version}</Version>
    <Framework>7.1.x</Framework>
    ${parts}
</otrs_package>
`;
}

interface Tried {
  readonly found: readonly Finding[];
  readonly said: readonly string[];
  /** With the first fix of each finding made. */
  readonly mended: string;
}

const told = new Set([
  "upgrade-differs",
  "upgrade-missing",
  "install-upgrade-drift",
  "db-upgrade-version-released",
]);

/** Version 2.0.0 beside older ones. */
function tried(parts: string, released: Readonly<Record<string, string>>, since = ""): Tried {
  return triedText(packageText("2.0.0", parts), released, since);
}

function triedText(text: string, released: Readonly<Record<string, string>>, since = ""): Tried {
  const archives = Object.entries(released).map(
    ([version, older]) => [`/ws/Acme-${version}.opm`, packageText(version, older)] as const,
  );
  const surroundings: LintSurroundings = {
    fileName: "Acme.sopm",
    kind: "spec",
    folder: noFolder,
    knowledge: knowledgeOf,
    today: "2024-05-02",
    others: packagesIn(Object.fromEntries(archives)),
  };
  const { findings } = simulatedLint(SyntaxTree.parse(text), defaultLintSettings, surroundings, { since });
  const found = findings.filter(({ rule }) => told.has(rule) || rule.startsWith("statement-"));
  return {
    found,
    said: found.map((each) => `${each.rule} ${each.severity}: ${findingText(each, english)}`),
    mended: applyEdits(
      text,
      found.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []),
    ),
  };
}

const row = '<Insert Table="acme"><Data Key="title" Type="Quote">a &amp; b</Data></Insert>';
const lateRow = row.replace("<Insert ", '<Insert Version="1.0.0" ');

test("a gate that is too low is told at its element, and raised below the next version that has it", () => {
  const now = sections(table() + row, lateRow);
  const [has, lacks] = [sections(table() + row), sections(table())];
  const released = { "1.2.0": has, "1.1.0": lacks, "1.0.0": lacks, "0.9.0": lacks };
  const { said, found, mended } = tried(now, released);
  assert.deepEqual(said, [
    "upgrade-differs information: Systems upgraded from 1.0.0, 1.1.0 have no row in “acme” with title=a & b, which a fresh installation makes. The upgrade has an element for it, but its version keeps that from running.",
  ]);
  const { span, related = [] } = found[0]!;
  const text = packageText("2.0.0", now);
  assert.equal(text.slice(0, span.start).split("<").at(-1), 'Insert Version="1.0.0" Table="');
  assert.deepEqual(
    related.map((each) => each.message),
    ["This is what the installation does.", "{name} {version} is here."],
  );
  assert.match(mended, /<Insert Version="1\.2\.0" Table="acme">/);
  assert.deepEqual(triedText(mended, released).said, []);
});

test("a gate is not raised where the element would run for a version that has it already", () => {
  const now = sections(table() + row, lateRow);
  const [has, lacks] = [sections(table() + row), sections(table())];
  const released = { "1.2.0": has, "1.1.0": lacks, "1.0.5": has, "1.0.0": lacks, "0.9.0": lacks };
  const { found } = tried(now, released);
  assert.equal(found.length, 1);
  assert.deepEqual(found[0]?.fixes ?? [], []);
});

test("of a table that is missing no parts are told, nor keys of a column", () => {
  const column = '<Column Name="room_id" Required="false" Type="INTEGER"/>';
  const key = '<ForeignKey ForeignTable="users"><Reference Local="room_id" Foreign="id"/></ForeignKey>';
  const room = '<Index Name="acme_room"><IndexColumn Name="room_id"/></Index>';
  const released = { "1.0.0": sections(table()) };
  const rules = tried(sections(table(column + room + key)), released).found.map(({ rule }) => rule);
  assert.deepEqual(rules, ["upgrade-missing"]);
});

test("an index that the upgrade lacks is written into it", () => {
  const now = sections(table(index));
  const released = { "1.0.0": sections(table()) };
  const { said, mended } = tried(now, released);
  assert.deepEqual(said, [
    "upgrade-differs warning: Systems upgraded from 1.0.0 have no key “acme_title” in “acme”, which a fresh installation makes: INDEX (title(20)). Only a fresh install makes it so: no element of the upgrade does.",
  ]);
  assert.match(mended, /<TableAlter Name="acme" Version="2\.0\.0">\s*<IndexCreate Name="acme_title">/);
  assert.deepEqual(triedText(mended, released).said, []);
});

test("a row that the upgrade lacks is written into it", () => {
  const released = { "1.0.0": sections(table()) };
  const { said, mended } = tried(sections(table() + row), released);
  assert.deepEqual(said, [
    "upgrade-differs warning: Systems upgraded from 1.0.0 have no row in “acme” with title=a & b, which a fresh installation makes. Only a fresh install makes it so: no element of the upgrade does.",
  ]);
  assert.match(mended, /<Insert Table="acme" Version="2\.0\.0">\s*<Data Key="title" Type="Quote">a &amp; b/);
  assert.deepEqual(triedText(mended, released).said, []);
});

test("a foreign key that the upgrade lacks is written into it", () => {
  const column = '<Column Name="user_id" Required="false" Type="INTEGER"/>';
  const key = '<ForeignKey ForeignTable="users"><Reference Local="user_id" Foreign="id"/></ForeignKey>';
  const released = { "1.0.0": sections(table(column)) };
  const { said, mended } = tried(sections(table(column + key)), released);
  assert.equal(said.length, 1, said.join("\n"));
  assert.match(said[0]!, /have no foreign key user_id -> users\.id in “acme”/);
  assert.match(
    mended,
    /<TableAlter Name="acme" Version="2\.0\.0">\s*<ForeignKeyCreate ForeignTable="users">/,
  );
  assert.deepEqual(triedText(mended, released).said, []);
});

test("a column that is otherwise is told with both types", () => {
  const long = note.replace("100", "250");
  const released = { "1.0.0": sections(table(note)) };
  assert.deepEqual(tried(sections(table(long)), released).said, [
    "upgrade-differs warning: Column “note” of “acme” is VARCHAR (100) on systems upgraded from 1.0.0 and VARCHAR (250) after a fresh installation. Only a fresh install makes it so: no element of the upgrade does.",
  ]);
});

test("what an older version has left is no more than information", () => {
  const released = { "1.0.0": sections(table() + table("", "acme_old")) };
  assert.deepEqual(tried(sections(table()), released).said, [
    "upgrade-differs information: Systems upgraded from 1.0.0 have the table “acme_old”, which a fresh installation does not make. An older version made it, and no upgrade takes it away.",
  ]);
});

test("what other rules say is not told again", () => {
  const released = { "1.0.0": sections(table()) };
  const rulesOf = (parts: string) => tried(parts, released).found.map(({ rule }) => rule);
  assert.deepEqual(rulesOf(sections(table(note))), ["upgrade-missing"]);
  assert.deepEqual(rulesOf(sections(table() + table("", "acme_more"))), ["upgrade-missing"]);
  const only = `<TableAlter Name="acme" Version="2.0.0">${addNote}</TableAlter>`;
  assert.deepEqual(rulesOf(sections(table(), only)), ["install-upgrade-drift"]);
  const created = table("", "acme_more").replace("<TableCreate", '<TableCreate Version="2.0.0"');
  const gate = `<TableAlter Name="acme" Version="1.0.0">${addNote}</TableAlter>`;
  assert.deepEqual(rulesOf(sections(table(note), gate)), ["db-upgrade-version-released"]);
  assert.deepEqual(rulesOf(sections(table() + table(note, "acme_more"), created)), ["install-upgrade-drift"]);
  const twice = `<TableAlter Name="acme" Version="2.0.0"><ColumnAdd Name="title" Required="false" Size="20" Type="VARCHAR"/></TableAlter>`;
  assert.ok(!rulesOf(sections(table(), twice)).includes("upgrade-differs"));
});

test("a section that never runs is told, and not what is missing because of it", () => {
  const room = table("", "acme_room").replace("<TableCreate", '<TableCreate Version="2.0.0"');
  const now = sections(table() + table("", "acme_room"), room).replace(
    '<DatabaseUpgrade Type="post">',
    '<DatabaseUpgrade Type="pre">',
  );
  const rules = tried(now, { "1.0.0": sections(table()) }).found.map(({ rule }) => rule);
  assert.ok(!rules.includes("upgrade-differs"), rules.join(", "));
});

test("a version that the framework cannot read was never installed", () => {
  const broken = sections(table()).replace('<TableDrop Name="acme"/>', '<TableDrop Name="acme">');
  assert.deepEqual(tried(sections(table(index)), { "1.0.0": broken }).said, []);
});

test("of a row that is otherwise what tells it and what differs is said, and nothing is written", () => {
  const colour = `${note}<Column Name="colour" Required="false" Size="20" Type="VARCHAR"/>`;
  const rowOf = (value: string) =>
    `<Insert Table="acme"><Data Key="title" Type="Quote">open</Data><Data Key="note" Type="Quote">new</Data><Data Key="colour" Type="Quote">${value}</Data></Insert>`;
  const released = { "1.0.0": sections(table(colour) + rowOf("grey")) };
  const { said, mended } = tried(sections(table(colour) + rowOf("red")), released);
  assert.deepEqual(said, [
    "upgrade-differs warning: A row of “acme” has title=open, colour=grey on systems upgraded from 1.0.0 and title=open, colour=red after a fresh installation. Only a fresh install makes it so: no element of the upgrade does.",
  ]);
  assert.equal(mended, packageText("2.0.0", sections(table(colour) + rowOf("red"))));
});

test("code that names a table may make it the same", () => {
  const code = "<CodeUpgrade Type=\"post\"><![CDATA[ Mend('acme'); ]]></CodeUpgrade>";
  const now = sections(table(index));
  assert.deepEqual(tried(now + code, { "1.0.0": sections(table()) }).said, []);
  assert.deepEqual(tried(now, { "1.0.0": sections(table()) + code }).said, []);
});

test("versions before the first that counts are not compared", () => {
  const now = sections(table(index));
  const released = { "1.1.0": sections(table(index)), "1.0.0": sections(table()) };
  assert.equal(tried(now, released).said.length, 1);
  assert.deepEqual(tried(now, released, "1.1.0").said, []);
});

test("upgrades that come to the same are not told", () => {
  const now = sections(table(note), `<TableAlter Name="acme" Version="1.1.0">${addNote}</TableAlter>`);
  const released = { "1.1.0": now, "1.0.0": sections(table()) };
  assert.deepEqual(tried(now, released).said, []);
});
