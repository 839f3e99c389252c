import type { Release } from "../dialect/switches.ts";
import type { Requirement } from "../model/requirements.ts";
import { isAtLeast } from "../model/version.ts";

/** A package that can be had, as far as the order depends on it. */
export interface OrderedPackage {
  readonly name: string;
  readonly version: string;
  readonly requiredPackages: readonly Requirement[];
}

export type OrderFailureClass = "Cyclic" | "NotFound" | "WrongVersion" | "DependencyFail";

/** One reason why a package got into a class of failures. */
export interface OrderFailure {
  readonly failure: OrderFailureClass;
  readonly name: string;
  /** The package whose requirement led to it; undefined when it was to be brought up to date itself. */
  readonly requiredBy: string | undefined;
  /** The version asked for: that of the requirement, or the installed one. Undefined when none is given. */
  readonly wanted: string | undefined;
  /** The version that can be had; undefined when there is none. */
  readonly offered: string | undefined;
  /** From the package to be brought up to date down to this one; of a long way only the end. */
  readonly path: readonly string[];
}

export interface InstallOrder {
  /** A higher number comes earlier. Packages that failed are not in it. */
  readonly order: ReadonlyMap<string, number>;
  /** The first reason of each package, class and requirement, in the order they were found. */
  readonly failures: readonly OrderFailure[];
  /**
   * True when the requirements go round in so many circles that following them was given up. The framework would
   * go on for very long; the classes are right as far as they are listed.
   */
  readonly gaveUp: boolean;
}

/**
 * The order in which packages are brought up to date, with all that they require, and which of them cannot be.
 *
 * The numbers count how often a package is required along all ways, so they are no proof of a good order. A package
 * that is required has to be offered even if the installed one would do.
 *
 * @param installed versions by name: what is to be brought up to date
 * @param online what can be had; of several of one name the last counts
 * @source Znuny 7.1 and OTOBO 11, PackageInstallOrderListGet
 */
export function installOrder(
  installed: ReadonlyMap<string, string>,
  online: Iterable<OrderedPackage>,
  release: Release,
): InstallOrder {
  const offers = new Map<string, OrderedPackage>();
  for (const offer of online) offers.set(offer.name, offer);
  return new OrderSearch(offers, release).run(installed);
}

/** The names of each class that has any, as the framework reports them. */
export function failuresByClass({
  failures,
}: Pick<InstallOrder, "failures">): ReadonlyMap<OrderFailureClass, ReadonlySet<string>> {
  const classes = new Map<OrderFailureClass, Set<string>>();
  for (const { failure, name } of failures) {
    const names = classes.get(failure) ?? new Set();
    classes.set(failure, names.add(name));
  }
  return classes;
}

/** How many packages are looked into before circles are no longer followed. The framework has no such limit. */
const visitLimit = 500_000;

const longestPath = 32;

/** A package whose requirements are being followed, on the way down from one to be brought up to date. */
interface Visit {
  /** Undefined for the packages to be brought up to date themselves. */
  readonly name: string | undefined;
  readonly required: readonly (readonly [name: string, version: string | undefined])[];
  next: number;
  success: boolean;
  /** Whether anything below it came back to a package that was being followed. */
  isCyclic: boolean;
  /** Requirements that were followed themselves, each once. */
  readonly followed: string[];
  /** Packages below it that are too old for one of the requirements, and would be a circle if they were followed. */
  tooOld: ReadonlySet<string>;
}

/** What following a package comes to, every time the same unless one of `tooOld` is being followed already. */
type Outcome = Pick<Visit, "success" | "followed" | "tooOld">;

const none: ReadonlySet<string> = new Set();

class OrderSearch {
  readonly #offers: ReadonlyMap<string, OrderedPackage>;
  readonly #release: Release;
  /** The packages that are being followed, and their names. */
  readonly #stack: Visit[] = [];
  readonly #callers = new Set<string>();
  readonly #order = new Map<string, number>();
  readonly #failures = new Map<string, OrderFailure>();
  /**
   * Packages without a circle below them, each after all that it requires. They are followed once; how often they are
   * come to later is only counted, because the number of ways through many packages has no bounds.
   */
  readonly #outcomes = new Map<string, Outcome>();
  readonly #laterVisits = new Map<string, number>();
  readonly #inCircles = new Set<string>();
  #visits = 0;
  #gaveUp = false;

  constructor(offers: ReadonlyMap<string, OrderedPackage>, release: Release) {
    this.#offers = offers;
    this.#release = release;
  }

  run(installed: ReadonlyMap<string, string>): InstallOrder {
    this.#stack.push(newVisit(undefined, installed));
    for (let visit = this.#stack.at(-1); visit; visit = this.#stack.at(-1)) {
      const requirement = visit.required[visit.next++];
      if (requirement) this.#enter(requirement, visit);
      else this.#leave();
    }
    this.#addLaterVisits();
    return { order: this.#order, failures: [...this.#failures.values()], gaveUp: this.#gaveUp };
  }

  #enter([name, wanted]: Visit["required"][number], visit: Visit): void {
    const offer = this.#offers.get(name);
    const failure = this.#callers.has(name)
      ? "Cyclic"
      : !offer
        ? "NotFound"
        : !this.#isGoodEnough(offer.version, wanted)
          ? "WrongVersion"
          : undefined;
    if (failure || !offer) {
      if (failure === "Cyclic") visit.isCyclic = true;
      if (failure === "WrongVersion") visit.tooOld = new Set(visit.tooOld).add(name);
      visit.success = false;
      this.#note(failure ?? "NotFound", name, visit, wanted);
      return;
    }
    const outcome = this.#outcomes.get(name);
    if (outcome && !hasAny(this.#callers, outcome.tooOld)) {
      this.#countAgain(name, outcome, visit);
      addTooOld(visit, outcome);
      if (!outcome.success) this.#failDependent(name, visit, wanted);
      return;
    }
    if (this.#visits >= visitLimit && this.#inCircles.has(name)) {
      this.#gaveUp = true;
      visit.isCyclic = true;
      this.#failDependent(name, visit, wanted);
      return;
    }
    this.#visits++;
    this.#callers.add(name);
    // Of two requirements of one name the later one counts.
    const required = new Map(offer.requiredPackages.map((each) => [each.name, each.version]));
    this.#stack.push(newVisit(name, required));
  }

  #leave(): void {
    const { name, success, isCyclic, followed, tooOld } = this.#stack.pop()!;
    const outer = this.#stack.at(-1);
    if (name === undefined || !outer) return;
    const depth = this.#callers.size;
    this.#callers.delete(name);
    if (isCyclic) {
      outer.isCyclic = true;
      this.#inCircles.add(name);
    } else {
      this.#outcomes.set(name, { success, followed, tooOld });
      addTooOld(outer, { tooOld });
      if (outer.name !== undefined) outer.followed.push(name);
    }
    if (!success) {
      this.#failDependent(name, outer, outer.required[outer.next - 1]![1]);
      return;
    }
    const number = this.#order.get(name);
    if (number === undefined) this.#order.set(name, outer.name === undefined ? 1 : depth);
    else if (outer.name !== undefined) this.#order.set(name, number + 1);
  }

  /** A different text has to stand for a newer version; without one there is nothing to compare with. */
  #isGoodEnough(offered: string, wanted: string | undefined): boolean {
    if (wanted === undefined) return false;
    return offered === wanted || !isAtLeast(wanted, offered, this.#release);
  }

  #countAgain(name: string, { followed }: Outcome, visit: Visit): void {
    // A package that is to be brought up to date itself keeps its number, but its requirements are counted once more.
    for (const each of visit.name === undefined ? followed : [name]) {
      this.#laterVisits.set(each, (this.#laterVisits.get(each) ?? 0) + 1);
    }
    if (visit.name !== undefined) visit.followed.push(name);
    else if (this.#outcomes.get(name)!.success && !this.#order.has(name)) this.#order.set(name, 1);
  }

  /** Below the top, what else the dependent requires is not looked at any more. */
  #failDependent(name: string, visit: Visit, wanted: string | undefined): void {
    visit.success = false;
    if (visit.name !== undefined) visit.next = visit.required.length;
    this.#note("DependencyFail", name, visit, wanted);
  }

  #note(failure: OrderFailureClass, name: string, visit: Visit, wanted: string | undefined): void {
    const key = JSON.stringify([failure, name, visit.name]);
    if (this.#failures.has(key)) return;
    const offered = this.#offers.get(name)?.version;
    const outer = this.#stack.slice(-longestPath).flatMap(({ name }) => (name === undefined ? [] : [name]));
    const path = [...outer, name];
    this.#failures.set(key, { failure, name, requiredBy: visit.name, wanted, offered, path });
  }

  /** Dependents first, so that each count is complete when it is handed on. */
  #addLaterVisits(): void {
    for (const [name, { success, followed }] of [...this.#outcomes].reverse()) {
      const count = this.#laterVisits.get(name) ?? 0;
      if (count === 0) continue;
      if (success) this.#order.set(name, this.#order.get(name)! + count);
      for (const each of followed) this.#laterVisits.set(each, (this.#laterVisits.get(each) ?? 0) + count);
    }
  }
}

function newVisit(name: string | undefined, required: ReadonlyMap<string, string | undefined>): Visit {
  return {
    name,
    required: [...required].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    next: 0,
    success: true,
    isCyclic: false,
    followed: [],
    tooOld: none,
  };
}

function addTooOld(visit: Visit, { tooOld }: Pick<Outcome, "tooOld">): void {
  if (tooOld.size > 0)
    visit.tooOld = visit.tooOld.size === 0 ? tooOld : new Set([...visit.tooOld, ...tooOld]);
}

function hasAny(names: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const name of wanted) if (names.has(name)) return true;
  return false;
}
