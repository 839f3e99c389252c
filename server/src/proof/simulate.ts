import type { PackageContents } from "../builder/package-contents.ts";
import type { Database } from "../database/database.ts";
import { isAtLeast } from "../model/version.ts";
import type { SimulatedReport } from "../rules/rule.ts";
import type { ReleasedVersion } from "../rules/shared/released-versions.ts";
import type { MissingPart } from "../rules/shared/upgrade-fix.ts";
import { simulationIncomplete } from "../rules/simulated/simulation-incomplete.ts";
import type { Steps } from "../rules/steps.ts";
import type { SystemState } from "../system/system-state.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { type Attempt, attemptsFrom, attemptsOf, type UpgradeStart, upgradeStarts } from "./attempts.ts";
import { effectsOf, identityOf } from "./database-object.ts";
import { takenBack } from "./earlier-schema.ts";
import type { Ways } from "./parting.ts";
import { reportsOf, type SeenFailure, type SimulatedFailure } from "./reports.ts";
import { type Budget, type Failure, type Outcome, tryStatements } from "./trial.ts";
import { driftReports, driftsBetween, type SeenDrift } from "./upgrade-drift.ts";

/** A version that was released before, as a start of upgrades. */
export interface ReleasedStart {
  readonly released: ReleasedVersion;
  /** Its database sections, as the framework of the system reads them. */
  readonly contents: PackageContents;
}

/** A system to try a package on. */
export interface Subject {
  /** The package as the framework of the system reads it. */
  readonly contents: PackageContents;
  /** With everything that the package requires, and without the package. */
  readonly system: SystemState;
  /** Versions that upgrades are tried from, the newest first. */
  readonly starts: readonly ReleasedStart[];
}

/** What came of trying a package, and what would make it doubtful. */
export interface Simulated {
  readonly report: SimulatedReport;
  /** Tables that code in the package may have made or changed, if it names them. */
  readonly tables: readonly string[];
  /** Whether the package has been uninstalled before, so that its code may have tidied up. */
  readonly isAfterUninstall: boolean;
  /** Whether it was seen only from a version that was released, the setup module of which nobody has read. */
  readonly isFromReleased: boolean;
  /** What upgrades lack, to be written where the document is at hand; absent where nothing is to be written. */
  readonly missing?: MissingPart;
}

/**
 * Tries what a package does to databases: an install, an uninstall, another install behind that, and an upgrade from each
 * range of versions from which another part of it runs. What a reinstall does to a database is nothing.
 *
 * No code is run, and no other package is absorbed. Before an upgrade there are the tables that an install of the present
 * package makes, without what the upgrade makes, and with what it drops. What fails only because these are guessed is
 * left out. Where versions are known that were released, upgrades are tried from what their installations make as well,
 * and nothing is guessed of the range of versions that they are in.
 *
 * @param source the text that the packages were read from
 * @param most statements that are tried at most
 * @param name where to say that not everything was tried
 */
export function* simulate(
  subjects: readonly Subject[],
  source: SourceText,
  most: number,
  name: Span,
): Steps<readonly Simulated[]> {
  const budget: Budget = { left: most };
  const seen: SeenFailure[] = [];
  const drifts: SeenDrift[] = [];
  for (const [index, subject] of subjects.entries()) {
    yield* trySubject(subject, budget, {
      failed: (failure) => seen.push({ ...failure, system: index }),
      differs: (drift) => drifts.push({ ...drift, system: index }),
    });
    if (budget.left <= 0) break;
  }
  yield;
  const found: Simulated[] = [
    ...reportsOf(seen, subjects, source),
    ...driftReports(drifts, subjects, source, name),
  ];
  if (budget.left <= 0) found.push(incomplete(name, { variant: "too-many", arguments: { count: most } }));
  return found;
}

/** What is said of a package whose database sections are too long to be tried. */
export function tooLong(name: Span): Simulated {
  return incomplete(name, { variant: "too-long" });
}

function incomplete(name: Span, why: Pick<SimulatedReport, "variant" | "arguments">): Simulated {
  const report = { rule: simulationIncomplete, span: name, element: name, toldBy: [], ...why };
  return { report, tables: [], isAfterUninstall: false, isFromReleased: false };
}

/** Takes what is seen. */
interface Witness {
  readonly failed: (failure: SimulatedFailure) => void;
  readonly differs: (drift: Omit<SeenDrift, "system">) => void;
}

function* trySubject(
  { contents, system, starts }: Subject,
  budget: Budget,
  { failed: see, differs }: Witness,
): Steps<void> {
  const { database: delivered } = system;
  const isReadable = contents.structure !== undefined;
  const listed = function* (operation: "install" | "upgrade" | "uninstall"): Steps<readonly Attempt[]> {
    const attempts = attemptsOf(operation, contents, system);
    yield;
    return attempts;
  };
  const installing = yield* listed("install");
  const installed = yield* tryStatements(installing, delivered, { delivered }, budget);
  for (const failure of installed.failures) see({ operation: "install", failure });

  const uninstalling = yield* listed("uninstall");
  const uninstalled = yield* tryStatements(uninstalling, installed.database, { delivered }, budget);
  const again = yield* tryStatements(installing, uninstalled.database, { delivered }, budget);
  const failing = new Set(installed.failures.map(({ statement }) => statement));
  for (const failure of again.failures) {
    if (!failing.has(failure.statement)) see({ operation: "again", failure });
  }

  const upgrading = yield* listed("upgrade");
  const changing = new Set(
    upgrading.flatMap(({ statement }) => {
      const { makes, drops } = effectsOf(statement);
      return [...makes, ...drops].map(identityOf);
    }),
  );
  yield;
  for (const failure of uninstalled.failures) {
    // Where an upgrade has made what an installation has not, it is there to be dropped.
    const isMade = failure.objects.some((object) => changing.has(identityOf(object)));
    if (!isMade) see({ operation: "uninstall", failure });
  }
  // What alike versions come to is worked out once.
  const known = new Map<string, Upgraded>();
  for (const { released, contents } of starts) {
    if (budget.left <= 0) return;
    // What the framework cannot read was never installed.
    if (!contents.structure || !isReadable) continue;
    const attempts = attemptsFrom({ since: released.version }, upgrading, system);
    const first = attemptsOf("install", contents, system);
    yield;
    const key = [attempts.length, ...first.map(({ statement }) => statement.sql)].join("\n");
    let upgraded = known.get(key);
    if (!upgraded) {
      upgraded = yield* upgradedFrom(
        first,
        attempts,
        { installing, installed, upgrading, delivered },
        budget,
      );
      known.set(key, upgraded);
    }
    for (const failure of upgraded.failures)
      if (!failure.tables.some(released.shape.mentions)) see({ operation: "upgrade", released, failure });
    // What was not tried to its end tells nothing.
    if (budget.left <= 0) return;
    for (const each of upgraded.drifts)
      if (!released.shape.mentions(each.drift.table)) differs({ ...each, released });
  }
  for (const start of upgradeStarts(upgrading, system)) {
    if (budget.left <= 0) return;
    const isKnown = starts.some(({ released }) => isWithin(start, released.version, system));
    const attempts = attemptsFrom(start, upgrading, system);
    const before = yield* stateBefore(attempts, installed);
    const guessed = { database: before, changing, history: installed.history };
    const { failures } = yield* tryStatements(attempts, before, { delivered, guessed }, budget);
    for (const failure of failures)
      if (failure.isSure || !isKnown) see({ operation: "upgrade", start, failure });
    // From later versions fewer statements run, and none fails for sure that went well beside more of them.
    if (failures.length === 0) return;
  }
}

interface Upgraded {
  readonly failures: readonly Failure[];
  readonly drifts: readonly Omit<SeenDrift, "system" | "released">[];
}

/** The present package, as {@link upgradedFrom} compares with it. */
interface Present {
  readonly installing: readonly Attempt[];
  readonly installed: Outcome;
  readonly upgrading: readonly Attempt[];
  readonly delivered: Database;
}

/** @param first what an install of the older version does */
function* upgradedFrom(
  first: readonly Attempt[],
  attempts: readonly Attempt[],
  { installing, installed, upgrading, delivered }: Present,
  budget: Budget,
): Steps<Upgraded> {
  const before = yield* tryStatements(first, delivered, { delivered }, budget);
  const after = yield* tryStatements(attempts, before.database, { delivered }, budget);
  const [made, done, inUpgrade] = [installing, attempts, upgrading].map((each) =>
    each.map(({ statement }) => statement),
  );
  const ways: Ways = { installed: made!, upgraded: done!, inUpgrade: inUpgrade! };
  const drifts = driftsBetween(installed.database, after.database, [installed, before, after], ways);
  yield;
  return { failures: after.failures, drifts };
}

function isWithin({ since, below }: UpgradeStart, version: string, { framework }: SystemState): boolean {
  const isReached = since === undefined || isAtLeast(version, since, framework);
  return isReached && !isAtLeast(version, below, framework);
}

/** What an upgrade most likely finds, see {@link takenBack}. */
function* stateBefore(attempts: readonly Attempt[], { database: installed }: Outcome): Steps<Database> {
  let database = installed;
  for (const [index, { statement }] of attempts.toReversed().entries()) {
    database = takenBack(database, statement);
    if (index % 32 === 31) yield;
  }
  return database;
}
