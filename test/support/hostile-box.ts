import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { reportFormats } from "../../server/src/cli/common-parameters.ts";
import { formatReport } from "../../server/src/cli/report-format.ts";
import { tryOperation } from "../../server/src/engine/try-operation.ts";
import { PackageError } from "../../server/src/host/package-error.ts";
import { checkDeployment } from "../../server/src/lifecycle/deploy-check.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { DryRunReport } from "../../server/src/report/report-model.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { whenKnown } from "../../server/src/system/system-facts.ts";
import { storedIn } from "./known-system.ts";
import { memoryWorld } from "./memory-world.ts";
import { testWorld, znuny } from "./sandbox-work.ts";
import { plantSurroundings } from "./surroundings.ts";
import { realDisk, type TriedDisk } from "./tried-disk.ts";

/** A sandbox among things that belong to somebody else, none of which may change. */
export class HostileBox {
  readonly disk: TriedDisk;
  /** The folder of the surroundings; the sandbox is in `box`. */
  readonly root: string;
  readonly folder: string;
  sandbox: Sandbox;
  readonly #before: readonly string[];

  private constructor(root: string, sandbox: Sandbox, disk: TriedDisk) {
    this.disk = disk;
    this.root = root;
    this.folder = sandbox.folder;
    this.sandbox = sandbox;
    this.#before = disk.snapshot(root, ["box"]);
  }

  static async make(test: TestContext, disk: TriedDisk = realDisk): Promise<HostileBox> {
    const root = disk.newFolder(test);
    plantSurroundings(root, disk);
    const world = testWorld(disk.files);
    return new HostileBox(root, await createSandbox(join(root, "box"), { framework: znuny }, world), disk);
  }

  /** Dry run, all forms of the report, and apply, as the command line does it. */
  async operate(operation: Operation, contents: PackageContents): Promise<DryRunReport> {
    const system = await this.sandbox.state();
    const { plan, report } = await tryOperation({
      ...{ operation, contents, specText: undefined, system, isStandIn: false, assumeRequirements: false },
      ...{ options: { force: true, now: "2024-05-02 00:00:00" }, language: "en", applied: true },
    });
    for (const format of reportFormats)
      assert.ok((await formatReport(memoryWorld(), report, format)).length > 0);
    await this.sandbox.apply(plan);
    return report;
  }

  /** How each installed package is deployed, and what of it is exported, as the commands do it. */
  async inspect(): Promise<readonly boolean[]> {
    const state = await this.sandbox.state();
    const deployed: boolean[] = [];
    for (const { digest } of state.packages) {
      const contents = await storedIn(state, digest);
      assert.equal((await contents.archive.read()).length, contents.archive.size);
      const check = await whenKnown(state.facts, () => checkDeployment(contents, state));
      deployed.push(check.isDeployed);
    }
    return deployed;
  }

  /** Nothing outside has changed, and the sandbox opens and can be read to the last byte. */
  async assertSound(): Promise<void> {
    this.assertNothingEscaped();
    this.sandbox = await openSandbox(this.folder, testWorld(this.disk.files));
    await this.inspect();
  }

  assertNothingEscaped(): void {
    assert.deepEqual(this.disk.snapshot(this.root, ["box"]), this.#before);
  }
}

/** Work that may fail, but only in the way that tells the user what to do. */
export async function errorOf(work: () => Promise<unknown>): Promise<PackageError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof PackageError, (error as Error).stack);
    assert.ok(error.hint.length > 10);
    return error;
  }
}
