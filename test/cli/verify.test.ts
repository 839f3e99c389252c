import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { mariadbServer, postgresqlServer, type TestServer } from "../support/database-servers.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const column = (name: string, more: string) => `<Column Name="${name}" Required="true" ${more}/>`;
const table = `<TableCreate Name="acme">${column("id", 'PrimaryKey="true" AutoIncrement="true" Type="BIGINT"')}${column("name", 'Size="20" Type="VARCHAR"')}</TableCreate>`;
const row = (key: string) => `<Insert Table="acme"><Data Key="${key}" Type="Quote">a</Data></Insert>`;

const spec = (rows: string, framework = "7.1.x") => `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>1.0.0</Version>
  <Vendor>Acme Inc.</Vendor>
  <Framework>${framework}</Framework>
  <DatabaseInstall Type="post">${table}
${rows}</DatabaseInstall>
  <DatabaseUninstall><TableDrop Name="acme"/></DatabaseUninstall>
</otrs_package>
`;

/** A folder with specs, and with a file that names servers. */
function folderFor(
  context: TestContext,
  servers: Readonly<Record<string, object>>,
  configured = "Pg",
): string {
  return temporaryFolder(context, {
    "databases.json": JSON.stringify(servers),
    "Acme.sopm": spec(row("name")),
    "Wrong.sopm": spec(row("nam")),
    // The framework replaces what takes more than three bytes.
    "Old.sopm": spec(row("name").replace(">a<", ">a🎫<"), "6.0.x"),
    // Another database than statements are executed in.
    "home/RELEASE": "PRODUCT = Znuny\nVERSION = 7.1.7\n",
    "home/Kernel/Config.pm": `$Self->{DatabaseDSN} = "DBI:${configured}:dbname=x;";\n`,
  });
}

function namedAs({ settings: { name: _, at, ...others } }: TestServer): object {
  return { ...others, ...at };
}

const kinds = [
  {
    title: "PostgreSQL",
    configured: "mysql",
    started: postgresqlServer,
    missing: /column "nam" of relation "acme" does not exist \(42703\)/,
    leftovers: "SELECT datname FROM pg_database WHERE datname LIKE 'sopm_run%'",
  },
  {
    title: "MariaDB",
    configured: "Pg",
    started: mariadbServer,
    missing: /Unknown column 'nam' in .* \(1054\)/,
    leftovers: "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'sopm\\_run%'",
  },
];

for (const { title, configured, started, missing, leftovers } of kinds) {
  const server = await started();
  if (!server) continue;
  test(`statements are executed on a ${title} that is named, and nothing is left there`, async (context) => {
    const folder = folderFor(context, { here: namedAs(server) }, configured);
    const words = ["verify", "--database", "here", "--databases", join(folder, "databases.json")];
    const good = await runCli([...words, join(folder, "Acme.sopm")]);
    assert.equal(good.code, 0, good.stdout + good.stderr);
    assert.match(good.stdout, new RegExp(`^Acme 1\\.0\\.0 for Znuny 7\\.1\\.\\d+, executed on ${title} `));
    assert.match(good.stdout, /Measured on .*, the server “here” of the settings\./);
    assert.doesNotMatch(good.stdout, /foretold/);
    const home = await runCli([...words, join(folder, "Acme.sopm"), "--framework", join(folder, "home")]);
    assert.equal(home.code, 0, home.stdout + home.stderr);
    const wrong = await runCli([...words, join(folder, "Wrong.sopm"), "--operation", "install"]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stdout, missing);
    assert.match(wrong.stdout, /\(line 8\)/);
    assert.doesNotMatch(wrong.stdout, /foretold/);
    const old = await runCli([...words, join(folder, "Old.sopm")]);
    assert.equal(old.code, 0, old.stdout + old.stderr);
    assert.equal(server.sql(leftovers).trim(), "");
  });
}

test("a server that is not named, or does not answer, is told", async (context) => {
  const folder = folderFor(context, {
    nowhere: { kind: "postgresql", host: "127.0.0.1", port: 1, user: "me" },
  });
  const path = join(folder, "Acme.sopm");
  const file = join(folder, "databases.json");
  const unnamed = await runCli(["verify", path, "--database", "other", "--databases", file]);
  assert.equal(unnamed.code, 2);
  assert.match(unnamed.stderr, /There is no database “other”\. There are: embedded, nowhere\./);
  const silent = await runCli(["verify", path, "--database", "nowhere"], { SOPM_DATABASES: file });
  assert.equal(silent.code, 1);
  assert.match(
    silent.stderr,
    /The database “nowhere” does not answer on 127\.0\.0\.1:1: .*ECONNREFUSED.*\. Start the server, or correct where it is/,
  );
  const noFile = await runCli(["verify", path, "--database", "nowhere"]);
  assert.equal(noFile.code, 2);
  assert.match(noFile.stderr, /Nothing says where databases are\./);
});
