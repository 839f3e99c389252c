/**
 * Takes the right to write again and again, and fails when it finds anybody else at work.
 * Usage: node sandbox-lock-child FOLDER MARK
 */
import { rmSync, writeFileSync } from "node:fs";
import { PackageError } from "../../server/src/host/package-error.ts";
import { lockSandbox } from "../../server/src/sandbox/sandbox-lock.ts";
import { placeOf } from "../support/sandbox-work.ts";

async function run(folder: string, mark: string): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    let release: () => Promise<void>;
    try {
      release = await lockSandbox(placeOf(folder), "now");
    } catch (error) {
      if (error instanceof PackageError && error.code === "sandbox-in-use") continue;
      throw error;
    }
    // Fails when there is one already.
    writeFileSync(mark, "", { flag: "wx" });
    await new Promise(setImmediate);
    rmSync(mark);
    await release();
  }
}

run(process.argv[2]!, process.argv[3]!).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
