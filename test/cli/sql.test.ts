import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCli } from "../support/run-cli.ts";
import { specWithSql } from "../support/spec-with-sql.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

interface Row {
  readonly phase: string;
  readonly list: string;
  readonly statement: string;
  readonly line: number;
}

function spec(t: TestContext, text = specWithSql): string {
  return join(temporaryFolder(t, { "Acme.sopm": text }), "Acme.sopm");
}

test("prints statements with comments, ended by semicolons", async (t) => {
  const { code, stdout, stderr } = await runCli(["sql", "--operation", "uninstall", spec(t)]);
  assert.equal(stdout, "-- Uninstall, phase pre\n\nDROP TABLE IF EXISTS acme;\n");
  assert.equal(stderr, "");
  assert.equal(code, 0);
});

test("prints a list as JSON, statements as they are sent and lines from 1", async (t) => {
  const words = ["sql", "--operation=install", "--database=oracle", "--format=json", spec(t)];
  const { code, stdout } = await runCli(words);
  assert.equal(code, 0);
  const rows = JSON.parse(stdout) as readonly Row[];
  assert.deepEqual(
    rows.map(({ phase, list, line }) => [phase, list, line]),
    [
      ["pre", "main", 18],
      ["pre", "main", 18],
      ["post", "main", 11],
      ["post", "main", 16],
      ["post", "post", 13],
      ["post", "post", 13],
    ],
  );
  assert.deepEqual(Object.keys(rows[0]!), ["phase", "list", "statement", "line"]);
  assert.equal(rows[0]!.statement, "DROP TABLE acme_old CASCADE CONSTRAINTS");
  assert.match(rows[5]!.statement, /^BEGIN\n.*FK_acme_owner.*END;\n\n$/s);
});

test("an upgrade goes by the version before it", async (t) => {
  const path = spec(t);
  const words = ["sql", "--operation", "upgrade", "--format", "json", path];
  const all = JSON.parse((await runCli(words)).stdout) as readonly Row[];
  const some = JSON.parse((await runCli([...words, "--from", "1.1"])).stdout) as readonly Row[];
  assert.deepEqual(
    all.map(({ statement }) => statement),
    ["ALTER TABLE acme ADD flag SMALLINT NULL", "ALTER TABLE acme DROP note"],
  );
  assert.deepEqual(some, all.slice(1));
});

test("the dialect decides, and is detected", async (t) => {
  const path = spec(
    t,
    specWithSql.replace(
      '<ColumnAdd Name="flag" Type="SMALLINT"/>',
      '<ColumnChange NameOld="a" NameNew="a" Type="BIGINT" NoDefault="true"/>',
    ),
  );
  const words = ["sql", "--operation", "upgrade", "--format", "json", path];
  const otobo = JSON.parse((await runCli(words)).stdout) as readonly Row[];
  const znuny = JSON.parse((await runCli([...words, "--dialect", "znuny-7"])).stdout) as readonly Row[];
  assert.deepEqual([otobo.length, znuny.length], [2, 3]);
});

test("a product with its version decides instead of the dialect", async (t) => {
  const path = spec(t, specWithSql.replaceAll("otobo_package", "otrs_package"));
  const words = ["sql", "--operation", "uninstall", "--format", "json", path];
  const quoted = async (product: string) => {
    const [row] = JSON.parse((await runCli([...words, "--product", product])).stdout) as readonly Row[];
    return row?.statement;
  };
  assert.equal(await quoted("OTRS 6.0.41"), "DROP TABLE IF EXISTS `acme`");
  assert.equal(await quoted("OTRS 6.0.40"), "DROP TABLE IF EXISTS acme");
  assert.equal(await quoted("OTRS 6.0.x"), "DROP TABLE IF EXISTS acme");
  const both = await runCli([...words, "--product", "OTRS 6.0.41", "--dialect", "otrs-6"]);
  assert.deepEqual([both.code, both.stdout], [2, ""]);
  assert.match(both.stderr, /either --product or --dialect/);
  assert.match((await runCli([...words, "--product", "Windows 95"])).stderr, /no product that SOPM knows/);
});

test("an archive gives the same statements with lines of its own", async (t) => {
  const path = spec(t);
  const built = await runCli(["build", "--force", "--stamp-host", "example.com", path]);
  assert.equal(built.code, 0, built.stderr);
  const words = ["sql", "--operation", "install", "--format", "json"];
  const read = async (file: string) => JSON.parse((await runCli([...words, file])).stdout) as readonly Row[];
  const fromSpec = await read(path);
  const fromArchive = await read(path.replace("Acme.sopm", "Acme-1.2.0.opm"));
  const without = (rows: readonly Row[]) =>
    rows.map(({ phase, list, statement }) => [phase, list, statement]);
  assert.deepEqual(without(fromArchive), without(fromSpec));
  assert.notDeepEqual(
    fromArchive.map(({ line }) => line),
    fromSpec.map(({ line }) => line),
  );
});

test("a reinstall runs nothing and says so", async (t) => {
  const path = spec(t, specWithSql.replace(/ *<DatabaseReinstall.*\n/, ""));
  const text = await runCli(["sql", "--operation", "reinstall", path]);
  assert.equal(text.stdout, "-- A reinstall runs no SQL: no framework reads DatabaseReinstall.\n");
  const json = await runCli(["sql", "--operation", "reinstall", "--format", "json", path]);
  assert.equal(json.stdout, "[]\n");
  assert.match(json.stderr, /A reinstall runs no SQL/);
  assert.deepEqual([text.code, json.code], [0, 0]);
});

test("comments are in the reader's language, SQL is not", async (t) => {
  const words = ["sql", "--operation", "uninstall", "--language", "de", spec(t)];
  assert.equal((await runCli(words)).stdout, "-- Deinstallation, Phase pre\n\nDROP TABLE IF EXISTS acme;\n");
});

test("what cannot be read fails, what is called wrongly says how", async (t) => {
  const path = spec(t, "<otobo_package>");
  const unread = await runCli(["sql", "--operation", "install", path]);
  assert.equal(unread.code, 1);
  assert.match(unread.stderr, /cannot be read as a package/);
  assert.equal(unread.stdout, "");
  const wrong: readonly (readonly [RegExp, readonly string[]])[] = [
    [/Name a spec or an archive/, ["--operation", "install"]],
    [/Name the operation/, [path]],
    [/no value for --operation/, ["--operation", "remove", path]],
    [/no value for --database/, ["--operation", "install", "--database", "sqlite", path]],
    [/--from is for an upgrade/, ["--operation", "install", "--from", "1.0.0", path]],
    [/no version such as/, ["--operation", "upgrade", "--from", "old", path]],
    [/One package/, ["--operation", "install", path, path]],
    [/cannot be read/, ["--operation", "install", `${path}.missing`]],
  ];
  for (const [message, words] of wrong) {
    const { code, stderr } = await runCli(["sql", ...words]);
    assert.match(stderr, message);
    assert.equal(code, 2, `${words}`);
  }
});

test("help tells the options", async () => {
  const { code, stdout } = await runCli(["sql", "--help"]);
  assert.equal(code, 0);
  for (const option of ["--operation", "--database", "--from", "--dialect", "--format"])
    assert.ok(stdout.includes(option), option);
});
