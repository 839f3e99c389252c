import { type FrameworkRelease, type Switch, switchesOf } from "../dialect/switches.ts";
import type { CodeFamily, DatabaseFamily } from "../model/package-spec.ts";
import { type SectionPhase, type Selection, selectionOf } from "../model/section-phases.ts";
import type { PlainCheckId } from "./checks/checks.ts";
import type { Entrance, Operation } from "./operation.ts";

/** A place in the order of an operation. What a package has nothing for gives no step there. */
export type Slot =
  /** Where the package is, or is not, installed, the operation goes on as another one. */
  | { readonly kind: "go-on-as"; readonly operation: "install" | "upgrade" }
  | { readonly kind: "check"; readonly check: PlainCheckId }
  /** Merges packages, or is refused. */
  | { readonly kind: "merge" }
  | { readonly kind: "code"; readonly family: CodeFamily; readonly phase: string }
  | {
      readonly kind: "database";
      readonly family: DatabaseFamily;
      readonly phase: string;
      readonly selection: Selection;
    }
  | { readonly kind: "write-files" }
  /** The files of the archive that is given, or of the version that was installed before. */
  | { readonly kind: "remove-files"; readonly of: "given" | "installed" }
  | { readonly kind: "remove-rows" }
  | { readonly kind: "add-row" }
  | { readonly kind: "configuration" }
  | { readonly kind: "clear-cache"; readonly cache: "data" | "loader" }
  | { readonly kind: "event" };

const check = (id: PlainCheckId): Slot => ({ kind: "check", check: id });
const code = (family: CodeFamily, phase: string): Slot => ({ kind: "code", family, phase });
const database = (family: DatabaseFamily, phase: SectionPhase): Slot => ({
  kind: "database",
  family,
  phase,
  selection: selectionOf(family, phase)!,
});

/** Source: PackageInstall of Znuny 7.1 and OTOBO 11. */
const install: readonly Slot[] = [
  check("readable"),
  { kind: "go-on-as", operation: "upgrade" },
  check("write-permission"),
  check("operating-system"),
  check("framework"),
  check("required-packages"),
  check("required-modules"),
  { kind: "merge" },
  check("file-conflicts"),
  code("CodeInstall", "pre"),
  database("DatabaseInstall", "pre"),
  { kind: "write-files" },
  { kind: "add-row" },
  { kind: "configuration" },
  database("DatabaseInstall", "post"),
  code("CodeInstall", "post"),
  { kind: "clear-cache", cache: "data" },
  { kind: "clear-cache", cache: "loader" },
  { kind: "event" },
];

/** Source: PackageUpgrade of Znuny 7.1 and OTOBO 11. */
const upgrade: readonly Slot[] = [
  check("readable"),
  { kind: "go-on-as", operation: "install" },
  check("write-permission"),
  check("operating-system"),
  check("framework"),
  check("required-packages"),
  check("required-modules"),
  { kind: "merge" },
  check("version"),
  check("file-conflicts"),
  { kind: "remove-rows" },
  { kind: "add-row" },
  code("CodeUpgrade", "pre"),
  database("DatabaseUpgrade", "pre"),
  { kind: "remove-files", of: "installed" },
  { kind: "write-files" },
  { kind: "configuration" },
  database("DatabaseUpgrade", "post"),
  code("CodeUpgrade", "post"),
  { kind: "clear-cache", cache: "data" },
  { kind: "clear-cache", cache: "loader" },
  { kind: "event" },
];

/** Source: PackageReinstall of OTOBO 11. The database sections are read by nobody. */
const reinstall: readonly Slot[] = [
  check("readable"),
  check("write-permission"),
  check("operating-system"),
  check("framework"),
  code("CodeReinstall", "pre"),
  database("DatabaseReinstall", "pre"),
  { kind: "write-files" },
  { kind: "configuration" },
  database("DatabaseReinstall", "post"),
  code("CodeReinstall", "post"),
  { kind: "clear-cache", cache: "data" },
  { kind: "clear-cache", cache: "loader" },
  { kind: "event" },
];

/** Source: PackageUninstall of Znuny 7.1 and OTOBO 11. */
const uninstall: readonly Slot[] = [
  check("readable"),
  check("dependents"),
  check("write-permission"),
  code("CodeUninstall", "pre"),
  database("DatabaseUninstall", "pre"),
  { kind: "remove-files", of: "given" },
  { kind: "remove-rows" },
  { kind: "configuration" },
  database("DatabaseUninstall", "post"),
  code("CodeUninstall", "post"),
  { kind: "clear-cache", cache: "data" },
  { kind: "clear-cache", cache: "loader" },
  { kind: "event" },
];

const newest: Readonly<Record<Operation, readonly Slot[]>> = { install, upgrade, reinstall, uninstall };

/** An operation that needs an installed package and refuses to go on without one. */
function refusingWithoutPackage(slots: readonly Slot[]): readonly Slot[] {
  return slots.flatMap((slot): Slot[] => {
    if (slot.kind === "check" && slot.check === "readable") return [slot, check("installed")];
    return slot.kind === "go-on-as" ? [] : [slot];
  });
}

function withoutMerge(slots: readonly Slot[]): readonly Slot[] {
  return slots
    .filter(({ kind }) => kind !== "merge")
    .map((slot) =>
      slot.kind === "database" && slot.selection === "conditions" ? { ...slot, selection: "all" } : slot,
    );
}

/** Operations that refuse, in some releases, what is not installed. */
const refusals: Readonly<Partial<Record<Operation, Switch>>> = {
  upgrade: "upgradeNeedsPackage",
  reinstall: "reinstallNeedsPackage",
};

/** The framework's own order, line by line. OTRS 3.1 knows no PackageMerge and looks at no IfPackage. */
export function orderOf(operation: Operation, release: FrameworkRelease): readonly Slot[] {
  const refusal = refusals[operation];
  const switches = switchesOf(release);
  const isRefused = refusal !== undefined && switches[refusal];
  const slots = isRefused ? refusingWithoutPackage(newest[operation]) : newest[operation];
  return switches.packageMerge ? slots : withoutMerge(slots);
}

/**
 * The same order as the documentation tells it: packages are merged when every check has passed, what the framework
 * forgets to run is run, and what is not installed is not dealt with.
 */
export function documentedOrder(operation: Operation, release: FrameworkRelease): readonly Slot[] {
  const framework = orderOf(operation, release);
  const needsPackage =
    (operation === "reinstall" || operation === "uninstall") &&
    !framework.some((slot) => slot.kind === "check" && slot.check === "installed");
  const slots = (needsPackage ? refusingWithoutPackage(framework) : framework).map(promised);
  const merge = slots.filter(({ kind }) => kind === "merge");
  const rest = slots.filter(({ kind }) => kind !== "merge");
  const lastCheck = rest.findLastIndex(({ kind }) => kind === "check");
  return [...rest.slice(0, lastCheck + 1), ...merge, ...rest.slice(lastCheck + 1)];
}

function promised(slot: Slot): Slot {
  if (slot.kind !== "database" || slot.selection !== "never") return slot;
  return { ...slot, selection: slot.family === "DatabaseUpgrade" ? "gates" : "all" };
}

interface EntranceRow {
  readonly entrance: Entrance;
  readonly operations: readonly Operation[];
  /** The releases that do it; absent for all. */
  readonly releases?: Switch;
  readonly check: PlainCheckId;
}

/** Source: Admin::Package::* and AdminPackageManager of Znuny 7.1 and OTOBO 11. */
const entranceRows: readonly EntranceRow[] = [
  {
    entrance: "console",
    operations: ["install", "upgrade", "reinstall"],
    releases: "consoleLooksFirst",
    check: "installed",
  },
  { entrance: "console", operations: ["uninstall"], check: "removable" },
  { entrance: "admin", operations: ["install", "upgrade"], check: "framework" },
  { entrance: "admin", operations: ["uninstall"], check: "removable" },
];

/** What console and admin screen look at before they call the package manager, Force or not. */
export function entranceChecks(
  operation: Operation,
  entrance: Entrance,
  release: FrameworkRelease,
): readonly PlainCheckId[] {
  const switches = switchesOf(release);
  return entranceRows
    .filter(
      (row) =>
        row.entrance === entrance &&
        row.operations.includes(operation) &&
        (row.releases === undefined || switches[row.releases]),
    )
    .map((row) => row.check);
}
