import type { SqlMessage, SqlStatement } from "../database/sql-script.ts";
import type { Message } from "../l10n/translate.ts";
import type { CodeFamily, DatabaseFamily } from "../model/package-spec.ts";
import type { StartTag } from "../model/package-structure.ts";
import type { SystemChange, SystemState } from "../system/system-state.ts";
import type { Span } from "../text/span.ts";
import type { Doubt } from "./doubt.ts";
import type { LogEntry } from "./log.ts";
import type { Entrance, Operation } from "./operation.ts";
import type { MergedPackages } from "./plan-options.ts";
import type { QuirkId } from "./quirks.ts";

/** Everything that an operation on a package would do, in the framework's order. Planning changes nothing. */
export interface Plan {
  /** What was asked for; see `steps` for what it became. */
  readonly operation: Operation;
  readonly entrance: Entrance;
  readonly force: boolean;
  readonly package: PackageIdentity;
  /** The version in the package table before; undefined when the package was not installed. */
  readonly installedVersion: string | undefined;
  /**
   * What the framework reports: `died` when it throws, as for an archive it can make nothing of. `unknown` where the plan
   * ends because nobody can tell what the framework does.
   */
  readonly verdict: "success" | "refused" | "died" | "unknown";
  /** Why it is refused, or not known, in the order it is found out; empty for a success. */
  readonly refusals: readonly Refusal[];
  readonly steps: readonly Step[];
  /** The system before and after. Of a refused plan they may differ: a merge comes before the last checks. */
  readonly before: SystemState;
  readonly after: SystemState;
  /** What the process has merged by then, for further operations of the same process. */
  readonly merged: MergedPackages;
}

export interface PackageIdentity {
  /** Undefined when the package does not say it. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly vendor: string | undefined;
}

export interface Refusal extends Message {
  readonly check: CheckId;
  /** Where in the spec the cause stands; undefined when it is not in the spec. */
  readonly span: Span | undefined;
}

export type CheckId =
  | "readable"
  | "installed"
  | "removable"
  | "write-permission"
  | "operating-system"
  | "framework"
  | "required-packages"
  | "required-modules"
  | "merge"
  | "version"
  | "file-conflicts"
  | "dependents"
  | "registration"
  /** Only where the documentation is taken at its word: a step that fails ends the operation. */
  | "earlier-steps";

/** Lanes of the timeline. */
export type Lane = "check" | "code" | "database" | "files" | "registration" | "configuration" | "end";

/**
 * - `runs`: done, with the changes listed
 * - `fails`: tried and failed; the framework logs it and mostly goes on
 * - `skipped`: passed over in this operation, for the reason given; another time it may run
 * - `never`: no operation of this framework ever runs it
 */
export type StepOutcome = "runs" | "fails" | "skipped" | "never";

export type Step = StepFacts & StepDetail;

export interface StepFacts {
  /** From 1. */
  readonly number: number;
  /**
   * What tells this step from the others of the same plan, and finds it again in a plan for a changed spec, such as
   * "code CodeInstall 2". To assume that a step fails it is named by this.
   */
  readonly key: string;
  readonly lane: Lane;
  /** The operation it belongs to: an install of an installed package goes on as an upgrade. */
  readonly operation: Operation;
  /** 1 for the operation asked for, 2 for one that it called. */
  readonly depth: number;
  readonly outcome: StepOutcome;
  /** Why it may fail as well, though it is planned as one that runs; undefined for an outcome that is certain. */
  readonly doubt: Doubt | undefined;
  /** True where the reader assumed the outcome. */
  readonly assumed: boolean;
  /** Why it fails, is skipped or never runs; undefined for a step that runs. */
  readonly reason: Message | undefined;
  /** Where it stands in the spec; undefined for what comes from an archive or from no tag. */
  readonly span: Span | undefined;
  /** What the framework writes to its log, in order. */
  readonly log: readonly LogEntry[];
  /** Odd behaviour of the framework that shows here. */
  readonly quirks: readonly QuirkId[];
  /** What the step changes, in order. A step that fails may have changed something before it did. */
  readonly changes: readonly SystemChange[];
  /** What is left behind when it fails; undefined where nothing can be. */
  readonly remains: Message | undefined;
}

export type StepDetail =
  | { readonly kind: "begin" }
  | { readonly kind: "end"; readonly success: boolean }
  | {
      readonly kind: "check";
      readonly check: CheckId;
      /** True for one that does not hold and is passed over because of Force. */
      readonly forced: boolean;
    }
  /** A package is absorbed: its sections, files and row follow as steps of their own, up to `merge-end`. */
  | { readonly kind: "merge-begin" }
  | { readonly kind: "merge-end"; readonly success: boolean }
  | {
      readonly kind: "code-phase-begin" | "code-phase-end";
      readonly family: CodeFamily;
      readonly phase: string;
      /** Sections looked at. */
      readonly candidates: number;
      readonly success: boolean;
    }
  | {
      readonly kind: "code";
      readonly family: CodeFamily;
      readonly phase: string;
      readonly version: string | undefined;
      /** The Perl text as it would be run. */
      readonly code: string;
      readonly insight: CodeInsight;
    }
  | ({ readonly kind: "database-phase-begin" } & DatabasePhaseDetail & {
        /** The element that is run alone, by its own version; undefined for all elements of a phase. */
        readonly single: StartTag | undefined;
        /** What the framework logs while it makes the statements, with the tags that it is about. */
        readonly messages: readonly SqlMessage[];
      })
  | ({ readonly kind: "database-phase-end" } & DatabasePhaseDetail)
  /** A section or an element of one that does not come to the database. */
  | {
      readonly kind: "database-element";
      readonly family: DatabaseFamily;
      readonly phase: string;
      readonly element: string;
      readonly tag: StartTag;
    }
  | {
      readonly kind: "statement";
      readonly family: DatabaseFamily;
      readonly phase: string;
      readonly list: "main" | "post";
      readonly statement: SqlStatement;
      /** True where a guard in the statement passes over it, because there is nothing to do. */
      readonly passedOver?: true;
    }
  | {
      readonly kind: "write-file";
      readonly location: string;
      readonly permission: string | undefined;
      readonly type: string | undefined;
      /** Where the file that was there went, and folders that were made. */
      readonly existedBefore: boolean;
      readonly savedTo: string | undefined;
      readonly madeFolders: readonly string[];
    }
  | {
      readonly kind: "remove-file";
      readonly location: string;
      readonly existedBefore: boolean;
      /** A copy of a file that was changed by hand. */
      readonly savedTo: string | undefined;
      /** The backup that takes the file's place again. */
      readonly restoredFrom: string | undefined;
    }
  | {
      readonly kind: "package-table";
      readonly action: "add" | "remove" | "insert" | "delete" | "set-status";
      readonly name: string | undefined;
      readonly version: string | undefined;
    }
  | {
      readonly kind: "configuration";
      readonly part: "begin" | "read" | "deploy" | "end";
      /** For the log of deployments, such as "Package Install Acme 1.0.0". */
      readonly comment: string;
      /** Whether settings that are no longer defined are removed. */
      readonly cleanup: boolean;
      /** What reading loses of the package's own settings; empty for other parts. */
      readonly losses: readonly SettingsLoss[];
    }
  | { readonly kind: "clear-cache"; readonly cache: "data" | "loader" }
  | { readonly kind: "event"; readonly event: string; readonly package: PackageIdentity };

/** Settings that a file of the package is meant to bring, and that are not stored, or not as they are written. */
export interface SettingsLoss extends Message {
  /** The file, as the package lists it. */
  readonly location: string;
  /** From 1, where the cause stands in the file. */
  readonly line: number;
  /** Names, in the order of the file. */
  readonly lost: readonly string[];
  /** True where it is not known whether they are. */
  readonly isOpen: boolean;
}

interface DatabasePhaseDetail {
  readonly family: DatabaseFamily;
  readonly phase: string;
  /** Names of the elements handed over, such as "TableCreate(acme)". */
  readonly elements: readonly string[];
}

/** What can be told about a piece of Perl without running it. */
export interface CodeInsight {
  /** Modules it loads, with whether they can be loaded at this moment: undefined where nobody knows. */
  readonly modules: readonly { readonly name: string; readonly loadable: boolean | undefined }[];
  /** Subs it calls in modules of the package, and whether they are there. */
  readonly calls: readonly { readonly module: string; readonly sub: string; readonly exists: boolean }[];
  /** Packages that it takes out of the system because they were merged. */
  readonly uninstalls: readonly {
    /** Undefined where it is known only when the code runs. */
    readonly name: string | undefined;
    /** False where it depends on something whether the code comes to it; nothing is changed then. */
    readonly isSure: boolean;
    readonly isInstalled: boolean;
  }[];
}
