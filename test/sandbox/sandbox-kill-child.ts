/** Goes on with the story of a sandbox until it is killed. Usage: node sandbox-kill-child FOLDER */
import { writeSync } from "node:fs";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { tellStory } from "../support/sandbox-story.ts";
import { testWorld } from "../support/sandbox-work.ts";

async function run(folder: string): Promise<void> {
  writeSync(1, "open\n");
  const sandbox = await openSandbox(folder, testWorld());
  for (let number = (await sandbox.operations()).length; ; number++) {
    writeSync(1, `begin ${number}\n`);
    await tellStory(sandbox, number);
    writeSync(1, `done ${number}\n`);
  }
}

run(process.argv[2]!).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
