import type { PackageContents } from "../builder/package-contents.ts";
import { switchesOf } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import { checkDeployment, type DeployCheck } from "../lifecycle/deploy-check.ts";
import type { Plan } from "../lifecycle/plan.ts";
import type { MergedPackages, PlanOptions } from "../lifecycle/plan-options.ts";
import { planWhenKnown } from "../lifecycle/plan-when-known.ts";
import type { PackageTable, StoredArchives } from "../system/package-table.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import type { OfferedPackage } from "./joined-sources.ts";

/** What is to be done with one package. */
export interface PackageTask {
  readonly name: string;
  readonly offered: OfferedPackage;
  /** Undefined when no row of the package table has the name. */
  readonly installedVersion: string | undefined;
  /** `compare` where the version that is offered is the installed one: its files are looked at, if anything. */
  readonly action: "install" | "upgrade" | "compare";
}

export type TaskOutcome =
  | "AlreadyUpdated"
  | "Undeployed"
  | "Installed"
  | "Updated"
  | "InstallError"
  | "UpdateError";

export interface TaskResult {
  readonly task: PackageTask;
  readonly outcome: TaskOutcome;
  /** Undefined for a comparison, and when there is no archive to install. */
  readonly plan: Plan | undefined;
  /** What was found out about the files; undefined unless they were compared. */
  readonly deployment: DeployCheck | undefined;
  /** Why the outcome is an error; undefined when it is none. A plan says more. */
  readonly reason: Message | undefined;
  readonly after: SystemState;
}

export interface TaskOptions
  extends Pick<PlanOptions, "force" | "behaviour" | "environment" | "now" | "merged"> {
  /** True to take packages that are up to date for well deployed. */
  readonly skipDeployCheck?: boolean;
}

/** The archive that a repository has; undefined when it cannot be loaded. The same archive gives the same object. */
export type OfferedArchive = (offered: OfferedPackage) => Promise<PackageContents | undefined>;

/**
 * Plans tasks one after the other, each on the system that those before it leave. Nothing is planned before it is
 * asked for.
 *
 * @throws PackageError when a content that is needed cannot be read
 * @source Znuny 7.1 and OTOBO 11, PackageUpgradeAll
 */
export async function* performInOrder(
  tasks: Iterable<PackageTask>,
  system: SystemState,
  archive: OfferedArchive,
  options: TaskOptions,
): AsyncGenerator<TaskResult> {
  const { facts } = system;
  const progress = new Progress(system, options.merged);
  for (const task of tasks) {
    if (task.action === "compare") {
      yield await whenKnown(facts, () => compare(task, progress.state, options));
      continue;
    }
    const [done, failed] =
      task.action === "install"
        ? (["Installed", "InstallError"] as const)
        : (["Updated", "UpdateError"] as const);
    const contents = await archive(task.offered);
    if (!contents) {
      const values = { file: task.offered.entry.file, source: task.offered.source };
      const reason = { text: "The archive “{file}” cannot be loaded from “{source}”.", values };
      yield { task, outcome: failed, plan: undefined, deployment: undefined, reason, after: progress.state };
      continue;
    }
    const { merged } = progress;
    const { action } = task;
    const { state } = progress;
    const plan = await planWhenKnown(action, contents, state, { ...options, entrance: "api", merged });
    progress.add(plan);
    const outcome = plan.verdict === "success" ? done : failed;
    const reason = plan.verdict === "success" ? undefined : plan.refusals[0];
    yield { task, outcome, plan, deployment: undefined, reason, after: progress.state };
  }
}

/** Where there is nothing to do. */
export async function* noResults(): AsyncGenerator<TaskResult> {}

/** All of them, in their order. */
export async function allResults(results: AsyncIterable<TaskResult>): Promise<readonly TaskResult[]> {
  const all: TaskResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

/** Only files are compared; a package that is not deployed is left as it is. */
function compare(task: PackageTask, state: SystemState, { skipDeployCheck }: TaskOptions): TaskResult {
  const row = state.packages.findLast(
    ({ name, version }) => name === task.name && version === task.installedVersion,
  );
  const isCompared = !skipDeployCheck && switchesOf(state.framework).upgradeAllTellsUndeployed;
  const deployment =
    row && isCompared ? checkDeployment(state.archives.contents(row.digest), state) : undefined;
  const outcome = (deployment?.isDeployed ?? true) ? "AlreadyUpdated" : "Undeployed";
  return { task, outcome, plan: undefined, deployment, reason: undefined, after: state };
}

/**
 * The system as plans leave it. The archives of all packages are looked up for each plan, so those that plans add are
 * kept together instead of one behind the other.
 */
class Progress {
  state: SystemState;
  merged: MergedPackages;
  readonly #added = new Map<string, PackageContents>();
  readonly #archives: StoredArchives;

  constructor(system: SystemState, merged: MergedPackages = new Map()) {
    this.state = system;
    this.merged = merged;
    this.#archives = {
      contents: (digest) => this.#added.get(digest) ?? system.archives.contents(digest),
    };
  }

  add(plan: Plan): void {
    this.merged = plan.merged;
    for (const { changes } of plan.steps) {
      for (const change of changes) {
        if (change.part !== "packages" || change.change.kind !== "add-row") continue;
        this.#added.set(change.change.row.digest, change.change.contents);
      }
    }
    this.state = { ...plan.after, archives: this.#archives };
  }
}

/** The versions that a system has of each package; of several rows the youngest counts. */
export function versionsByName(packages: PackageTable): ReadonlyMap<string, string> {
  return new Map(packages.map(({ name, version }) => [name, version]));
}

/** Tasks in the order of their numbers, by name where these are the same: nobody knows what the framework does then. */
export function tasksInOrder(
  order: ReadonlyMap<string, number>,
  offered: ReadonlyMap<string, OfferedPackage>,
  installed: ReadonlyMap<string, string>,
): readonly PackageTask[] {
  return [...order]
    .sort(([a, left], [b, right]) => (left === right ? (a < b ? -1 : 1) : left > right ? -1 : 1))
    .flatMap(([name]) => {
      const offer = offered.get(name);
      if (!offer) return [];
      const installedVersion = installed.get(name);
      const action =
        installedVersion === undefined
          ? "install"
          : installedVersion === offer.entry.version
            ? "compare"
            : "upgrade";
      return [{ name, offered: offer, installedVersion, action }];
    });
}
