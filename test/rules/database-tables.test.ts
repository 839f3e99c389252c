import { test } from "node:test";
import { joinKnowledge } from "../../server/src/knowledge/join-knowledge.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule, type RuleCase } from "../support/check-rule.ts";
import { marked } from "../support/marked.ts";

type Case = readonly [id: string, name: string, text: string, expected?: RuleCase];

const inCreate = (content: string) => `<TableCreate Name="acme_t">${content}</TableCreate>`;
const inAlter = (content: string) => `<TableAlter Name="acme_t">${content}</TableAlter>`;
const inInstall = (content: string) => `<DatabaseInstall Type="post">${content}</DatabaseInstall>`;
const framework = (line: string, content: string) =>
  `<otrs_package><Framework>${line}</Framework>${content}</otrs_package>`;
const upgraded = (content: string) => `<otrs_package>${content}</otrs_package>`;
const rooted = (content: string) => upgraded(inInstall(content));
const messages = (...texts: string[]): RuleCase => ({ messages: texts });

const cases: readonly Case[] = [
  // Elements
  [
    "db-element-unknown",
    "a statement of one's own",
    inInstall("<[[SQL]]>SELECT 1</SQL>"),
    { fixed: inInstall("") },
  ],
  [
    "db-element-unknown",
    "another letter case",
    inInstall('<[[tableCreate]] Name="acme_t"></tableCreate>'),
    { fixed: inInstall('<TableCreate Name="acme_t"></TableCreate>') },
  ],
  [
    "db-element-unknown",
    "a slip in a table",
    inCreate('<[[Colum]] Name="a" Type="DATE"/>'),
    { fixed: inCreate('<Column Name="a" Type="DATE"/>') },
  ],
  ["db-element-unknown", "metadata is another rule's", inInstall("<Name>Acme</Name>")],
  ["db-element-unknown", "elsewhere it is another rule's", "<otrs_package><Tables/></otrs_package>"],
  [
    "db-element-misplaced",
    "a new column in a new table",
    inCreate('<[[ColumnAdd]] Name="a" Type="DATE"/>'),
    {
      fixed: inCreate('<Column Name="a" Type="DATE"/>'),
      messages: [
        "<ColumnAdd> is not processed here, because the SQL generator looks for it only in <TableAlter>.",
      ],
    },
  ],
  [
    "db-element-misplaced",
    "a constraint in a changed table, its columns with it",
    inAlter('<[[Unique]] Name="acme_t_a"><UniqueColumn Name="a"/></Unique>'),
    { fixed: inAlter('<UniqueCreate Name="acme_t_a"><UniqueColumn Name="a"/></UniqueCreate>') },
  ],
  [
    "db-element-misplaced",
    "a column of the other kind",
    inCreate('<Unique Name="acme_t_a"><[[IndexColumn]] Name="a"/></Unique>'),
    { fixed: inCreate('<Unique Name="acme_t_a"><UniqueColumn Name="a"/></Unique>') },
  ],
  [
    "db-element-misplaced",
    "a value outside its row",
    inInstall('<[[Data]] Key="a">1</Data>'),
    {
      fixed: null,
      messages: ["<Data> is not processed here, because the SQL generator looks for it only in <Insert>."],
    },
  ],
  [
    "db-element-misplaced",
    "a value before a row",
    inInstall('<[[Data]] Key="a">1</Data><Insert Table="t"></Insert>'),
    messages(
      "<Data> becomes a part of the <Insert> that follows, because the SQL generator collects all elements until a statement is complete.",
    ),
  ],
  [
    "db-element-misplaced",
    "a value before a table",
    inInstall('<[[Data]] Key="a">1</Data><TableCreate Name="t"/><Insert Table="t"></Insert>'),
    messages("<Data> is not processed here, because the SQL generator looks for it only in <Insert>."),
  ],
  [
    "db-element-misplaced",
    "in an upgrade, where each element is for itself",
    '<DatabaseUpgrade><[[Data]] Key="a">1</Data><Insert Table="t" Version="1"></Insert></DatabaseUpgrade>',
    messages("<Data> is not processed here, because the SQL generator looks for it only in <Insert>."),
  ],
  [
    "insert-key-missing",
    "a value that stands before the row",
    inInstall('<Data Key="a">1</Data><Insert Table="t"></Insert><[[Insert]] Table="t"></Insert>'),
  ],
  [
    "insert-required-missing",
    "a value that stands before the row",
    inInstall(
      '<TableCreate Name="t"><Column Name="a" Required="true" Type="DATE"/><Column Name="b" Type="DATE"/></TableCreate><Data Key="a">1</Data><Insert Table="t"><Data Key="b">1</Data></Insert>',
    ),
  ],
  [
    "db-element-misplaced",
    "a missing end tag is not held against the next",
    '<DatabaseUninstall><TableDrop Name="a"><TableDrop Name="b"/></DatabaseUninstall>',
  ],
  [
    "db-table-tag",
    "the schema files' word",
    inInstall('<[[Table]] Name="acme_t"/>'),
    { fixed: inInstall('<TableCreate Name="acme_t"/>') },
  ],
  [
    "db-table-tag",
    "what a code policy says, which is not assumed of old releases",
    `<otrs_package><Framework>2.4.x</Framework>${inInstall('<[[Table]] Name="acme_t"/>')}</otrs_package>`,
    {
      dialect: "otrs-legacy",
      messages: [
        "The Znuny code policy refuses <Table>, because packages create tables with <TableCreate>. The frameworks take both for the same.",
      ],
    },
  ],

  // Names
  ["table-name-length", "30 characters", `<TableCreate Name="${"a".repeat(30)}"/>`],
  ["table-name-length", "31 characters", `<TableCreate Name="[[${"a".repeat(31)}]]"/>`],
  [
    "table-name-length",
    "a new name",
    `<TableAlter NameOld="${"a".repeat(31)}" NameNew="[[${"b".repeat(31)}]]"/>`,
  ],
  [
    "column-name-length",
    "31 characters",
    `<ColumnChange NameOld="a" NameNew="[[${"b".repeat(31)}]]" Type="DATE"/>`,
  ],
  [
    "identifier-characters",
    "a blank at the end",
    '<Column Name="[[owner ]]" Type="DATE"/>',
    { fixed: '<Column Name="owner" Type="DATE"/>' },
  ],
  ["identifier-characters", "a digit first", '<Column Name="[[2nd_owner]]" Type="DATE"/>', { fixed: null }],
  ["identifier-characters", "a build tool's placeholder", '<TableCreate Name="{{ table }}"/>'],
  ["identifier-characters", "what is only named is not judged", '<ColumnDrop Name="old-name"/>'],
  [
    "identifier-uppercase",
    "an index",
    '<Index Name="[[Acme_Title]]"><IndexColumn Name="title"/></Index>',
    { fixed: '<Index Name="acme_title"><IndexColumn Name="title"/></Index>' },
  ],
  [
    "identifier-uppercase",
    "a table, for which code may ask",
    '<TableCreate Name="[[Acme]]"><Column Name="a"/></TableCreate>',
    { fixed: null },
  ],
  [
    "identifier-reserved",
    "everywhere, in one database, and in none",
    `<TableCreate Name="acme"><Column Name="[[order]]"/><Column Name="[[number]]"/><Column Name="[[groups]]"/>
    <Column Name="[[timestamp]]"/><Column Name="comments"/><Column Name="name"/><Column Name="type"/></TableCreate>`,
    {
      severities: ["error", "warning", "warning", "hint"],
      messages: [
        "The SQL statement fails on MySQL, PostgreSQL, Oracle, because “order” is a reserved word there.",
        "The SQL statement fails on Oracle, because “number” is a reserved word there.",
        "The SQL statement fails on MySQL 8, because “groups” is a reserved word there.",
        "“timestamp” is a reserved word of the SQL standard, so a future database may refuse it.",
      ],
    },
  ],
  [
    "identifier-reserved",
    "soft words only in the strict profile",
    '<Column Name="timestamp"/>',
    { profile: "framework" },
  ],
  [
    "table-name-prefix",
    "a table of the framework",
    '<TableCreate Name="[[acl]]"/>',
    {
      knowledge: {
        ...noKnowledge,
        release: "Acme Desk 1",
        table: (name) => ({ name, columns: [], indexes: [], uniques: [], foreignKeys: [] }),
      },
      severities: ["error"],
    },
  ],
  [
    "table-name-prefix",
    "a table of some of the releases",
    '<TableCreate Name="[[mention]]"/>',
    {
      knowledge: joinKnowledge(["6.3.4", "6.4.5", "6.5.4"].map((version) => knowledgeFor("Znuny", version))),
      messages: [
        "The table is not created, because in Znuny 6.4.5–6.5.4 a table “mention” is there already.",
      ],
    },
  ],
  ["table-name-prefix", "one word", '<TableCreate Name="[[contract]]"/>', { severities: ["hint"] }],
  [
    "table-name-prefix",
    "one word is enough outside the strict profile",
    '<TableCreate Name="contract"/>',
    { profile: "framework" },
  ],
  [
    "table-name-prefix",
    "the word of the package",
    '<otrs_package><Name>AcmeContract</Name><DatabaseInstall><TableCreate Name="contract"/></DatabaseInstall></otrs_package>',
  ],

  // Columns
  ["column-name-missing", "no attribute", '<[[ColumnAdd]] Type="DATE"/>'],
  ["column-name-missing", "another letter case is another rule's", '<ColumnAdd name="a" Type="DATE"/>'],
  [
    "column-duplicate",
    "letter case does not make a difference",
    inCreate('<Column Name="title"/><Column Name="[[Title]]"/>'),
    { fixed: inCreate('<Column Name="title"/>') },
  ],
  [
    "column-duplicate",
    "dropped in between",
    inAlter('<ColumnAdd Name="a"/><ColumnDrop Name="a"/><ColumnAdd Name="a"/>'),
  ],
  ["column-duplicate", "added twice", inAlter('<ColumnAdd Name="a"/><ColumnAdd Name="[[a]]"/>')],
  ["column-type-missing", "an empty one", '<Column Name="a" Type="[[ ]]"/>', { fixed: null }],
  [
    "column-type-unknown",
    "a type of MySQL",
    '<Column Name="a" Type="[[TINYINT]]"/>',
    { fixed: '<Column Name="a" Type="SMALLINT"/>', severities: ["error"] },
  ],
  [
    "column-type-unknown",
    "a type that two databases have",
    '<Column Name="a" Type="[[TEXT]]"/>',
    { severities: ["warning"] },
  ],
  [
    "column-type-unknown",
    "lower case",
    '<Column Name="a" Type="[[longblob]]"/>',
    { fixed: '<Column Name="a" Type="LONGBLOB"/>', severities: ["hint"] },
  ],
  [
    "column-type-unknown",
    "lower case is refused by the policy of OTOBO as well",
    '<Column Name="a" Type="[[longblob]]"/>',
    { dialect: "otobo-11", profile: "otobo-policy" },
  ],
  ["column-type-unknown", "lower case works", '<Column Name="a" Type="longblob"/>', { profile: "framework" }],
  [
    "column-size-missing",
    "a DECIMAL",
    '<Column Name="a" Type="[[decimal]]"/>',
    { fixed: '<Column Name="a" Type="decimal" Size="10,2"/>' },
  ],
  [
    "column-size-missing",
    "an empty one",
    '<Column Name="a" [[Size=""]] Type="VARCHAR"/>',
    { fixed: '<Column Name="a" Size="255" Type="VARCHAR"/>' },
  ],
  ["column-size-missing", "an integer needs none", '<Column Name="a" Type="INTEGER"/>'],
  [
    "column-size-format",
    "two numbers for a text",
    '<Column Name="a" Size="[[10,2]]" Type="VARCHAR"/>',
    { fixed: '<Column Name="a" Size="10" Type="VARCHAR"/>' },
  ],
  ["column-size-format", "nothing", '<Column Name="a" Size="[[0]]" Type="VARCHAR"/>'],
  [
    "column-size-format",
    "a point",
    '<Column Name="a" Size="[[10.2]]" Type="DECIMAL"/>',
    { fixed: '<Column Name="a" Size="10,2" Type="DECIMAL"/>' },
  ],
  [
    "column-size-format",
    "both forms of DECIMAL",
    '<TableCreate><Column Size="10" Type="DECIMAL"/><Column Size="10, 2" Type="DECIMAL"/></TableCreate>',
  ],
  [
    "column-size-format",
    "more behind the point than altogether",
    '<Column Name="a" Size="[[2,4]]" Type="DECIMAL"/>',
  ],
  [
    "column-size-useless",
    "an integer",
    '<Column Name="a" [[Size="20"]] Type="INTEGER"/>',
    { fixed: '<Column Name="a" Type="INTEGER"/>' },
  ],
  [
    "column-size-useless",
    "harmless",
    '<Column Name="a" Size="20" Type="INTEGER"/>',
    { profile: "framework" },
  ],
  [
    "varchar-nominal-step",
    "each step",
    '<TableCreate><Column Size="[[256]]" Type="VARCHAR"/><Column Size="[[4001]]" Type="VARCHAR"/><Column Size="257" Type="VARCHAR"/></TableCreate>',
  ],
  [
    "varchar-becomes-text",
    "between the steps",
    '<TableCreate><Column Size="255" Type="VARCHAR"/><Column Size="256" Type="VARCHAR"/><Column Size="[[4000]]" Type="VARCHAR"/><Column Size="5000" Type="VARCHAR"/></TableCreate>',
  ],
  [
    "varchar-becomes-clob",
    "below and above 10000",
    '<TableCreate><Column Size="4000" Type="VARCHAR"/><Column Size="[[9999]]" Type="VARCHAR"/><Column Size="[[10000]]" Type="VARCHAR"/><Column Size="65536" Type="VARCHAR"/></TableCreate>',
    messages(
      "On Oracle the column cannot be compared or sorted, because a VARCHAR of 9999 becomes a CLOB.",
      "The databases disagree about the limit, because a VARCHAR of 10000 becomes a CLOB on Oracle and has no length on PostgreSQL.",
    ),
  ],
  [
    "column-default-on-text",
    "a LONGBLOB, also when changed",
    '<ColumnChange NameOld="a" NameNew="a" [[Default=""]] Type="LONGBLOB"/>',
    { fixed: '<ColumnChange NameOld="a" NameNew="a" Type="LONGBLOB"/>' },
  ],
  [
    "column-default-on-text",
    "255 is small enough",
    '<Column Name="a" Default="x" Size="255" Type="VARCHAR"/>',
  ],
  [
    "column-default-numeric-empty",
    "a text may be empty",
    '<Column Name="a" Default="" Size="20" Type="VARCHAR"/>',
  ],
  [
    "column-default-nonnumeric",
    "a word",
    '<Column Name="a" Default="[[zero]]" Type="SMALLINT"/>',
    { fixed: '<Column Name="a" Type="SMALLINT"/>' },
  ],
  [
    "column-default-nonnumeric",
    "numbers and NULL",
    '<TableCreate><Column Default="-1" Type="BIGINT"/><Column Default="NULL" Type="INTEGER"/><Column Default="1.5" Size="3,1" Type="DECIMAL"/><Column Default="" Type="INTEGER"/></TableCreate>',
  ],
  ["column-default-nonnumeric", "half a number", '<Column Name="a" Default="[[1.5]]" Type="INTEGER"/>'],
  [
    "column-default-quote",
    "between double quotes",
    '<Column Name="a" Default="[[it\'s]]" Size="20" Type="VARCHAR"/>',
    { fixed: '<Column Name="a" Default="it’s" Size="20" Type="VARCHAR"/>' },
  ],
  [
    "column-boolean-value",
    "any letter case",
    '<Column Required="TRUE" PrimaryKey="xtruex" AutoIncrement="False"/>',
  ],
  [
    "column-boolean-value",
    "a blank too much",
    '<Column Required="[[true ]]"/>',
    { fixed: '<Column Required="true"/>' },
  ],
  ["column-boolean-value", "no", '<Column PrimaryKey="[[no]]"/>', { fixed: '<Column PrimaryKey="false"/>' }],
  [
    "column-pk-composite",
    "only the last counts",
    inCreate(
      '<Column Name="a" [[PrimaryKey="true"]]/><Column Name="b" [[PrimaryKey="true"]]/><Column Name="c" PrimaryKey="true"/>',
    ),
  ],
  ["column-pk-missing", "a table without columns is not yet one", inCreate("")],
  [
    "column-pk-optional",
    "said to be optional",
    inCreate('<Column Name="id" [[Required="false"]] PrimaryKey="true"/>'),
    { fixed: inCreate('<Column Name="id" Required="true" PrimaryKey="true"/>') },
  ],
  [
    "column-pk-optional",
    "a number that counts is refused by PostgreSQL, too",
    inCreate('<Column Name="id" AutoIncrement="true" [[PrimaryKey="true"]]/>'),
    messages(
      "MySQL and PostgreSQL refuse the table, because “id” may be NULL and is a primary key that counts; MariaDB takes it.",
    ),
  ],
  [
    "column-pk-optional",
    "another one is taken by PostgreSQL",
    inCreate('<Column Name="id" [[PrimaryKey="true"]]/>'),
    messages(
      "MySQL refuses the table, because “id” may be NULL and is the primary key at once; MariaDB takes it.",
    ),
  ],
  [
    "column-pk-on-text",
    "the last of several is the key",
    inCreate(
      '<Column Name="a" PrimaryKey="true" Size="300" Type="VARCHAR"/><Column Name="b" PrimaryKey="true" Type="INTEGER"/>',
    ),
  ],
  [
    "column-autoincrement-not-key",
    "the first column of an index is one",
    inCreate(
      '<Column Name="id" AutoIncrement="true"/><Column Name="n" [[AutoIncrement="true"]]/><Index Name="i"><IndexColumn Name="id"/><IndexColumn Name="n"/></Index>',
    ),
  ],
  [
    "column-autoincrement-type",
    "a text",
    rooted(inCreate('<Column AutoIncrement="true" Type="[[VARCHAR]]"/>')),
    { fixed: rooted(inCreate('<Column AutoIncrement="true" Type="BIGINT"/>')) },
  ],
  [
    "column-autoincrement-type",
    "a small number",
    rooted(inCreate('<Column AutoIncrement="true" Type="[[SMALLINT]]"/>')),
    { severities: ["information"] },
  ],
  ["column-add-pk-ignored", "false is no matter", '<ColumnAdd Name="a" PrimaryKey="false" Type="DATE"/>'],
  [
    "column-add-pk-ignored",
    "a change never counts",
    framework(
      "7.1.x",
      '<ColumnChange NameOld="a" NameNew="a" [[PrimaryKey="true"]] Required="true" Type="INTEGER"/>',
    ),
    messages("The column does not become the primary key, because <ColumnChange> ignores PrimaryKey."),
  ],
  [
    "column-add-pk-ignored",
    "Znuny 7.1 makes a primary key",
    framework(
      "7.1.x",
      '<ColumnAdd Name="a" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>',
    ),
  ],
  [
    "column-add-pk-ignored",
    "Znuny 7.1 takes one word for true",
    framework(
      "7.1.x",
      '<ColumnAdd Name="a" Required="true" [[PrimaryKey="is true"]] AutoIncrement="true" Type="INTEGER"/>',
    ),
  ],
  [
    "column-add-pk-ignored",
    "of several releases the older ones do not",
    '<ColumnAdd Name="a" Required="true" [[PrimaryKey="true"]] AutoIncrement="true" Type="INTEGER"/>',
    {
      messages: [
        "The column does not become the primary key, because <ColumnAdd> ignores PrimaryKey. This holds before Znuny 7.1.",
      ],
      fixed: null,
    },
  ],
  [
    "column-add-pk-ignored",
    "OTOBO makes none",
    '<ColumnAdd Name="a" Required="true" [[PrimaryKey="true"]] AutoIncrement="true" Type="INTEGER"/>',
    {
      dialect: "otobo-11",
      fixed: '<ColumnAdd Name="a" Required="true" AutoIncrement="true" Type="INTEGER"/>',
    },
  ],
  [
    "column-add-autoincrement",
    "an older Znuny",
    '<ColumnAdd Name="a" Required="true" [[AutoIncrement="true"]] Type="BIGINT"/>',
    {
      dialect: "znuny-6",
      messages: [
        "On MySQL the rows stay without numbers, because Znuny 6 leaves out AutoIncrement when a column is added.",
      ],
    },
  ],
  [
    "column-add-autoincrement",
    "OTOBO before 11",
    '<ColumnAdd Name="a" Required="true" [[AutoIncrement="true"]] Type="BIGINT"/>',
    { dialect: "otobo-10" },
  ],
  [
    "column-add-autoincrement",
    "OTOBO 11 writes what MySQL refuses",
    '<ColumnAdd Name="a" Required="true" PrimaryKey="true" [[AutoIncrement="true"]] Type="BIGINT"/>',
    {
      dialect: "otobo-11",
      messages: ["MySQL refuses AutoIncrement here, because “a” is no key when it is added."],
      severities: ["error"],
    },
  ],
  [
    "column-add-autoincrement",
    "Znuny 7.1 makes it a key",
    framework(
      "7.1.x",
      '<ColumnAdd Name="a" Default="0" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>',
    ),
  ],
  [
    "column-add-autoincrement",
    "on MySQL only a required column gets another statement",
    framework("7.1.x", '<ColumnAdd Name="a" [[AutoIncrement="true"]] Type="BIGINT"/>'),
    messages(
      "On MySQL the rows stay without numbers, because AutoIncrement of a column that is added counts only beside Required or a Default.",
    ),
  ],
  [
    "column-autoincrement-not-first",
    "behind one column",
    rooted(
      `<TableCreate Name="acme_t">
  <Column Name="a" Type="DATE"/>
  <!-- The number -->
  <Column Name="id" PrimaryKey="true" [[AutoIncrement="true"]] Type="BIGINT"></Column>
</TableCreate>`,
    ),
    {
      messages: [
        "The column “a” is missing on PostgreSQL, because Znuny 7 leaves out all columns before one with AutoIncrement.",
      ],
      severities: ["error"],
      fixed: rooted(
        `<TableCreate Name="acme_t">
  <Column Name="id" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"></Column>
  <!-- The number -->
  <Column Name="a" Type="DATE"/>
</TableCreate>`,
      ),
    },
  ],
  [
    "column-autoincrement-not-first",
    "behind several, in an upgrade",
    upgraded(
      `<DatabaseUpgrade Type="post"><TableCreate Name="acme_t" Version="1.2.0"><Column Name="a" Type="DATE"/><Column Name="b" Type="DATE"/><Column Name="id" [[AutoIncrement="true"]] Type="BIGINT"/><Column Name="c" Type="DATE"/></TableCreate></DatabaseUpgrade>`,
    ),
    {
      messages: [
        "2 columns from “a” to “b” are missing on PostgreSQL, because Znuny 7 leaves out all columns before one with AutoIncrement.",
      ],
      fixed: upgraded(
        `<DatabaseUpgrade Type="post"><TableCreate Name="acme_t" Version="1.2.0"><Column Name="id" AutoIncrement="true" Type="BIGINT"/><Column Name="a" Type="DATE"/><Column Name="b" Type="DATE"/><Column Name="c" Type="DATE"/></TableCreate></DatabaseUpgrade>`,
      ),
    },
  ],
  [
    "column-autoincrement-not-first",
    "OTOBO 10 does it, too",
    rooted(
      inCreate('<Column Name="a" Type="DATE"/><Column Name="id" [[AutoIncrement="true"]] Type="BIGINT"/>'),
    ),
    { dialect: "otobo-10" },
  ],
  [
    "column-autoincrement-not-first",
    "OTOBO 11 does not",
    rooted(inCreate('<Column Name="a" Type="DATE"/><Column Name="id" AutoIncrement="true" Type="BIGINT"/>')),
    { dialect: "otobo-11" },
  ],
  [
    "column-autoincrement-not-first",
    "the first column",
    rooted(inCreate('<Column Name="id" AutoIncrement="true" Type="BIGINT"/><Column Name="a" Type="DATE"/>')),
  ],
  [
    "column-add-required-no-default",
    "a change is a warning",
    '<ColumnChange NameOld="a" NameNew="a" [[Required="true"]] Size="8,2" Type="DECIMAL"/>',
    {
      severities: ["warning"],
      fixed: '<ColumnChange NameOld="a" NameNew="a" Required="true" Size="8,2" Type="DECIMAL" Default="0"/>',
    },
  ],
  [
    "column-add-required-no-default",
    "texts and integers are filled",
    inAlter(
      '<ColumnAdd Name="a" Required="true" Type="INTEGER"/><ColumnAdd Name="b" Required="true" Size="20" Type="VARCHAR"/><ColumnAdd Name="c" Type="DATE"/>',
    ),
  ],
  [
    "column-change-names",
    "only the old one",
    '<[[ColumnChange]] NameOld="a" Type="DATE"/>',
    {
      ...messages("The SQL statement fails, because ColumnChange has no NameNew."),
      fixed: '<ColumnChange NameOld="a" Type="DATE" NameNew="a"/>',
    },
  ],
  [
    "column-change-names",
    "only the new one, which PostgreSQL takes for a name of the table",
    '<[[ColumnChange]] NameNew="a" Type="DATE"/>',
    {
      ...messages(
        "PostgreSQL renames the whole table to “a”, and other databases refuse the statement, because ColumnChange has no NameOld.",
      ),
      fixed: '<ColumnChange NameNew="a" Type="DATE" NameOld="a"/>',
    },
  ],
  [
    "column-change-names",
    "a plain name",
    '<ColumnChange [[Name]]="a" Type="DATE"/>',
    { fixed: '<ColumnChange NameOld="a" NameNew="a" Type="DATE"/>' },
  ],
  [
    "nodefault-dialect",
    "OTOBO 10 does not know it",
    '<ColumnChange NameOld="a" NameNew="a" [[NoDefault="true"]] Type="DATE"/>',
    { dialect: "otobo-10" },
  ],
  [
    "nodefault-dialect",
    "OTOBO 11.0.2 reads it",
    '<otobo_package><Framework Minimum="11.0.2">11.0.x</Framework><ColumnChange NameOld="a" NameNew="a" NoDefault="true" Type="DATE"/></otobo_package>',
    { dialect: "otobo-11" },
  ],
  [
    "nodefault-dialect",
    "OTOBO 11.0.1 does not",
    '<ColumnChange NameOld="a" NameNew="a" [[NoDefault="true"]] Type="DATE"/>',
    {
      dialect: "otobo-11",
      messages: [
        "The column loses its default for a moment all the same, because OTOBO 11 does not read NoDefault. This holds before OTOBO 11.0.2.",
      ],
      severities: ["information"],
      fixed: null,
    },
  ],

  // Indexes and keys
  [
    "index-name-missing",
    "a new index and a dropped one",
    inAlter('<[[IndexCreate]]><IndexColumn Name="a"/></IndexCreate><UniqueDrop Name="[[ ]]"/>'),
    {
      messages: [
        "Nothing happens, because <IndexCreate> has no Name.",
        "Nothing happens, because <UniqueDrop> has no Name.",
      ],
      fixed: inAlter(
        '<IndexCreate Name="acme_t_a"><IndexColumn Name="a"/></IndexCreate><UniqueDrop Name=" "/>',
      ),
    },
  ],
  [
    "index-column-missing",
    "keys of a new table without columns",
    inCreate('<[[Index]] Name="acme_t_a"/><[[Unique]] Name="acme_t_b"></Unique>'),
    {
      severities: ["error", "error"],
      messages: [
        "The table is made without this Index, because it names no IndexColumn.",
        "The table is made without this Unique, because it names no UniqueColumn.",
      ],
      fixed: null,
    },
  ],
  [
    "index-column-missing",
    "a column, and one that is misspelt, which is told there",
    inCreate(
      '<Index Name="a"><IndexColumn Name="a"/></Index><Unique Name="b"><uniqueColumn Name="a"/></Unique>',
    ),
  ],
  [
    "unique-name-missing",
    "a name from its columns",
    inCreate('<[[Unique]]><UniqueColumn Name="a"/><UniqueColumn Name="b"/></Unique>'),
    {
      fixed: inCreate('<Unique Name="acme_t_a_b"><UniqueColumn Name="a"/><UniqueColumn Name="b"/></Unique>'),
    },
  ],
  [
    "index-name-length",
    "30, 31 and 64 characters",
    inCreate(
      `<Index Name="${"a".repeat(30)}"/><Index Name="[[${"b".repeat(31)}]]"/><Index Name="[[${"c".repeat(64)}]]"/>`,
    ),
    { severities: ["hint", "error"] },
  ],
  [
    "index-name-length",
    "31 characters matter to Oracle alone",
    `<Index Name="${"b".repeat(31)}"/>`,
    { profile: "framework" },
  ],
  [
    "index-name-generic",
    "only columns and a word for it",
    inCreate('<Index Name="[[title_idx]]"><IndexColumn Name="title"/></Index>'),
    { fixed: inCreate('<Index Name="acme_t_title"><IndexColumn Name="title"/></Index>') },
  ],
  [
    "index-name-generic",
    "the table, also abbreviated, or a word of one's own",
    inCreate(
      '<Index Name="acme_title"><IndexColumn Name="title"/></Index><Index Name="demo_by_title"><IndexColumn Name="title"/></Index>',
    ),
  ],
  ["fk-reference-missing", "none", '<[[ForeignKeyDrop]] ForeignTable="users"/>'],
  [
    "fk-reference-missing",
    "half of one",
    '<ForeignKey ForeignTable="users"><[[Reference]] Foreign="id"/></ForeignKey>',
    messages("The constraint is neither made nor dropped, because its Reference has no Local."),
  ],
  [
    "fk-reference-missing",
    "a misspelt one is another rule's",
    '<ForeignKey ForeignTable="users"><Referense Local="a" Foreign="id"/></ForeignKey>',
  ],
  [
    "fk-duplicate",
    "in two elements",
    inCreate(
      '<ForeignKey ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKey><ForeignKey ForeignTable="users">[[<Reference Local="a" Foreign="id"/>]]</ForeignKey>',
    ),
  ],
  [
    "fk-duplicate",
    "dropped in between",
    inAlter(
      '<ForeignKeyCreate ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKeyCreate><ForeignKeyDrop ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKeyDrop><ForeignKeyCreate ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKeyCreate>',
    ),
  ],
  [
    "fk-name-collision",
    "other columns have other names",
    inCreate(
      '<ForeignKey ForeignTable="users"><Reference Local="a" Foreign="id"/></ForeignKey><ForeignKey ForeignTable="queue"><Reference Local="b" Foreign="id"/></ForeignKey>',
    ),
  ],
  [
    "fk-table-renamed",
    "OTOBO",
    '<Insert Table="[[permission_groups]]"><Data Key="name" Type="Quote">acme</Data></Insert>',
    {
      dialect: "otobo-11",
      fixed: '<Insert Table="groups_table"><Data Key="name" Type="Quote">acme</Data></Insert>',
    },
  ],
  [
    "fk-table-renamed",
    "OTRS",
    '<ForeignKey ForeignTable="[[permission_groups]]"/>',
    {
      dialect: "otrs-6",
      messages: [
        "The SQL statement fails, because the table “permission_groups” is called “groups” in OTRS 6.",
      ],
    },
  ],
  ["fk-table-renamed", "Znuny 6 had both", '<ForeignKey ForeignTable="groups"/>', { dialect: "znuny-6" }],
  [
    "fk-table-renamed",
    "the release alone decides, where it is known",
    '<ForeignKey ForeignTable="[[groups]]"/>',
    {
      dialect: "znuny-6",
      knowledge: knowledgeFor("Znuny", "6.5.4"),
      fixed: '<ForeignKey ForeignTable="permission_groups"/>',
      messages: [
        "The SQL statement fails, because the table “groups” is called “permission_groups” in Znuny 6.5.4.",
      ],
    },
  ],
  [
    "fk-table-renamed",
    "a name of another product, of which no other is right for all releases",
    '<ForeignKey ForeignTable="[[groups_table]]"/>',
    {
      dialect: "znuny-6",
      knowledge: joinKnowledge([knowledgeFor("Znuny", "6.0.36"), knowledgeFor("Znuny", "6.1.2")]),
      fixed: null,
      messages: [
        "The SQL statement fails, because the table “groups_table” is called “permission_groups” in Znuny 6.1.2.",
      ],
    },
  ],
  [
    "fk-table-renamed",
    "the first Znuny 6",
    '<ForeignKey ForeignTable="groups"/>',
    { dialect: "znuny-6", knowledge: knowledgeFor("Znuny", "6.0.36") },
  ],
  [
    "fk-table-renamed",
    "no name is right for all releases of the package",
    '<ForeignKey ForeignTable="[[groups]]"/>',
    {
      dialect: "znuny-6",
      knowledge: joinKnowledge([
        knowledgeFor("OTRS", "6.0.30"),
        knowledgeFor("Znuny", "6.0.36"),
        knowledgeFor("Znuny", "6.1.2"),
        knowledgeFor("Znuny", "6.5.4"),
      ]),
      fixed: null,
      messages: [
        "The SQL statement fails, because the table “groups” is called “permission_groups” in Znuny 6.1.2–6.5.4.",
      ],
    },
  ],

  // Rows
  [
    "insert-key-missing",
    "no table",
    inInstall('<[[Insert]]><Data Key="a">1</Data></Insert>'),
    messages("No row is added, because the Insert has no Table."),
  ],
  [
    "insert-key-missing",
    "no value",
    inInstall('<[[Insert]] Table="t"></Insert>'),
    messages("No row is added on PostgreSQL, because the Insert has no Data."),
  ],
  ["insert-key-missing", "an empty key", inInstall('<Insert Table="t"><Data Key="[[ ]]">1</Data></Insert>')],
  [
    "insert-value-attribute",
    "an empty element",
    '<Data Key="a" [[Value="x &amp; y"]] Type="Quote"/>',
    { fixed: '<Data Key="a" Type="Quote">x &amp; y</Data>' },
  ],
  [
    "insert-value-attribute",
    "the last attribute of an empty element",
    '<Data Key="a" [[Value="1"]] />',
    { fixed: '<Data Key="a">1</Data>' },
  ],
  ["insert-value-attribute", "beside a text", '<Data Key="a" [[Value="1"]]>2</Data>', { fixed: null }],
  [
    "insert-empty-unquoted",
    "only blanks",
    '[[<Data Key="a">]] </Data>',
    { fixed: '<Data Key="a" Type="Quote"> </Data>' },
  ],
  ["insert-empty-unquoted", "an empty element", '<[[Data]] Key="a"/>'],
  [
    "insert-empty-unquoted",
    "quoted, numbered, or in the attribute",
    '<Insert Table="t"><Data Key="a" Type="Quote"/><Data Key="id" Type="AutoIncrement"/><Data Key="b" Value="1"/></Insert>',
  ],
  ["insert-type-case", "any letter case numbers", '<Data Key="id" Type="autoincrement">1</Data>'],
  [
    "insert-type-case",
    "an unknown word",
    '<Data Key="a" Type="[[String]]">x</Data>',
    {
      messages: ["The value is written without quotes, because there is no Type “String”."],
      fixed: '<Data Key="a" Type="Quote">x</Data>',
    },
  ],
  [
    "insert-unquoted-string",
    "what a database can work out",
    '<Insert Table="t"><Data Key="a">-1.5</Data><Data Key="b">NULL</Data><Data Key="c"> current_timestamp </Data><Data Key="d">now()</Data><Data Key="e">1 + (2)</Data></Insert>',
  ],
  [
    "insert-unquoted-string",
    "a date",
    '<Data Key="a">[[2024-05-02]]</Data>',
    { fixed: '<Data Key="a" Type="Quote">2024-05-02</Data>' },
  ],
  [
    "insert-quoted-timestamp",
    "quoted",
    '<Data Key="a" [[Type="Quote"]]>current_timestamp</Data>',
    { fixed: '<Data Key="a">current_timestamp</Data>' },
  ],
  [
    "insert-whitespace",
    "a line break",
    '<Data Key="a" Type="Quote">[[\n  open ]]</Data>',
    { fixed: '<Data Key="a" Type="Quote">open</Data>' },
  ],
  [
    "insert-whitespace",
    "a text of several lines is meant so",
    '<Data Key="a" Type="Quote">\n  Hello,\n  you.\n</Data>',
  ],
  ["insert-whitespace", "numbers do not mind", '<Data Key="a"> 1 </Data>'],
  [
    "insert-whitespace",
    "the present time does",
    '<Data Key="a">[[ current_timestamp]]</Data>',
    {
      messages: [
        "The time comes from the database and not from the framework, because there are blanks around the word.",
      ],
    },
  ],

  // Changes
  [
    "alter-rename-incomplete",
    "the new name alone, beside a name",
    '<[[TableAlter]] Name="a" NameNew="b"/>',
    messages("The table is not renamed, because TableAlter has no NameOld."),
  ],
  [
    "alter-rename-incomplete",
    "Table in place of Name",
    '<[[TableAlter]] Table="a"><ColumnDrop Name="x"/></TableAlter>',
    { fixed: '<TableAlter Table="a" Name="a"><ColumnDrop Name="x"/></TableAlter>' },
  ],
  ["alter-rename-incomplete", "another letter case is another rule's", '<TableAlter name="a"/>'],
  ["alter-empty", "a renaming is something", '<TableAlter NameOld="a" NameNew="b"/>'],
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

for (const [id, name, text, expected] of cases) {
  test(`${id}: ${name}`, () => checkRule(byId.get(id)!, text, expected));
}

const twice: readonly Case[] = [
  [
    "column-add-pk-ignored",
    "each database has its own condition",
    framework("7.1.x", '<ColumnAdd Name="a" [[PrimaryKey="true"]] Type="INTEGER"/>'),
    messages(
      "On MySQL the column does not become the primary key, because PrimaryKey of a column that is added counts there only beside Required or a Default.",
      "On PostgreSQL the column does not become the primary key, because PrimaryKey of a column that is added counts there only beside AutoIncrement.",
    ),
  ],
  [
    "column-add-autoincrement",
    "of several releases each does it wrong in its own way",
    '<ColumnAdd Name="a" Required="true" [[AutoIncrement="true"]] Type="BIGINT"/>',
    {
      messages: [
        "On MySQL the rows stay without numbers, because Znuny 7 leaves out AutoIncrement when a column is added. This holds before Znuny 7.1.",
        "MySQL refuses AutoIncrement here, because “a” is no key when it is added. This holds from Znuny 7.1 on.",
      ],
      fixed: null,
    },
  ],
];
for (const [id, name, markedText, expected] of twice) {
  test(`${id}: ${name}`, () => {
    const once = marked(markedText);
    checkRule(byId.get(id)!, { ...once, ranges: [...once.ranges, ...once.ranges] }, expected);
  });
}

test("insert-whitespace: in CDATA it is seen and left alone", () => {
  const text = marked('<Data Key="a" Type="Quote">«<![CDATA[ open ]]>»</Data>', { open: "«", close: "»" });
  checkRule(byId.get("insert-whitespace")!, text, { fixed: null });
});
