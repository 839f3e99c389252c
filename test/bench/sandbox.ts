import { rmSync } from "node:fs";
import { join } from "node:path";
import { readArchive } from "../../server/src/engine/read-archive.ts";
import { nodeFiles } from "../../server/src/node/file-system.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type SandboxWorld } from "../../server/src/sandbox/sandbox.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import { planOn } from "../support/known-system.ts";

/** Work on sandboxes, measured inside this process. It is bundled like the product before it is loaded. */

const world: SandboxWorld = { knowledgeFor, now: () => "2024-05-02 00:00:00", files: nodeFiles };

/** Milliseconds that an install of an archive into a new sandbox takes once it is planned, and its undo. */
export async function applyAndUndo(
  archive: string,
  folder: string,
): Promise<{ apply: number; undo: number }> {
  rmSync(folder, { recursive: true, force: true });
  const sandbox = await createSandbox(folder, { framework: readProductVersion("Znuny 7.1.7")! }, world);
  const plan = await planOn(
    await sandbox.state(),
    "install",
    await readArchive(archive, "znuny-7", nodeWorld()),
  );
  const start = performance.now();
  const done = await sandbox.apply(plan);
  const applied = performance.now();
  if (done?.record.verdict !== "success") throw new Error("the install was refused");
  await sandbox.undo(0);
  return { apply: applied - start, undo: performance.now() - applied };
}

/** Makes a sandbox in which all archives of a list are installed. */
export async function installAll(archives: readonly string[], folder: string): Promise<void> {
  await createSandbox(folder, { framework: readProductVersion("Znuny 7.1.7")! }, world);
  for (const archive of archives) {
    const sandbox = await openSandbox(folder, world);
    const plan = await planOn(
      await sandbox.state(),
      "install",
      await readArchive(archive, "znuny-7", nodeWorld()),
    );
    await sandbox.apply(plan);
  }
  // What is known of archives beside them is all there; the home is what the check looks at.
  if ((await (await openSandbox(join(folder), world)).operations()).length !== archives.length + 1) {
    throw new Error("not all was installed");
  }
}
