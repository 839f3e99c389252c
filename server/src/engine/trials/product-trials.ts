import { checkDeployment } from "../../lifecycle/deploy-check.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import type { PlanOptions } from "../../lifecycle/plan-options.ts";
import type { TriedPath } from "../../proof/upgrade-paths.ts";
import { differenceOf, pathsTouched } from "../../report/system-difference.ts";
import type { TrialResult } from "../../report/trial-report.ts";
import type { AsyncSteps } from "../../rules/steps.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import { whenKnown } from "../../system/system-facts.ts";
import { Matrix } from "../matrix.ts";
import type { PackageVersion } from "../package-version.ts";
import { inputsOf } from "../report-inputs.ts";
import type { SiblingPackages } from "../sibling-packages.ts";
import type { SystemWorld } from "../system-world.ts";
import { keptFor, lastPromiseCounts } from "../test-system/promise-counts.ts";
import { planTried, type TriedOperation, type TryRequest, tryOperation } from "../try-operation.ts";
import { buildFailures, judged } from "./judge-plan.ts";
import {
  differenceBetween,
  differenceFailures,
  keptNotes,
  leftFailures,
  undeployedFailures,
} from "./judge-remains.ts";
import { judgedPath, judgedUpdate } from "./judge-upgrade.ts";
import { withFailures } from "./trial-result.ts";
import { type OptionalPackage, TrialStarts } from "./trial-starts.ts";
import type { TrialsRequest } from "./trials-request.ts";

/** How the dry run of a trial is shown. */
export interface ShownTrialOptions extends Pick<PlanOptions, "force" | "assume"> {
  readonly compareWithDocumentation: boolean;
  /** As for any dry run. */
  readonly digestFiles: boolean;
}

/** The trials of one package on one product, made. All throw PackageError and TrialProblem. */
export class ProductTrials {
  readonly starts: TrialStarts;
  readonly #request: TrialsRequest;
  readonly #world: SystemWorld;
  #paths: ReadonlyMap<string | undefined, TriedPath> | undefined;

  constructor(product: ProductVersion, request: TrialsRequest, world: SystemWorld) {
    this.starts = new TrialStarts(product, request, world);
    this.#request = request;
    this.#world = world;
  }

  async *install(): AsyncSteps<TrialResult> {
    const { plan, package: read } = await this.starts.install();
    yield;
    return judged(plan, buildFailures(read.contents));
  }

  async *installWith(optional: OptionalPackage): AsyncSteps<TrialResult> {
    const request = await this.starts.withPackage(optional);
    yield;
    return judged(await planTried(request));
  }

  async *reinstall(): AsyncSteps<TrialResult> {
    const request = await this.starts.withChangedFile();
    const { before, done, result } = yield* this.#behindInstall(request);
    if (done.verdict !== "success") return result;
    const { contents } = request;
    const { after } = done;
    const deployed = await whenKnown(after.facts, () => checkDeployment(contents, after));
    const difference = differenceOf(before.after, after, pathsTouched(done.steps));
    return withFailures(result, [
      ...undeployedFailures(deployed, contents),
      // Files have been compared, and the copy of the changed one is meant to be there.
      ...differenceFailures({ ...difference, files: [] }, contents, "reinstall"),
    ]);
  }

  async *uninstall(): AsyncSteps<TrialResult> {
    const { plan, read } = await this.starts.installed();
    yield;
    const done = await this.starts.uninstall();
    yield;
    const result = judged(done);
    if (done.verdict !== "success") return result;
    const { keptTables } = this.#request;
    const difference = differenceBetween(plan.before, plan, done);
    const whole = withFailures(result, leftFailures(difference, read.contents, keptTables));
    if (whole.kind !== "passed") return whole;
    return { ...whole, notes: [...whole.notes, ...keptNotes(difference, keptTables)] };
  }

  async *installAgain(): AsyncSteps<TrialResult> {
    const request = await this.starts.behindUninstall();
    const { before, done, result } = yield* this.#behindInstall(request);
    if (done.verdict !== "success") return result;
    const difference = differenceBetween(before.after, before, done);
    return withFailures(result, differenceFailures(difference, request.contents, "install-again"));
  }

  /** @returns the install that was before as well */
  async *#behindInstall(request: TryRequest): AsyncSteps<{ before: Plan; done: Plan; result: TrialResult }> {
    const { plan: before } = await this.starts.installed();
    yield;
    const done = await planTried(request);
    yield;
    return { before, done, result: judged(done) };
  }

  /** @param starts all versions that upgrades are tried from, which are gone through at once */
  async *upgrade(from: string, starts: readonly PackageVersion[]): AsyncSteps<TrialResult> {
    if (!this.#paths) {
      const { read, database } = this.#request;
      const products = [this.starts.product];
      const { rows } = yield* new Matrix(this.#world).run({
        ...{ read, versions: starts, products, databases: [database], since: undefined },
        kinds: ["straight"],
      });
      this.#paths = new Map(rows.map(({ start, cells }) => [start, cells[0]!]));
    }
    return judgedPath(this.#paths.get(from)!);
  }

  async *updateAll(latest: PackageVersion, siblings: SiblingPackages): AsyncSteps<TrialResult> {
    const { contents } = await this.#request.read(this.starts.product);
    yield;
    return judgedUpdate(await this.starts.update(latest, siblings), contents);
  }

  /** The dry run of a trial, with its report. @throws PackageError */
  async show(
    request: TryRequest,
    { digestFiles, compareWithDocumentation, ...options }: ShownTrialOptions,
  ): Promise<TriedOperation> {
    const { records, files } = this.#world;
    const { system } = request;
    return tryOperation({
      ...request,
      compareWithDocumentation,
      kept: keptFor(system.framework, await lastPromiseCounts(records)),
      inputs: await inputsOf(request, system, files({ flush: false }), digestFiles),
      options: { ...request.options, ...options },
    });
  }
}
