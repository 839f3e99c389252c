import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { generateSql } from "../../server/src/database/generate-sql.ts";
import type { BrokenStatement, SchemaChange } from "../../server/src/database/schema-change.ts";
import { fittingName } from "../../server/src/database/sql/names.ts";
import type { SqlScript } from "../../server/src/database/sql-script.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { databaseTags } from "../support/database-tags.ts";

describe("a table with everything in it", () => {
  const xml = `<TableCreate Name="acme_item">
    <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
    <Column Name="title" Required="true" Size="250" Type="VARCHAR"/>
    <Column Name="note" Size="3000" Type="VARCHAR"/>
    <Column Name="price" Default="0" Size="10,2" Type="DECIMAL"/>
    <Column Name="state_id" Required="true" Default="1" Type="SMALLINT"/>
    <Column Name="flag" Required="true" Default="" Size="20" Type="VARCHAR"/>
    <Column Name="create_by" Required="true" Type="INTEGER"/>
    <Unique Name="acme_item_title"><UniqueColumn Name="title"/></Unique>
    <Index Name="acme_item_note"><IndexColumn Name="note" Size="100"/><IndexColumn Name="state_id"/></Index>
    <ForeignKey ForeignTable="users"><Reference Local="create_by" Foreign="id"/></ForeignKey>
  </TableCreate>`;

  test("MySQL makes the keys with the table", () => {
    checkMain("mysql", xml, [
      `CREATE TABLE acme_item (
    id BIGINT NOT NULL AUTO_INCREMENT,
    title VARCHAR (250) NOT NULL,
    note TEXT NULL,
    price DECIMAL (10,2) NULL DEFAULT '0',
    state_id SMALLINT NOT NULL DEFAULT 1,
    flag VARCHAR (20) NOT NULL DEFAULT '',
    create_by INTEGER NOT NULL,
    PRIMARY KEY(id),
    UNIQUE INDEX acme_item_title (title),
    INDEX acme_item_note (note(100), state_id)
)`,
    ]);
  });

  test("PostgreSQL makes the index behind it, if no index of the database has its name", () => {
    checkMain("postgresql", xml, [
      `CREATE TABLE acme_item (
    id bigserial NOT NULL,
    title VARCHAR (250) NOT NULL,
    note VARCHAR (3000) NULL,
    price DECIMAL (10,2) DEFAULT '0' NULL,
    state_id SMALLINT DEFAULT 1 NOT NULL,
    flag VARCHAR (20) DEFAULT '' NOT NULL,
    create_by INTEGER NOT NULL,
    PRIMARY KEY(id),
    CONSTRAINT acme_item_title UNIQUE (title)
)`,
      `DO $$
BEGIN
IF NOT EXISTS (
    SELECT 1
    FROM pg_indexes
    WHERE LOWER(indexname) = LOWER('acme_item_note')
    ) THEN
    CREATE INDEX acme_item_note ON acme_item (note, state_id);
END IF;
END$$;
`,
    ]);
  });

  test("Oracle leaves false defaults of texts out, with what is required, and counts by a trigger", () => {
    const { main } = generate("oracle", xml);
    assert.equal(
      main[0]!.sql,
      `CREATE TABLE acme_item (
    id NUMBER (20, 0) NOT NULL,
    title VARCHAR2 (250) NOT NULL,
    note VARCHAR2 (3000) NULL,
    price DECIMAL (10,2) NULL,
    state_id NUMBER (5, 0) DEFAULT 1 NOT NULL,
    flag VARCHAR2 (20) NULL,
    create_by NUMBER (12, 0) NOT NULL,
    CONSTRAINT acme_item_title UNIQUE (title)
)`,
    );
    assert.deepEqual(
      main.map(({ change }) => change?.kind),
      ["create-table", "add-primary-key", "auxiliary", "auxiliary", "auxiliary", "auxiliary", "add-key"],
    );
  });

  test("its meaning is in the words of the database", () => {
    const [change] = changes("mysql", xml);
    assert.ok(change?.kind === "create-table");
    assert.equal(change.primaryKey, "id");
    assert.deepEqual(change.columns[3], {
      ...{ name: "price", type: "DECIMAL (10,2)", nullable: true, default: "'0'", autoIncrement: false },
    });
    assert.deepEqual(
      change.keys.map(({ name, unique, columns }) => [name, unique, columns.map(({ size }) => size)]),
      [
        ["acme_item_title", true, [undefined]],
        ["acme_item_note", false, ["100", undefined]],
      ],
    );
  });

  test("each statement points at the tag that it comes from", () => {
    const { main, post } = generate("oracle", xml);
    assert.deepEqual(
      main.map(({ tag }) => tag.attributes.get("Name")),
      ["acme_item", "id", "id", "id", "id", "id", "acme_item_note"],
    );
    assert.deepEqual([...new Set(post.map(({ tag }) => tag.name))], ["Reference"]);
  });
});

describe("names that are too long", () => {
  const names: readonly (readonly [string, number, string])[] = [
    [
      "FK_acme_contract_line_attachment_contract_line_attachment_id_id",
      60,
      "FK_acme_contract_line_attachment_contract_line_attachment_60",
    ],
    [
      "FK_acme_contract_line_attachment_contract_line_id_id",
      60,
      "FK_acme_contract_line_attachment_contract_line_id_id",
    ],
    ["FK_acme_contract_change_by_id_id", 30, "FK_acme_contract_change_by_iba"],
    ["FK_acme_contract_line_contract_id_id", 30, "FK_acme_contract_line_contraa6"],
    ["SE_acme_contract_line_attachment", 28, "SE_acme_contract_line_attaf3"],
    ["PK_acme_contract_line_attachment", 30, "PK_acme_contract_line_attach06"],
  ];
  for (const [name, limit, expected] of names)
    test(name, () => assert.equal(fittingName(name, limit), expected));

  test("a name as long as the limit stays", () => {
    const name = "FK_".padEnd(30, "x");
    assert.equal(fittingName(name, 30), name);
  });

  test("two foreign keys with the same columns to different tables have one name", () => {
    const reference = '<Reference Local="owner_id" Foreign="id"/>';
    const xml = `<TableCreate Name="t"><Column Name="owner_id" Type="INTEGER"/>
      <ForeignKey ForeignTable="users">${reference}</ForeignKey>
      <ForeignKey ForeignTable="roles">${reference}</ForeignKey></TableCreate>`;
    const keys = generate("mysql", xml).post.flatMap(({ change }) =>
      change?.kind === "add-foreign-key" ? [`${change.name} ${change.foreignTable} ${change.guard}`] : [],
    );
    assert.deepEqual(keys, ["FK_t_owner_id_id roles skip", "FK_t_owner_id_id users skip"]);
  });
});

describe("where an element stands", () => {
  test("elements count by their names, in whatever element they stand", () => {
    const xml = '<Group><TableDrop Name="a"/></Group><PackageMerge><TableDrop Name="b"/></PackageMerge>';
    checkMain("postgresql", xml, ["DROP TABLE a", "DROP TABLE b"]);
  });

  test("letter case counts", () => checkMain("mysql", '<tabledrop Name="a"/><TABLEDROP Name="b"/>', []));

  test("a stray element gives its name to the table that is dropped next", () => {
    checkMain("mysql", '<ColumnDrop Name="stray"/><TableDrop Name="meant"/>', ["DROP TABLE IF EXISTS stray"]);
  });

  test("data outside of an insert belongs to the next", () => {
    const xml = '<Data Key="a">1</Data><Insert Table="t"><Data Key="b">2</Data></Insert>';
    checkMain("mysql", xml, ["INSERT INTO t (a, b)\n    VALUES\n    (1, 2)"]);
  });

  test("a key inside a table that is altered goes for nothing, and its columns to the next key", () => {
    const xml = `<TableAlter Name="t"><Index Name="lost"><IndexColumn Name="a"/></Index>
      <IndexCreate Name="made"><IndexColumn Name="b"/></IndexCreate></TableAlter>`;
    const [change] = changes("postgresql", xml);
    assert.ok(change?.kind === "add-key");
    assert.equal(change.key.name, "made");
    assert.deepEqual(
      change.key.columns.map(({ name }) => name),
      ["a", "b"],
    );
  });

  test("foreign keys of new tables wait, those of altered tables do not", () => {
    const reference = '<Reference Local="a" Foreign="id"/>';
    const script = generate(
      "postgresql",
      `<TableCreate Name="t"><Column Name="a" Type="INTEGER"/><ForeignKey ForeignTable="p">${reference}</ForeignKey></TableCreate>
       <TableAlter Name="u"><ForeignKeyCreate ForeignTable="p">${reference}</ForeignKeyCreate></TableAlter>`,
    );
    assert.deepEqual(
      script.main.map(({ change }) => change?.kind),
      ["create-table", "add-foreign-key"],
    );
    assert.deepEqual(
      script.post.map(({ change }) => change?.kind),
      ["add-foreign-key"],
    );
  });

  test("a table inside a table runs into it", () => {
    const inner = '<TableCreate Name="inner"><Column Name="a" Type="DATE"/></TableCreate>';
    const [change] = changes("mysql", `<TableCreate Name="outer">${inner}</TableCreate>`);
    assert.equal(change?.kind, "broken");
  });
});

describe("altering", () => {
  test("later statements call a renamed table by Name if there is one", () => {
    const xml = '<TableAlter NameOld="a" NameNew="b" Name="c"><ColumnDrop Name="x"/></TableAlter>';
    checkMain("mysql", xml, ["ALTER TABLE a RENAME b", "ALTER TABLE c DROP x"]);
  });

  test("a table is not renamed without both names", () => {
    checkMain("mysql", '<TableAlter NameNew="b"><ColumnDrop Name="x"/></TableAlter>', [
      "ALTER TABLE b DROP x",
    ]);
  });

  test("a name is not handed on to a key that has none, a foreign table is", () => {
    const reference = '<Reference Local="a" Foreign="id"/>';
    const { main, log } = generate(
      "postgresql",
      `<TableAlter Name="t"><UniqueDrop Name="u"/><IndexDrop/>
       <ForeignKeyDrop ForeignTable="p">${reference}</ForeignKeyDrop><ForeignKeyCreate>${reference}</ForeignKeyCreate></TableAlter>`,
    );
    assert.deepEqual(
      main.map(({ change }) => change?.kind),
      ["drop-key", "drop-foreign-key", "add-foreign-key"],
    );
    assert.deepEqual(
      log.map(({ id, tag }) => [id, tag.name]),
      [["need-name", "IndexDrop"]],
    );
  });

  test("a foreign key without reference goes for nothing, one without a column is logged", () => {
    const { main, log } = generate(
      "mysql",
      `<TableAlter Name="t"><ForeignKeyCreate ForeignTable="p"/>
       <ForeignKeyCreate ForeignTable="p"><Reference Local="a"/></ForeignKeyCreate></TableAlter>`,
    );
    assert.deepEqual(main, []);
    assert.deepEqual(
      log.map(({ id }) => id),
      ["need-columns"],
    );
  });

  const changed = '<TableAlter Name="t"><ColumnChange NameOld="a" NameNew="b" Type="VARCHAR" Size="5000"';
  test("Oracle moves a renamed column to a CLOB through a column of its own, and fills it", () => {
    checkMain("oracle", `${changed} Default="x"/></TableAlter>`, [
      "ALTER TABLE t RENAME COLUMN a TO b",
      "ALTER TABLE t ADD b_TEMP CLOB NULL",
      "UPDATE t SET b_TEMP = b",
      "ALTER TABLE t DROP COLUMN b",
      "ALTER TABLE t RENAME COLUMN b_TEMP TO b",
      "UPDATE t SET b = 'x' WHERE b IS NULL",
      "ALTER TABLE t MODIFY b CLOB DEFAULT 'x'",
    ]);
  });

  test("MySQL takes the default from a LONGTEXT, which has none, but not from other texts", () => {
    const long = changed.replace("5000", "20000000");
    assert.equal(generate("mysql", `${changed}/></TableAlter>`).main.length, 1);
    assert.deepEqual(
      generate("mysql", `${long}/></TableAlter>`).main.map(({ sql }) => sql),
      ["ALTER TABLE t CHANGE a b LONGTEXT NULL", "ALTER TABLE t CHANGE b b LONGTEXT DEFAULT NULL"],
    );
  });

  test("a counter alone is asked of MySQL in vain", () => {
    const xml = '<TableAlter Name="t"><ColumnAdd Name="n" AutoIncrement="true" Type="BIGINT"/></TableAlter>';
    checkMain("mysql", xml, ["ALTER TABLE t ADD n BIGINT NULL"]);
  });

  const noDefault = `<TableAlter Name="t">
    <ColumnChange NameOld="a" NameNew="b" Type="INTEGER" Default="5" NoDefault="TRUE" AutoIncrement="true" Required="true"/>
  </TableAlter>`;
  test("NoDefault leaves one statement in OTOBO, which takes the old name for the new one", () => {
    checkMain("mysql", noDefault, ["ALTER TABLE t CHANGE b b INTEGER NOT NULL AUTO_INCREMENT"], "otobo-11");
  });
  test("NoDefault and the counter of a changed column are unknown to Znuny", () => {
    checkMain(
      "mysql",
      noDefault,
      [
        "ALTER TABLE t CHANGE a b INTEGER NULL",
        "ALTER TABLE t CHANGE b b INTEGER DEFAULT NULL",
        "UPDATE t SET b = 5 WHERE b IS NULL",
        "ALTER TABLE t CHANGE b b INTEGER DEFAULT 5 NOT NULL",
      ],
      "znuny-7",
    );
  });

  const nameless = `<TableAlter Name="t"><ColumnChange Name="a" NameNew="a" Type="VARCHAR" Size="20"/></TableAlter>`;
  test("a change without NameOld: PostgreSQL gives the table the new name of the column", () => {
    checkMain("postgresql", nameless, [
      "ALTER TABLE t RENAME  TO a",
      "ALTER TABLE t ALTER a TYPE VARCHAR (20)",
      "ALTER TABLE t ALTER a DROP NOT NULL",
    ]);
    assert.deepEqual(changes("postgresql", nameless), [
      { kind: "rename-table", from: "t", to: "a" },
      { kind: "alter-column", table: "t", column: "a", type: "VARCHAR (20)" },
      { kind: "alter-column", table: "t", column: "a", nullable: true },
    ]);
  });
  test("a change without NameOld: MySQL refuses the first statement and takes the second", () => {
    checkMain("mysql", nameless, [
      "ALTER TABLE t CHANGE  a VARCHAR (20) NULL",
      "ALTER TABLE t CHANGE a a VARCHAR (20) DEFAULT NULL",
    ]);
    assert.deepEqual(
      changes("mysql", nameless).map((change) => change?.kind),
      ["broken", "redefine-column"],
    );
  });

  test("PostgreSQL changes the default without taking the old one away first", () => {
    const xml = `<TableAlter Name="t"><ColumnChange NameOld="a" NameNew="a" Type="INTEGER" Default="" /></TableAlter>`;
    const kinds = changes("postgresql", xml).map((change) =>
      change?.kind === "broken" ? change.problem.id : change?.kind,
    );
    assert.deepEqual(kinds, ["alter-column", "alter-column", "value-missing", "default-missing"]);
  });
});

describe("names of tables in backticks", () => {
  const xml = `<TableCreate Name="groups"><Column Name="a" Type="INTEGER"/>
      <Unique Name="u"><UniqueColumn Name="a"/></Unique><Index Name="i"><IndexColumn Name="a"/></Index>
      <ForeignKey ForeignTable="order"><Reference Local="a" Foreign="id"/></ForeignKey></TableCreate>
    <TableAlter Name="groups">
      <ColumnAdd Name="b" Type="INTEGER" Required="true" AutoIncrement="true"/>
      <ColumnChange NameOld="b" NameNew="c" Type="INTEGER"/>
      <ColumnDrop Name="c"/>
      <IndexCreate Name="j"><IndexColumn Name="a"/></IndexCreate><IndexDrop Name="j"/>
      <UniqueCreate Name="v"><UniqueColumn Name="a"/></UniqueCreate><UniqueDrop Name="v"/>
      <ForeignKeyDrop ForeignTable="order"><Reference Local="a" Foreign="id"/></ForeignKeyDrop>
    </TableAlter>
    <TableAlter NameOld="groups" NameNew="rank"/>
    <Insert Table="rank"><Data Key="a">1</Data></Insert>
    <TableDrop Name="rank"/>`;
  const run = (version: string, database: DatabaseKind = "mysql", text = xml) => {
    const script = generateSql(databaseTags(text, "otrs-6"), database, { dialect: "otrs-6", version });
    return [...script.main, ...script.post];
  };
  test("OTRS 6.0.41 writes them for MySQL, and nothing else in them", () => {
    const statements = run("6.0.41");
    assert.deepEqual(
      statements.map(({ sql }) => sql).filter((sql) => sql.includes("`")),
      [
        "CREATE TABLE `groups` (\n    a INTEGER NULL,\n    UNIQUE INDEX u (a),\n    INDEX i (a)\n)",
        "ALTER TABLE `groups` ADD b INTEGER NULL",
        "UPDATE `groups` SET b = 0 WHERE b IS NULL",
        "ALTER TABLE `groups` CHANGE b b INTEGER NOT NULL",
        "ALTER TABLE `groups` CHANGE b c INTEGER NULL",
        "ALTER TABLE `groups` CHANGE c c INTEGER DEFAULT NULL",
        "ALTER TABLE `groups` DROP c",
        "SET @IndexSQLStatement := IF( @IndexExists = 0, 'CREATE INDEX j ON `groups` (a)', 'SELECT ''INFO: Index j already exists, skipping.''' )",
        "SET @IndexSQLStatement := IF( @IndexExists > 0, 'DROP INDEX j ON `groups`', 'SELECT ''INFO: Index j does not exist, skipping.''' )",
        "SET @UniqueSQLStatement := IF( @UniqueExists = 0, 'ALTER TABLE `groups` ADD CONSTRAINT v UNIQUE INDEX (a)', 'SELECT ''INFO: Unique constraint v does already exist, skipping.''' )",
        "SET @UniqueSQLStatement := IF( @UniqueExists > 0, 'ALTER TABLE `groups` DROP INDEX v', 'SELECT ''INFO: Unique constraint v does not exist, skipping.''' )",
        "SET @FKSQLStatement := IF( @FKExists > 0, 'ALTER TABLE `groups` DROP FOREIGN KEY FK_groups_a_id', 'SELECT ''INFO: Foreign key constraint FK_groups_a_id does not exist, skipping.''' )",
        "SET @IndexSQLStatement := IF( @IndexExists > 0, 'DROP INDEX FK_groups_a_id ON `groups`', 'SELECT ''INFO: Index FK_groups_a_id does not exist, skipping.''' )",
        "ALTER TABLE `groups` RENAME `rank`",
        "INSERT INTO `rank` (a)\n    VALUES\n    (1)",
        "DROP TABLE IF EXISTS `rank`",
        "SET @FKSQLStatement := IF( @FKExists = 0, 'ALTER TABLE `groups` ADD CONSTRAINT FK_groups_a_id FOREIGN KEY (a) REFERENCES `order` (id)', 'SELECT ''INFO: Foreign key constraint FK_groups_a_id does already exist, skipping.''' )",
      ],
    );
    assert.ok(statements.every(({ change }) => change?.kind !== "broken"));
    assert.equal(statements[0]?.change?.kind === "create-table" && statements[0].change.table, "groups");
  });
  test("OTRS 6.0.30 does not, and no other database has them", () => {
    const plain = run("6.0.30");
    assert.deepEqual(
      plain.map(({ sql }) => sql),
      run("6.0.41").map(({ sql }) => sql.replaceAll("`", "")),
    );
    assert.ok(plain.some(({ change }) => change?.kind === "broken"));
    for (const database of ["postgresql", "oracle"] as const)
      assert.ok(run("6.0.41", database).every(({ sql }) => !sql.includes("`")));
  });
  test("what no backticks help", () => {
    for (const [name, id] of [
      ["", "name-missing"],
      ["a`b", "malformed-name"],
      ["`a`", "malformed-name"],
      ["t".repeat(65), "name-too-long"],
    ] as const) {
      const table = `<TableCreate Name="${name}"><Column Name="a" Type="DATE"/></TableCreate>`;
      const change = run("6.0.41", "mysql", table)[0]?.change;
      assert.equal(change?.kind === "broken" && change.problem.id, id);
    }
  });
});

describe("inserting", () => {
  const insert = (data: string) => `<Insert Table="t">${data}</Insert>`;

  test("an empty value in front leaves no comma", () => {
    checkMain("postgresql", insert('<Data Key="a"></Data><Data Key="b">2</Data><Data Key="c"/>'), [
      "INSERT INTO t (a, b, c)\n    VALUES\n    (2, )",
    ]);
  });

  test("white space stays", () => {
    const [change] = changes("mysql", insert('<Data Key="a" Type="Quote">\n  x </Data>'));
    assert.ok(change?.kind === "insert");
    assert.deepEqual(change.values, [{ column: "a", value: { sql: "'\n  x '", text: "\n  x " } }]);
  });

  test("escapes are resolved in what a value means", () => {
    const xml = insert('<Data Key="a" Type="Quote">it\'s \\ 1;2</Data>');
    const means = (database: DatabaseKind) => {
      const [change] = changes(database, xml);
      return change?.kind === "insert" ? change.values[0]!.value : undefined;
    };
    assert.deepEqual(means("mysql"), { sql: "'it\\'s \\\\ 1\\;2'", text: "it's \\ 1;2" });
    assert.deepEqual(means("postgresql"), { sql: "'it''s \\ 1;2'", text: "it's \\ 1;2" });
  });

  test("the time is that of the application, and only where nothing else is said", () => {
    const xml = insert(
      '<Data Key="a">current_timestamp</Data><Data Key="b" Type="Quote">current_timestamp</Data><Data Key="c"> current_timestamp</Data>',
    );
    const { main } = generateSql(
      databaseTags(xml),
      "mysql",
      { dialect: "otobo-11" },
      { now: "2024-05-02 12:00:00" },
    );
    assert.match(main[0]!.sql, /\('2024-05-02 12:00:00', 'current_timestamp', {2}current_timestamp\)$/);
  });

  test("a counter is left to the database, in any letter case, but not to MySQL", () => {
    const xml = insert('<Data Key="id" Type="AUTOINCREMENT">1</Data><Data Key="a">2</Data>');
    checkMain("oracle", xml, ["INSERT INTO t (a)\n    VALUES\n    (2)"]);
    checkMain("mysql", xml, ["INSERT INTO t (id, a)\n    VALUES\n    (1, 2)"]);
  });
});

describe("types", () => {
  const type = (database: DatabaseKind, attributes: string) => {
    const [change] = changes(
      database,
      `<TableCreate Name="t"><Column Name="a" ${attributes}/></TableCreate>`,
    );
    return change?.kind === "create-table" ? change.columns[0]!.type : change;
  };
  const sizes: readonly (readonly [number, string, string, string])[] = [
    [255, "VARCHAR (255)", "VARCHAR (255)", "VARCHAR2 (255)"],
    [256, "TEXT", "VARCHAR (256)", "VARCHAR2 (256)"],
    [4000, "TEXT", "VARCHAR (4000)", "VARCHAR2 (4000)"],
    [4001, "TEXT", "VARCHAR (4001)", "CLOB"],
    [9999, "TEXT", "VARCHAR (9999)", "CLOB"],
    [10000, "TEXT", "VARCHAR", "CLOB"],
    [65535, "TEXT", "VARCHAR", "CLOB"],
    [65536, "MEDIUMTEXT", "VARCHAR", "CLOB"],
    [16777215, "MEDIUMTEXT", "VARCHAR", "CLOB"],
    [16777216, "LONGTEXT", "VARCHAR", "CLOB"],
  ];
  for (const [size, mysql, postgresql, oracle] of sizes) {
    test(`a VARCHAR of ${size}`, () => {
      const attributes = `Type="varchar" Size="${size}"`;
      assert.equal(type("mysql", attributes), mysql);
      assert.equal(type("postgresql", attributes), postgresql);
      assert.equal(type("oracle", attributes), oracle);
    });
  }

  test("a size that is a number only at its beginning counts as that number", () => {
    assert.equal(type("mysql", 'Type="VARCHAR" Size="300 characters"'), "TEXT");
  });

  test("a type of the database's own passes through with a message", () => {
    const xml = '<TableCreate Name="t"><Column Name="a" Type="double precision"/></TableCreate>';
    const { main, log } = generate("postgresql", xml);
    assert.equal(main[0]?.change?.kind, "create-table");
    assert.deepEqual(
      log.map(({ id, values }) => [id, values]),
      [["unknown-type", { type: "double precision" }]],
    );
  });
});

describe("what is no SQL", () => {
  const cases: readonly (readonly [DatabaseKind, string, BrokenStatement])[] = [
    [
      "mysql",
      '<TableCreate Name="t"><Column Name="a" Type="VARCHAR"/></TableCreate>',
      { id: "type-without-size", column: "a", type: "VARCHAR ()" },
    ],
    [
      "oracle",
      '<TableCreate Name="t"><Column Name="a" Type="TEXT"/></TableCreate>',
      { id: "unknown-type", column: "a", type: "TEXT" },
    ],
    [
      "mysql",
      '<TableCreate Name="t"><Column Name="a" Default="" Type="BIGINT"/></TableCreate>',
      { id: "default-missing", column: "a" },
    ],
    [
      "postgresql",
      '<TableCreate Name="t"><Column Name="a" Required="true" Default="" Type="BIGINT"/></TableCreate>',
      { id: "default-missing", column: "a" },
    ],
    [
      "postgresql",
      '<TableCreate Name="t"><Column Name="a" AutoIncrement="true" Type="BIGINT"/></TableCreate>',
      { id: "conflicting-definition", column: "a" },
    ],
    ["mysql", '<TableCreate Name="t"></TableCreate>', { id: "no-columns" }],
    ["mysql", '<TableCreate><Column Name="a" Type="DATE"/></TableCreate>', { id: "name-missing" }],
    [
      "mysql",
      '<TableCreate Name="my-table"><Column Name="a" Type="DATE"/></TableCreate>',
      { id: "malformed-name", name: "my-table" },
    ],
    [
      "postgresql",
      '<TableCreate Name="t"><Column Name="user" Type="DATE"/></TableCreate>',
      { id: "reserved-word", name: "user" },
    ],
    [
      "mysql",
      `<TableAlter Name="t"><ColumnDrop Name="${"x".repeat(65)}"/></TableAlter>`,
      { id: "name-too-long", name: "x".repeat(65), limit: 64 },
    ],
    ["postgresql", '<Insert Table="t"></Insert>', { id: "no-columns" }],
    ["mysql", '<Insert Table="t"><Data Key="a"/></Insert>', { id: "value-missing", column: "a" }],
    [
      "postgresql",
      '<Insert Table="t"><Data Key="a">some text</Data></Insert>',
      { id: "malformed-value", column: "a", value: "some text" },
    ],
    [
      "mysql",
      '<TableCreate Name="t"><Column Name="a" Default="it\'s" Size="9" Type="VARCHAR"/></TableCreate>',
      { id: "malformed-value", column: "a", value: "it's" },
    ],
  ];
  for (const [database, xml, problem] of cases) {
    test(`${problem.id} on ${database}`, () =>
      assert.deepEqual(changes(database, xml), [{ kind: "broken", problem }]));
  }

  const fine: readonly (readonly [DatabaseKind, string])[] = [
    ["postgresql", '<TableCreate Name="t"></TableCreate>'],
    ["postgresql", '<TableCreate Name="t"><Column Name="a" Default="" Type="BIGINT"/></TableCreate>'],
    ["mysql", '<TableCreate Name="t"><Column Name="user" Type="DATE"/></TableCreate>'],
    ["mysql", '<Insert Table="t"></Insert>'],
    ["mysql", '<Insert Table="t"><Data Key="a">now() + 1</Data><Data Key="b">NULL</Data></Insert>'],
    ["postgresql", '<Insert Table="t"><Data Key="a">-1.5e3</Data><Data Key="b">(SELECT 1)</Data></Insert>'],
    [
      "mysql",
      '<TableCreate Name="`order`"><Column Name="a" Default="it\'\'s" Size="9" Type="VARCHAR"/></TableCreate>',
    ],
  ];
  for (const [database, xml] of fine) {
    test(`${database} takes ${xml}`, () => {
      for (const change of changes(database, xml)) assert.notEqual(change?.kind, "broken");
    });
  }

  test("inside a guard of Oracle it does nothing, not even fail", () => {
    const xml = '<TableAlter Name="t"><IndexCreate Name="i"/></TableAlter>';
    assert.deepEqual(changes("oracle", xml), [{ kind: "auxiliary" }]);
    assert.deepEqual(changes("mysql", xml).at(-1), { kind: "broken", problem: { id: "no-columns" } });
  });
});

test("more of everything than any package has is dealt with in time", () => {
  const many = (element: string) => element.repeat(130_000);
  const xml = `<TableCreate Name="t">${many('<Column Name="a" Type="DATE"/>')}
    <Index Name="i">${many('<IndexColumn Name="a"/>')}</Index>
    <ForeignKey ForeignTable="p">${many('<Reference Local="a" Foreign="id"/>')}</ForeignKey></TableCreate>
    <TableAlter Name="t">${many('<ColumnDrop Name="a"/>')}</TableAlter>
    <Insert Table="t">${many('<Data Key="a"/>')}</Insert>`;
  const { main, post } = generate("postgresql", xml);
  assert.equal(main.length, 1 + 1 + 130_000 + 1);
  assert.equal(post.length, 130_000);
});

test("a long name of a table is logged only", () => {
  const { main, log } = generate(
    "mysql",
    `<Table Name="${"t".repeat(31)}"><Column Name="a" Type="DATE"/></Table>`,
  );
  assert.equal(main[0]?.change?.kind, "create-table");
  assert.deepEqual(
    log.map(({ id }) => id),
    ["table-name-too-long"],
  );
});

test("unique constraints without a name get one each", () => {
  const unique = '<Unique><UniqueColumn Name="a"/></Unique>';
  const [change] = changes(
    "mysql",
    `<TableCreate Name="t"><Column Name="a" Type="DATE"/>${unique}${unique}</TableCreate>`,
  );
  assert.ok(change?.kind === "create-table");
  assert.deepEqual(
    change.keys.map(({ name }) => name),
    ["t_U_0", "t_U_1"],
  );
});

function generate(database: DatabaseKind, xml: string, dialect: DialectId = "otobo-11"): SqlScript {
  return generateSql(databaseTags(xml, dialect), database, { dialect });
}

function checkMain(
  database: DatabaseKind,
  xml: string,
  expected: readonly string[],
  dialect?: DialectId,
): void {
  const { main } = generate(database, xml, dialect);
  assert.deepEqual(
    main.map(({ sql }) => sql),
    expected,
  );
}

/** What the main statements mean, without those that only prepare one. */
function changes(database: DatabaseKind, xml: string): readonly (SchemaChange | undefined)[] {
  return generate(database, xml).main.flatMap(({ change }) => change ?? []);
}
