import type { PackageContents } from "../builder/package-contents.ts";
import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { Plan } from "../lifecycle/plan.ts";
import { planOperation } from "../lifecycle/plan-operation.ts";
import type { PlanOptions } from "../lifecycle/plan-options.ts";
import { lookAhead } from "../lifecycle/plan-when-known.ts";
import type { KeptPromises } from "../report/promise-counts.ts";
import type { ReportInputs } from "../report/report-inputs.ts";
import { reportIntros } from "../report/report-intros.ts";
import { type DryRunReport, makeReport } from "../report/report-model.ts";
import { differenceOf, pathsTouched, type SystemDifference } from "../report/system-difference.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { leftoversOf } from "./leftovers.ts";
import { readingNote } from "./reading-note.ts";
import { type EarlierVersion, type PreparedSystem, prepareSystem } from "./stand-in.ts";

export interface TryRequest {
  readonly operation: Operation;
  readonly contents: PackageContents;
  /** The spec that the package was read from; undefined for an archive. */
  readonly specText: string | undefined;
  readonly system: SystemState;
  /**
   * True when nobody named a system, so that `system` is one as it is delivered. What the operation cannot do without
   * is then taken to be there, and the report says so.
   */
  readonly isStandIn: boolean;
  /** True when it stands for one that has said what is installed there; absent for others. */
  readonly isListed?: boolean;
  /** What is installed before an upgrade; undefined for what the system has. */
  readonly from?: EarlierVersion | undefined;
  /** Whether packages that are required are taken to be installed. */
  readonly assumeRequirements: boolean;
  /** Whether the report also tells what would be otherwise if the documentation were right. */
  readonly compareWithDocumentation?: boolean;
  /** What test systems have shown of the product so far; absent for nothing. */
  readonly kept?: KeptPromises | undefined;
  /** What the reader has to know of how the system was made. */
  readonly notes?: readonly Message[];
  /** What was done to make it, in order; absent for nothing. */
  readonly prepared?: readonly Plan[];
  /** The digests of what the report is about. */
  readonly inputs?: ReportInputs | undefined;
  readonly options?: PlanOptions;
  /** True when the plan is not only shown but performed as well. */
  readonly applied?: boolean;
  /** Of the administrator who reads the intros, such as "en". */
  readonly language: string;
}

export interface TriedOperation {
  readonly plan: Plan;
  readonly report: DryRunReport;
  /**
   * What is done to a delivered system before, in order, to make it the one that the plan begins with; undefined where that
   * is not known, since the tables of an earlier version are guessed.
   */
  readonly preparation: readonly Plan[] | undefined;
}

/**
 * What an operation would do, with everything found out about the system and the package that it takes.
 *
 * @param planOldest given the plan, plans the same on the oldest release that the package may be installed on, to tell
 *   what would be otherwise; undefined where that is nothing
 * @throws PackageError when the content of a file is needed and cannot be read
 */
export async function tryOperation(
  request: TryRequest,
  planOldest: (plan: Plan) => Promise<Plan | undefined> = async () => undefined,
): Promise<TriedOperation> {
  const { plan, dryRun } = await planned(request);
  const oldest = await planOldest(plan);
  const report = await whenKnown(request.system.facts, () => dryRun.reportBeside(oldest));
  return { plan, report, preparation: dryRun.preparation };
}

/** The same without a report. @throws PackageError in the same cases */
export async function planTried(request: TryRequest): Promise<Plan> {
  return (await planned(request)).plan;
}

async function planned(request: TryRequest): Promise<{ readonly plan: Plan; readonly dryRun: DryRun }> {
  const { operation, contents, from, system } = request;
  const packages = from?.kind === "archive" ? [contents, from.contents] : [contents];
  await lookAhead(operation, packages, system);
  return whenKnown(system.facts, () => {
    const dryRun = new DryRun(request);
    return { plan: dryRun.plan, dryRun };
  });
}

/** What an operation would do as far as everything is known. All is worked out when it is first asked for. */
export class DryRun {
  readonly #request: TryRequest;
  #prepared: PreparedSystem | undefined;
  #plan: Plan | undefined;
  #report: DryRunReport | undefined;

  constructor(request: TryRequest) {
    this.#request = request;
  }

  /** @throws PackageError when the content of a file is needed and cannot be read */
  get plan(): Plan {
    this.#plan ??= this.#planAs("framework");
    return this.#plan;
  }

  /** @see TriedOperation */
  get preparation(): readonly Plan[] | undefined {
    const { prepared = [] } = this.#request;
    const { installation, touched } = this.#preparedSystem;
    if (installation) return [...prepared, ...installation];
    return touched ? undefined : prepared;
  }

  /** @throws PackageError */
  get report(): DryRunReport {
    this.#report ??= this.reportBeside(undefined);
    return this.#report;
  }

  /**
   * @param oldestPlan the same on the oldest release that the package may be installed on
   * @throws PackageError
   */
  reportBeside(oldestPlan: Plan | undefined): DryRunReport {
    const { contents, specText, compareWithDocumentation, operation, language, applied } = this.#request;
    const { structure } = contents;
    return makeReport({
      plan: this.plan,
      specText,
      applied: applied ?? false,
      fileName: contents.fileName,
      inputs: this.#request.inputs,
      kept: this.#request.kept,
      oldestPlan,
      documentedPlan: compareWithDocumentation ? this.#planAs("documented") : undefined,
      assumptions: this.#assumptions(),
      intros: structure ? reportIntros(structure, operation, language) : [],
      leftovers: this.#leftovers(),
    });
  }

  #planAs(behaviour: NonNullable<PlanOptions["behaviour"]>): Plan {
    const { operation, contents, options } = this.#request;
    return planOperation(operation, contents, this.#preparedSystem.system, { ...options, behaviour });
  }

  get #preparedSystem(): PreparedSystem {
    const { operation, contents, system, isStandIn, from, assumeRequirements, options } = this.#request;
    // A system that has the package is taken as it is.
    const isNeeded = isStandIn || (from !== undefined && !isInstalled(contents, system));
    this.#prepared ??= prepareSystem(isNeeded ? operation : "install", contents, system, {
      from,
      assumeRequirements,
      now: options?.now,
    });
    return this.#prepared;
  }

  #assumptions(): readonly Message[] {
    const { contents, system, isStandIn, from } = this.#request;
    const { product, version } = system.framework;
    const values = { product: `${product} ${version}` };
    const assumptions: Message[] = [];
    if (isStandIn) {
      assumptions.push({
        text: this.#request.isListed
          ? "{product} as it is delivered, with the packages that it lists, stands for the system."
          : "{product} as it is delivered stands for a system; no sandbox was named.",
        values,
      });
    }
    if (hasUnknownFiles(contents, system)) {
      assumptions.push({
        text: "The files of {product} are not known, so that none of the package's is taken to replace one of them.",
        values,
      });
    }
    const { tablesProblem } = this.#request.system.framework;
    if (tablesProblem) assumptions.push(tablesProblem);
    assumptions.push(...(this.#request.notes ?? []), ...this.#preparedSystem.assumptions);
    if (from && !isStandIn && isInstalled(contents, system)) {
      assumptions.push({ text: "The version that is installed counts, not the one that was named." });
    }
    return [...assumptions, ...contents.notes.map(readingNote), ...buildNotes(contents)];
  }

  #leftovers(): SystemDifference | undefined {
    const { operation, isStandIn, contents, system } = this.#request;
    if (operation !== "uninstall" || this.plan.verdict !== "success") return undefined;
    const { touched, base } = this.#preparedSystem;
    if (!isStandIn) return leftoversOf(contents, system, this.plan.after);
    if (!touched) return undefined;
    const paths = new Set([...touched(), ...pathsTouched(this.plan.steps)]);
    return differenceOf(base, this.plan.after, paths);
  }
}

function isInstalled({ structure }: PackageContents, { packages }: SystemState): boolean {
  const name = structure?.single.Name?.content;
  return packages.some((row) => row.name === name && row.status === "installed");
}

/** Whether nobody can tell of any file of the package if the framework has one of that name. */
function hasUnknownFiles({ files }: PackageContents, { home }: SystemState): boolean {
  return files.length > 0 && files.every(({ location = "" }) => home.isFrameworkFile(location) === undefined);
}

/** Why a spec could not be built; the dry run goes on with what there is. */
function buildNotes({ build }: PackageContents): readonly Message[] {
  if (!build) return [];
  const missing = build.missingFiles.map(({ location }) => location ?? "?");
  if (missing.length === 0) return [];
  return [
    {
      text: "Files that are missing count as empty, and building the package would fail: {count}, the first is {path}.",
      values: { count: missing.length, path: missing[0]! },
    },
  ];
}
