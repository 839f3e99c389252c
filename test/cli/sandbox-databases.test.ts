import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { mariadbServer, postgresqlServer } from "../support/database-servers.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const column = (name: string, more: string) => `<Column Name="${name}" Required="true" ${more}/>`;
const table = `<TableCreate Name="acme">${column("id", 'PrimaryKey="true" AutoIncrement="true" Type="BIGINT"')}${column("name", 'Size="20" Type="VARCHAR"')}</TableCreate>`;
const row = (key: string, version = "") =>
  `<Insert Table="acme"${version}><Data Key="${key}" Type="Quote">a</Data></Insert>`;

const spec = (version: string, upgrade = "") => `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>${version}</Version>
  <Vendor>Acme Inc.</Vendor>
  <Framework>7.1.x</Framework>
  <DatabaseInstall>${table}${row("name")}</DatabaseInstall>
  <DatabaseUpgrade>${upgrade}</DatabaseUpgrade>
  <DatabaseUninstall><TableDrop Name="acme"/></DatabaseUninstall>
</otrs_package>
`;

const files = {
  "Acme.sopm": spec("1.0.0"),
  "Next.sopm": spec("2.0.0", row("nam", ' Version="2.0.0"')),
};

for (const [title, started, missing, left] of [
  [
    "PostgreSQL",
    postgresqlServer,
    /column "nam" of relation "acme" does not exist \(42703\)/,
    "SELECT datname FROM pg_database WHERE datname LIKE 'sopm_box%'",
  ],
  [
    "MariaDB",
    mariadbServer,
    /Unknown column 'nam' in .* \(1054\)/,
    "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'sopm\\_box%'",
  ],
] as const) {
  const server = await started();
  if (!server) continue;
  test(`what is done to a sandbox is done to its database on ${title}, and said by it`, async (context) => {
    const { name: _, at, ...others } = server.settings;
    const folder = temporaryFolder(context, {
      ...files,
      "databases.json": JSON.stringify({ here: { ...others, ...at } }),
    });
    const box = join(folder, "box");
    const run = (...words: string[]) =>
      runCli(["sandbox", ...words], { SOPM_DATABASES: join(folder, "databases.json") });
    const names = () => server.sql(left).split("\n").filter(Boolean).sort();
    const product = ["--product", "Znuny 7.1.3", "--database-server", "here"];
    const made = await run("create", box, join(folder, "Acme.sopm"), ...product);
    assert.equal(made.code, 0, made.stdout + made.stderr);
    assert.match(
      made.stdout,
      /Statements are executed on the server “here” as well, in databases whose names/,
    );
    assert.match(made.stdout, new RegExp(`· Executed on ${title} .*, the server “here” of the settings`));
    assert.match(made.stdout, /✓ Every statement was done\./);
    assert.doesNotMatch(made.stdout, /foretold/);

    const upgraded = await run("upgrade", box, join(folder, "Next.sopm"));
    assert.equal(upgraded.code, 1);
    assert.match(upgraded.stdout, /^On the database behind the sandbox$/m);
    assert.match(upgraded.stdout, missing);
    assert.doesNotMatch(upgraded.stdout, /foretold/);
    assert.equal(names().length, 3);
    const shown = await run("show", box);
    assert.match(shown.stdout, new RegExp(`^Its database on the server “here” is “${names()[2]}”\\.$`, "m"));
    assert.match((await run("list", folder)).stdout, /(?:mysql|postgresql) \(here\)/);

    // The server is not named to whoever undoes.
    const nameless = await runCli(["sandbox", "undo", box]);
    assert.equal(nameless.code, 1);
    assert.match(nameless.stderr, /on the server “here”, which no setting names\. Nothing is sent to it/);
    assert.equal((await run("undo", box)).code, 0);
    assert.equal(names().length, 2);
    const json = JSON.parse(
      (await run("upgrade", box, join(folder, "Next.sopm"), "--format", "json")).stdout,
    );
    assert.equal(json.measured.database, names()[2]);
    assert.deepEqual(
      json.measured.operations[0].statements.map((each: { outcome: string }) => each.outcome),
      ["failed"],
    );

    const copied = await run("create", join(folder, "copy"), "--from", box);
    assert.match(copied.stderr, /The new sandbox has no database on a server: that of “.*” is not copied\./);
    const dropped = await run("drop", box);
    assert.equal(dropped.code, 0, dropped.stderr);
    assert.match(dropped.stdout, /the sandbox is gone, and so are its databases on the server “here”\.$/m);
    assert.deepEqual(names(), []);
    assert.match((await run("drop", join(folder, "copy"))).stdout, /copy: the sandbox is gone\.$/m);
  });
}

test("a sandbox is not made where its server is not named, or does not answer", async (context) => {
  const nowhere = { kind: "postgresql", host: "127.0.0.1", port: 1, user: "me" };
  const folder = temporaryFolder(context, { "databases.json": JSON.stringify({ nowhere }) });
  const words = ["sandbox", "create", join(folder, "box"), "--product", "Znuny 7.1.3", "--database-server"];
  const environment = { SOPM_DATABASES: join(folder, "databases.json") };
  const unnamed = await runCli([...words, "other"], environment);
  assert.equal(unnamed.code, 2);
  assert.match(unnamed.stderr, /There is no database “other”\. There are: nowhere\./);
  const nothing = await runCli([...words, "other"]);
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /Nothing says where databases are\./);
  const silent = await runCli([...words, "nowhere"], environment);
  assert.equal(silent.code, 1);
  assert.match(
    silent.stderr,
    /is not made, because its server cannot be used\. The database “nowhere” does not answer/,
  );
  const list = await runCli(["sandbox", "list", folder]);
  assert.match(list.stdout, /There is no sandbox in/);
});
