// Uses the database of a run until it kills itself, at a moment that somebody else has chosen.
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";

const settings: DatabaseSettings = JSON.parse(process.env.SOPM_TEST_SETTINGS!);
setTimeout(() => process.kill(process.pid, "SIGKILL"), Number(process.env.SOPM_TEST_AFTER));
void useDatabases();

async function useDatabases() {
  while (true) {
    const run = await namedServer(settings).open({});
    for (let number = 0; number < 3; number++) {
      await run.execute(`CREATE TABLE table_${number} (id INTEGER)`);
      await run.mark();
    }
    await run.close();
  }
}
