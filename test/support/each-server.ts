import { after } from "node:test";
import type { DatabaseServer } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { mariadbServer, postgresqlServer, type TestServer } from "./database-servers.ts";
import { embeddedForTests } from "./embedded-database.ts";

/** The servers of this machine that statements can be executed on, by the names that tests have for them. */
export async function eachServer(): Promise<readonly (readonly [title: string, server: DatabaseServer])[]> {
  const embedded = await embeddedForTests();
  after(() => embedded?.remove());
  const found = [
    ["the embedded PostgreSQL", embedded?.server],
    ["PostgreSQL", patiently(await postgresqlServer())],
    ["MariaDB", patiently(await mariadbServer())],
  ] as const;
  return found.flatMap(([title, server]) => (server ? [[title, server] as const] : []));
}

function patiently(started: TestServer | undefined): DatabaseServer | undefined {
  return started && namedServer(started.settings, undefined, { answer: 300_000, statement: 300_000 });
}
