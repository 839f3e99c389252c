import type { PackageContents } from "../builder/package-contents.ts";
import { holdsFor, type Switches, switchesOf } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import type { CodeFamily, DatabaseFamily } from "../model/package-spec.ts";
import type { PackageStructure, StartTag } from "../model/package-structure.ts";
import { phasesOf, type SectionPhase } from "../model/section-phases.ts";
import { compareStrictly, isAtLeast } from "../model/version.ts";
import { ChangedSystem } from "../system/changed-system.ts";
import type { ProductVersion } from "../system/product-version.ts";
import type { SystemChange, SystemState } from "../system/system-state.ts";
import type { Span } from "../text/span.ts";
import type { Entrance, Operation } from "./operation.ts";
import type { CheckId, Lane, PackageIdentity, Refusal, Step, StepDetail, StepFacts } from "./plan.ts";
import type { Assumption, Behaviour, Environment, PlanOptions } from "./plan-options.ts";
import { type Quirk, type QuirkId, quirks } from "./quirks.ts";

/** What is known of a step beside what kind it is. What is left out is as for a step that simply runs. */
export type StepNotes = Partial<
  Pick<
    StepFacts,
    "outcome" | "doubt" | "assumed" | "reason" | "span" | "log" | "quirks" | "changes" | "remains"
  >
>;

/** What stands for the time of a row where nobody says when an operation runs. */
export const defaultNow = "1970-01-01 00:00:00";

/**
 * An operation while it is planned: the system as the steps so far leave it, and the steps.
 *
 * Everything that plans a part of an operation gets one of these, looks at its system and adds steps to it.
 */
export class Planning {
  readonly contents: PackageContents;
  readonly structure: PackageStructure;
  readonly identity: PackageIdentity;
  readonly entrance: Entrance;
  readonly behaviour: Behaviour;
  readonly force: boolean;
  readonly withoutFileSteps: boolean;
  readonly environment: Required<Environment>;
  readonly now: string;
  readonly workspace: readonly PackageContents[];
  readonly system: ChangedSystem;
  /** What this release of the framework does. */
  readonly switches: Switches;
  readonly steps: Step[] = [];
  readonly refusals: Refusal[] = [];
  /** Name and version of the packages that were merged. */
  readonly merged: Map<string, string>;
  /** True once this operation has merged a package. */
  mergedHere = false;
  /** True from the first merge on: the files of several packages are removed, and may be in the same places. */
  removesTwice = false;
  /** What is being planned: an install of an installed package goes on as an upgrade. */
  operation: Operation;
  depth = 0;
  /** The installed version before an upgrade. */
  installedVersion: string | undefined;
  /** The version that was installed, once its row is deleted. */
  replaced: PackageContents | undefined;
  /** Set by looking for file conflicts: from then on the package's locations have single slashes. */
  slashesCollapsed = false;
  /** False where only the statements are wanted, and not what the database says to them. */
  triesStatements = true;
  /** Set where the documentation is taken at its word, by the first step that fails. */
  stopped = false;
  /** Set where nobody can tell how the operation goes on. */
  isOpen = false;
  /** Folders that are surely there, so that nobody looks twice. */
  readonly knownFolders = new Set<string>();
  /** Modules that code may have loaded by now. Perl does not look for them again. */
  readonly loadedModules = new Set<string>();
  readonly #assume: ReadonlyMap<string, Assumption>;
  readonly #keys = new Map<string, number>();

  constructor(operation: Operation, contents: PackageContents, system: SystemState, options: PlanOptions) {
    this.operation = operation;
    this.contents = contents;
    this.structure = contents.structure ?? emptyStructure;
    this.identity = identityOf(contents);
    this.entrance = options.entrance ?? "api";
    this.force = (options.force ?? false) && this.entrance !== "admin";
    this.withoutFileSteps = options.withoutFileSteps ?? false;
    this.environment = { homeExists: true, readOnlyFolders: [], umask: 0o007, ...options.environment };
    this.now = options.now ?? defaultNow;
    this.workspace = options.workspace ?? nothing;
    this.merged = new Map(options.merged);
    this.system = new ChangedSystem(system);
    this.switches = switchesOf(system.framework);
    this.behaviour = options.behaviour ?? "framework";
    this.#assume = options.assume ?? nothingAssumed;
  }

  /** The phases of a family of sections; merging is younger than some releases. */
  phasesOf(family: CodeFamily | DatabaseFamily): readonly SectionPhase[] {
    const phases = phasesOf(family);
    return this.switches.packageMerge ? phases : phases.filter((phase) => phase !== "merge");
  }

  /** The framework with its release. */
  get release(): ProductVersion {
    return this.system.framework;
  }

  /** Whether the framework's odd behaviour is to be reproduced, and this release has it. */
  has(quirk: QuirkId): boolean {
    const row: Quirk = quirks[quirk];
    if (this.behaviour === "documented" && row.promised) return false;
    return holdsFor(row, this.switches);
  }

  /** Whether a version is at least another one, as this release decides it, or as its author means it. */
  isAtLeast(version: string, wanted: string): boolean {
    if (!this.has("version-as-text")) return compareStrictly(version, wanted) >= 0;
    return isAtLeast(version, wanted, this.release);
  }

  /** Names that tell steps of one kind apart, in the order they come. */
  uniqueKey(key: string): string {
    const count = (this.#keys.get(key) ?? 0) + 1;
    this.#keys.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  }

  /** What the reader assumed of a step; undefined for nothing. */
  assumed(key: string): Assumption | undefined {
    return this.#assume.size === 0 ? undefined : this.#assume.get(key);
  }

  /** Whether nobody assumed anything of any step. */
  get assumesNothing(): boolean {
    return this.#assume.size === 0;
  }

  /** Adds a step and performs its changes. */
  add(key: string, detail: StepDetail, notes: StepNotes = nothingNoted): Step {
    const changes = notes.changes ?? nothing;
    for (const change of changes) this.system.apply(change);
    return this.#add(key, detail, notes, changes);
  }

  /** Adds a step whose changes the system has seen already. */
  addDone(key: string, detail: StepDetail, notes: StepNotes): Step {
    return this.#add(key, detail, notes, notes.changes ?? nothing);
  }

  /** Adds a step of another plan, whose changes the system has seen already. */
  addAgain(step: Step, span: Span | undefined): void {
    const number = this.steps.length + 1;
    this.steps.push(step.number === number && isSameSpan(step.span, span) ? step : { ...step, number, span });
  }

  #add(key: string, detail: StepDetail, notes: StepNotes, changes: readonly SystemChange[]): Step {
    const outcome = notes.outcome ?? "runs";
    const step: Step = {
      number: this.steps.length + 1,
      key,
      lane: laneOf[detail.kind],
      operation: this.operation,
      depth: Math.max(this.depth, 1),
      outcome,
      doubt: notes.doubt,
      assumed: notes.assumed ?? false,
      reason: notes.reason,
      span: notes.span,
      log: orNothing(notes.log),
      quirks: orNothing(notes.quirks),
      changes: orNothing(changes),
      remains: notes.remains,
      ...detail,
    };
    this.steps.push(step);
    if (outcome === "fails" && this.#stopsAt(step)) this.stopped = true;
    return step;
  }

  /** Some releases end an upgrade at a file that cannot be removed or written. */
  #stopsAt({ lane, operation }: Step): boolean {
    if (this.switches.upgradeStopsAtFile && operation === "upgrade" && lane === "files") return true;
    return !this.has("failure-ignored");
  }

  /** Notes why the operation is refused. */
  refuse(check: CheckId, reason: Message, span?: Span): void {
    this.refusals.push({ ...reason, check, span });
  }

  /** Where a tag stands in the spec; undefined for a tag of an archive, which nobody has open. */
  spanOf(tag: StartTag | undefined): Span | undefined {
    return tag && this.contents.origin === "spec" ? tag.element.span : undefined;
  }

  /** The same for a tag of any package; undefined for one of another package than the given one. */
  spanIn(contents: PackageContents, tag: StartTag | undefined): Span | undefined {
    return contents === this.contents ? this.spanOf(tag) : undefined;
  }
}

function isSameSpan(a: Span | undefined, b: Span | undefined): boolean {
  return a?.start === b?.start && a?.end === b?.end;
}

const nothing: readonly never[] = [];

/** Thousands of steps have nothing to tell, and share one list of it. */
function orNothing<T>(list: readonly T[] | undefined): readonly T[] {
  return list && list.length > 0 ? list : nothing;
}

const nothingNoted: StepNotes = {};
const nothingAssumed: ReadonlyMap<string, Assumption> = new Map();

/** What an archive comes to that cannot be read. */
const emptyStructure: PackageStructure = {
  single: {},
  repeated: {
    ChangeLog: [],
    Description: [],
    Framework: [],
    OS: [],
    PackageRequired: [],
    ModuleRequired: [],
    PackageMerge: [],
    IntroInstall: [],
    IntroUpgrade: [],
    IntroReinstall: [],
    IntroUninstall: [],
    CodeInstall: [],
    CodeUpgrade: [],
    CodeReinstall: [],
    CodeUninstall: [],
  },
  files: [],
  database: {
    DatabaseInstall: new Map(),
    DatabaseUpgrade: new Map(),
    DatabaseReinstall: new Map(),
    DatabaseUninstall: new Map(),
  },
};

const laneOf: Readonly<Record<StepDetail["kind"], Lane>> = {
  begin: "end",
  end: "end",
  check: "check",
  "merge-begin": "check",
  "merge-end": "check",
  "code-phase-begin": "code",
  "code-phase-end": "code",
  code: "code",
  "database-phase-begin": "database",
  "database-phase-end": "database",
  "database-element": "database",
  statement: "database",
  "write-file": "files",
  "remove-file": "files",
  "package-table": "registration",
  configuration: "configuration",
  "clear-cache": "end",
  event: "end",
};

/** What a package says of itself. Of elements that are repeated the last one counts. */
export function identityOf({ structure }: PackageContents): PackageIdentity {
  const { Name, Version, Vendor } = structure?.single ?? {};
  return { name: Name?.content, version: Version?.content, vendor: Vendor?.content };
}

export function homeChange(change: Extract<SystemChange, { part: "home" }>["change"]): SystemChange {
  return { part: "home", change };
}
