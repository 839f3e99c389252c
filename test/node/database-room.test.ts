import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { DatabaseUnavailable } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { hasMariadb, hasPostgresql, startMariadb, startPostgresql } from "../support/database-servers.ts";

const servers = [
  {
    title: "PostgreSQL",
    isThere: hasPostgresql,
    start: startPostgresql,
    megabytes: 110,
    databases: "SELECT datname FROM pg_database WHERE datname LIKE 'sopm_run%'",
    fill: "INSERT INTO acme SELECT i, repeat(md5(i::text), 60) FROM generate_series(1, 100000) i",
  },
  {
    title: "MariaDB",
    isThere: hasMariadb,
    start: startMariadb,
    megabytes: 160,
    databases: "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'sopm\\_run%'",
    fill: "INSERT INTO acme SELECT seq, REPEAT(MD5(seq), 60) FROM seq_1_to_100000",
  },
];

for (const { title, isThere, start, megabytes, databases, fill } of servers) {
  test(`a ${title} that has no room left is told, and the database of the run is gone`, async (context) => {
    if (!isThere()) return;
    const place = smallPlace(context, megabytes);
    if (place === undefined) {
      console.log("left out: a server without room, which takes the right to mount a file system");
      return;
    }
    const server = await start(place);
    context.after(() => server.kill());
    const run = await namedServer(server.settings).open({});
    assert.equal((await run.execute("CREATE TABLE acme (id INTEGER, text VARCHAR(4000))")).kind, "done");
    await assert.rejects(
      run.execute(fill),
      (error) => error instanceof DatabaseUnavailable && /has no room or no memory left/.test(error.message),
    );
    await run.close();
    assert.equal(server.sql(databases).trim(), "");
    // What took the room has given it back.
    const next = await namedServer(server.settings).open({});
    assert.equal((await next.execute("CREATE TABLE acme (id INTEGER)")).kind, "done");
    await next.close();
    assert.equal(server.sql(databases).trim(), "");
  });
}

/** A folder on a file system of its own; undefined where nobody may make one. */
function smallPlace(context: TestContext, megabytes: number): string | undefined {
  const place = mkdtempSync(join(tmpdir(), "sopm-small-"));
  const options = `size=${megabytes}m,mode=1777`;
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place]);
  context.after(() => {
    if (status === 0) spawnSync("umount", ["-l", place]);
    rmdirSync(place);
  });
  if (status !== 0) return undefined;
  // The server is another user.
  chmodSync(place, 0o1777);
  return place;
}
