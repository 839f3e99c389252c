import { join } from "node:path";
import { PackageError } from "../../server/src/host/package-error.ts";
import { checkDeployment } from "../../server/src/lifecycle/deploy-check.ts";
import { type Operation, operations } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { cloneSandbox, createSandbox } from "../../server/src/node/sandbox/create-sandbox.ts";
import { listSandboxes } from "../../server/src/node/sandbox/list-sandboxes.ts";
import { openSandbox } from "../../server/src/node/sandbox/sandbox.ts";
import { archiveOf, fileList, hostilePackage } from "./hostile-package.ts";
import { testWorld, znuny } from "./sandbox-work.ts";

/** A package with folders of its own, so that there is something to make, to move aside and to remove. */
export function versionOf(version: string) {
  return archiveOf(
    hostilePackage(fileList("Kernel/Acme/A.pm", "Kernel/Acme/inner/B.pm", `v${version}`), "Acme", version),
  );
}

/** A sandbox with two versions of the package in its past. */
export async function usedSandbox(folder: string): Promise<void> {
  const sandbox = await createSandbox(folder, { framework: znuny }, testWorld());
  for (const [operation, version] of [
    ["install", "1.0.0"],
    ["upgrade", "2.0.0"],
  ] as const) {
    await sandbox.apply(planOperation(operation, versionOf(version), await sandbox.state()));
  }
}

/**
 * Does with a sandbox whatever can be done with one, each thing in a sandbox that was opened anew, and tells for each
 * how it ended: with `ok` or the code of an error.
 *
 * @throws what is no PackageError
 */
export async function tryEverything(folder: string): Promise<Readonly<Record<string, string>>> {
  const open = () => openSandbox(folder, testWorld());
  const apply = async (operation: Operation) => {
    const sandbox = await open();
    const version = operation === "upgrade" ? "3.0.0" : "2.0.0";
    await sandbox.apply(planOperation(operation, versionOf(version), await sandbox.state(), { force: true }));
  };
  const things: Readonly<Record<string, () => Promise<unknown>>> = {
    list: async () => {
      for (const { description } of listSandboxes(join(folder, "..")))
        if (description instanceof PackageError) throw description;
    },
    log: async () => (await open()).operations(),
    check: async () => {
      const { packages, archives, home } = await (await open()).state();
      for (const { digest } of packages) checkDeployment(archives.contents(digest), home);
    },
    export: async () => {
      const { packages, archives } = await (await open()).state();
      for (const { digest } of packages) archives.contents(digest).archive.bytes();
    },
    "dry run": async () => {
      const state = await (await open()).state();
      for (const { digest } of state.packages) {
        planOperation("uninstall", state.archives.contents(digest), state);
      }
    },
    clone: async () => cloneSandbox(await open(), join(folder, "../clone"), {}, testWorld()),
    ...Object.fromEntries(operations.map((operation) => [operation, () => apply(operation)])),
    undo: async () => {
      const sandbox = await open();
      const past = sandbox
        .operations()
        .filter(({ isUndone, record }) => !isUndone && record?.kind !== "undo");
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
