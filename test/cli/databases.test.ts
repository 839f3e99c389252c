import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { mariadbServer, postgresqlServer } from "../support/database-servers.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const nowhere = { kind: "postgresql", host: "127.0.0.1", port: 1, user: "me" };

test("databases are listed from the file that the user names, and what is wrong with it is told", async (context) => {
  const folder = temporaryFolder(context, {
    "databases.json": `{
      // As in the settings of an editor.
      "near": { "kind": "postgresql", "socket": "/run/postgresql", "user": "me" },
      "far": { "kind": "mysql", "host": "db.example", "user": "me", "secret": { "environment": "NAME" } },
      "six": { "kind": "postgresql", "host": "[::1]", "user": "me" },
      "odd": { "kind": "mysql", "host": "db.example", "user": "me", "password": "secret" },
    }`,
    "broken.json": "[]",
    "sopm.json": `{ "databases": {} }`,
  });
  const file = join(folder, "databases.json");
  const listed = await runCli(["databases"], { SOPM_DATABASES: file });
  assert.equal(listed.code, 1);
  assert.equal(
    listed.stdout,
    [
      "near  PostgreSQL  /run/postgresql  me",
      "far   MariaDB     db.example:3306  me",
      "six   PostgreSQL  [::1]:5432       me",
      "The database “odd” has “password”, which means nothing. What it can have: kind, host, port, socket, user, tls, secret.",
      "",
    ].join("\n"),
  );
  const json = await runCli(["databases", "far", "--databases", file, "--format", "json"]);
  assert.equal(json.code, 0);
  assert.deepEqual(JSON.parse(json.stdout), {
    databases: [
      {
        name: "far",
        kind: "MariaDB",
        place: "db.example:3306",
        user: "me",
        tls: "verified",
        secret: { environment: "NAME" },
      },
    ],
  });
  for (const [words, problem] of [
    [["databases"], /Nothing says where databases are\./],
    [
      ["databases", "other", "--databases", file],
      /There is no database “other”\. There are: near, far, six\./,
    ],
    [
      ["databases", "--databases", join(folder, "broken.json")],
      /is no JSON object with databases by their names/,
    ],
    [
      ["databases", "--databases", join(folder, "none.json")],
      /cannot be read: there is no such file or folder/,
    ],
  ] as const) {
    const { code, stderr } = await runCli(words, {}, { cwd: folder });
    assert.equal(code, 2, words.join(" "));
    assert.match(stderr, problem);
  }
  const config = await runCli(["config", "--show"], {}, { cwd: folder });
  assert.match(
    `${config.stdout}${config.stderr}`,
    /The key “databases” is a setting of each user, and has no effect here\./,
  );
});

test("databases are asked whether they can be used", async (context) => {
  const servers = [await postgresqlServer(), await mariadbServer()].filter((server) => server !== undefined);
  const named = servers.map(({ settings: { name: _, at, ...others } }, index) => [
    `server${index}`,
    { ...others, ...at },
  ]);
  const folder = temporaryFolder(context, {
    "databases.json": JSON.stringify({ ...Object.fromEntries(named), nowhere }),
  });
  const { code, stdout } = await runCli(["databases", "--check"], {
    SOPM_DATABASES: join(folder, "databases.json"),
  });
  assert.equal(code, 1);
  assert.equal(
    stdout.match(/\d can be used\. Each run has a database and a user of its own/g)?.length ?? 0,
    servers.length,
  );
  assert.match(stdout, /^nowhere: The database “nowhere” does not answer on 127\.0\.0\.1:1: .*ECONNREFUSED/m);
});
