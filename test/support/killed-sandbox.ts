// Makes sandboxes with a database, changes them and drops them, until it kills itself at a moment somebody else has chosen.
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";
import { dropSandbox } from "../../server/src/sandbox/drop-sandbox.ts";
import { servedSandbox, servedWorld, upgradeServed } from "./served-sandbox.ts";

const settings: DatabaseSettings = JSON.parse(process.env.SOPM_TEST_SETTINGS!);
const folder = process.env.SOPM_TEST_FOLDER!;
setTimeout(() => process.kill(process.pid, "SIGKILL"), Number(process.env.SOPM_TEST_AFTER));
void useSandboxes();

async function useSandboxes() {
  const world = servedWorld(settings);
  for (let number = 0; ; number++) {
    const sandbox = await servedSandbox(`${folder}/${process.pid}-${number}`, world);
    await upgradeServed(sandbox);
    await sandbox.undo(1);
    await dropSandbox(sandbox.folder, world);
  }
}
