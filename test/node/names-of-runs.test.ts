import assert from "node:assert/strict";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { type TestContext, test } from "node:test";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { mariadbServer, postgresqlServer } from "../support/database-servers.ts";

for (const [title, shared] of [
  ["PostgreSQL", postgresqlServer],
  ["MariaDB", mariadbServer],
] as const) {
  const server = await shared();
  if (!server) continue;

  test(`a run on ${title} that comes upon the name of another one leaves that one alone`, async (context) => {
    alwaysTheSameName(context);
    const first = await namedServer(server.settings).open({});
    context.after(() => first.close());
    assert.equal((await first.execute("CREATE TABLE thing (id INTEGER)")).kind, "done");
    await assert.rejects(
      namedServer(server.settings).open({}),
      /^DatabaseUnavailable: The database “test” has a database “sopm_run_\w+” already, which is left as it is\./,
    );
    assert.deepEqual(
      (await first.catalogue()).map(({ name }) => name),
      ["thing"],
    );
  });
}

/** What is random in names is the same until the test is over, and so is the time. */
function alwaysTheSameName(context: TestContext): void {
  const now = new Date().toISOString();
  context.mock.method(Date.prototype, "toISOString", () => now);
  context.mock.method(crypto, "randomInt", () => 36 ** 4);
  syncBuiltinESMExports();
  context.after(() => {
    context.mock.reset();
    syncBuiltinESMExports();
  });
}
