import type { PackageContents } from "../../builder/package-contents.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import { planOperation } from "../../lifecycle/plan-operation.ts";
import type { PlanOptions } from "../../lifecycle/plan-options.ts";
import type { SystemState } from "../../system/system-state.ts";

/**
 * The four operations as calls of the package manager make them. Each only plans: the plan has the system as it would
 * be, and a sandbox performs it.
 *
 * @source Znuny 7.1 and OTOBO 11, PackageInstall, PackageUpgrade, PackageReinstall and PackageUninstall
 */
type OperationCall = (
  contents: PackageContents,
  system: SystemState,
  options?: Omit<PlanOptions, "entrance">,
) => Plan;

export const installPackage: OperationCall = (contents, system, options) =>
  planOperation("install", contents, system, options);

export const upgradePackage: OperationCall = (contents, system, options) =>
  planOperation("upgrade", contents, system, options);

export const reinstallPackage: OperationCall = (contents, system, options) =>
  planOperation("reinstall", contents, system, options);

export const uninstallPackage: OperationCall = (contents, system, options) =>
  planOperation("uninstall", contents, system, options);
