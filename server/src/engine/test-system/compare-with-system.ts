import type { PackageContents } from "../../builder/package-contents.ts";
import { saysNo, summaryOf } from "../../builder/package-summary.ts";
import type { World } from "../../host/world.ts";
import type { Message } from "../../l10n/translate.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import type { ComparedPromise } from "../../report/promise-report.ts";
import { isPlainWord } from "../../text/plain-word.ts";
import {
  failureReason,
  namesSetting,
  readDigests,
  readMissing,
  readSettingValue,
  readTables,
} from "./console-answers.ts";
import { comparedStatements, type LoggedError } from "./logged-errors.ts";
import { installedPackages, type OpenedSystem } from "./open-system.ts";
import {
  codeNames,
  comparedFile,
  comparedOutcome,
  comparedPackages,
  comparedSetting,
  comparedTable,
  filePromises,
  settingPromises,
  tablePromises,
} from "./promises.ts";
import type { SystemReach } from "./system-reach.ts";
import { TestSystemError } from "./test-system-error.ts";

/** What a dry run said of an operation. */
export interface Foretold {
  readonly plan: Plan;
  /** The package that the plan is about. */
  readonly contents: PackageContents;
  /** Why something is not compared. */
  readonly notes: readonly Message[];
}

/** A system that is looked at after an operation. */
export interface SeenSystem {
  readonly reach: SystemReach;
  readonly opened: OpenedSystem;
  readonly world: Pick<World, "files">;
  /** Gets why something is not compared. */
  readonly left: Message[];
  readonly signal: AbortSignal | undefined;
}

/** How an operation has ended. */
export interface EndedOperation {
  /** Undefined where something else than the console has ended it. */
  readonly succeeded: boolean | undefined;
  /** The last line that the console printed. */
  readonly lastWords: string;
  readonly errors: readonly LoggedError[];
}

/** Settings that are asked for one by one, each by a start of the console. */
const mostSettings = 10;

/** Paths of one command; an operating system takes only so many. */
const filesAtOnce = 200;

/**
 * Compares what an operation has come to with what was foretold.
 *
 * @throws PackageError when a content of the package cannot be read
 * @throws TestSystemError when the signal has ended it
 */
export async function compareWithSystem(
  foretold: Foretold,
  { succeeded, lastWords, errors }: EndedOperation,
  seen: SeenSystem,
): Promise<readonly ComparedPromise[]> {
  const { plan, contents } = foretold;
  const { reach, opened, left } = seen;
  const promises: ComparedPromise[] = [];
  if (plan.verdict === "unknown")
    left.push({ text: "How the operation ends cannot be foretold, so that its end is not compared." });
  else if (succeeded !== undefined) promises.push(comparedOutcome(plan, succeeded, lastWords));
  const isHidden = saysNo(summaryOf(contents).flags.visible);
  if (isHidden)
    left.push({ text: "The package hides itself, so that the list of packages does not name it." });
  // Of an operation that was refused nobody can tell how far it went.
  if (succeeded) {
    const statements = comparedStatements(plan, errors);
    if (statements) promises.push(...statements);
    else {
      left.push({
        text: "Statements are not compared: the dry run foretells some that fail, and the console prints no errors.",
      });
    }
  }
  for (const compare of [
    async () => comparedPackages(plan, contents, await installedPackages(reach, opened), isHidden),
    () => compareFiles(foretold, seen),
    () => compareTables(foretold, seen),
    () => compareSettings(foretold, seen),
  ]) {
    promises.push(...((await unlessUnseen(seen, compare)) ?? []));
  }
  return promises;
}

/** What has been done is told, whatever of it cannot be looked at; then that is told. */
export async function unlessUnseen<T>(
  { left, signal }: Pick<SeenSystem, "left" | "signal">,
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof TestSystemError) || signal?.aborted) throw error;
    left.push(error.text);
    return undefined;
  }
}

async function compareFiles(
  { plan, contents }: Foretold,
  { reach, opened: { commands }, world, left }: SeenSystem,
): Promise<readonly ComparedPromise[]> {
  const all = await filePromises(plan, world.files({ flush: false }));
  const { home } = reach.system;
  const pathOf = ({ path }: { readonly path: string }) => `${home}/${path}`;
  const promises = all.filter((promise) => isPlainWord(pathOf(promise)));
  if (promises.length < all.length) {
    left.push({
      text: "Files are not compared whose paths a shell on the way might take for something else: {count}.",
      values: { count: all.length - promises.length },
    });
  }
  /** Undefined for a file that is missing. */
  const found = new Map<string, string | undefined>();
  let problem = "";
  for (let at = 0; at < promises.length; at += filesAtOnce) {
    const paths = new Set(promises.slice(at, at + filesAtOnce).map(pathOf));
    const ended = await reach.run(commands.digests, { files: [...paths] });
    // A terminal on the way has errors among the output.
    const missing = readMissing(`${ended.errors}\n${ended.output}`, paths);
    const digests = readDigests(ended.output, paths);
    // Files that are missing make it fail as well; a program that is not there says nothing of any.
    if (ended.code !== 0 && digests.size + missing.size === 0) {
      left.push({
        text: "Files are not compared, because no digests can be had from the test system: {reason}",
        values: { reason: failureReason(ended) },
      });
      return [];
    }
    for (const path of missing) found.set(path, undefined);
    for (const [path, digest] of digests) found.set(path, digest);
    if (digests.size + missing.size < paths.size) problem ||= failureReason({ ...ended, output: "" });
  }
  const known = promises.filter((promise) => found.has(pathOf(promise)));
  if (known.length < promises.length) {
    left.push({
      text: "Files are not compared that cannot be read on the test system: {count}. It says: {reason}",
      values: { count: promises.length - known.length, reason: problem },
    });
  }
  const code = await codeNames(plan, contents);
  return known.map((promise) => comparedFile(promise, found.get(pathOf(promise)), code));
}

async function compareTables(
  { plan, contents }: Foretold,
  { reach, opened: { commands }, left }: SeenSystem,
): Promise<readonly ComparedPromise[]> {
  const promises = tablePromises(plan);
  if (promises.length === 0) return [];
  if (!commands.tables) {
    left.push({
      text: "Tables are not compared, because the settings of the test system name no command that lists them (“tables”).",
    });
    return [];
  }
  const ended = await reach.run(commands.tables);
  const found = ended.code === 0 ? readTables(ended.output) : undefined;
  if (!found || found.size === 0) {
    left.push({
      text: "Tables are not compared, because their command lists none: {reason}",
      values: { reason: failureReason(ended) },
    });
    return [];
  }
  const names = await codeNames(plan, contents);
  return promises.flatMap((promise) => comparedTable(promise, found, names));
}

async function compareSettings(
  { plan }: Foretold,
  { reach, opened: { commands }, left }: SeenSystem,
): Promise<readonly ComparedPromise[]> {
  const all = settingPromises(plan);
  if (all.length === 0) return [];
  const { setting } = commands;
  if (!setting) {
    left.push({ text: "Settings are not compared, because no command of this release prints them." });
    return [];
  }
  const promises = all.filter(({ subject }) => isPlainWord(subject)).slice(0, mostSettings);
  if (promises.length < all.length) {
    left.push({
      text: "Of {all} settings {count} are compared, each by a start of the console.",
      values: { all: all.length, count: promises.length },
    });
  }
  const compared: ComparedPromise[] = [];
  for (const promise of promises) {
    const { subject } = promise;
    const ended = await reach.run(setting, { setting: subject });
    const { code, output } = ended;
    const isThere = code === 0 && namesSetting(output, subject);
    // The console ends with 1 for a setting that is not there; anything else is no answer.
    if (!isThere && code !== 1) {
      left.push({
        text: "Settings are not compared, because the test system does not print them: {reason}",
        values: { reason: failureReason(ended) },
      });
      return compared;
    }
    compared.push(
      comparedSetting(promise, isThere ? { text: readSettingValue(output, subject) } : undefined),
    );
  }
  return compared;
}
