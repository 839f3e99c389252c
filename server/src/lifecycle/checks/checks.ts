import type { CheckId } from "../plan.ts";
import type { Check } from "./check.ts";
import { framework, operatingSystem, writePermission } from "./environment.ts";
import { fileConflicts } from "./file-conflicts.ts";
import { installed, readable, removable } from "./presence.ts";
import { dependents, requiredModules, requiredPackages } from "./requirements.ts";
import { version } from "./version.ts";

export interface CheckRow {
  readonly check: Check;
  /** Whether Force passes over it. */
  readonly forceable: boolean;
  /** Whether its lines are logged although Force passes over it. */
  readonly logsWhenForced?: true;
}

/** Merging and registering check too, but change the system meanwhile, so they stand on their own. */
export type PlainCheckId = Exclude<CheckId, "merge" | "registration" | "earlier-steps">;

/** Every check, by its name; `order.ts` says when each comes. Source: Znuny 7.1 and OTOBO 11, Package.pm. */
export const checks: Readonly<Record<PlainCheckId, CheckRow>> = {
  readable: { check: readable, forceable: false },
  installed: { check: installed, forceable: false },
  removable: { check: removable, forceable: false },
  "write-permission": { check: writePermission, forceable: false },
  "operating-system": { check: operatingSystem, forceable: true },
  framework: { check: framework, forceable: true },
  "required-packages": { check: requiredPackages, forceable: true },
  "required-modules": { check: requiredModules, forceable: true },
  version: { check: version, forceable: true, logsWhenForced: true },
  "file-conflicts": { check: fileConflicts, forceable: true },
  dependents: { check: dependents, forceable: true },
};
