import type { Message } from "../l10n/translate.ts";
import { isAtLeast } from "../model/version.ts";
import type { SystemState } from "../system/system-state.ts";
import { explainOrder, type OrderExplanation } from "./explain-order.ts";
import { type InstallOrder, installOrder, type OrderedPackage } from "./install-order.ts";
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

/** What installing a package with all that it requires would do. */
export interface DependencyPlan {
  /** Why nothing is begun; undefined when something is. */
  readonly refusal: Message | undefined;
  readonly order: InstallOrder;
  readonly explanations: readonly OrderExplanation[];
  /** Dependencies first, the package itself last. */
  readonly tasks: readonly PackageTask[];
  /** Plans the tasks one by one, each when it is asked for, and ends at the first that fails. */
  results(): AsyncIterable<TaskResult>;
}

/**
 * Plans to install or upgrade a package from the repositories together with what it requires.
 *
 * The frameworks have no such command: whoever uses them installs the dependencies by hand, one after the other. What is
 * installed in a version that is good enough is left alone, whether it is offered or not.
 *
 * @param name as it stands in the index, letter case included
 */
export function planInstallWithDependencies(
  name: string,
  system: SystemState,
  offered: JoinedSources,
  archive: OfferedArchive,
  options: TaskOptions = {},
): DependencyPlan {
  const { framework } = system;
  const installed = versionsByName(system.packages.filter(({ status }) => status === "installed"));
  const isMet = (required: string, version: string | undefined) => {
    const present = installed.get(required);
    return present !== undefined && version !== undefined && isAtLeast(present, version, framework);
  };
  const entries = [...offered.byName.values()].map(
    ({ entry }): OrderedPackage => ({
      name: entry.name,
      version: entry.version,
      requiredPackages: entry.requiredPackages.filter((each) => !isMet(each.name, each.version)),
    }),
  );
  const wanted = offered.byName.get(name)?.entry.version;
  const order = installOrder(new Map([[name, wanted ?? ""]]), entries, framework);
  const explanations = explainOrder(order, installed, framework);
  const [first] = explanations;
  if (first) {
    const notOffered = { text: "No repository offers “{name}”.", values: { name } };
    const refusal = wanted === undefined ? notOffered : first.reason;
    return { refusal, order, explanations, tasks: [], results: noResults };
  }
  const byName = new Map(
    tasksInOrder(order.order, offered.byName, installed).map((task) => [task.name, task]),
  );
  const tasks = dependenciesFirst(name, entries).flatMap((each) => byName.get(each) ?? []);
  return {
    refusal: undefined,
    order,
    explanations,
    tasks,
    results: () => untilFailure(performInOrder(tasks, system, archive, options)),
  };
}

/** The numbers of the order do not always put a dependency first. There are no circles where this is called. */
function dependenciesFirst(name: string, entries: readonly OrderedPackage[]): readonly string[] {
  const requirements = new Map(
    entries.map((entry) => [entry.name, entry.requiredPackages.map((each) => each.name).sort()]),
  );
  const done = new Set<string>();
  const stack = [{ name, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const required = requirements.get(top.name)?.[top.next++];
    if (required === undefined) done.add(stack.pop()!.name);
    else if (!done.has(required)) stack.push({ name: required, next: 0 });
  }
  return [...done];
}

async function* untilFailure(results: AsyncIterable<TaskResult>): AsyncGenerator<TaskResult> {
  for await (const result of results) {
    yield result;
    if (result.outcome === "InstallError" || result.outcome === "UpdateError") return;
  }
}
