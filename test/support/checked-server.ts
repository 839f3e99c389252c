// Asks a server whether it can be used, and prints what it says, for tests of what only a process of its own can be told.
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";

const settings: DatabaseSettings = JSON.parse(process.env.SOPM_TEST_SETTINGS!);
try {
  console.log((await namedServer(settings).check({})).version);
} catch (error) {
  console.log((error as Error).message);
}
