import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, type LintResult, lint } from "../../server/src/engine/lint.ts";
import { joinKnowledge } from "../../server/src/knowledge/join-knowledge.ts";
import { type Knowledge, noKnowledge, type TableFact } from "../../server/src/knowledge/knowledge.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { rules, rulesByGroup } from "../../server/src/rules/rules.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { checkRule, type RuleCase } from "../support/check-rule.ts";

type Case = readonly [id: string, name: string, content: string, expected?: RuleCase];

const install = (content: string) => `<DatabaseInstall Type="post">${content}</DatabaseInstall>`;
const upgrade = (content: string) => `<DatabaseUpgrade Type="post">${content}</DatabaseUpgrade>`;
const uninstall = (content: string) => `<DatabaseUninstall Type="post">${content}</DatabaseUninstall>`;
const create = (table: string, content: string) => `<TableCreate Name="${table}">${content}</TableCreate>`;
const alter = (table: string, version: string, content: string) =>
  `<TableAlter Name="${table}" Version="${version}">${content}</TableAlter>`;
const id = '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>';
const title = '<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>';
const reference = (table: string, local: string, foreign = "id") =>
  `<ForeignKey ForeignTable="${table}"><Reference Local="${local}" Foreign="${foreign}"/></ForeignKey>`;

const column = { size: undefined, primaryKey: false, default: undefined };
const users: TableFact = {
  name: "users",
  columns: [
    { ...column, name: "id", type: "INTEGER", required: true, autoIncrement: true },
    { ...column, name: "login", type: "VARCHAR", size: "200", required: true, autoIncrement: false },
  ],
  indexes: [],
  uniques: [],
  foreignKeys: [],
};
const knowledge: Knowledge = {
  ...noKnowledge,
  release: "Acme Desk 1",
  table: (name) => (name === "users" ? users : null),
  tableNames: () => ["users"],
};

/** Of these releases, the newest last. */
function otobo(...versions: readonly string[]): Knowledge {
  return joinKnowledge(versions.map((version) => knowledgeFor("OTOBO", version)));
}

const cases: readonly Case[] = [
  // Ids of the framework
  [
    "column-id-too-small",
    "a column that holds no id of a ticket",
    install(
      create(
        "acme",
        `${id}<Column Name="ticket_id" Required="true" Type="[[SMALLINT]]"/><Column Name="article_id" Required="true" Type="[[INTEGER]]"/>`,
      ),
    ) + upgrade(alter("acme", "1.1.0", '<ColumnAdd Name="Ticket_ID" Required="false" Type="[[smallint]]"/>')),
    {
      knowledge: otobo("11.0.6"),
      severities: ["warning", "hint", "warning"],
      messages: [
        "“ticket_id” takes no id above 32767, because it is SMALLINT, while the ids of “ticket”, which it is named after, are BIGINT.",
        "“article_id” takes no id above 2147483647, because it is INTEGER, while the ids of “article”, which it is named after, are BIGINT.",
        "“Ticket_ID” takes no id above 32767, because it is SMALLINT, while the ids of “ticket”, which it is named after, are BIGINT.",
      ],
    },
  ],
  [
    "column-id-too-small",
    "columns that are large enough, have a key, or are named after something else",
    install(
      create(
        "acme",
        `${id}<Column Name="ticket_id" Required="true" Type="BIGINT"/><Column Name="article_id" Required="true" Type="SMALLINT"/>${reference("article", "article_id")}<Column Name="valid_id" Required="true" Type="SMALLINT"/><Column Name="acme_id" Required="true" Type="SMALLINT"/><Column Name="queue_id" Required="true" Size="20" Type="VARCHAR"/>`,
      ),
    ),
    { knowledge: otobo("11.0.6") },
  ],
  [
    "column-id-too-small",
    "nothing is known",
    install(create("acme", `${id}<Column Name="ticket_id" Required="true" Type="SMALLINT"/>`)),
  ],

  // Made twice
  [
    "column-exists",
    "by two gates",
    upgrade(
      alter("a", "1.1.0", '<ColumnAdd Name="b" Type="DATE"/>') +
        alter("a", "1.2.0", '<ColumnAdd Name="[[B]]" Type="DATE"/><ColumnAdd Name="c" Type="DATE"/>'),
    ),
    {
      severities: ["error"],
      messages: [
        "This ColumnAdd fails in upgrades from below 1.1.0, because they have given “a” a column “B” before.",
      ],
    },
  ],
  [
    "column-exists",
    "by the table and a later gate",
    upgrade(
      `<TableCreate Name="a" Version="1.10.0">${title}</TableCreate>` +
        alter("A", "1.9.0", '<ColumnAdd Name="[[title]]" Type="DATE"/>'),
    ),
    {
      messages: [
        "This ColumnAdd fails in upgrades from below 1.9.0, because they have given “A” a column “title” before.",
      ],
    },
  ],
  [
    "column-exists",
    "by a new name",
    upgrade(
      alter("a", "1.1.0", '<ColumnAdd Name="b" Type="DATE"/>') +
        alter("a", "1.2.0", '<ColumnChange NameOld="c" NameNew="[[b]]" Type="DATE"/>'),
    ),
  ],
  [
    "column-exists",
    "in an installation",
    install(
      `${create("a", title)}<TableAlter Name="a"><ColumnAdd Name="[[title]]" Type="DATE"/></TableAlter>`,
    ),
    { messages: ["This ColumnAdd fails, because the installation has given “a” a column “title” before."] },
  ],
  [
    "column-exists",
    "dropped, renamed or changed in between, or only beside another package",
    upgrade(
      alter("a", "1.1.0", '<ColumnAdd Name="b" Type="DATE"/><ColumnAdd Name="c" Type="DATE"/>') +
        alter("a", "1.2.0", '<ColumnDrop Name="b"/><ColumnChange NameOld="c" NameNew="d" Type="DATE"/>') +
        alter("a", "1.3.0", '<ColumnAdd Name="b" Type="DATE"/><ColumnAdd Name="c" Type="DATE"/>') +
        alter("a", "1.4.0", '<ColumnChange NameOld="d" NameNew="d" Type="DATE"/>') +
        '<TableAlter Name="a" Version="1.5.0" IfPackage="X"><ColumnAdd Name="d" Type="DATE"/></TableAlter>',
    ),
  ],
  [
    "column-exists",
    "what an installation and an upgrade make is not made twice",
    install(create("a", title)) + upgrade(alter("a", "1.1.0", '<ColumnAdd Name="title" Type="DATE"/>')),
  ],
  [
    "column-exists",
    "a column of the framework",
    upgrade(alter("users", "1.1.0", '<ColumnAdd Name="[[login]]" Type="DATE"/>')),
    {
      knowledge,
      messages: ["The column is not added, because in Acme Desk 1 “users” has a column “login” already."],
    },
  ],
  [
    "table-exists",
    "by two gates",
    upgrade(
      `<TableCreate Name="a" Version="1.2.0">${title}</TableCreate><TableCreate Name="[[A]]" Version="1.1.0">${title}</TableCreate>`,
    ),
    {
      severities: ["error"],
      messages: [
        "This TableCreate fails in upgrades from below 1.1.0, because they have created a table “A” before.",
      ],
    },
  ],
  [
    "table-exists",
    "by a new name",
    upgrade(
      `<TableCreate Name="a" Version="1.2.0">${title}</TableCreate><TableAlter NameOld="b" NameNew="[[a]]" Version="1.3.0"/>`,
    ),
  ],
  [
    "table-exists",
    "in an installation",
    install(`${create("a", title)}<TableCreate Name="[[a]]"/>`),
    { messages: ["This TableCreate fails, because the installation has created a table “a” before."] },
  ],
  [
    "table-exists",
    "dropped or renamed in between, or only beside another package",
    upgrade(
      '<TableCreate Name="a" Version="1"/><TableDrop Name="a" Version="2"/><TableCreate Name="a" Version="3"/><TableAlter NameOld="a" NameNew="b" Version="4"/><TableCreate Name="a" Version="5"/><TableCreate Name="b" Version="6" IfNotPackage="X"/>',
    ),
  ],

  // Tables of the framework
  ["table-not-dropped", "a table that the framework has", install(create("users", title)), { knowledge }],
  [
    "table-drop-framework",
    "a table that the package means to create",
    install(create("users", title)) + uninstall('<TableDrop Name="[[users]]"/>'),
    { knowledge },
  ],
  [
    "framework-alter-not-reverted",
    "a column that is changed and keeps its name, and one that is renamed",
    upgrade(
      alter("users", "1.1.0", '<ColumnAdd Name="[[a]]" Type="DATE"/><ColumnAdd Name="[[b]]" Type="DATE"/>') +
        alter(
          "users",
          "1.2.0",
          '<ColumnChange NameOld="a" NameNew="a" Type="DATE"/><ColumnChange NameOld="b" NameNew="c" Type="DATE"/>',
        ),
    ),
    { knowledge },
  ],
  [
    "framework-alter-not-reverted",
    "a column that is dropped under its later name",
    upgrade(
      alter("users", "1.1.0", '<ColumnAdd Name="b" Type="DATE"/>') +
        alter("users", "1.2.0", '<ColumnChange NameOld="b" NameNew="c" Type="DATE"/>'),
    ) + uninstall('<TableAlter Name="users"><ColumnDrop Name="c"/></TableAlter>'),
    { knowledge },
  ],
  [
    "install-upgrade-drift",
    "a foreign key is dropped, and its column never",
    install(create("a", id)) +
      upgrade(
        alter(
          "a",
          "1.2.0",
          '<ForeignKeyDrop ForeignTable="b"><Reference Local="[[b_id]]" Foreign="id"/></ForeignKeyDrop>',
        ),
      ),
    {
      severities: ["warning"],
      messages: [
        "Upgraded systems keep column “b_id” in “a”, which fresh installations do not have, because only its foreign key is dropped.",
      ],
    },
  ],
  [
    "install-upgrade-drift",
    "a foreign key is dropped with its column, or the column stays",
    install(create("a", `${id}<Column Name="c_id" Type="INTEGER"/>`)) +
      upgrade(
        alter(
          "a",
          "1.2.0",
          '<ForeignKeyDrop ForeignTable="b"><Reference Local="b_id" Foreign="id"/></ForeignKeyDrop><ColumnDrop Name="b_id"/>' +
            '<ForeignKeyDrop ForeignTable="c"><Reference Local="c_id" Foreign="id"/></ForeignKeyDrop>',
        ),
      ),
  ],

  // Indexes
  [
    "index-column-unknown",
    "a slip",
    install(create("a", `${title}<Index Name="a_i"><IndexColumn Name="[[titel]]"/></Index>`)),
    { fixed: install(create("a", `${title}<Index Name="a_i"><IndexColumn Name="title"/></Index>`)) },
  ],
  [
    "index-column-unknown",
    "added in an upgrade",
    install(create("a", title)) +
      upgrade(
        alter(
          "a",
          "1.1.0",
          '<ColumnAdd Name="b" Type="DATE"/><IndexCreate Name="a_b"><IndexColumn Name="B"/></IndexCreate><UniqueCreate Name="a_c"><UniqueColumn Name="[[c]]"/></UniqueCreate>',
        ),
      ),
  ],
  [
    "index-column-unknown",
    "of a table of somebody else nothing is known",
    upgrade(alter("a", "1.1.0", '<IndexCreate Name="a_b"><IndexColumn Name="b"/></IndexCreate>')),
  ],
  [
    "index-size-missing",
    "a LONGBLOB that an upgrade adds",
    upgrade(
      alter(
        "a",
        "1.1.0",
        '<ColumnAdd Name="b" Type="LONGBLOB"/><IndexCreate Name="a_b"><IndexColumn Name="[[b]]"/></IndexCreate>',
      ),
    ),
    {
      fixed: upgrade(
        alter(
          "a",
          "1.1.0",
          '<ColumnAdd Name="b" Type="LONGBLOB"/><IndexCreate Name="a_b"><IndexColumn Name="b" Size="100"/></IndexCreate>',
        ),
      ),
    },
  ],
  [
    "index-size-missing",
    "MariaDB takes a long text alone, and not beside others",
    install(
      create(
        "a",
        '<Column Name="b" Size="300" Type="VARCHAR"/><Column Name="c" Type="INTEGER"/><Index Name="a_b"><IndexColumn Name="[[b]]"/></Index><Index Name="a_c"><IndexColumn Name="c"/><IndexColumn Name="[[b]]"/></Index>',
      ),
    ),
    {
      messages: [
        "MySQL refuses the index, because “b” is a TEXT there and needs a Size; MariaDB indexes as much of it as fits.",
        "MySQL and MariaDB refuse the index, because “b” is a TEXT there and needs a Size.",
      ],
    },
  ],
  [
    "index-size-invalid",
    "a number, a date and a short text",
    install(
      create(
        "a",
        '<Column Name="b" Size="50" Type="VARCHAR"/><Column Name="c" Type="INTEGER"/><Column Name="d" Type="DATE"/><Index Name="a_b"><IndexColumn Name="b" Size="[[51]]"/><IndexColumn Name="c" Size="[[4]]"/><IndexColumn Name="d" Size="[[4]]"/></Index>',
      ),
    ),
    {
      messages: [
        "MySQL and MariaDB refuse the index, because its Size is 51 and “b” has 50 characters.",
        "MySQL and MariaDB refuse the index, because “c” is INTEGER, of which no part can be indexed.",
        "MySQL and MariaDB refuse the index, because “d” is DATE, of which no part can be indexed.",
      ],
    },
  ],
  [
    "index-size-invalid",
    "what fits, what is none, and long texts",
    install(
      create(
        "a",
        '<Column Name="b" Size="50" Type="VARCHAR"/><Column Name="c" Size="300" Type="VARCHAR"/><Index Name="a_b"><IndexColumn Name="b" Size="50"/><IndexColumn Name="c" Size="400"/></Index><Index Name="a_c"><IndexColumn Name="b" Size="0"/></Index>',
      ),
    ),
  ],
  [
    "index-size-missing",
    "short texts need none",
    install(create("a", `${title}<Index Name="a_i"><IndexColumn Name="title"/></Index>`)),
  ],
  [
    "unique-on-text",
    "255 is short enough",
    install(
      create(
        "a",
        '<Column Name="b" Size="255" Type="VARCHAR"/><Column Name="c" Size="256" Type="VARCHAR"/><Unique Name="a_b"><UniqueColumn Name="b"/><UniqueColumn Name="[[c]]"/></Unique>',
      ),
    ),
  ],
  [
    "index-key-too-long",
    "in bytes",
    install(
      create(
        "a",
        '<Column Name="b" Size="255" Type="VARCHAR"/><Column Name="c" Size="100" Type="VARCHAR"/><Index Name="[[a_b]]"><IndexColumn Name="b"/><IndexColumn Name="c"/></Index>',
      ),
    ),
    {
      messages: [
        "MySQL may refuse the index, because its key has 1065 bytes and 1000 is the limit. This holds before Znuny 7.1.",
      ],
    },
  ],
  [
    "index-key-too-long",
    "OTOBO has more room",
    install(
      create(
        "a",
        '<Column Name="b" Size="255" Type="VARCHAR"/><Column Name="c" Size="100" Type="VARCHAR"/><Index Name="a_b"><IndexColumn Name="b"/><IndexColumn Name="c"/></Index>',
      ),
    ),
    { dialect: "otobo-11" },
  ],
  [
    "index-key-too-long",
    "a column that nobody knows",
    install(
      '<TableAlter Name="a"><IndexCreate Name="a_b"><IndexColumn Name="b" Size="2000"/></IndexCreate></TableAlter>',
    ),
  ],
  [
    "column-autoincrement-type",
    "what refers to the column gets its new type, too",
    install(
      create(
        "a",
        '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="[[SMALLINT]]"/>',
      ) +
        create(
          "b",
          `<Column Name="a_id" Type="SMALLINT"/><Column Name="n" Type="SMALLINT"/>${reference("a", "a_id")}`,
        ),
    ),
    {
      fixed: install(
        create(
          "a",
          '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>',
        ) +
          create(
            "b",
            `<Column Name="a_id" Type="INTEGER"/><Column Name="n" Type="SMALLINT"/>${reference("a", "a_id")}`,
          ),
      ),
    },
  ],
  [
    "column-autoincrement-type",
    "what refers to it is made elsewhere",
    install(
      create(
        "a",
        '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="[[SMALLINT]]"/>',
      ) +
        '<TableAlter Name="b"><ForeignKeyCreate ForeignTable="a"><Reference Local="a_id" Foreign="id"/></ForeignKeyCreate></TableAlter>',
    ),
    { fixed: null },
  ],
  [
    "index-name-duplicate",
    "two of one kind in one table are one index",
    install(
      create(
        "a",
        `${title}<Index Name="i"><IndexColumn Name="id"/></Index><Index Name="i"><IndexColumn Name="title"/></Index>`,
      ),
    ),
  ],
  [
    "index-name-duplicate",
    "an index and a constraint in one table are two, whatever the letter case",
    install(
      create(
        "a",
        `${title}<Index Name="a_title"><IndexColumn Name="title"/></Index><Unique Name="[[A_Title]]"><UniqueColumn Name="title"/></Unique>`,
      ),
    ),
    {
      messages: [
        "MySQL and MariaDB refuse table “a”, because two of its keys are called “A_Title”. On PostgreSQL and Oracle one of them is missing.",
      ],
      severities: ["error"],
      fixed: install(
        create(
          "a",
          `${title}<Index Name="a_title"><IndexColumn Name="title"/></Index><Unique Name="a_title_u"><UniqueColumn Name="title"/></Unique>`,
        ),
      ),
    },
  ],
  [
    "index-name-duplicate",
    "a key that is made later in the same table",
    install(
      create("a", `${title}<Index Name="a_i"><IndexColumn Name="title"/></Index>`) +
        '<TableAlter Name="a"><UniqueCreate Name="[[a_i]]"><UniqueColumn Name="title"/></UniqueCreate></TableAlter>',
    ),
    {
      messages: [
        "The key is skipped or refused, because “a_i” is the name of another one of table “a” already.",
      ],
    },
  ],
  [
    "index-name-duplicate",
    "OTRS 5 does not look for the name",
    install(
      create("a", `${title}<Index Name="i"><IndexColumn Name="title"/></Index>`) +
        create("b", `${title}<Index Name="[[i]]"><IndexColumn Name="title"/></Index>`),
    ),
    {
      dialect: "otrs-5",
      messages: ["PostgreSQL refuses the index, because “i” is the name of one of table “a” already."],
    },
  ],
  [
    "fk-duplicate",
    "OTRS 5 does not look for the key",
    install(
      create("a", id) +
        create("b", `<Column Name="a_id" Type="INTEGER"/>${reference("a", "a_id")}`).replace(
          "</ForeignKey>",
          '[[<Reference Local="a_id" Foreign="id"/>]]</ForeignKey>',
        ),
    ),
    {
      dialect: "otrs-5",
      messages: ["Databases refuse the second reference from “a_id” to “a”, because it is there already."],
    },
  ],
  [
    "index-name-duplicate",
    "of a constraint too",
    install(
      create("a", `${title}<Unique Name="i"><UniqueColumn Name="title"/></Unique>`) +
        create("b", `${title}<Unique Name="[[i]]"><UniqueColumn Name="title"/></Unique>`),
    ),
    {
      fixed: install(
        create("a", `${title}<Unique Name="i"><UniqueColumn Name="title"/></Unique>`) +
          create("b", `${title}<Unique Name="b_title"><UniqueColumn Name="title"/></Unique>`),
      ),
    },
  ],

  // Foreign keys
  [
    "fk-column-unknown",
    "the other end, of the package's own",
    install(
      create("a", id) +
        create("b", `<Column Name="a_id" Type="INTEGER"/>${reference("a", "a_id", "[[ident]]")}`),
    ),
    { severities: ["error"] },
  ],
  [
    "fk-column-unknown",
    "the other end, of the framework",
    install(create("b", `<Column Name="u" Type="INTEGER"/>${reference("users", "u", "[[uid]]")}`)),
    { knowledge, severities: ["warning"] },
  ],
  [
    "fk-column-unknown",
    "in an upgrade",
    install(create("b", id)) +
      upgrade(
        alter(
          "b",
          "1.1.0",
          '<ForeignKeyCreate ForeignTable="users"><Reference Local="[[owner]]" Foreign="id"/></ForeignKeyCreate>',
        ),
      ),
  ],
  [
    "fk-type-mismatch",
    "the framework",
    install(create("a", `<Column Name="u" Type="BIGINT"/>${reference("users", "[[u]]")}`)),
    {
      knowledge,
      messages: ["MySQL refuses the foreign key, because “u” is BIGINT and “id” of “users” is INTEGER."],
      fixed: install(create("a", `<Column Name="u" Type="INTEGER"/>${reference("users", "u")}`)),
    },
  ],
  [
    "fk-type-mismatch",
    "nothing is known of the framework",
    install(create("a", `<Column Name="u" Type="BIGINT"/>${reference("users", "u")}`)),
  ],
  [
    "fk-type-mismatch",
    "texts of different length",
    install(create("a", `<Column Name="l" Size="20" Type="VARCHAR"/>${reference("users", "l", "login")}`)),
    { knowledge },
  ],
  [
    "fk-table-unknown",
    "a slip",
    install(
      create(
        "a",
        `${id}<ForeignKey ForeignTable="[[user]]"><Reference Local="id" Foreign="id"/></ForeignKey>`,
      ),
    ),
    {
      knowledge,
      fixed: install(
        create(
          "a",
          `${id}<ForeignKey ForeignTable="users"><Reference Local="id" Foreign="id"/></ForeignKey>`,
        ),
      ),
    },
  ],
  [
    "fk-table-unknown",
    "a table that is called alike and has no such column",
    install(create("a", id + reference("[[user]]", "id", "user_id"))),
    { knowledge, fixed: null },
  ],
  [
    "fk-table-unknown",
    "a table that none of the releases has",
    install(
      create(
        "a",
        `${id}<ForeignKey ForeignTable="[[article_version]]"><Reference Local="id" Foreign="id"/></ForeignKey>`,
      ),
    ),
    {
      dialect: "otobo-10",
      knowledge: otobo("10.0.22", "10.1.11"),
      messages: [
        "The foreign key is not made, because neither this package nor OTOBO 10.0.22–10.1.11 has a table “article_version”.",
      ],
    },
  ],
  [
    "fk-table-unknown",
    "a table that one of the releases has",
    install(create("a", id + reference("article_version", "id"))),
    { dialect: "otobo-11", knowledge: otobo("10.1.11", "11.0.6") },
  ],
  [
    "fk-type-mismatch",
    "a column that releases do not agree about",
    install(create("a", `<Column Name="v" Type="BIGINT"/>${reference("dynamic_field_value", "v")}`)),
    { dialect: "otobo-11", knowledge: otobo("10.1.11", "11.0.6") },
  ],
  [
    "fk-type-mismatch",
    "the release decides",
    install(create("a", `<Column Name="v" Type="BIGINT"/>${reference("dynamic_field_value", "[[v]]")}`)),
    { dialect: "otobo-10", knowledge: otobo("10.1.11"), severities: ["error"] },
  ],
  [
    "table-drop-framework",
    "a table and a column of some of the releases",
    upgrade('<TableDrop Name="[[article_version]]" Version="1.1.0"/>') +
      uninstall(
        '<TableAlter Name="standard_template"><ColumnDrop Name="[[preselected_ticket_state_id]]"/></TableAlter>',
      ),
    {
      dialect: "otobo-11",
      knowledge: otobo("10.1.11", "11.0.6", "11.1.0"),
      messages: [
        "The framework stops working, because table “article_version” belongs to OTOBO 11.0.6–11.1.",
        "The framework stops working, because column “preselected_ticket_state_id” of table “standard_template” belongs to OTOBO 11.0.6–11.1.",
      ],
    },
  ],
  [
    "insert-column-unknown",
    "a column that one of the releases has",
    install('<Insert Table="standard_template"><Data Key="preselected_ticket_state_id">1</Data></Insert>'),
    { dialect: "otobo-11", knowledge: otobo("10.1.11", "11.0.6") },
  ],
  [
    "insert-column-unknown",
    "a column that the release does not have",
    install(
      '<Insert Table="standard_template"><Data Key="[[preselected_ticket_state_id]]">1</Data></Insert>',
    ),
    { dialect: "otobo-10", knowledge: otobo("10.0.22", "10.1.11"), severities: ["warning"] },
  ],
  [
    "fk-table-unknown",
    "another package may have it",
    `<PackageRequired Version="1.0.0">Demo</PackageRequired>${install(create("a", id + reference("demo", "id")))}`,
    { knowledge },
  ],
  [
    "fk-table-unknown",
    "own tables, and those of groups",
    install(create("a", id + reference("b", "id") + reference("groups", "id")) + create("b", id)),
    { knowledge },
  ],
  ["fk-table-unknown", "nothing is known", install(create("a", id + reference("demo", "id")))],
  [
    "fk-insert-order",
    "rows are counted, whatever their order",
    install(
      create("kind", id + title) +
        create("a", `<Column Name="kind_id" Type="INTEGER"/>${reference("kind", "kind_id")}`) +
        '<Insert Table="a"><Data Key="kind_id">2</Data></Insert><Insert Table="a"><Data Key="kind_id">[[7]]</Data></Insert>' +
        '<Insert Table="kind"><Data Key="title" Type="Quote">x</Data></Insert><Insert Table="kind"><Data Key="title" Type="Quote">y</Data></Insert>',
    ),
  ],
  [
    "fk-insert-order",
    "rows of the framework are not known",
    install(
      create("a", `<Column Name="u" Type="INTEGER"/>${reference("users", "u")}`) +
        '<Insert Table="a"><Data Key="u">1</Data></Insert>',
    ),
  ],

  // What stays behind
  [
    "table-not-dropped",
    "in a section that is there",
    install(create("[[a]]", id) + create("b", id)) + uninstall('\n    <TableDrop Name="b"/>\n'),
    {
      fixed:
        install(create("a", id) + create("b", id)) +
        uninstall('\n    <TableDrop Name="a"/>\n    <TableDrop Name="b"/>\n'),
    },
  ],
  [
    "table-not-dropped",
    "where one of two is left on purpose",
    install(create("Kept", id) + create("[[b]]", id)),
    { keptTables: { kept: "customers keep their data" } },
  ],
  [
    "table-not-dropped",
    "in a new section",
    install(create("[[a]]", id)),
    {
      fixed: `${install(create("a", id))}\n    <DatabaseUninstall Type="post">\n        <TableDrop Name="a"/>\n    </DatabaseUninstall>`,
    },
  ],
  [
    "table-not-dropped",
    "behind a table that refers to it",
    install(create("[[a]]", id) + create("b", `${id}${reference("a", "id")}`)) +
      uninstall('\n    <TableDrop Name="b"/>\n    <TableDrop Name="c"/>\n'),
    {
      fixed:
        install(create("a", id) + create("b", `${id}${reference("a", "id")}`)) +
        uninstall('\n    <TableDrop Name="b"/>\n    <TableDrop Name="a"/>\n    <TableDrop Name="c"/>\n'),
    },
  ],
  [
    "table-not-dropped",
    "before a table that it refers to",
    install(create("a", id) + create("[[b]]", `${id}${reference("a", "id")}`)) +
      uninstall('\n    <TableDrop Name="c"/>\n    <TableDrop Name="a"/>\n'),
    {
      fixed:
        install(create("a", id) + create("b", `${id}${reference("a", "id")}`)) +
        uninstall('\n    <TableDrop Name="c"/>\n    <TableDrop Name="b"/>\n    <TableDrop Name="a"/>\n'),
    },
  ],
  [
    "table-not-dropped",
    "with the table that refers to it, by a key that an upgrade makes",
    install(create("[[a]]", id) + create("[[b]]", id)) +
      upgrade(
        alter(
          "b",
          "1.1.0",
          `<ForeignKeyCreate ForeignTable="a"><Reference Local="id" Foreign="id"/></ForeignKeyCreate>`,
        ),
      ) +
      uninstall(""),
    {
      fixed:
        install(create("a", id) + create("b", id)) +
        upgrade(
          alter(
            "b",
            "1.1.0",
            `<ForeignKeyCreate ForeignTable="a"><Reference Local="id" Foreign="id"/></ForeignKeyCreate>`,
          ),
        ) +
        uninstall('\n        <TableDrop Name="b"/>\n        <TableDrop Name="a"/>\n    '),
    },
  ],
  [
    "table-not-dropped",
    "tables that refer to each other, or stand between two that do",
    install(
      create("[[a]]", `${id}${reference("b", "id")}`) + create("[[b]]", `${id}${reference("a", "id")}`),
    ),
    { fixed: null },
  ],
  [
    "table-not-dropped",
    "no drop between two that are in the wrong order",
    install(
      create("a", id) +
        create("[[b]]", `${id}${reference("a", "id")}`) +
        create("c", `${id}${reference("b", "id")}`),
    ) + uninstall('<TableDrop Name="a"/><TableDrop Name="c"/>'),
    { fixed: null },
  ],
  [
    "table-not-dropped",
    "not in a section that never runs",
    `${install(create("[[a]]", id))}<DatabaseUninstall Type="Post"></DatabaseUninstall>`,
    {
      fixed: `${install(create("a", id))}<DatabaseUninstall Type="Post"></DatabaseUninstall>\n    <DatabaseUninstall Type="post">\n        <TableDrop Name="a"/>\n    </DatabaseUninstall>`,
    },
  ],
  [
    "table-not-dropped",
    "from an upgrade, unless another one drops it",
    upgrade(
      '<TableCreate Name="[[a]]" Version="1.1.0"/><TableCreate Name="b" Version="1.1.0"/><TableDrop Name="b" Version="1.2.0"/>',
    ),
  ],
  [
    "table-not-dropped",
    "under its new name",
    install(create("a", id)) +
      upgrade('<TableAlter NameOld="a" NameNew="b" Version="1.1.0"/>') +
      uninstall('<TableDrop Name="a"/><TableDrop Name="b"/>'),
  ],
  [
    "table-not-dropped",
    "code does it",
    `${install(create("acme_a", id))}<CodeUninstall><![CDATA[ $DBObject->Do( SQL => 'DROP TABLE acme_a' ); ]]></CodeUninstall>`,
  ],
  [
    "table-not-dropped",
    "it stays for ever",
    `<PackageIsRemovable>0</PackageIsRemovable>${install(create("a", id))}`,
  ],
  [
    "table-not-dropped",
    "a missing end tag is enough",
    install(create("a", id) + create("b", id)) +
      '<DatabaseUninstall><TableDrop Name="a"><TableDrop Name="b"/></DatabaseUninstall>',
  ],
  [
    "table-drop-unknown",
    "a slip",
    install(create("acme_item", id)) + uninstall('<TableDrop Name="[[acme_items]]"/>'),
    { fixed: install(create("acme_item", id)) + uninstall('<TableDrop Name="acme_item"/>') },
  ],
  [
    "table-drop-unknown",
    "known to an upgrade, or from a package that was absorbed",
    upgrade('<TableDrop Name="a" Version="1.1.0"/>') + uninstall('<TableDrop Name="a"/>'),
  ],
  [
    "table-drop-unknown",
    "absorbed",
    `<PackageMerge Name="Old" TargetVersion="1.0.0"/>${uninstall('<TableDrop Name="old"/>')}`,
  ],
  [
    "table-drop-framework",
    "a table and a column",
    upgrade('<TableDrop Name="[[users]]" Version="1.1.0"/>') +
      uninstall(
        '<TableAlter Name="users"><ColumnDrop Name="[[login]]"/><ColumnDrop Name="acme_pin"/></TableAlter>',
      ),
    {
      knowledge,
      messages: [
        "The framework stops working, because table “users” belongs to Acme Desk 1.",
        "The framework stops working, because column “login” of table “users” belongs to Acme Desk 1.",
      ],
      fixed:
        upgrade("") +
        uninstall(
          '<TableAlter Name="users"><ColumnDrop Name="login"/><ColumnDrop Name="acme_pin"/></TableAlter>',
        ),
    },
  ],
  [
    "table-drop-framework",
    "a column that the package once added itself",
    upgrade(alter("users", "1.1.0", '<ColumnAdd Name="login" Type="DATE"/>')) +
      uninstall('<TableAlter Name="users"><ColumnDrop Name="login"/></TableAlter>'),
    { knowledge },
  ],
  [
    "table-drop-order",
    "on lines of their own",
    install(
      create("kind", id) +
        create("a", `<Column Name="kind_id" Type="INTEGER"/>${reference("kind", "kind_id")}`),
    ) + uninstall('\n  <TableDrop Name="[[kind]]"/>\n  <TableDrop Name="a"/>\n'),
    {
      fixed:
        install(
          create("kind", id) +
            create("a", `<Column Name="kind_id" Type="INTEGER"/>${reference("kind", "kind_id")}`),
        ) + uninstall('\n  <TableDrop Name="a"/>\n  <TableDrop Name="kind"/>\n'),
    },
  ],
  [
    "table-drop-order",
    "three that refer to each other in a row",
    install(
      create("a", id) +
        create("b", `${id}${reference("a", "id")}`) +
        create("c", `${id}${reference("b", "id")}`),
    ) +
      uninstall(
        '<TableDrop Name="[[a]]"/> <TableDrop Name="x"/> <TableDrop Name="[[b]]"/> <TableDrop Name="c"/>',
      ),
    {
      fixed:
        install(
          create("a", id) +
            create("b", `${id}${reference("a", "id")}`) +
            create("c", `${id}${reference("b", "id")}`),
        ) +
        uninstall('<TableDrop Name="c"/> <TableDrop Name="b"/> <TableDrop Name="a"/> <TableDrop Name="x"/>'),
    },
  ],
  [
    "table-drop-order",
    "the key is dropped before, or the child in an earlier phase",
    install(
      create("kind", id) +
        create("a", `<Column Name="kind_id" Type="INTEGER"/>${reference("kind", "kind_id")}`),
    ) +
      uninstall(
        '<TableAlter Name="a"><ForeignKeyDrop ForeignTable="kind"><Reference Local="kind_id" Foreign="id"/></ForeignKeyDrop></TableAlter><TableDrop Name="kind"/><TableDrop Name="a"/>',
      ),
  ],
  [
    "table-drop-order",
    "pre runs before post",
    install(
      create("kind", id) +
        create("a", `<Column Name="kind_id" Type="INTEGER"/>${reference("kind", "kind_id")}`),
    ) +
      uninstall('<TableDrop Name="kind"/>') +
      '<DatabaseUninstall Type="pre"><TableDrop Name="a"/></DatabaseUninstall>',
  ],
  [
    "table-drop-order",
    "a table that refers to itself",
    install(
      create("kind", `${id}<Column Name="up" Type="INTEGER"/>${reference("kind", "up")}`) + create("b", id),
    ) + uninstall('<TableDrop Name="kind"/><TableDrop Name="b"/>'),
  ],
  [
    "framework-alter-not-reverted",
    "a column and an index",
    upgrade(
      alter(
        "users",
        "1.1.0",
        '<ColumnAdd Name="[[acme_pin]]" Type="DATE"/><ColumnAdd Name="acme_b" Type="DATE"/><IndexCreate Name="[[acme_l]]"><IndexColumn Name="login"/></IndexCreate><IndexCreate Name="acme_b"><IndexColumn Name="acme_b"/></IndexCreate>',
      ),
    ) + uninstall('<TableAlter Name="users"><ColumnDrop Name="acme_b"/></TableAlter>'),
    { knowledge },
  ],
  [
    "framework-alter-not-reverted",
    "the column is dropped before the tables that it refers to",
    install(
      `\n    ${create("acme", id)}<TableAlter Name="users"><ColumnAdd Name="[[acme_id]]" Type="INTEGER"/><IndexCreate Name="[[acme_i]]"><IndexColumn Name="acme_id"/></IndexCreate><ForeignKeyCreate ForeignTable="acme"><Reference Local="acme_id" Foreign="id"/></ForeignKeyCreate></TableAlter>`,
    ) + uninstall('\n    <TableDrop Name="acme"/>\n'),
    {
      knowledge,
      fixed:
        install(
          `\n    ${create("acme", id)}<TableAlter Name="users"><ColumnAdd Name="acme_id" Type="INTEGER"/><IndexCreate Name="acme_i"><IndexColumn Name="acme_id"/></IndexCreate><ForeignKeyCreate ForeignTable="acme"><Reference Local="acme_id" Foreign="id"/></ForeignKeyCreate></TableAlter>`,
        ) +
        uninstall(
          '\n    <TableAlter Name="users">\n        <ForeignKeyDrop ForeignTable="acme">\n            <Reference Local="acme_id" Foreign="id"/>\n        </ForeignKeyDrop>\n        <ColumnDrop Name="acme_id"/>\n    </TableAlter>\n    <TableDrop Name="acme"/>\n',
        ),
    },
  ],
  [
    "framework-alter-not-reverted",
    "an index on a column of the framework",
    upgrade(
      alter("users", "1.1.0", '<UniqueCreate Name="[[acme_u]]"><UniqueColumn Name="login"/></UniqueCreate>'),
    ),
    {
      knowledge,
      fixed: `${upgrade(
        alter("users", "1.1.0", '<UniqueCreate Name="acme_u"><UniqueColumn Name="login"/></UniqueCreate>'),
      )}\n    <DatabaseUninstall Type="post">\n        <TableAlter Name="users">\n            <UniqueDrop Name="acme_u"/>\n        </TableAlter>\n    </DatabaseUninstall>`,
    },
  ],
  [
    "framework-alter-not-reverted",
    "an upgrade takes it back",
    upgrade(
      alter("users", "1.1.0", '<ColumnAdd Name="acme_pin" Type="DATE"/>') +
        alter("users", "1.2.0", '<ColumnDrop Name="acme_pin"/>'),
    ),
    { knowledge },
  ],
  [
    "framework-alter-not-reverted",
    "nothing is known",
    upgrade(alter("users", "1.1.0", '<ColumnAdd Name="acme_pin" Type="DATE"/>')),
  ],
  [
    "uninstall-post-drop",
    "code that runs before",
    `<CodeUninstall Type="pre">acme_a</CodeUninstall>${uninstall('<TableDrop Name="acme_a"/>')}`,
  ],
  [
    "uninstall-post-drop",
    "post is the default",
    `<CodeUninstall>DELETE FROM Acme_A</CodeUninstall>${uninstall('<TableDrop Name="[[acme_a]]"/><TableDrop Name="b"/>')}`,
    {
      fixed: `<CodeUninstall Type="pre">DELETE FROM Acme_A</CodeUninstall>${uninstall('<TableDrop Name="acme_a"/><TableDrop Name="b"/>')}`,
    },
  ],

  [
    "uninstall-post-drop",
    "letter case does not count in the Type of code",
    `<CodeUninstall Type="POST">acme_a</CodeUninstall>${uninstall('<TableDrop Name="[[acme_a]]"/>')}`,
  ],

  // Rows
  [
    "insert-column-unknown",
    "a column that a change has brought",
    install(
      `${create("a", id)}<TableAlter Name="a"><ColumnAdd Name="b" Type="INTEGER"/></TableAlter><Insert Table="a"><Data Key="B">1</Data><Data Key="[[c]]">1</Data></Insert>`,
    ),
    { severities: ["error"] },
  ],
  [
    "insert-column-unknown",
    "the framework",
    install('<Insert Table="users"><Data Key="[[logn]]" Type="Quote">x</Data></Insert>'),
    {
      knowledge,
      severities: ["warning"],
      fixed: install('<Insert Table="users"><Data Key="login" Type="Quote">x</Data></Insert>'),
    },
  ],
  [
    "insert-column-unknown",
    "a table that was renamed",
    install(
      `${create("a", id)}<TableAlter NameOld="a" NameNew="b"/><Insert Table="b"><Data Key="c">1</Data></Insert>`,
    ),
  ],
  [
    "insert-required-missing",
    "several",
    install(
      `${create("a", `${id}${title}<Column Name="n" Required="true" Default="0" Type="INTEGER"/><Column Name="m" Required="true" Type="DATE"/>`)}<Insert Table="[[a]]"><Data Key="id">1</Data></Insert>`,
    ),
    { messages: ["No row is added, because “a” demands a value for “title”, “m”."] },
  ],
  [
    "insert-required-missing",
    "an upgrade may start from anything",
    install(create("a", title)) +
      upgrade('<Insert Table="a" Version="1.1.0"><Data Key="x">1</Data></Insert>'),
  ],
  [
    "insert-explicit-id",
    "of the framework too",
    install(
      '<Insert Table="users">[[<Data Key="id">]]900</Data><Data Key="login" Type="Quote">x</Data></Insert>',
    ),
    {
      knowledge,
      fixed: install(
        '<Insert Table="users"><Data Key="id" Type="AutoIncrement">900</Data><Data Key="login" Type="Quote">x</Data></Insert>',
      ),
    },
  ],
  [
    "insert-explicit-id",
    "a number that is not counted",
    install(
      `${create("a", '<Column Name="id" PrimaryKey="true" Type="INTEGER"/>')}<Insert Table="a"><Data Key="id">1</Data></Insert>`,
    ),
  ],

  // Changes over time
  [
    "column-drop-unknown",
    "dropped or renamed before",
    upgrade(
      alter("a", "1.1.0", '<ColumnDrop Name="x"/><ColumnChange NameOld="y" NameNew="z" Type="DATE"/>') +
        alter(
          "a",
          "1.2.0",
          '<ColumnDrop Name="[[X]]"/><ColumnDrop Name="[[y]]"/><ColumnDrop Name="z"/><ColumnDrop Name="w"/>',
        ),
    ),
  ],
  [
    "column-drop-unknown",
    "the installation tells all",
    install(`${create("a", id)}<TableAlter Name="a"><ColumnDrop Name="[[b]]"/></TableAlter>`),
    { fixed: install(create("a", id)) },
  ],
  [
    "column-drop-unknown",
    "nobody has added it to the framework",
    uninstall('<TableAlter Name="users"><ColumnDrop Name="[[acme_pin]]"/></TableAlter>'),
    { knowledge },
  ],
  [
    "column-drop-unknown",
    "an older version may have had it",
    install(create("a", id)) + upgrade(alter("a", "1.1.0", '<ColumnDrop Name="b"/>')),
  ],
  [
    "column-change-unknown",
    "created without it",
    upgrade(
      `<TableCreate Name="a" Version="1.1.0">${id}</TableCreate>${alter("a", "1.2.0", '<ColumnChange NameOld="[[b]]" NameNew="b" Type="DATE"/>')}`,
    ),
  ],
  [
    "column-change-unknown",
    "a slip",
    install(
      `${create("a", title)}<TableAlter Name="a"><ColumnChange NameOld="[[titel]]" NameNew="title" Size="200" Type="VARCHAR"/></TableAlter>`,
    ),
    {
      fixed: install(
        `${create("a", title)}<TableAlter Name="a"><ColumnChange NameOld="title" NameNew="title" Size="200" Type="VARCHAR"/></TableAlter>`,
      ),
    },
  ],
  [
    "column-change-unknown",
    "added again",
    upgrade(
      alter(
        "a",
        "1.1.0",
        '<ColumnDrop Name="b"/><ColumnAdd Name="b" Type="DATE"/><ColumnChange NameOld="b" NameNew="b" Type="DATE"/>',
      ),
    ),
  ],
  [
    "column-change-resets",
    "said to be optional",
    install(create("a", title)) +
      upgrade(
        alter(
          "a",
          "1.1.0",
          '<ColumnChange NameOld="title" NameNew="title" Required="false" Size="200" Type="VARCHAR"/>',
        ),
      ),
  ],
  [
    "column-change-resets",
    "a later change says it again",
    install(create("a", title)) +
      upgrade(
        alter("a", "1.1.0", '<ColumnChange NameOld="titel" NameNew="title" Size="200" Type="VARCHAR"/>') +
          alter(
            "a",
            "1.2.0",
            '<ColumnChange NameOld="title" NameNew="title" Required="true" Size="200" Type="VARCHAR"/>',
          ),
      ),
  ],
  ...(
    [
      [
        "otrs-5",
        "“c” may be empty on MySQL from now on and stays required on PostgreSQL, because ColumnChange drops NOT NULL on MySQL unless Required is said again.",
      ],
      [
        "otrs-6",
        "“c” may be empty from now on, because ColumnChange drops NOT NULL unless Required is said again.",
      ],
    ] as const
  ).map(
    ([dialect, message]): Case => [
      "column-change-resets",
      `as ${dialect} does it`,
      upgrade(
        alter("a", "1.1.0", '<ColumnAdd Name="b" Required="true" Type="INTEGER"/>') +
          alter("a", "1.2.0", '<[[ColumnChange]] NameOld="b" NameNew="c" Type="INTEGER"/>'),
      ),
      { dialect, messages: [message] },
    ],
  ),
  [
    "column-change-resets",
    "required when it was added",
    upgrade(
      alter("a", "1.1.0", '<ColumnAdd Name="b" Required="true" Type="INTEGER"/>') +
        alter("a", "1.2.0", '<[[ColumnChange]] NameOld="b" NameNew="c" Type="INTEGER"/>'),
    ),
    {
      fixed: upgrade(
        alter("a", "1.1.0", '<ColumnAdd Name="b" Required="true" Type="INTEGER"/>') +
          alter("a", "1.2.0", '<ColumnChange NameOld="b" NameNew="c" Type="INTEGER" Required="true"/>'),
      ),
    },
  ],
  [
    "column-change-shrinks",
    "texts and integers",
    install(
      create(
        "a",
        '<Column Name="t" Size="200" Type="VARCHAR"/><Column Name="n" Type="BIGINT"/><Column Name="l" Type="LONGBLOB"/>',
      ) +
        '<TableAlter Name="a"><[[ColumnChange]] NameOld="t" NameNew="t" Type="INTEGER"/><[[ColumnChange]] NameOld="n" NameNew="n" Type="INTEGER"/><[[ColumnChange]] NameOld="l" NameNew="l" Size="100" Type="VARCHAR"/></TableAlter>',
    ),
    {
      messages: [
        "Values may be cut or the change refused, because “t” was VARCHAR(200) and becomes INTEGER.",
        "Values may be cut or the change refused, because “n” was BIGINT and becomes INTEGER.",
        "Values may be cut or the change refused, because “l” was LONGBLOB and becomes VARCHAR(100).",
      ],
    },
  ],
  [
    "column-change-shrinks",
    "more room",
    install(
      create("a", '<Column Name="t" Size="200" Type="VARCHAR"/><Column Name="n" Type="SMALLINT"/>') +
        '<TableAlter Name="a"><ColumnChange NameOld="t" NameNew="t" Type="LONGBLOB"/><ColumnChange NameOld="n" NameNew="n" Type="INTEGER"/></TableAlter>',
    ),
  ],
  [
    "install-upgrade-drift",
    "everything that one side lacks",
    install(
      create(
        "a",
        `${id}<Column Name="left" Type="DATE"/><Column Name="t" Size="100" Type="VARCHAR"/><Index Name="a_left"><IndexColumn Name="left"/></Index>`,
      ) +
        create("gone", id) +
        create("both", id + title),
    ) +
      upgrade(
        alter(
          "a",
          "1.1.0",
          '<ColumnAdd Name="[[b]]" Type="DATE"/><ColumnDrop Name="[[left]]"/><ColumnChange NameOld="t" NameNew="[[t]]" Size="200" Type="VARCHAR"/>' +
            '<IndexDrop Name="[[a_left]]"/><IndexCreate Name="[[a_t]]"><IndexColumn Name="t"/></IndexCreate><ForeignKeyCreate ForeignTable="users"><Reference Local="[[b]]" Foreign="id"/></ForeignKeyCreate>',
        ) +
          `<TableDrop Name="[[gone]]" Version="1.1.0"/><TableCreate Name="[[fresh]]" Version="1.1.0">${id}</TableCreate><TableCreate Name="[[both]]" Version="1.1.0">${id}</TableCreate>`,
      ),
    {
      severities: ["error", "error", "warning", "error", "error", "error", "error", "error", "error"],
      messages: [
        "Fresh installations have no column “b” in “a”, because only an upgrade brings it.",
        "Fresh installations still have column “left” in “a”, which an upgrade drops.",
        "“t” in “a” is VARCHAR(100) in fresh installations and VARCHAR(200) in upgraded ones.",
        "Fresh installations still have index “a_left” on “a”, which an upgrade drops.",
        "Fresh installations have no index “a_t” on “a”, because only an upgrade makes it.",
        "Fresh installations have no foreign key from “b” of “a”, because only an upgrade makes it.",
        "Fresh installations still create table “gone”, which an upgrade drops.",
        "Fresh installations have no table “fresh”, because only an upgrade creates it.",
        "Upgraded systems have no column “title” in “both”, because only a fresh installation creates it.",
      ],
    },
  ],
  ...(
    [
      [
        "a column, which has no key when it is added",
        '<ColumnAdd Name="[[b]]" Required="true" PrimaryKey="true" Type="DATE"/>',
        '<Column Name="b" Required="true" Type="DATE"/>',
      ],
      [
        "a column under its new name",
        '<ColumnAdd Name="b" Type="DATE"/><ColumnChange NameOld="b" NameNew="[[c]]" Type="DATE"/>',
        '<Column Name="c" Type="DATE"/>',
      ],
      [
        "an index",
        '<IndexCreate Name="[[a_i]]"><IndexColumn Name="id"/></IndexCreate>',
        '<Index Name="a_i">\n        <IndexColumn Name="id"/>\n    </Index>',
      ],
      [
        "a unique constraint",
        '<UniqueCreate Name="[[a_u]]"><UniqueColumn Name="id"/></UniqueCreate>',
        '<Unique Name="a_u">\n        <UniqueColumn Name="id"/>\n    </Unique>',
      ],
      [
        "a foreign key",
        '<ForeignKeyCreate ForeignTable="users"><Reference Local="[[id]]" Foreign="id"/></ForeignKeyCreate>',
        '<ForeignKey ForeignTable="users">\n        <Reference Local="id" Foreign="id"/>\n    </ForeignKey>',
      ],
    ] as const
  ).map(([name, change, added]): Case => {
    const before = '<TableCreate Name="a">\n    <Column Name="id" Type="DATE"/>';
    return [
      "install-upgrade-drift",
      `${name} in DatabaseInstall as well`,
      install(`${before}\n</TableCreate>`) + upgrade(alter("a", "1.1.0", change)),
      {
        fixed:
          install(`${before}\n    ${added}\n</TableCreate>`) +
          upgrade(alter("a", "1.1.0", change.replace(/\[\[|\]\]/g, ""))),
      },
    ];
  }),
  [
    "install-upgrade-drift",
    "the type where the installation gives it",
    install(
      `${create("a", id)}<TableAlter Name="a"><ColumnAdd Name="t" Size="100" Type="VARCHAR"/></TableAlter>`,
    ) + upgrade(alter("a", "1.1.0", '<ColumnChange NameOld="t" NameNew="[[t]]" Type="LONGBLOB"/>')),
    {
      fixed:
        install(`${create("a", id)}<TableAlter Name="a"><ColumnAdd Name="t" Type="LONGBLOB"/></TableAlter>`) +
        upgrade(alter("a", "1.1.0", '<ColumnChange NameOld="t" NameNew="t" Type="LONGBLOB"/>')),
    },
  ],
  [
    "install-upgrade-drift",
    "a table as the upgrades leave it",
    upgrade(
      `<TableCreate Name="[[a]]" Version="1.1.0">${id}</TableCreate>${alter("a", "1.2.0", '<ColumnAdd Name="b" Type="DATE"/>')}`,
    ),
    {
      messages: ["Fresh installations have no table “a”, because only an upgrade creates it."],
      fixed: `${upgrade(
        `<TableCreate Name="a" Version="1.1.0">${id}</TableCreate>${alter("a", "1.2.0", '<ColumnAdd Name="b" Type="DATE"/>')}`,
      )}\n    <DatabaseInstall Type="post">\n        <TableCreate Name="a">\n            ${id}\n            <Column Name="b" Type="DATE"/>\n        </TableCreate>\n    </DatabaseInstall>`,
    },
  ],
  [
    "install-upgrade-drift",
    "a later upgrade takes it back",
    install(create("a", id)) +
      upgrade(
        alter("a", "1.1.0", '<ColumnAdd Name="b" Type="DATE"/>') +
          alter("a", "1.2.0", '<ColumnDrop Name="b"/>'),
      ),
  ],
  [
    "install-upgrade-drift",
    "what never runs or runs beside others does not count",
    install(create("a", id)) +
      '<DatabaseUpgrade Type="pre"><TableAlter Name="a" Version="1.1.0"><ColumnAdd Name="b" Type="DATE"/></TableAlter></DatabaseUpgrade>' +
      upgrade(
        '<TableAlter Name="a"><ColumnAdd Name="c" Type="DATE"/></TableAlter><TableAlter Name="a" Version="1.1.0" IfPackage="Demo"><ColumnAdd Name="d" Type="DATE"/></TableAlter>',
      ),
  ],
  [
    "install-upgrade-drift",
    "an index of another name",
    install(create("a", `${title}<Index Name="a_1"><IndexColumn Name="title"/></Index>`)) +
      upgrade(alter("a", "1.1.0", '<IndexCreate Name="a_2"><IndexColumn Name="title"/></IndexCreate>')),
  ],
  [
    "install-upgrade-drift",
    "a table of somebody else",
    upgrade(alter("demo", "1.1.0", '<ColumnAdd Name="b" Type="DATE"/>')),
  ],
  [
    "install-upgrade-drift",
    "a table of the framework",
    upgrade(
      alter(
        "users",
        "1.1.0",
        '<ColumnAdd Name="[[acme_pin]]" Type="DATE"/><ColumnAdd Name="login" Type="DATE"/>',
      ),
    ),
    {
      knowledge,
      fixed: `${upgrade(
        alter(
          "users",
          "1.1.0",
          '<ColumnAdd Name="acme_pin" Type="DATE"/><ColumnAdd Name="login" Type="DATE"/>',
        ),
      )}\n    <DatabaseInstall Type="post">\n        <TableAlter Name="users">\n            <ColumnAdd Name="acme_pin" Type="DATE"/>\n        </TableAlter>\n    </DatabaseInstall>`,
    },
  ],
  [
    "install-upgrade-drift",
    "a table of the framework that the installation changes already",
    install(`<TableAlter Name="users">\n    <ColumnAdd Name="acme_tag" Type="DATE"/>\n</TableAlter>`) +
      upgrade(
        alter(
          "users",
          "1.1.0",
          '<ColumnAdd Name="acme_tag" Type="DATE"/><ColumnAdd Name="[[acme_pin]]" Type="DATE"/>',
        ),
      ),
    {
      knowledge,
      fixed:
        install(
          `<TableAlter Name="users">\n    <ColumnAdd Name="acme_tag" Type="DATE"/>\n    <ColumnAdd Name="acme_pin" Type="DATE"/>\n</TableAlter>`,
        ) +
        upgrade(
          alter(
            "users",
            "1.1.0",
            '<ColumnAdd Name="acme_tag" Type="DATE"/><ColumnAdd Name="acme_pin" Type="DATE"/>',
          ),
        ),
    },
  ],
  [
    "install-upgrade-drift",
    "renamed on the way",
    install(create("b", id)) +
      upgrade(
        '<TableAlter NameOld="a" NameNew="b" Version="1.1.0"><ColumnAdd Name="[[c]]" Type="DATE"/></TableAlter>',
      ),
  ],
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

for (const [ruleId, name, content, { fixed, ...expected } = {}] of cases) {
  test(`${ruleId}: ${name}`, () => {
    const rooted = (text: string) => `<otrs_package version="1.0">${text}</otrs_package>`;
    checkRule(byId.get(ruleId)!, rooted(content), {
      ...expected,
      ...(typeof fixed === "string" && { fixed: rooted(fixed) }),
      ...(fixed === null && { fixed }),
    });
  });
}

test("what is kept between edits is what a fresh look finds", () => {
  const surroundings = {
    fileName: "Acme.sopm",
    kind: "spec",
    folder: { factOf: () => undefined, files: () => undefined },
    knowledge: () => knowledge,
    today: "2024-05-02",
  } as const;
  const settings = { ...defaultLintSettings, profile: "strict", dialect: "znuny-7" } as const;
  const found = (tree: SyntaxTree, previous?: LintResult["context"]) => {
    const { findings, context } = lint(tree, settings, surroundings, previous);
    const own = findings.filter(({ rule }) => rulesByGroup.database!.some(({ id }) => id === rule));
    return { context, own: own.map(({ rule, span, arguments: values }) => ({ rule, span, values })) };
  };
  for (const [, name, content] of cases) {
    const text = `<otrs_package version="1.0"><Name>Acme</Name>\n${content.replace(/\[\[|\]\]/g, "")}</otrs_package>`;
    let tree = SyntaxTree.parse(text);
    let { context } = found(tree);
    const places = [...text.matchAll(/<TableAlter |<Column |<Database|Acme</g)].map(({ index }) => index + 4);
    for (const at of places) {
      for (const newText of ["x", "", "\n"]) {
        tree = tree.edited({ span: { start: at, end: at + (newText === "" ? 1 : 0) }, newText });
        const kept = found(tree, context);
        context = kept.context;
        assert.deepEqual(kept.own, found(SyntaxTree.parse(tree.source.toString())).own, `${name} at ${at}`);
      }
      tree = SyntaxTree.parse(text);
    }
  }
});
