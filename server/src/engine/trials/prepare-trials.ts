import type { PackageContents } from "../../builder/package-contents.ts";
import { keyOf } from "../../dialect/switches.ts";
import { messageOf, PackageError } from "../../host/package-error.ts";
import type { PackageIdentity } from "../../lifecycle/plan.ts";
import type { Trial, TrialResult } from "../../report/trial-report.ts";
import { plainVersion } from "../../rules/shared/plain-version.ts";
import type { AsyncSteps } from "../../rules/steps.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import { productsFitting } from "../default-system.ts";
import { countingVersions, olderVersions } from "../matrix.ts";
import type { ReadPackage, SystemWorld } from "../system-world.ts";
import type { TriedOperation } from "../try-operation.ts";
import { chooseTrials } from "./choose-trials.ts";
import { judged, judgedRefusal } from "./judge-plan.ts";
import { ProductTrials, type ShownTrialOptions } from "./product-trials.ts";
import { notKnown } from "./trial-result.ts";
import { type ScenarioTrial, TrialProblem, type TrialsRequest } from "./trials-request.ts";

/** A trial, and whoever can make it. */
export interface PreparedTrial {
  readonly trial: Trial;
  /**
   * The dry run that is tried, on the system as the trial has made it; absent where the operation on a system as it is
   * delivered, or a scenario, is the same.
   *
   * @throws PackageError, TrialProblem
   */
  readonly shown?: (options: ShownTrialOptions) => Promise<TriedOperation>;
  /** Tells what comes of it. Everything that is not foreseen is told as not known; a failure of ours is thrown. */
  run(): AsyncSteps<TrialResult>;
}

export interface PreparedTrials {
  readonly package: PackageIdentity;
  readonly contents: PackageContents;
  readonly specText: string | undefined;
  readonly trials: readonly PreparedTrial[];
}

/**
 * The trials of a package as it is at this moment. What several of them need is worked out once.
 *
 * @throws PackageError when the package cannot be read
 */
export async function prepareTrials(given: TrialsRequest, world: SystemWorld): Promise<PreparedTrials> {
  const request = { ...given, read: readOnce(given.read) };
  const { contents, specText } = await request.read(undefined);
  const { Name, Version, Vendor } = contents.structure?.single ?? {};
  const products = request.products.length > 0 ? request.products : productsFitting(contents);
  const older = olderVersions(request.versions, plainVersion(Version?.content));
  const earlier = { starts: countingVersions(older, request.since), siblings: request.siblings };
  const workOn = oneAtATime((product) => new ProductTrials(product, request, world));
  const trials: PreparedTrial[] = [];
  for (const product of products) {
    const on = { system: `${product.product} ${product.version}`, database: request.database };
    for (const { subject, run, request: asked } of await chooseTrials(contents, product, earlier)) {
      trials.push({
        trial: { ...on, subject },
        run: () => unlessProblem(() => run(workOn(product))),
        ...(asked && {
          shown: async (options) => {
            const work = workOn(product);
            return work.show(await asked(work.starts), options);
          },
        }),
      });
    }
  }
  return {
    package: { name: Name?.content, version: Version?.content, vendor: Vendor?.content },
    contents,
    specText,
    trials: [...trials, ...request.scenarios.map(scenarioTrial)],
  };
}

/** Reads a package once for each release. */
function readOnce(read: TrialsRequest["read"]): TrialsRequest["read"] {
  const known = new Map<string, Promise<ReadPackage>>();
  return (release) => {
    const key = release === undefined ? "" : keyOf(release);
    const found = known.get(key) ?? read(release);
    known.set(key, found);
    return found;
  };
}

/** Plans of thousands of files take much room: those on one product are kept until another one's turn comes. */
function oneAtATime(
  begin: (product: ProductVersion) => ProductTrials,
): (product: ProductVersion) => ProductTrials {
  let last: ProductTrials | undefined;
  return (product) => {
    if (last?.starts.product !== product) last = begin(product);
    return last;
  };
}

function scenarioTrial({ name, system, expect, problem, tried }: ScenarioTrial): PreparedTrial {
  return {
    trial: { system, database: undefined, subject: { kind: "scenario", name } },
    run: () =>
      unlessProblem(async function* () {
        yield;
        if (problem) return notKnown(problem);
        const done = await tried();
        return expect === "success" ? judged(done.plan) : judgedRefusal(done.plan);
      }),
  };
}

/** What keeps a trial from being made is its result. */
async function* unlessProblem(run: () => AsyncSteps<TrialResult>): AsyncSteps<TrialResult> {
  try {
    return yield* run();
  } catch (error) {
    if (error instanceof PackageError) return notKnown(messageOf(error));
    if (error instanceof TrialProblem) return notKnown(...error.reasons);
    throw error;
  }
}
