import { type PackageContents, packageName, packageVersion } from "../builder/package-contents.ts";
import { refusalKinds } from "../builder/refusal.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { keyOf } from "../dialect/switches.ts";
import { contentOf } from "../host/file-content.ts";
import { messageOf, PackageError } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import { checkDeployment } from "../lifecycle/deploy-check.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { PackageIdentity, Plan, Step } from "../lifecycle/plan.ts";
import type { PlanOptions } from "../lifecycle/plan-options.ts";
import { codeFamilies } from "../model/package-spec.ts";
import { partingTexts } from "../proof/parting.ts";
import { labelOfStep, type TriedPath } from "../proof/upgrade-paths.ts";
import { describeStep } from "../report/describe-step.ts";
import { differenceRows } from "../report/difference-rows.ts";
import { leftTable, spanOfTable } from "../report/dry-run-findings.ts";
import { failureOf } from "../report/fail-on.ts";
import { usualFailures } from "../report/failure-kinds.ts";
import { differenceText, failureText } from "../report/matrix-words.ts";
import { differenceOf, pathsTouched, type SystemDifference } from "../report/system-difference.ts";
import { isWorthShowing } from "../report/timeline.ts";
import type { Trial, TrialFailure, TrialResult, TrialSubject } from "../report/trial-report.ts";
import { stepText } from "../report/trial-words.ts";
import { countAnswers, type Verdict, verdictOf } from "../report/verdict.ts";
import { keptFor as keptTableFor } from "../rules/shared/kept-tables.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import type { AsyncSteps } from "../rules/steps.ts";
import { basisOf } from "../system/basis.ts";
import { ChangedSystem } from "../system/changed-system.ts";
import { homePath } from "../system/home-path.ts";
import type { ProductVersion } from "../system/product-version.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { defaultSystem, productsFitting } from "./default-system.ts";
import { type DryRunOutcome, dryRun } from "./dry-run.ts";
import { countingVersions, Matrix, olderVersions } from "./matrix.ts";
import type { PackageVersion } from "./package-version.ts";
import { inputsOf } from "./report-inputs.ts";
import { newestOf, type SiblingPackages, withInstalled } from "./sibling-packages.ts";
import { withStandIns } from "./stand-in.ts";
import type { PackageReader, ReadPackage, SystemWorld } from "./system-world.ts";
import { keptFor, lastPromiseCounts } from "./test-system/promise-counts.ts";
import { planTried, type TriedOperation, type TryRequest, tryOperation } from "./try-operation.ts";
import { canUpdateAll, type UpdatedPackages, updateAll } from "./update-all-trial.ts";

/** A dry run that a configuration names. */
export interface ScenarioTrial {
  readonly name: string;
  /** What it is tried on, for the reader; undefined for what the settings have. */
  readonly system: string | undefined;
  readonly expect: "success" | "refusal";
  /** Why it cannot be tried; undefined for one that can. */
  readonly problem: Message | undefined;
  /** @throws PackageError, TrialProblem */
  readonly tried: () => Promise<Pick<TriedOperation, "plan">>;
}

/** Why a trial cannot be made, in words for its reader. */
export class TrialProblem extends Error {
  /** At least one. */
  readonly reasons: readonly Message[];

  constructor(...reasons: readonly Message[]) {
    super(reasons[0]?.text);
    this.reasons = reasons;
  }
}

export interface TrialsRequest {
  readonly read: PackageReader<ReadPackage>;
  /** Older and newer ones; those that are not older than the package do not count. */
  readonly versions: readonly PackageVersion[];
  /** The first version that counts; undefined for all of them. */
  readonly since: string | undefined;
  /** Empty for the newest release of each product line that fits. */
  readonly products: readonly ProductVersion[];
  readonly database: DatabaseKind;
  /** Packages that are there where they are required or optional; undefined for none. */
  readonly siblings: SiblingPackages | undefined;
  readonly scenarios: readonly ScenarioTrial[];
  /** Why tables are left on purpose behind an uninstall, by their names. */
  readonly keptTables: Readonly<Record<string, string>>;
}

/** How the dry run of a trial is shown. */
export interface ShownTrialOptions extends Pick<PlanOptions, "force" | "assume"> {
  readonly compareWithDocumentation: boolean;
  /** As for any dry run. */
  readonly digestFiles: boolean;
}

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
  const own = plainVersion(Version?.content);
  const starts = countingVersions(olderVersions(request.versions, own), request.since);
  const hasFiles = contents.files.some(({ location }) => location !== undefined);
  let last: ProductTrials | undefined;
  // Plans of thousands of files take much room: those on one product are kept until another one's turn comes.
  const workOn = (product: ProductVersion) => {
    if (last?.product !== product) last = new ProductTrials(product, request, world);
    return last;
  };
  const { siblings } = request;
  const trials: PreparedTrial[] = [];
  for (const product of products) {
    const of = (
      subject: TrialSubject,
      run: (work: ProductTrials) => AsyncSteps<TrialResult>,
      requested?: (work: ProductTrials) => Promise<TryRequest>,
    ): PreparedTrial => ({
      trial: { system: `${product.product} ${product.version}`, database: request.database, subject },
      run: () => unlessProblem(() => run(workOn(product))),
      ...(requested && {
        shown: async (options) => {
          const work = workOn(product);
          return work.show(await requested(work), options);
        },
      }),
    });
    const latest = starts.at(-1);
    const updatesAll = latest && siblings && (await canUpdateAll(contents, product, siblings));
    trials.push(
      of({ kind: "install" }, (work) => work.install()),
      ...optionalPackages(contents).map((each) =>
        of(
          { kind: "install-with", package: each.name },
          (work) => work.installWith(each),
          (work) => work.withPackage(each),
        ),
      ),
      ...(hasFiles
        ? [
            of(
              { kind: "reinstall" },
              (work) => work.reinstall(),
              (work) => work.withChangedFile(),
            ),
          ]
        : []),
      of({ kind: "uninstall" }, (work) => work.uninstall()),
      of(
        { kind: "install-again" },
        (work) => work.installAgain(),
        (work) => work.behindUninstall(),
      ),
      ...starts.map((start) =>
        of({ kind: "upgrade", from: start.version }, (work) => work.upgrade(start.version, starts)),
      ),
      ...(updatesAll
        ? [
            of(
              { kind: "update-all" },
              (work) => work.updateAll(latest, siblings),
              (work) => work.withinUpdate(latest, siblings),
            ),
          ]
        : []),
    );
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

function notKnown(...reasons: readonly Message[]): TrialResult {
  return { kind: "unknown", reasons };
}

/** A package that may be there or not, and changes what an install does. */
interface OptionalPackage {
  readonly name: string;
  /** Whether it is merged, which depends on all that it holds. */
  readonly isMerged: boolean;
}

/** Far above what any package names. */
const mostOptional = 50;

/** Packages that sections ask for, or that are merged, and that are not required. */
function optionalPackages({ structure }: PackageContents): readonly OptionalPackage[] {
  if (!structure) return [];
  const { repeated, database } = structure;
  const sections = [
    ...codeFamilies.flatMap((family) => repeated[family]),
    ...Object.values(database).flatMap((phases) => [...phases.values()].flat()),
  ];
  const asked = sections.flatMap((tag) =>
    tag.kind === "start" ? [tag.attributes.get("IfPackage"), tag.attributes.get("IfNotPackage")] : [],
  );
  const merged = new Set(repeated.PackageMerge.map(({ attributes }) => attributes.get("Name")));
  const required = new Set(repeated.PackageRequired.map(({ content }) => content));
  const names = [...new Set([...merged, ...asked])].filter(
    (name): name is string => name !== undefined && name !== "" && !required.has(name),
  );
  return names.slice(0, mostOptional).map((name) => ({ name, isMerged: merged.has(name) }));
}

/** The trials of one package on one product. */
class ProductTrials {
  readonly product: ProductVersion;
  readonly #request: TrialsRequest;
  readonly #world: SystemWorld;
  readonly #matrix: Matrix;
  #installation: Promise<DryRunOutcome<ReadPackage>> | undefined;
  #uninstalled: Promise<Plan> | undefined;
  #paths: ReadonlyMap<string | undefined, TriedPath> | undefined;

  constructor(product: ProductVersion, request: TrialsRequest, world: SystemWorld) {
    this.product = product;
    this.#request = request;
    this.#world = world;
    this.#matrix = new Matrix(world);
  }

  async *install(): AsyncSteps<TrialResult> {
    const done = await this.#install();
    yield;
    return judged(done.plan, buildFailures(done.package.contents));
  }

  async *installWith(optional: OptionalPackage): AsyncSteps<TrialResult> {
    const request = await this.withPackage(optional);
    yield;
    return judged(await planTried(request));
  }

  /** An install where an optional package is. @throws PackageError, TrialProblem */
  async withPackage({ name, isMerged }: OptionalPackage): Promise<TryRequest> {
    const { plan, package: read } = await this.#install();
    const { siblings } = this.#request;
    const { before } = plan;
    const found = (await siblings?.named(name, before.framework)) ?? [];
    const newest = newestOf(found);
    if (newest) {
      const now = this.#world.clock.now();
      const named = await withInstalled([newest], before, { assumeRequirements: true, now });
      if (!named.system.packages.some((row) => row.name === name)) throw new TrialProblem(...named.notes);
      const version = packageVersion(newest);
      const note = { text: "{package} is installed before.", values: { package: `${name} ${version}` } };
      return this.#requestOf("install", named.system, read, note);
    }
    if (isMerged) {
      throw new TrialProblem({
        text: "The package {name} is merged, and is not among the packages that are known here, so that nobody can tell what becomes of its parts.",
        values: { name },
      });
    }
    const system = withStandIns(before, [{ name, version: "1.0.0" }], read.contents);
    const note = {
      text: "{package} is taken to be installed. Nothing else is known of it.",
      values: { package: name },
    };
    return this.#requestOf("install", system, read, note);
  }

  async *reinstall(): AsyncSteps<TrialResult> {
    const request = await this.withChangedFile();
    const { plan } = await this.#install();
    yield;
    const { contents } = request;
    const done = await planTried(request);
    yield;
    const result = judged(done);
    if (done.verdict !== "success") return result;
    const { after } = done;
    const { files } = await whenKnown(after.facts, () => checkDeployment(contents, after));
    const undeployed = files.map(({ location }): TrialFailure => {
      const tag = contents.files.find((file) => file.location === location)?.tag;
      const text = "The file {path} is not as in the package behind the reinstall.";
      return { message: { text, values: { path: location } }, span: tag?.element.span, compared: undefined };
    });
    const difference = differenceOf(plan.after, after, pathsTouched(done.steps));
    return withFailures(result, [
      ...undeployed,
      // Files have been compared, and the copy of the changed one is meant to be there.
      ...differenceFailures({ ...difference, files: [] }, contents, behindReinstall),
    ]);
  }

  /** A reinstall where somebody has changed a file. @throws PackageError, TrialProblem */
  async withChangedFile(): Promise<TryRequest> {
    const { plan, read } = await this.#installed();
    const { contents } = read;
    const changed = contents.files.find(({ location, content }) => location !== undefined && content);
    const path = changed?.location === undefined ? undefined : homePath(changed.location);
    const entry = path === undefined ? undefined : plan.after.home.entry(path);
    if (path === undefined || entry?.kind !== "file")
      throw new TrialProblem({ text: "No file of the package is there that could be changed." });
    const system = new ChangedSystem(plan.after);
    const content = contentOf(new TextEncoder().encode("changed\n"));
    system.apply({ part: "home", change: { kind: "write", path, content, mode: entry.mode } });
    const note = { text: "The package is installed, and {path} was changed since.", values: { path } };
    return this.#requestOf("reinstall", system.state(), read, note);
  }

  async *uninstall(): AsyncSteps<TrialResult> {
    const { plan, read } = await this.#installed();
    yield;
    const done = await this.#uninstall();
    yield;
    const result = judged(done);
    if (done.verdict !== "success") return result;
    const { keptTables } = this.#request;
    const difference = differenceBetween(plan.before, plan, done);
    const reasons = difference.database.added.flatMap(({ name }): readonly Message[] => {
      const reason = keptTableFor(name, keptTables);
      return reason === undefined ? [] : [keptText(name, reason)];
    });
    const failed = withFailures(result, leftFailures(difference, read.contents, keptTables));
    return failed.kind === "passed" ? { ...failed, notes: [...failed.notes, ...reasons] } : failed;
  }

  async *installAgain(): AsyncSteps<TrialResult> {
    const request = await this.behindUninstall();
    const { plan } = await this.#installed();
    yield;
    const done = await planTried(request);
    yield;
    const result = judged(done);
    if (done.verdict !== "success") return result;
    const difference = differenceBetween(plan.after, plan, done);
    return withFailures(result, differenceFailures(difference, request.contents, behindSecond));
  }

  /** An install where the package was, and is not any more. @throws PackageError, TrialProblem */
  async behindUninstall(): Promise<TryRequest> {
    const { read } = await this.#installed();
    const uninstalled = await this.#uninstall();
    if (uninstalled.verdict !== "success") {
      throw new TrialProblem({
        text: "The uninstall does not come to an end, so that nothing can be installed again.",
      });
    }
    const note = { text: "The package was installed and uninstalled before." };
    return this.#requestOf("install", uninstalled.after, read, note);
  }

  async *upgrade(from: string, starts: readonly PackageVersion[]): AsyncSteps<TrialResult> {
    if (!this.#paths) {
      const { read, database } = this.#request;
      const products = [this.product];
      const { rows } = yield* this.#matrix.run({
        ...{ read, versions: starts, products, databases: [database], since: undefined },
        kinds: ["straight"],
      });
      this.#paths = new Map(rows.map(({ start, cells }) => [start, cells[0]!]));
    }
    return judgedPath(this.#paths.get(from)!);
  }

  async *updateAll(latest: PackageVersion, siblings: SiblingPackages): AsyncSteps<TrialResult> {
    const { contents } = await this.#request.read(this.product);
    yield;
    return judgedUpdate(await this.#updated(latest, siblings), contents);
  }

  /** The upgrade of the package in its turn. @throws PackageError, TrialProblem */
  async withinUpdate(latest: PackageVersion, siblings: SiblingPackages): Promise<TryRequest> {
    const updated = await this.#updated(latest, siblings);
    if (updated.kind === "not-begun") throw new TrialProblem(...updated.reasons);
    const read = await this.#request.read(this.product);
    const name = packageName(read.contents);
    const turn = updated.results.findIndex(({ task, plan }) => task.name === name && plan !== undefined);
    const plan = updated.results[turn]?.plan;
    if (!plan) {
      const { refusal, explanations } = updated.plan;
      const reasons = [...(refusal ? [refusal] : []), ...explanations.map(({ reason }) => reason)];
      const text = "The update of all packages does not come to {name}.";
      throw new TrialProblem({ text, values: { name }, ...(reasons[0] && { further: reasons[0] }) });
    }
    const before = updated.results.slice(0, turn).filter((each) => each.plan !== undefined);
    const names = before.map(({ task: { name: each, offered } }) => `${each} ${offered.entry.version}`);
    const note =
      names.length === 0
        ? { text: "In the update of all packages this one comes first." }
        : {
            text: "In the update of all packages these come before: {packages}.",
            values: { packages: names.join(", ") },
          };
    return this.#requestOf(plan.operation, plan.before, read, note);
  }

  async #updated(latest: PackageVersion, siblings: SiblingPackages): Promise<UpdatedPackages> {
    const { contents } = await this.#request.read(this.product);
    const { contents: earlier } = await latest.read(this.product);
    const { knowledge, clock } = this.#world;
    const system = defaultSystem(this.product, this.#request.database, knowledge.knowledgeFor);
    return updateAll({ contents, earlier, system, siblings, now: clock.now() });
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

  /** The package where it is installed. @throws PackageError, TrialProblem */
  async #installed(): Promise<{ readonly plan: Plan; readonly read: ReadPackage }> {
    const { plan, package: read } = await this.#install();
    if (plan.verdict !== "success") throw new TrialProblem(notInstalled(plan));
    return { plan, read };
  }

  /** The package on the system as it is delivered. */
  #install(): Promise<DryRunOutcome<ReadPackage>> {
    const { read, database, siblings } = this.#request;
    this.#installation ??= dryRun(
      {
        ...{ operation: "install", read, database, siblings, digestFiles: false, options: {} },
        system: { kind: "product", product: this.product },
      },
      this.#world,
    );
    return this.#installation;
  }

  #uninstall(): Promise<Plan> {
    this.#uninstalled ??= this.#install().then((done) =>
      planTried(this.#requestOf("uninstall", done.plan.after, done.package)),
    );
    return this.#uninstalled;
  }

  #requestOf(
    operation: Operation,
    system: SystemState,
    { contents, specText }: ReadPackage,
    ...notes: readonly Message[]
  ): TryRequest {
    const { clock, texts } = this.#world;
    return {
      ...{ operation, contents, specText, system, isStandIn: false, assumeRequirements: true, notes },
      options: { now: clock.now() },
      language: texts.language,
    };
  }
}

function notInstalled({ before: { framework } }: Plan): Message {
  return {
    text: "The package cannot be installed on {product}, so that there is nothing to go on from.",
    values: { product: `${framework.product} ${framework.version}` },
  };
}

/** Why no archive can be built of a spec, which whoever installs it needs. */
function buildFailures({ build }: PackageContents): readonly TrialFailure[] {
  if (!build) return [];
  return [
    ...build.refusals.map(({ id, values, span }) =>
      plainFailure({ text: refusalKinds[id].text, values }, span),
    ),
    ...build.missingFiles.map(({ location = "?", tag }) =>
      plainFailure(
        {
          text: "The file {path} is not there, so that the package cannot be built.",
          values: { path: location },
        },
        tag.element.span,
      ),
    ),
  ];
}

function plainFailure(message: Message, span: TrialFailure["span"]): TrialFailure {
  return { message, span, compared: undefined };
}

/** Whether an operation does all that it is meant to, as far as that is known. */
function judged(plan: Plan, others: readonly TrialFailure[] = []): TrialResult {
  const failures = [...others];
  const verdict = verdictIn(plan);
  if (plan.verdict === "refused" || plan.verdict === "died") {
    const refusals = plan.refusals.map((refusal) => plainFailure(refusal, refusal.span));
    failures.push(...(refusals.length > 0 ? refusals : [plainFailure(verdict.sentence, undefined)]));
  } else failures.push(...plan.steps.flatMap(failuresOfStep));
  if (failures.length > 0) return { kind: "failed", failures: distinct(failures) };
  if (plan.verdict === "unknown") return notKnown(...plan.refusals);
  const open = plan.steps.flatMap(({ doubt }) => (doubt && doubt.id !== "code" ? [doubt.reason] : []));
  if (open.length > 0) return notKnown(...onceEach(open));
  return { kind: "passed", notes: verdict.doubts };
}

/** As a report has it. */
function verdictIn(plan: Plan): Verdict {
  const { framework, database } = plan.before;
  const basis = basisOf(framework, database.kind);
  return verdictOf(plan, countAnswers(plan.steps), basis, { applied: false, oldest: undefined });
}

/** Whether the framework refuses an operation, as it should. */
function judgedRefusal(plan: Plan): TrialResult {
  switch (plan.verdict) {
    case "refused":
      return { kind: "passed", notes: plan.refusals };
    case "unknown":
      return notKnown(...plan.refusals);
    default: {
      const actual = verdictIn(plan).sentence;
      const expected: Message = { text: "The framework refuses it." };
      const message: Message = {
        text: "The framework does not refuse it, although the scenario expects that.",
      };
      return { kind: "failed", failures: [{ message, span: undefined, compared: { expected, actual } }] };
    }
  }
}

function failuresOfStep(step: Step): readonly TrialFailure[] {
  const failure = isWorthShowing(step) ? failureOf(step) : undefined;
  if (failure === undefined || !usualFailures.has(failure)) return [];
  if (step.kind === "configuration" && step.losses.length > 0) {
    return step.losses.filter(({ isOpen }) => !isOpen).map((loss) => plainFailure(loss, step.span));
  }
  // A check that fails is told by its refusal.
  if (step.lane === "check") return [];
  const { reason, span, outcome } = step;
  const hasLabel = step.kind === "statement" || step.kind === "code" || step.kind === "database-element";
  if (!hasLabel) return [plainFailure(reason ?? describeStep(step), span)];
  const label = step.kind === "database-element" ? step.element : labelOfStep(step);
  const said = stepText(outcome === "runs" ? "fails" : outcome, label);
  const message = reason ? { ...said, further: reason } : said;
  return [{ message, span, compared: { expected: doneText(label), actual: message } }];
}

function doneText(step: string): Message {
  return { text: "{step} runs.", values: { step } };
}

/** What comes of an upgrade, beside a fresh install. */
function judgedPath({ verdict, refusals, failures, differences, open, runsCode }: TriedPath): TrialResult {
  const found: readonly TrialFailure[] = [
    ...refusals.map((refusal) => plainFailure(refusal, refusal.span)),
    ...failures.map((failed): TrialFailure => {
      const message = { ...failureText(failed), further: failed.reason };
      const compared = { expected: doneText(failed.label), actual: message };
      return { message, span: failed.span, compared };
    }),
    ...differences.map((difference): TrialFailure => {
      const { table, name, fresh, other, parting } = difference;
      const said = differenceText(difference);
      const message = { ...said, further: said.further ?? partingTexts[parting.cause] };
      const subject = [table, name].filter((each) => each !== "").join(".");
      const compared = { expected: factText(subject, fresh), actual: factText(subject, other) };
      return { message, span: parting.tag?.element.span, compared };
    }),
  ];
  switch (verdict) {
    case "same":
      return { kind: "passed", notes: runsCode ? [codeNote] : [] };
    case "unknown":
      return notKnown(...onceEach([...open.map(({ reason }) => reason), ...refusals]));
    default:
      return { kind: "failed", failures: distinct(found) };
  }
}

/** Whether a package and all that it requires come up to date. */
function judgedUpdate(updated: UpdatedPackages, { structure }: PackageContents): TrialResult {
  if (updated.kind === "not-begun") return notKnown(...updated.reasons);
  const { plan, results } = updated;
  if (plan.refusal) return notKnown(plan.refusal);
  const own = structure?.single.Name;
  const spanOf = (name: string) => {
    const required = structure?.repeated.PackageRequired.find(({ content }) => content === name);
    return (required ?? own)?.element.span;
  };
  const failures = plan.explanations.map(({ reason, name }) => plainFailure(reason, spanOf(name)));
  const reasons: Message[] = [];
  for (const { task, outcome, plan: done, reason } of results) {
    const isOwn = task.name === own?.content;
    const result = done && judged(done);
    if (isOwn && result?.kind === "failed") failures.push(...result.failures);
    else if (result?.kind === "failed" || outcome === "InstallError" || outcome === "UpdateError") {
      const first = result?.kind === "failed" ? result.failures[0]?.message : reason;
      const said = { text: "The package {name} does not come up to date.", values: { name: task.name } };
      failures.push(plainFailure(first ? { ...said, further: first } : said, spanOf(task.name)));
    } else if (result?.kind === "unknown") reasons.push(...result.reasons);
  }
  for (const { name, required } of plan.violations) {
    const text = "The framework may update {name} before {required}, which it requires.";
    reasons.push({ text, values: { name, required } });
  }
  if (failures.length > 0) return { kind: "failed", failures: distinct(failures) };
  return reasons.length > 0 ? notKnown(...onceEach(reasons)) : { kind: "passed", notes: [] };
}

const codeNote: Message = { text: "What code does is not followed." };

/** @param value undefined where there is no such thing */
function factText(subject: string, value: string | undefined): Message {
  return value === undefined
    ? thereText(subject, false)
    : { text: "{subject}: {value}", values: { subject, value } };
}

function thereText(subject: string, isThere: boolean): Message {
  return { text: isThere ? "{subject}: there" : "{subject}: not there", values: { subject } };
}

/**
 * What a system has otherwise after the last of some operations than it had before. Folders do not count: frameworks leave
 * those that they have made for a package, and it has no way to have them taken away.
 */
function differenceBetween(before: SystemState, ...plans: readonly Plan[]): SystemDifference {
  const paths = new Set(plans.flatMap(({ steps }) => [...pathsTouched(steps)]));
  const difference = differenceOf(before, plans.at(-1)!.after, paths);
  const files = difference.files.filter((each) => (each.after ?? each.before)?.kind !== "folder");
  return { ...difference, files };
}

/** What is still there behind an uninstall. Copies that the framework makes of files count, since they stay for ever. */
function leftFailures(
  difference: SystemDifference,
  contents: PackageContents,
  kept: Readonly<Record<string, string>>,
): readonly TrialFailure[] {
  const tables = difference.database.added
    .filter(({ name }) => keptTableFor(name, kept) === undefined)
    .map(
      ({ name }): TrialFailure => ({
        message: { text: leftTable.text, values: { table: name }, further: keepText },
        span: contents.structure && spanOfTable(contents.structure, name),
        compared: { expected: thereText(name, false), actual: thereText(name, true) },
      }),
    );
  const rest = { ...difference, database: { ...difference.database, added: [] } };
  return [...tables, ...differenceFailures(rest, contents, behindUninstall)];
}

const keepText: Message = {
  text: "Where they are, name the table with the reason in “keptTables” of sopm.json.",
};

function keptText(table: string, reason: string): Message {
  return { text: "The table {table} is left on purpose: {reason}", values: { table, reason } };
}

/** Says of something that is added, removed or changed what it is compared with. */
type Sentences = Readonly<Record<"added" | "removed" | "changed", string>>;

const behindUninstall: Sentences = {
  added: "{subject} is still there behind the uninstall.",
  removed: "{subject} was there before the install, and is not there behind the uninstall.",
  changed: "{subject} is otherwise behind the uninstall than before the install.",
};
const behindReinstall: Sentences = {
  added: "{subject} is there behind the reinstall, and was not there before.",
  removed: "{subject} is not there behind the reinstall any more.",
  changed: "{subject} is otherwise behind the reinstall than before.",
};
const behindSecond: Sentences = {
  added: "{subject} is there behind the second install, and was not there behind the first.",
  removed: "{subject} is not there behind the second install, and was there behind the first.",
  changed: "{subject} is otherwise behind the second install than behind the first.",
};

function differenceFailures(
  difference: SystemDifference,
  { files }: PackageContents,
  sentences: Sentences,
): readonly TrialFailure[] {
  return differenceRows(difference).flatMap(([part, rows]) =>
    rows.map(({ change, subject, detail }): TrialFailure => {
      const kind = change === "returned" ? "changed" : change;
      const file = part === "files" ? files.find(({ location }) => location === subject) : undefined;
      const there = thereText(subject, true);
      const gone = thereText(subject, false);
      return {
        message: { text: sentences[kind], values: { subject } },
        span: file?.tag.element.span,
        compared: {
          expected: kind === "added" ? gone : there,
          actual: kind === "removed" ? gone : detail ? { ...there, further: detail } : there,
        },
      };
    }),
  );
}

/** More than this nobody reads of one trial. */
const mostFailures = 100;

/** One tag can make several statements that fail for the same reason. */
function distinct(failures: readonly TrialFailure[]): readonly TrialFailure[] {
  const once = new Map(
    failures.map((each) => [JSON.stringify([each.span?.start, each.message]), each] as const),
  );
  return [...once.values()].slice(0, mostFailures);
}

function onceEach(messages: readonly Message[]): readonly Message[] {
  return [...new Map(messages.map((each) => [JSON.stringify(each), each])).values()];
}

function withFailures(result: TrialResult, failures: readonly TrialFailure[]): TrialResult {
  if (failures.length === 0) return result;
  const before = result.kind === "failed" ? result.failures : [];
  return { kind: "failed", failures: distinct([...before, ...failures]) };
}
