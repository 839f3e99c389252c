import {
  changePhase,
  changeVersion,
  columnAutoIncrement,
  columnDefault,
  columnName,
  columnRequired,
  columnSize,
  columnType,
  databaseConditions,
} from "./database-attributes.ts";
import type { AttributeFact, ElementFact } from "./element-fact.ts";

const sections = ["DatabaseInstall", "DatabaseUpgrade", "DatabaseReinstall", "DatabaseUninstall"];

const foreignTable: AttributeFact = {
  name: "ForeignTable",
  required: true,
  type: "table",
  summary: "The table that is referred to.",
  details:
    "The table of groups differs by product: `groups` in OTRS, `permission_groups` in Znuny from 6.1 on, `groups_table` in OTOBO.",
};

/** What may stand in a database section: tables, columns, keys and rows. */
export const databaseElements: readonly ElementFact[] = [
  {
    name: "TableCreate",
    parents: sections,
    repeat: "many",
    content: "elements",
    attributes: [tableName("The name of the new table."), changeVersion, changePhase, ...databaseConditions],
    readBy: "SQL generator",
    summary: "Creates a table.",
    details:
      "It is not guarded: creating a table that exists fails with a line in the log. Only one column can be the primary key, of several the last wins. Foreign keys are created after all tables of the phase, in an upgrade after this one element.",
    example:
      '<TableCreate Name="acme_contract">\n    <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>\n    <Column Name="title" Required="true" Size="200" Type="VARCHAR"/>\n    <Unique Name="acme_contract_title">\n        <UniqueColumn Name="title"/>\n    </Unique>\n</TableCreate>',
    snippet:
      '<TableCreate Name="${1:table_name}">\n    <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>\n    $0\n</TableCreate>',
    source: "OTOBO 11 and Znuny 7.1, TableCreate of the database drivers",
  },
  {
    name: "Table",
    parents: sections,
    repeat: "many",
    content: "elements",
    attributes: [tableName("The name of the new table."), changeVersion, changePhase, ...databaseConditions],
    readBy: "SQL generator",
    obsolete: true,
    summary: "Another name of `TableCreate`, used by the frameworks' own schema files.",
    details: "It works in packages, but write `TableCreate`: tools that check packages know only that.",
    example:
      '<Table Name="acme_contract">\n    <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>\n</Table>',
    source: "OTOBO 11 and Znuny 7.1, SQLProcessor",
  },
  {
    name: "Column",
    parents: ["TableCreate", "Table"],
    repeat: "some",
    content: "empty",
    attributes: [
      columnName,
      columnType,
      columnSize,
      columnRequired,
      {
        name: "PrimaryKey",
        values: ["true", "false"],
        anyCase: true,
        type: "boolean",
        default: "false",
        summary: "`true` makes the column the primary key.",
        details:
          "Keys of several columns are not possible: MySQL and PostgreSQL take the last one, Oracle fails at the second. Any value that contains `true` counts.",
      },
      columnAutoIncrement,
      columnDefault,
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "A column of a new table.",
    details: "Nothing checks the attributes: a mistake shows as a failed SQL statement in the log.",
    example: '<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>',
    snippet: '<Column Name="${1:name}" Required="${2|true,false|}" Size="${3:200}" Type="${4:VARCHAR}"/>',
    source: "OTOBO 11 and Znuny 7.1, TableCreate of the database drivers",
  },
  {
    name: "Index",
    parents: ["TableCreate", "Table"],
    repeat: "many",
    content: "elements",
    attributes: [indexName("The name of the index."), ...databaseConditions],
    readBy: "SQL generator",
    summary: "An index of a new table.",
    details:
      "Without `Name` the whole statement is broken on MySQL, and the index is left out elsewhere. PostgreSQL looks for the name in the whole database and skips an index whose name exists anywhere, so begin it with the table's name. Several of one name are joined.",
    example: '<Index Name="acme_contract_owner_id">\n    <IndexColumn Name="owner_id"/>\n</Index>',
    snippet: '<Index Name="${1:table_name_column}">\n    <IndexColumn Name="${2:column}"/>\n</Index>',
    source: "OTOBO 11 and Znuny 7.1, IndexCreate of the database drivers",
  },
  {
    name: "IndexColumn",
    parents: ["Index", "IndexCreate"],
    repeat: "some",
    content: "empty",
    attributes: [
      columnName,
      {
        name: "Size",
        type: "number",
        summary: "How many characters of the column MySQL puts into the index.",
        details:
          "MySQL needs it for `LONGBLOB` and for a `VARCHAR` above 255, MariaDB beside other columns only; other databases ignore it.",
      },
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "A column of an index.",
    example: '<IndexColumn Name="note" Size="100"/>',
    snippet: '<IndexColumn Name="${1:column}"/>',
    source: "OTOBO 11 and Znuny 7.1, IndexCreate of the database drivers",
  },
  {
    name: "Unique",
    parents: ["TableCreate", "Table"],
    repeat: "many",
    content: "elements",
    attributes: [
      {
        ...indexName("The name of the constraint."),
        required: false,
        advised: true,
        details:
          "Without it the name ends in a random number, differs from system to system, and the constraint can never be dropped by a package. At most 60 characters; above 30 Oracle gets a shortened one.",
      },
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Columns of a new table whose values must not occur twice together.",
    details:
      "MySQL, unlike MariaDB, cannot make a `VARCHAR` above 255 or a `LONGBLOB` unique. PostgreSQL skips a constraint whose name exists anywhere in the database.",
    example: '<Unique Name="acme_contract_title">\n    <UniqueColumn Name="title"/>\n</Unique>',
    snippet: '<Unique Name="${1:table_name_column}">\n    <UniqueColumn Name="${2:column}"/>\n</Unique>',
    source: "OTOBO 11 and Znuny 7.1, UniqueCreate of the database drivers",
  },
  {
    name: "UniqueColumn",
    parents: ["Unique", "UniqueCreate"],
    repeat: "some",
    content: "empty",
    attributes: [columnName, ...databaseConditions],
    readBy: "SQL generator",
    summary: "A column of a unique constraint.",
    details: "It takes no `Size`, other than `IndexColumn`.",
    example: '<UniqueColumn Name="title"/>',
    snippet: '<UniqueColumn Name="${1:column}"/>',
    source: "OTOBO 11 and Znuny 7.1, UniqueCreate of the database drivers",
  },
  {
    name: "ForeignKey",
    parents: ["TableCreate", "Table"],
    repeat: "many",
    content: "elements",
    attributes: [foreignTable, ...databaseConditions],
    readBy: "SQL generator",
    summary: "Columns of a new table that refer to rows of another one.",
    details:
      "MySQL demands the same integer type on both sides, so look up the type of the other table's `id`. The name of the constraint is made from the local table and column and the foreign column, without the foreign table: two keys from one column to the `id` of two tables get the same name, and the second is silently left out.",
    example:
      '<ForeignKey ForeignTable="users">\n    <Reference Local="create_by" Foreign="id"/>\n</ForeignKey>',
    snippet:
      '<ForeignKey ForeignTable="${1:users}">\n    <Reference Local="${2:create_by}" Foreign="${3:id}"/>\n</ForeignKey>',
    source: "OTOBO 11 and Znuny 7.1, ForeignKeyCreate of the database drivers",
  },
  {
    name: "Reference",
    parents: ["ForeignKey", "ForeignKeyCreate", "ForeignKeyDrop"],
    repeat: "some",
    content: "empty",
    attributes: [
      { name: "Local", required: true, type: "column", summary: "The column of this table." },
      {
        name: "Foreign",
        required: true,
        type: "column",
        summary: "The column of the other table, mostly `id`.",
      },
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Which local column refers to which foreign one.",
    details: "Every reference makes a constraint of its own.",
    example: '<Reference Local="create_by" Foreign="id"/>',
    snippet: '<Reference Local="${1:create_by}" Foreign="${2:id}"/>',
    source: "OTOBO 11 and Znuny 7.1, ForeignKeyCreate of the database drivers",
  },
  {
    name: "TableAlter",
    parents: sections,
    repeat: "many",
    content: "elements",
    attributes: [
      {
        name: "Name",
        advised: true,
        type: "table",
        summary: "The name of the table to change.",
        details:
          "Needed unless `NameOld` and `NameNew` rename the table; beside them it wins for the changes that follow.",
      },
      {
        name: "NameOld",
        type: "table",
        summary: "The present name of a table that is to be renamed; goes with `NameNew`.",
        details: "Indexes, unique constraints and foreign keys keep their names.",
      },
      {
        name: "NameNew",
        type: "table",
        summary: "The new name of the table; goes with `NameOld`.",
        details: "The table is renamed first, and changes in the same element already go to the new name.",
      },
      changeVersion,
      changePhase,
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Changes a table: its name, columns, indexes and keys.",
    details:
      "The changes are made in the order they are written. Adding and dropping columns is not guarded, so running it twice fails with lines in the log; indexes, unique constraints and foreign keys are guarded.",
    example:
      '<TableAlter Name="acme_contract" Version="1.1.0">\n    <ColumnAdd Name="owner_id" Required="true" Type="INTEGER" Default="1"/>\n</TableAlter>',
    snippet: '<TableAlter Name="${1:table_name}" Version="${2:${VERSION}}">\n    $0\n</TableAlter>',
    source: "OTOBO 11 and Znuny 7.1, TableAlter of the database drivers",
  },
  {
    name: "ColumnAdd",
    parents: ["TableAlter"],
    repeat: "many",
    content: "empty",
    attributes: [
      columnName,
      columnType,
      columnSize,
      columnRequired,
      columnDefault,
      {
        name: "PrimaryKey",
        values: ["true", "false"],
        anyCase: true,
        type: "boolean",
        obsolete: true,
        summary:
          "Only Znuny from 7.1 on makes a column that is added the primary key: on MySQL where it is required or has a default, on PostgreSQL where it has `AutoIncrement`.",
      },
      {
        ...columnAutoIncrement,
        details:
          "OTRS, OTOBO 10 and Znuny before 7.1 ignore it on MySQL. OTOBO 11 writes it, and MySQL refuses it, because the column is no key; Znuny from 7.1 on can make it one with `PrimaryKey`. On Oracle only Znuny from 7.1 on adds what numbers the rows.",
      },
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Adds a column to a table.",
    details:
      "The column is added as nullable, then existing rows get the default. A required column without `Default` fills them with `0` if its type is an integer, otherwise with an empty text, which MySQL and PostgreSQL refuse for `DATE` and `DECIMAL`.",
    example: '<ColumnAdd Name="owner_id" Required="true" Type="INTEGER" Default="1"/>',
    snippet: '<ColumnAdd Name="${1:name}" Required="${2|false,true|}" Size="${3:200}" Type="${4:VARCHAR}"/>',
    source: "OTOBO 11 and Znuny 7.1, ColumnAdd of the database drivers",
  },
  {
    name: "ColumnChange",
    parents: ["TableAlter"],
    repeat: "many",
    content: "empty",
    attributes: [
      { ...columnName, name: "NameOld", summary: "The present name of the column." },
      {
        ...columnName,
        name: "NameNew",
        summary: "The new name of the column; write the present one to keep it.",
      },
      columnType,
      columnSize,
      columnRequired,
      columnDefault,
      {
        ...columnAutoIncrement,
        details: "OTOBO 11 on MySQL only; the others ignore it.",
      },
      {
        name: "NoDefault",
        values: ["true", "false"],
        anyCase: true,
        type: "boolean",
        where: "mysqlNoDefault",
        summary: "`true` makes the change in one statement, without resetting default and NOT NULL first.",
        details: "OTOBO from 11.0.2 on, on MySQL only.",
      },
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Changes the name, type, size or other properties of a column.",
    details:
      "Both names are needed, also to keep the name; an attribute `Name` is not read. NOT NULL is dropped, and on MySQL and Oracle the default too, unless `Required` and `Default` are stated again.",
    example: '<ColumnChange NameOld="title" NameNew="title" Required="true" Size="250" Type="VARCHAR"/>',
    snippet:
      '<ColumnChange NameOld="${1:name}" NameNew="${2:name}" Required="${3|false,true|}" Size="${4:200}" Type="${5:VARCHAR}"/>',
    source: "OTOBO 11 and Znuny 7.1, ColumnChange of the database drivers",
  },
  {
    name: "ColumnDrop",
    parents: ["TableAlter"],
    repeat: "many",
    content: "empty",
    attributes: [columnName, ...databaseConditions],
    readBy: "SQL generator",
    summary: "Drops a column with its data.",
    details: "It is not guarded: dropping a column that does not exist fails with a line in the log.",
    example: '<ColumnDrop Name="owner_id"/>',
    snippet: '<ColumnDrop Name="${1:name}"/>',
    source: "OTOBO 11 and Znuny 7.1, TableAlter of the database drivers",
  },
  {
    name: "IndexCreate",
    parents: ["TableAlter"],
    repeat: "many",
    content: "elements",
    attributes: [indexName("The name of the index."), ...databaseConditions],
    readBy: "SQL generator",
    summary: "Adds an index to a table.",
    details:
      "It is skipped when an index of that name exists, on PostgreSQL when it exists on any table. Without `Name` it is left out with a line in the log.",
    example:
      '<IndexCreate Name="acme_contract_owner_id">\n    <IndexColumn Name="owner_id"/>\n</IndexCreate>',
    snippet:
      '<IndexCreate Name="${1:table_name_column}">\n    <IndexColumn Name="${2:column}"/>\n</IndexCreate>',
    source: "OTOBO 11 and Znuny 7.1, IndexCreate of the database drivers",
  },
  {
    name: "IndexDrop",
    parents: ["TableAlter"],
    repeat: "many",
    content: "empty",
    attributes: [indexName("The name of the index."), ...databaseConditions],
    readBy: "SQL generator",
    summary: "Drops an index of a table.",
    details: "It is skipped when there is no such index.",
    example: '<IndexDrop Name="acme_contract_owner_id"/>',
    snippet: '<IndexDrop Name="${1:table_name_column}"/>',
    source: "OTOBO 11 and Znuny 7.1, IndexDrop of the database drivers",
  },
  {
    name: "UniqueCreate",
    parents: ["TableAlter"],
    repeat: "many",
    content: "elements",
    attributes: [indexName("The name of the constraint."), ...databaseConditions],
    readBy: "SQL generator",
    summary: "Adds a unique constraint to a table.",
    details:
      "It is skipped when a constraint of that name exists, and fails with a line in the log when existing rows contradict it. Without `Name` it is left out.",
    example: '<UniqueCreate Name="acme_contract_title">\n    <UniqueColumn Name="title"/>\n</UniqueCreate>',
    snippet:
      '<UniqueCreate Name="${1:table_name_column}">\n    <UniqueColumn Name="${2:column}"/>\n</UniqueCreate>',
    source: "OTOBO 11 and Znuny 7.1, UniqueCreate of the database drivers",
  },
  {
    name: "UniqueDrop",
    parents: ["TableAlter"],
    repeat: "many",
    content: "empty",
    attributes: [indexName("The name of the constraint."), ...databaseConditions],
    readBy: "SQL generator",
    summary: "Drops a unique constraint of a table.",
    details:
      "It is skipped when there is no such constraint. One that was created without a name cannot be dropped, since its name is random.",
    example: '<UniqueDrop Name="acme_contract_title"/>',
    snippet: '<UniqueDrop Name="${1:table_name_column}"/>',
    source: "OTOBO 11 and Znuny 7.1, UniqueDrop of the database drivers",
  },
  {
    name: "ForeignKeyCreate",
    parents: ["TableAlter"],
    repeat: "many",
    content: "elements",
    attributes: [foreignTable, ...databaseConditions],
    readBy: "SQL generator",
    summary: "Adds foreign keys to a table.",
    details:
      "Unlike those of a new table it is made in place, so the other table has to exist already. Without `Reference` nothing happens. It is skipped when a constraint of the same made-up name exists.",
    example:
      '<ForeignKeyCreate ForeignTable="users">\n    <Reference Local="owner_id" Foreign="id"/>\n</ForeignKeyCreate>',
    snippet:
      '<ForeignKeyCreate ForeignTable="${1:users}">\n    <Reference Local="${2:create_by}" Foreign="${3:id}"/>\n</ForeignKeyCreate>',
    source: "OTOBO 11 and Znuny 7.1, ForeignKeyCreate of the database drivers",
  },
  {
    name: "ForeignKeyDrop",
    parents: ["TableAlter"],
    repeat: "many",
    content: "elements",
    attributes: [foreignTable, ...databaseConditions],
    readBy: "SQL generator",
    summary: "Drops foreign keys of a table.",
    details: "It needs the same `Reference` elements as the creation; without them nothing happens.",
    example:
      '<ForeignKeyDrop ForeignTable="users">\n    <Reference Local="owner_id" Foreign="id"/>\n</ForeignKeyDrop>',
    snippet:
      '<ForeignKeyDrop ForeignTable="${1:users}">\n    <Reference Local="${2:create_by}" Foreign="${3:id}"/>\n</ForeignKeyDrop>',
    source: "OTOBO 11 and Znuny 7.1, ForeignKeyDrop of the database drivers",
  },
  {
    name: "TableDrop",
    parents: sections,
    repeat: "many",
    content: "empty",
    attributes: [
      tableName("The name of the table to drop."),
      changeVersion,
      changePhase,
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Drops a table with its rows.",
    details:
      "MySQL and PostgreSQL refuse while another table refers to it, so drop that one first; Oracle drops the references along. Only MySQL takes it quietly when there is no such table.",
    example: '<TableDrop Name="acme_contract"/>',
    snippet: '<TableDrop Name="${1:table_name}"/>',
    source: "OTOBO 11 and Znuny 7.1, TableDrop of the database drivers",
  },
  {
    name: "Insert",
    parents: sections,
    repeat: "many",
    content: "elements",
    attributes: [
      { name: "Table", required: true, type: "table", summary: "The table that gets the new row." },
      changeVersion,
      changePhase,
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "Adds one row to a table.",
    details:
      "It is not guarded: run twice, it adds the row twice or fails on a unique constraint. The foreign keys of new tables come after all rows of the phase, which then have to satisfy them.",
    example:
      '<Insert Table="acme_contract_state">\n    <Data Key="name" Type="Quote">open</Data>\n    <Data Key="create_time">current_timestamp</Data>\n</Insert>',
    snippet:
      '<Insert Table="${1:table_name}">\n    <Data Key="${2:column}" Type="Quote">$0</Data>\n</Insert>',
    source: "OTOBO 11 and Znuny 7.1, Insert of the database drivers",
  },
  {
    name: "Data",
    parents: ["Insert"],
    repeat: "some",
    content: "text",
    attributes: [
      { name: "Key", required: true, type: "column", summary: "The column that gets the value." },
      {
        name: "Type",
        values: ["Quote", "AutoIncrement"],
        summary:
          "`Quote` for texts, `AutoIncrement` for the number of a self-numbering column, nothing for numbers.",
        details:
          "`Quote` in another letter case leaves the value unquoted. With `AutoIncrement` PostgreSQL and Oracle leave the column out and number the row themselves, while MySQL takes the given number.",
      },
      {
        name: "Value",
        obsolete: true,
        summary: "The value in the old place; write it as text instead.",
        details: "It still wins over the text and logs an error each time.",
      },
      {
        name: "Translatable",
        values: ["0", "1"],
        summary: "Marks the text for translation tools.",
        details: "It has no effect when a package is installed.",
      },
      ...databaseConditions,
    ],
    readBy: "SQL generator",
    summary: "The value of one column in a new row.",
    details:
      "The text is taken with all blanks and line breaks around it. Unquoted it must be a number, NULL or a function call, and an empty one gives broken SQL; exactly `current_timestamp` becomes the present time, but only unquoted.",
    example: '<Data Key="name" Type="Quote">open</Data>',
    snippet: '<Data Key="${1:column}" Type="Quote">$0</Data>',
    source: "OTOBO 11 and Znuny 7.1, Insert of the database drivers",
  },
];

function tableName(summary: string): AttributeFact {
  return {
    name: "Name",
    required: true,
    type: "table",
    summary,
    details:
      "Names are never quoted in SQL: use lower case letters, digits and `_`, at most 30 characters for Oracle, and no reserved word.",
  };
}

function indexName(summary: string): AttributeFact {
  return {
    name: "Name",
    required: true,
    summary,
    details: "At most 60 characters; above 30 Oracle gets a shortened one. Begin it with the table's name.",
  };
}
