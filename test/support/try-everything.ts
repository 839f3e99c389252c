import { join } from "node:path";
import type { FileSystem } from "../../server/src/host/file-system.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import { checkDeployment } from "../../server/src/lifecycle/deploy-check.ts";
import { type Operation, operations } from "../../server/src/lifecycle/operation.ts";
import { nodeFiles } from "../../server/src/node/file-system.ts";
import { cloneSandbox, createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { listSandboxes } from "../../server/src/sandbox/list-sandboxes.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { whenKnown } from "../../server/src/system/system-facts.ts";
import { archiveOf, fileList, hostilePackage } from "./hostile-package.ts";
import { planOn, storedIn } from "./known-system.ts";
import { testWorld, znuny } from "./sandbox-work.ts";

/** A package with folders of its own, so that there is something to make, to move aside and to remove. */
export function versionOf(version: string) {
  return archiveOf(
    hostilePackage(fileList("Kernel/Acme/A.pm", "Kernel/Acme/inner/B.pm", `v${version}`), "Acme", version),
  );
}

/** A sandbox with two versions of the package in its past. */
export async function usedSandbox(folder: string, files: FileSystem = nodeFiles): Promise<void> {
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld(files));
  for (const [operation, version] of [
    ["install", "1.0.0"],
    ["upgrade", "2.0.0"],
  ] as const) {
    await sandbox.apply(await planOn(await sandbox.state(), operation, versionOf(version)));
  }
}

/**
 * Does with a sandbox whatever can be done with one, each thing in a sandbox that was opened anew, and tells for each
 * how it ended: with `ok` or the code of an error.
 *
 * @throws what is no PackageError
 */
export async function tryEverything(
  folder: string,
  files: FileSystem = nodeFiles,
): Promise<Readonly<Record<string, string>>> {
  const open = () => openSandbox(folder, testWorld(files));
  const apply = async (operation: Operation) => {
    const sandbox = await open();
    const version = operation === "upgrade" ? "3.0.0" : "2.0.0";
    await sandbox.apply(await planOn(await sandbox.state(), operation, versionOf(version), { force: true }));
  };
  const things: Readonly<Record<string, () => Promise<unknown>>> = {
    list: async () => {
      for (const { description } of await listSandboxes(join(folder, ".."), files))
        if (description instanceof PackageError) throw description;
    },
    log: async () => (await open()).operations(),
    check: async () => {
      const state = await (await open()).state();
      for (const { digest } of state.packages) {
        await whenKnown(state.facts, () => checkDeployment(state.archives.contents(digest), state));
      }
    },
    export: async () => {
      const state = await (await open()).state();
      for (const { digest } of state.packages) await (await storedIn(state, digest)).archive.read();
    },
    "dry run": async () => {
      const state = await (await open()).state();
      for (const { digest } of state.packages) {
        await planOn(state, "uninstall", await storedIn(state, digest));
      }
    },
    clone: async () => cloneSandbox(await open(), join(folder, "../clone"), {}, testWorld(files)),
    ...Object.fromEntries(operations.map((operation) => [operation, () => apply(operation)])),
    undo: async () => {
      const sandbox = await open();
      const past = (await sandbox.operations()).filter(
        ({ isUndone, record }) => !isUndone && record?.kind !== "undo",
      );
      await sandbox.undo(past.at(-2)?.number ?? 0);
    },
    "undo the upgrade": async () => (await open()).undo(1),
    reset: async () => (await open()).reset(),
  };
  const ends: Record<string, string> = {};
  for (const [name, work] of Object.entries(things)) {
    try {
      await work();
      ends[name] = "ok";
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      ends[name] = error.code;
    }
  }
  return ends;
}
