import type { PackageContents } from "../../builder/package-contents.ts";
import { saysNo, summaryOf } from "../../builder/package-summary.ts";
import { switchesOf } from "../../dialect/switches.ts";
import type { Message } from "../../l10n/translate.ts";
import { consoleIntro } from "../../lifecycle/intro.ts";
import type { Operation } from "../../lifecycle/operation.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import type { PlanOptions } from "../../lifecycle/plan-options.ts";
import { planWhenKnown } from "../../lifecycle/plan-when-known.ts";
import type { SystemState } from "../../system/system-state.ts";
import { type ConsoleOutput, type ConsoleRun, failedRun } from "./console-run.ts";
import { type ArchivePlaces, resolveLocation } from "./resolve-location.ts";

/**
 * What the console commands Install, Upgrade, Reinstall and Uninstall do with their location argument.
 *
 * The intro before is printed before the package manager checks anything, the one behind only when it reports success.
 *
 * @throws PackageError when an archive or a content that is needed cannot be read
 * @source Znuny 7.1 and OTOBO 11, console commands Admin::Package::*
 */
export async function runOperation(
  operation: Operation,
  location: string,
  system: SystemState,
  places: ArchivePlaces,
  options: Omit<PlanOptions, "entrance"> = {},
): Promise<ConsoleRun> {
  const { framework } = system;
  if (!switchesOf(framework).consoleHasPackages) {
    const values = { framework: `${framework.product} ${framework.version}` };
    return failedRun({
      text: "{framework} has no console commands for packages: they came with OTRS 5.0.",
      values,
    });
  }
  const found = await resolveLocation(location, system, places);
  const repositoryErrors = errorsIn(found.log ?? []);
  if (found.kind === "not-found") return failedRun(...repositoryErrors, found.reason);
  const { contents } = found;
  const plan = await planWhenKnown(operation, contents, system, { ...options, entrance: "console" });
  // What the command itself refuses it refuses without a word of the package.
  const isRefusedAtOnce = plan.steps.every(({ kind }) => kind === "check");
  const success = plan.verdict === "success";
  const output = isRefusedAtOnce ? [] : [...introOutput(contents, operation, "pre")];
  if (success) output.push(...introOutput(contents, operation, "post"));
  return {
    exitCode: success ? 0 : 1,
    output,
    errors: [
      ...repositoryErrors,
      ...plan.steps.flatMap(({ log }) => errorsIn(log)),
      ...(success ? [] : failuresOf(plan, contents, isRefusedAtOnce)),
    ],
    plan,
  };
}

/** The log prints errors alone. @source Znuny 7.1 and OTOBO 11, Kernel::System::Log */
function errorsIn(log: readonly LogEntry[]): readonly LogEntry[] {
  return log.filter(({ priority }) => priority === "error");
}

type LogEntry = Message & { readonly priority: "error" | "notice" };

function* introOutput(
  { structure }: PackageContents,
  operation: Operation,
  phase: "pre" | "post",
): Iterable<ConsoleOutput> {
  const intro = structure && consoleIntro(structure, operation, phase);
  if (intro) yield { kind: "intro", box: intro.box };
}

/**
 * What the command itself says of its failure. Why the package manager refuses is in the log; what the command refuses
 * before is not. Of a package that is hidden the command pretends that there is none.
 */
function failuresOf(
  { operation, refusals, package: { name = "" } }: Plan,
  contents: PackageContents,
  isRefusedAtOnce: boolean,
): readonly Message[] {
  const isHidden = saysNo(summaryOf(contents).flags.visible);
  if (refusals.some(({ check }) => check === "removable") && isHidden) {
    return [{ text: "There is no such package." }];
  }
  if (isRefusedAtOnce) return refusals.map(({ text, values = {} }) => ({ text, values }));
  return [{ text: failureTexts[operation], values: { name } }];
}

const failureTexts = {
  install: "The package “{name}” was not installed.",
  upgrade: "The package “{name}” was not upgraded.",
  reinstall: "The package “{name}” was not reinstalled.",
  uninstall: "The package “{name}” was not uninstalled.",
} as const satisfies Record<Operation, string>;
