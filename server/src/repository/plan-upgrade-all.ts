import { isLeftInUpgradeAll } from "../dialect/joined-packages.ts";
import { firstWith, type Release, switchesOf } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import type { PackageTable } from "../system/package-table.ts";
import type { SystemState } from "../system/system-state.ts";
import {
  explainOrder,
  type OrderExplanation,
  type OrderViolation,
  orderViolations,
} from "./explain-order.ts";
import { failuresByClass, type InstallOrder, installOrder } from "./install-order.ts";
import type { JoinedSources } from "./joined-sources.ts";
import {
  noResults,
  type OfferedArchive,
  type PackageTask,
  performInOrder,
  type TaskOptions,
  type TaskResult,
  tasksInOrder,
  versionsByName,
} from "./perform-in-order.ts";

/** A run that was begun before, as the system remembers it. */
export interface UpgradeRun {
  readonly status: "Running" | "Finished";
  /** When it last told how far it was. */
  readonly updateTime: Date;
}

export interface UpgradeAllOptions extends TaskOptions {
  /** Undefined when the system remembers none. */
  readonly run?: UpgradeRun | undefined;
  /** True while the daemon has one to do. */
  readonly isScheduled?: boolean;
  /** The present moment, to tell whether a run is lost. */
  readonly clock?: Date;
}

/** What bringing all packages of a system up to date would do. */
export interface UpgradeAllPlan {
  /** Why nothing is begun; undefined when something is. */
  readonly refusal: Message | undefined;
  /** What is to be brought up to date, versions by name. */
  readonly targets: ReadonlyMap<string, string>;
  readonly order: InstallOrder;
  /** Why packages cannot be brought up to date, beside the framework's answer. */
  readonly explanations: readonly OrderExplanation[];
  /** Packages that come before something they require, or may. */
  readonly violations: readonly OrderViolation[];
  /** In the order in which they are done. */
  readonly tasks: readonly PackageTask[];
  /** Plans the tasks one by one, each when it is asked for. May be gone through more than once. */
  results(): AsyncIterable<TaskResult>;
}

/**
 * Plans to bring all packages of a system up to date from its repositories, dependencies included.
 *
 * @param offered what the repositories offer together
 * @source Znuny 7.1 and OTOBO 11, PackageUpgradeAll and Admin::Package::UpgradeAll
 */
export function planUpgradeAll(
  system: SystemState,
  offered: JoinedSources,
  archive: OfferedArchive,
  options: UpgradeAllOptions = {},
): UpgradeAllPlan {
  const { framework } = system;
  const refusal = refusalOf(framework, offered, options);
  if (refusal) return { ...nothingToDo, refusal };
  const targets = versionsByName(targetRows(system.packages, offered, framework));
  const entries = offered.list.map(({ entry }) => entry);
  const order = installOrder(targets, entries, framework);
  const tasks = tasksInOrder(order.order, offered.byName, targets);
  return {
    refusal: undefined,
    targets,
    order,
    explanations: explainOrder(order, versionsByName(system.packages), framework),
    violations: orderViolations(
      order,
      [...offered.byName.values()].map(({ entry }) => entry),
    ),
    tasks,
    results: () => performInOrder(tasks, system, archive, options),
  };
}

const nothingToDo: UpgradeAllPlan = {
  refusal: undefined,
  targets: new Map(),
  order: { order: new Map(), failures: [], gaveUp: false },
  explanations: [],
  violations: [],
  tasks: [],
  results: noResults,
};

/** A run counts as lost when it has said nothing for so long, in milliseconds. */
const runTimeout = 5 * 60_000;

/**
 * @param now without it nobody can tell that a run is lost
 * @source Znuny 7.1, PackageUpgradeAllIsRunning
 */
export function isRunActive({
  run,
  isScheduled,
  now,
}: Pick<UpgradeAllOptions, "run" | "isScheduled"> & { readonly now?: Date | undefined }): boolean {
  if (isScheduled) return true;
  if (run?.status !== "Running") return false;
  return now === undefined || now.getTime() <= run.updateTime.getTime() + runTimeout;
}

function refusalOf(
  { product, version, ...release }: SystemState["framework"],
  { diedAt }: JoinedSources,
  options: UpgradeAllOptions,
): Message | undefined {
  if (!switchesOf({ ...release, version }).upgradeAll) {
    return {
      text: "{framework} cannot upgrade all packages at once, because only {first} and later releases can.",
      values: { framework: `${product} ${version}`, first: firstWith("upgradeAll") },
    };
  }
  if (isRunActive({ ...options, now: options.clock })) {
    return { text: "Nothing is upgraded, because another run of upgrade all is active." };
  }
  if (diedAt === undefined) return undefined;
  return {
    text: "The framework ends with an error, because the index of “{source}” cannot be read.",
    values: { source: diedAt },
  };
}

/** What the ITSM bundle consists of. */
const itsmParts: ReadonlySet<string> = new Set([
  "GeneralCatalog",
  "ITSMCore",
  "ITSMChangeManagement",
  "ITSMConfigurationManagement",
  "ITSMIncidentProblemManagement",
  "ITSMServiceLevelManagement",
  "ImportExport",
]);

/**
 * Rows of any status. The parts of the ITSM bundle are meant to be left alone where the bundle is installed and
 * offered, but the framework only looks whether it is offered.
 */
function targetRows(packages: PackageTable, { byName }: JoinedSources, release: Release): PackageTable {
  const { upgradeAllLeavesItsm } = switchesOf(release);
  const isLeft = ({ name }: { readonly name: string }) =>
    isLeftInUpgradeAll(name, release) || (upgradeAllLeavesItsm && byName.has("ITSM") && itsmParts.has(name));
  return packages.filter((row) => !isLeft(row));
}

export type UpgradeClass = "Updated" | "Installed" | "AlreadyUpdated" | "Undeployed";

/** What a run reports, names by class, as the framework has it. */
export interface UpgradeAllResult {
  /** False when there is any failure; a package that is not deployed is none. */
  readonly success: boolean;
  readonly classes: Readonly<Record<UpgradeClass, readonly string[]>>;
  /** Only classes that have a name. */
  readonly failed: ReadonlyMap<string, readonly string[]>;
}

/** @param results of all tasks, or of those that are done so far */
export function summarizeUpgrade(order: InstallOrder, results: readonly TaskResult[]): UpgradeAllResult {
  const named = (outcome: TaskResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).map(({ task }) => task.name);
  const failed = new Map<string, readonly string[]>(
    [...failuresByClass(order)].map(([failure, names]) => [failure, [...names]]),
  );
  for (const outcome of ["InstallError", "UpdateError"] as const) {
    if (named(outcome).length > 0) failed.set(outcome, named(outcome));
  }
  const classes = {
    Updated: named("Updated"),
    Installed: named("Installed"),
    AlreadyUpdated: named("AlreadyUpdated"),
    Undeployed: named("Undeployed"),
  };
  return { success: failed.size === 0, classes, failed };
}

/**
 * What a system remembers of a run, by its keys in the table of system data.
 *
 * @param isFinished false while there are tasks left
 * @param time as the framework writes it, "YYYY-MM-DD hh:mm:ss", of the beginning and of now
 */
export function upgradeProgress(
  { targets }: UpgradeAllPlan,
  result: UpgradeAllResult,
  isFinished: boolean,
  time: { readonly start: string; readonly now: string },
): ReadonlyMap<string, string> {
  const toTable = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));
  const classes = Object.entries(result.classes).map(([name, names]) => [name, toTable(names)]);
  const failed = [...result.failed].map(([name, names]) => [name, toTable(names)]);
  const installed = [...targets].map(([Name, Version]) => ({ Name, Version }));
  return new Map([
    ["Package_UpgradeAll::StartTime", time.start],
    ["Package_UpgradeAll::UpdateTime", time.now],
    ["Package_UpgradeAll::Status", isFinished ? "Finished" : "Running"],
    ["Package_UpgradeAll::InstalledPackages", JSON.stringify(installed)],
    [
      "Package_UpgradeAll::UpgradeResult",
      JSON.stringify({ ...Object.fromEntries(classes), Failed: Object.fromEntries(failed) }),
    ],
    ...(isFinished ? [["Package_UpgradeAll::Success", result.success ? "1" : "0"] as [string, string]] : []),
  ]);
}
