import type { DatabaseKind } from "../../database/engines.ts";
import type { Message } from "../../l10n/translate.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import type { PackageVersion } from "../package-version.ts";
import type { SiblingPackages } from "../sibling-packages.ts";
import type { PackageReader, ReadPackage } from "../system-world.ts";
import type { TriedOperation } from "../try-operation.ts";

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
