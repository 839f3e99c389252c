import type { PackageContents } from "../builder/package-contents.ts";
import { databaseDrift } from "../database/drift.ts";
import type { SqlStatement } from "../database/sql-script.ts";
import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { Plan, Refusal, Step } from "../lifecycle/plan.ts";
import { planOperation } from "../lifecycle/plan-operation.ts";
import type { Steps } from "../rules/steps.ts";
import { homePath, parentPath } from "../system/home-path.ts";
import { areSameSystems } from "../system/same-system.ts";
import type { SystemState } from "../system/system-state.ts";
import type { Span } from "../text/span.ts";
import { attemptsOf } from "./attempts.ts";
import {
  type Compared,
  codeNames,
  compareSystems,
  type Difference,
  isOpen,
  type OpenPart,
  type Side,
} from "./compare-systems.ts";
import type { Ways } from "./parting.ts";

/** A version that upgrades start from. */
export interface StartVersion {
  readonly version: string;
  /** What tells its content from others. */
  readonly identity: string;
  /** As the framework of the system reads it. */
  readonly contents: PackageContents;
}

/** `straight`: in one upgrade. `step-by-step`: with every version between installed one after the other. */
export type PathKind = "straight" | "step-by-step";

/**
 * What came of a path. Of several that hold, the first:
 *
 * - `refused`: the framework refuses the last operation
 * - `fails`: a step of it fails
 * - `differs`: the system is not as after a fresh install, or not after an uninstall
 * - `unknown`: it cannot be compared
 * - `same`: everything that is followed here is the same
 */
export type PathVerdict = "refused" | "fails" | "differs" | "unknown" | "same";

/** What became of an element or a section in the last operation of a path. */
export interface Block {
  /** Such as "TableAlter(acme)" or "CodeUpgrade". */
  readonly label: string;
  readonly version: string | undefined;
  readonly outcome: Step["outcome"];
  /** Why it was skipped, fails or never runs. */
  readonly reason: Message | undefined;
  /** Undefined for what stands in no spec. */
  readonly span: Span | undefined;
}

/** A step that fails. */
export interface FailedStep {
  readonly operation: Operation;
  /** Of the package whose operation it is. */
  readonly version: string | undefined;
  readonly label: string;
  readonly reason: Message;
  /** In the present spec; undefined for what stands elsewhere. */
  readonly span: Span | undefined;
}

/** A way to the present version of a package, and what it comes to beside a fresh install. */
export interface TriedPath {
  /** Undefined for a system without the package. */
  readonly start: string | undefined;
  readonly kind: PathKind;
  /** The versions between the start and the present one that are installed on the way. */
  readonly via: readonly string[];
  readonly verdict: PathVerdict;
  /** In the order of the plan. */
  readonly blocks: readonly Block[];
  readonly refusals: readonly Refusal[];
  /** Of the last operation, and of an uninstall behind it where one after a fresh install goes well. */
  readonly failures: readonly FailedStep[];
  /** Of the operations before it, which nobody can change any more. */
  readonly earlierFailures: readonly FailedStep[];
  readonly differences: readonly Difference[];
  /** What cannot be compared. */
  readonly open: readonly OpenPart[];
  /** Whether code ran in the last operation, which is not followed. */
  readonly runsCode: boolean;
}

/** A system that a package came to by some way. */
interface Reached {
  readonly system: SystemState;
  readonly via: readonly string[];
  readonly failures: readonly FailedStep[];
  /** The packages that ran on the way, whose code may have done something. */
  readonly packages: readonly PackageContents[];
  /** What was tried on the way that nobody knows the outcome of. */
  readonly steps: Side["steps"];
  /** Why it cannot be reached; undefined where it can. */
  readonly refusal: Message | undefined;
}

/** What an operation on the way came to. */
interface Leg extends Pick<Plan, "verdict" | "refusals" | "after"> {
  readonly failures: readonly FailedStep[];
  readonly open: Side["steps"];
}

/**
 * All ways to one version of a package on one system.
 *
 * What older versions come to does not depend on the present one, so it is kept while that is edited. Versions are
 * installed and upgraded to with Force where they are on the way: they were released for older frameworks, of which the
 * system was one then. Whatever depends on the present version is checked as the framework does it.
 */
export class UpgradePaths {
  readonly #base: SystemState;
  readonly #starts: readonly StartVersion[];
  #reached = new Map<string, Reached>();
  /** What installing a version comes to, or upgrading to it, by the system before. */
  #legs = new WeakMap<SystemState, Map<string, Leg>>();
  /** Those that were reached. */
  #systems: SameSystems;
  readonly #folders: ReadonlySet<string>;
  /** Folders of older versions in whose place a version has a file. They stay when nothing is in them any more. */
  #inTheWay: ReadonlySet<string> = new Set();

  /** @param base with what the package requires, and without the package; what is asked of it may not be known yet
   *  @param starts the oldest first */
  constructor(base: SystemState, starts: readonly StartVersion[]) {
    this.#base = base;
    this.#starts = starts;
    this.#systems = new SameSystems(this.#inTheWay);
    this.#folders = foldersOf(starts);
  }

  /** Tries all of them. A result from when something was asked that was not known is of no use; nothing of it is kept. */
  *try(contents: PackageContents, kinds: readonly PathKind[]): Steps<readonly TriedPath[]> {
    const base = this.#base;
    this.#heed(contents);
    const installing = planOperation("install", contents, base, options);
    yield;
    const uninstalled = planOperation("uninstall", contents, installing.after, options);
    const open = installing.steps.filter(isOpen);
    const fresh: Target = {
      plan: installing,
      uninstalled,
      open,
      allOpen: behind(open, uninstalled.steps.filter(isOpen)),
      installed: statementsOf(installing.steps),
      inUpgrade: attemptsOf("upgrade", contents, base).map(({ statement }) => statement),
      contents,
      ends: new SameSystems(this.#inTheWay),
      upgrades: new Map(),
      uninstalls: new Map([[installing.after, uninstalled]]),
    };
    fresh.ends.same(installing.after);
    yield;
    const paths: TriedPath[] = [freshPath(fresh)];
    const known = new Map<SystemState, TriedPath>();
    // The newest first, since the others come by way of it.
    for (const index of [...this.#starts.keys()].reverse()) {
      for (const kind of kinds.toReversed()) {
        if (kind === "step-by-step" && index === this.#starts.length - 1) continue;
        const reached = kind === "straight" ? this.#installed(index) : yield* this.#climbed(index);
        yield;
        const { version: start } = this.#starts[index]!;
        const { via, system } = reached;
        const met = known.get(system);
        const path = goesOnAs(reached, met)
          ? { ...met, start, kind, via }
          : yield* triedPath(start, kind, reached, fresh);
        if (!reached.refusal && reached.failures.length === 0) known.set(system, path);
        paths.push(path);
      }
    }
    return [paths[0]!, ...paths.slice(1).reverse()];
  }

  /** Finds out which folders may be in the way; where others may be than before, nothing that is kept counts. */
  #heed(contents: PackageContents): void {
    const packages = [...this.#starts.map((start) => start.contents), contents];
    const paths = packages.flatMap(({ files }) => pathsOf(files));
    const inTheWay = new Set(paths.filter((path) => this.#folders.has(path)));
    if ([...inTheWay].join("\n") === [...this.#inTheWay].join("\n")) return;
    this.#inTheWay = inTheWay;
    this.#reached = new Map();
    this.#legs = new WeakMap();
    this.#systems = new SameSystems(this.#inTheWay);
  }

  #installed(index: number): Reached {
    return this.#kept(`install ${index}`, () => {
      const before: Reached = {
        ...{ system: this.#base, via: [], failures: [], packages: [], steps: [], refusal: undefined },
      };
      return this.#went(before, "install", index, []);
    });
  }

  /** Before the present version, by way of all others behind a start. */
  *#climbed(index: number): Steps<Reached> {
    const key = `climb ${index}`;
    const known = this.#reached.get(key);
    if (known) return known;
    const { facts } = this.#base;
    const { unanswered } = facts;
    const via = this.#starts.slice(index + 1).map(({ version }) => version);
    let reached = this.#installed(index);
    for (let next = index + 1; next < this.#starts.length && !reached.refusal; next++) {
      yield;
      const straight = this.#installed(next);
      reached = this.#went(reached, "upgrade", next, [...reached.via, this.#starts[next]!.version]);
      if (!areAlike(reached, straight, this.#inTheWay)) continue;
      // From here on it is the way of a later start, but for code that ran before.
      const { packages } = reached;
      const later = yield* this.#climbed(next);
      reached = { ...later, packages: [...new Set([...packages, ...later.packages])] };
      break;
    }
    const made = { ...reached, via };
    if (facts.unanswered === unanswered) this.#reached.set(key, made);
    return made;
  }

  #went(before: Reached, operation: Operation, index: number, via: readonly string[]): Reached {
    const { version, contents } = this.#starts[index]!;
    const { verdict, refusals, failures, after, open } = this.#leg(before.system, operation, index);
    return {
      system: after,
      via,
      failures: [...before.failures, ...failures],
      packages: [...before.packages, contents],
      steps: behind(before.steps, open),
      refusal: verdict === "success" ? undefined : (refusals[0] ?? notInstalled(version)),
    };
  }

  /** Many ways come to the same system before they end, from where on they are one. */
  #leg(system: SystemState, operation: Operation, index: number): Leg {
    const legs = this.#legs.get(system) ?? new Map<string, Leg>();
    this.#legs.set(system, legs);
    const key = `${operation} ${index}`;
    const known = legs.get(key);
    if (known) return known;
    const { facts } = this.#base;
    const { unanswered } = facts;
    const plan = planOperation(operation, this.#starts[index]!.contents, system, forced);
    const { verdict, refusals, after, steps } = plan;
    const failures = failuresOf(plan, false);
    const leg: Leg = { verdict, refusals, failures, after, open: steps.filter(isOpen) };
    if (facts.unanswered !== unanswered) return leg;
    const kept = { ...leg, after: this.#systems.same(after) };
    legs.set(key, kept);
    return kept;
  }

  #kept(key: string, make: () => Reached): Reached {
    const known = this.#reached.get(key);
    if (known) return known;
    const { facts } = this.#base;
    const { unanswered } = facts;
    const made = make();
    if (facts.unanswered === unanswered) this.#reached.set(key, made);
    return made;
  }
}

/** The same moment for all operations, so that rows with the present time are the same. */
const options = { now: "1970-01-01 00:00:00", withoutFileSteps: true } as const;
const forced = { ...options, force: true } as const;

/** The present version, installed on a system without the package. */
interface Target {
  readonly plan: Plan;
  readonly uninstalled: Plan;
  /** The steps of the install that nobody knows the outcome of, and those of both. */
  readonly open: Side["steps"];
  readonly allOpen: Side["steps"];
  readonly installed: readonly SqlStatement[];
  readonly inUpgrade: readonly SqlStatement[];
  readonly contents: PackageContents;
  /** Systems with the present version. */
  readonly ends: SameSystems;
  /** What upgrading comes to, by the system before, and uninstalling, by one of the ends. */
  readonly upgrades: Map<SystemState, Plan>;
  readonly uninstalls: Map<SystemState, Plan>;
}

/** Systems, of which those that are the same are one object. Folders that nothing is in any more do not count. */
class SameSystems {
  readonly #systems: SystemState[] = [];
  readonly #inTheWay: ReadonlySet<string>;

  /** @param inTheWay paths where it matters whether there is a folder */
  constructor(inTheWay: ReadonlySet<string>) {
    this.#inTheWay = inTheWay;
  }

  same(system: SystemState): SystemState {
    const matters = (path: string) => this.#inTheWay.has(path);
    const known = this.#systems.find((each) => areSameSystems(each, system, matters));
    if (known) return known;
    this.#systems.push(system);
    return system;
  }
}

function foldersOf(starts: readonly StartVersion[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { contents } of starts) {
    for (const path of pathsOf(contents.files)) {
      for (let folder = parentPath(path); folder !== "" && !folders.has(folder); folder = parentPath(folder))
        folders.add(folder);
    }
  }
  return folders;
}

/** The plain paths of files below the home. */
function pathsOf(files: PackageContents["files"]): readonly string[] {
  return files.flatMap(({ location = "" }) => homePath(location) ?? []);
}

/** What a plan comes to for a system, made when it is first asked for. */
function planned(plans: Map<SystemState, Plan>, system: SystemState, make: () => Plan): Plan {
  const known = plans.get(system);
  if (known) return known;
  const made = make();
  plans.set(system, made);
  return made;
}

/** Steps, and those behind them. Where there are none it is the same list, of which much is known already. */
function behind(steps: Side["steps"], more: Side["steps"]): Side["steps"] {
  return more.length === 0 ? steps : [...steps, ...more];
}

function notInstalled(version: string): Message {
  return { text: "What becomes of {version} on this system is not known.", values: { version } };
}

/**
 * Whether whatever comes next goes the same way from both.
 *
 * @param inTheWay paths where it matters whether there is a folder
 */
function areAlike(a: Reached, b: Reached, inTheWay: ReadonlySet<string>): boolean {
  if (a.refusal || b.refusal || a.failures.length > 0 || b.failures.length > 0) return false;
  for (const path of inTheWay)
    if (a.system.home.entry(path)?.kind !== b.system.home.entry(path)?.kind) return false;
  if (databaseDrift(a.system.database, b.system.database, { namesCount: true }).length > 0) return false;
  const { differences, open } = compareSystems(
    { system: b.system, packages: b.packages, steps: b.steps },
    { system: a.system, packages: a.packages, steps: a.steps },
    noWays,
    "upgrade",
  );
  return differences.length === 0 && open.length === 0;
}

/**
 * Whether a way goes on as another one that has come to the same system, and without a failure: what is told of that one
 * holds, unless code that ran on this way alone may have done something about it.
 */
function goesOnAs(reached: Reached, met: TriedPath | undefined): met is TriedPath {
  if (!met || reached.failures.length > 0) return false;
  return !met.differences.some(({ table }) => table !== "" && codeNames(reached, table));
}

const noWays: Ways = { installed: [], upgraded: [], inUpgrade: [] };

function freshPath({ plan, uninstalled }: Target): TriedPath {
  const failures =
    plan.verdict === "success" ? [...failuresOf(plan, true), ...failuresOf(uninstalled, true)] : [];
  return {
    start: undefined,
    kind: "straight",
    via: [],
    verdict: plan.verdict === "success" ? (failures.length > 0 ? "fails" : "same") : verdictOf(plan.verdict),
    blocks: blocksOf(plan),
    refusals: plan.refusals,
    failures,
    earlierFailures: [],
    differences: [],
    open: [],
    runsCode: runsCode(plan),
  };
}

function verdictOf(verdict: Exclude<Plan["verdict"], "success">): PathVerdict {
  return verdict === "unknown" ? "unknown" : "refused";
}

function* triedPath(start: string, kind: PathKind, reached: Reached, fresh: Target): Steps<TriedPath> {
  const { contents } = fresh;
  const { via, failures: earlierFailures } = reached;
  const known = { start, kind, via, earlierFailures };
  const nothing = { blocks: [], refusals: [], failures: [], differences: [], open: [], runsCode: false };
  if (reached.refusal)
    return {
      ...known,
      ...nothing,
      verdict: "unknown",
      open: [{ kind: "start", subject: start, reason: reached.refusal }],
    };
  if (fresh.plan.verdict !== "success") {
    const open = { kind: "start", subject: "", reason: noFreshInstall } as const;
    return { ...known, ...nothing, verdict: "unknown", open: [open] };
  }
  const plan = planned(fresh.upgrades, reached.system, () =>
    planOperation("upgrade", contents, reached.system, options),
  );
  yield;
  const blocks = blocksOf(plan);
  if (plan.verdict !== "success") {
    const verdict = verdictOf(plan.verdict);
    return { ...known, ...nothing, verdict, blocks, refusals: plan.refusals };
  }
  const ways: Ways = {
    installed: fresh.installed,
    ...upgradedOf(plan.steps),
    inUpgrade: fresh.inUpgrade,
  };
  const after = fresh.ends.same(plan.after);
  const packages = [...reached.packages, contents];
  const steps = behind(reached.steps, plan.steps.filter(isOpen));
  const upgraded = compareSystems(
    { system: fresh.plan.after, packages: [contents], steps: fresh.open },
    { system: after, packages, steps },
    ways,
    "upgrade",
  );
  const failures = [...failuresOf(plan, true)];
  const uninstalled = planned(fresh.uninstalls, after, () =>
    planOperation("uninstall", contents, after, options),
  );
  yield;
  const sound = new Set(failuresOf(fresh.uninstalled, true).map(({ label }) => label));
  failures.push(...failuresOf(uninstalled, true).filter(({ label }) => !sound.has(label)));
  const left = compareSystems(
    {
      system: fresh.uninstalled.after,
      packages: [contents],
      steps: fresh.allOpen,
    },
    { system: uninstalled.after, packages, steps: behind(steps, uninstalled.steps.filter(isOpen)) },
    ways,
    "uninstall",
  );
  const { differences, open } = joined(upgraded, left);
  const verdict =
    failures.length > 0 ? "fails" : differences.length > 0 ? "differs" : open.length > 0 ? "unknown" : "same";
  return { ...known, verdict, blocks, refusals: [], failures, differences, open, runsCode: runsCode(plan) };
}

const noFreshInstall: Message = { text: "A fresh install of this version is refused on this system." };

/** What is otherwise already before an uninstall is not told again behind it. */
function joined(upgraded: Compared, left: Compared): Compared {
  const keyOf = ({ kind, table, name, fresh, other }: Difference) =>
    JSON.stringify([kind, table, name, fresh, other]);
  const told = new Set(upgraded.differences.map(keyOf));
  const open = new Map(
    [...upgraded.open, ...left.open].map((part) => [`${part.kind} ${part.subject}`, part] as const),
  );
  return {
    differences: [...upgraded.differences, ...left.differences.filter((each) => !told.has(keyOf(each)))],
    open: [...open.values()],
  };
}

function statementsOf(steps: readonly Step[]): readonly SqlStatement[] {
  return steps.flatMap((step) =>
    step.kind === "statement" && step.statement.change ? [step.statement] : [],
  );
}

/**
 * What an upgrade does, and what the database does not carry out of it: it refuses a statement, or what guards the statement
 * passes over that. An element may come to several of them, of which the one that fails need not be that with the change.
 */
function upgradedOf(steps: readonly Step[]): Pick<Ways, "upgraded" | "refused"> {
  const refused = new Set(
    steps.flatMap((step) =>
      step.kind === "statement" && (step.outcome === "fails" || step.passedOver)
        ? [step.statement.tag.count]
        : [],
    ),
  );
  const all = statementsOf(steps);
  const isRefused = ({ tag }: SqlStatement) => refused.has(tag.count);
  return { upgraded: all.filter((each) => !isRefused(each)), refused: all.filter(isRefused) };
}

function failuresOf(
  { steps, operation, package: { version } }: Plan,
  isPresent: boolean,
): readonly FailedStep[] {
  return steps.flatMap((step): FailedStep[] => {
    if (step.outcome !== "fails" || step.reason === undefined) return [];
    const span = isPresent ? step.span : undefined;
    return [{ operation, version, label: labelOfStep(step), reason: step.reason, span }];
  });
}

/** What it is about, such as "TableAlter(acme)" or "CodeUpgrade"; its key where it is about no element. */
export function labelOfStep(step: Step): string {
  switch (step.kind) {
    case "statement": {
      const { tag } = step.statement;
      const name = tag.attributes.get("Name") ?? tag.attributes.get("NameNew") ?? tag.attributes.get("Table");
      const table = tag.element.parent?.value("Name");
      const inside = table !== undefined && !isSection(tag.parent) ? `${table}.` : "";
      return name === undefined ? tag.name : `${tag.name}(${inside}${name})`;
    }
    case "code":
      return step.family;
    default:
      return step.key;
  }
}

function isSection(name: string | undefined): boolean {
  return name === undefined || /^Database(?:Install|Upgrade|Uninstall)/.test(name);
}

/** Elements of database sections and sections of code, with what became of them. */
function blocksOf({ steps }: Plan): readonly Block[] {
  const blocks: Block[] = [];
  let running: Block | undefined;
  for (const step of steps) {
    const { outcome, reason, span } = step;
    switch (step.kind) {
      case "database-phase-begin":
        running = undefined;
        if (step.single) {
          const [label = step.single.name] = step.elements;
          running = { label, version: gateOf(step.single), outcome, reason, span: step.single.element.span };
          blocks.push(running);
        } else
          for (const label of step.elements)
            blocks.push({ label, version: undefined, outcome: "runs", reason: undefined, span: undefined });
        break;
      case "statement":
        if (outcome === "fails" && running) {
          // Its own statements come right behind it.
          blocks[blocks.length - 1] = { ...running, outcome, reason };
          running = undefined;
        }
        break;
      case "database-element":
        blocks.push({ label: step.element, version: gateOf(step.tag), outcome, reason, span });
        break;
      case "code":
        blocks.push({ label: step.family, version: step.version, outcome, reason, span });
        break;
    }
  }
  return blocks;
}

function gateOf({ attributes }: { readonly attributes: ReadonlyMap<string, string> }): string | undefined {
  return attributes.get("Version");
}

function runsCode({ steps }: Plan): boolean {
  return steps.some(({ kind, outcome }) => kind === "code" && outcome === "runs");
}
