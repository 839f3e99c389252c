/** Installs a package of one file in a sandbox and says what came of it. Usage: node sandbox-write-child FOLDER BYTES */

import { PackageError } from "../../server/src/host/package-error.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { entryAt } from "../support/known-system.ts";
import { perform, testWorld, write } from "../support/sandbox-work.ts";

async function run(folder: string, length: number): Promise<string> {
  const sandbox = await openSandbox(folder, testWorld());
  const seen = (await entryAt(await sandbox.state(), "a"))?.kind ?? "nothing";
  try {
    await perform(sandbox, [write("b", "x".repeat(length))]);
    return `${seen}, done`;
  } catch (error) {
    return `${seen}, ${error instanceof PackageError ? error.code : String(error)}`;
  }
}

run(process.argv[2]!, Number(process.argv[3])).then(console.log, console.error);
