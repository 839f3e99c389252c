import { type PackageContents, packageName, packageVersion } from "../../builder/package-contents.ts";
import { saysNo, summaryOf } from "../../builder/package-summary.ts";
import { switchesOf } from "../../dialect/switches.ts";
import type { TestSystem } from "../../host/test-system.ts";
import type { World } from "../../host/world.ts";
import type { Message } from "../../l10n/translate.ts";
import type { Operation } from "../../lifecycle/operation.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import { defaultDatabase } from "../../protocol/databases.ts";
import { placesIn } from "../../report/place.ts";
import type { ComparedPromise, PromiseReport } from "../../report/promise-report.ts";
import { isPlainWord } from "../../text/plain-word.ts";
import { dryRun, type EarlierChoice } from "../dry-run.ts";
import type { PackageReader, ReadPackage, SystemWorld } from "../system-world.ts";
import {
  failureReason,
  type ListedPackage,
  lastLine,
  namesSetting,
  readDigests,
  readMissing,
  readSettingValue,
  readTables,
} from "./console-answers.ts";
import { installedPackages, type OpenedSystem, openSystem } from "./open-system.ts";
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
import { type ReachOptions, type ReachWorld, SystemReach } from "./system-reach.ts";
import { TestSystemError } from "./test-system-error.ts";
import { withFileThere } from "./with-file-there.ts";

export interface SystemRunRequest<Read extends ReadPackage> {
  readonly operation: Operation;
  readonly system: TestSystem;
  readonly read: PackageReader<Read>;
  /** The absolute path of the archive here; not asked for by an uninstall. */
  readonly archive: () => Promise<string>;
  /** The package in a version that the system has; a version alone where nobody has more. */
  readonly earlier: (version: string) => Promise<EarlierChoice<Read>>;
  /** Whether the log of the system is read before and after. */
  readonly readsLog: boolean;
}

export interface SystemRunOptions extends ReachOptions {
  /** Told what is done at the moment. */
  readonly onStage?: ((stage: Message) => void) | undefined;
}

export type SystemRunWorld = SystemWorld & ReachWorld & Pick<World, "paths" | "packages" | "output">;

/** Settings that are asked for one by one, each by a start of the console. */
const mostSettings = 10;

/** Paths of one command; an operating system takes only so many. */
const filesAtOnce = 200;

/**
 * Has a test system do an operation on a package, and compares what came of it with what the dry run foretells.
 *
 * @throws TestSystemError when the system cannot be used, or is not allowed to be
 * @throws PackageError when the package cannot be read
 */
export async function runOnSystem<Read extends ReadPackage>(
  request: SystemRunRequest<Read>,
  world: SystemRunWorld,
  options: SystemRunOptions,
): Promise<PromiseReport> {
  const { operation, system } = request;
  const reach = new SystemReach(system, world, options);
  const first = await request.read(undefined);
  const name = packageName(first.contents);
  reach.know({ package: name });
  const opened = await openSystem(reach, (commands) => [
    commands.list,
    request.readsLog ? commands.log : undefined,
    ...(operation === "uninstall" ? [] : [commands.copy]),
    commands.operation(operation),
    ...(operation !== "uninstall" && commands.copy ? [commands.removeCopy] : []),
    commands.digests,
    commands.tables,
    commands.setting,
  ]);
  const before = await installedPackages(reach, opened);
  options.onStage?.({ text: "Dry run" });
  const forecast = await foretell(request, name, before, opened, world);
  const logBefore = request.readsLog ? await logLines(reach, opened) : undefined;

  const ended = await perform(request, reach, opened, first.contents, world, options);

  options.onStage?.({ text: "Comparing" });
  const { plan, contents } = forecast;
  const left: Message[] = [...forecast.notes];
  const promises: ComparedPromise[] = [];
  const lastWords = lastLine(ended.errors) || lastLine(ended.output);
  const succeeded = ended.code === null ? undefined : ended.code === 0;
  if (plan.verdict === "unknown")
    left.push({ text: "How the operation ends cannot be foretold, so that its end is not compared." });
  else if (succeeded !== undefined) promises.push(comparedOutcome(plan, succeeded, lastWords));
  const isHidden = saysNo(summaryOf(contents).flags.visible);
  if (isHidden)
    left.push({ text: "The package hides itself, so that the list of packages does not name it." });
  /** What has been done is told, whatever of it cannot be looked at. */
  const unlessUnseen = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TestSystemError) || options.signal?.aborted) throw error;
      left.push(error.text);
      return undefined;
    }
  };
  for (const compare of [
    async () => comparedPackages(plan, contents, await installedPackages(reach, opened), isHidden),
    () => compareFiles(plan, contents, reach, opened, world, left),
    () => compareTables(plan, contents, reach, opened, left),
    () => compareSettings(plan, reach, opened, left),
  ]) {
    promises.push(...((await unlessUnseen(compare)) ?? []));
  }
  const logAfter = logBefore && (await unlessUnseen(() => logLines(reach, opened)));
  return {
    system: system.name,
    product: `${opened.release.product} ${opened.release.version}`,
    operation,
    package: { name, version: packageVersion(first.contents) },
    installedBefore: before.find((each) => each.name === name)?.version,
    foretold: plan.verdict,
    steps: plan.steps.map(({ kind, outcome }) => ({ kind, outcome })),
    ...{ succeeded, lastWords, promises, left },
    assumptions: forecast.assumptions,
    log: logAfter && newLines(logBefore, logAfter),
    placeOf: placesIn(forecast.specText),
  };
}

interface Forecast {
  readonly plan: Plan;
  /** The package that the plan is about. */
  readonly contents: PackageContents;
  readonly specText: string | undefined;
  readonly assumptions: readonly Message[];
  /** Why something is not compared. */
  readonly notes: readonly Message[];
}

/** @throws TestSystemError for an operation on what is not there */
async function foretell<Read extends ReadPackage>(
  { operation, read, earlier, system }: SystemRunRequest<Read>,
  name: string,
  listed: readonly ListedPackage[],
  { release }: OpenedSystem,
  world: SystemRunWorld,
): Promise<Forecast> {
  const installed = listed.find((each) => each.name === name)?.version;
  const wanted = packageVersion((await read(release)).contents);
  const values = { name, system: system.name, version: installed ?? "", wanted };
  let reader: PackageReader<ReadPackage> = read;
  const notes: Message[] = [];
  if (operation === "install" && installed !== undefined && !switchesOf(release).consoleLooksFirst) {
    throw new TestSystemError({
      text: "The test system “{system}” has {name} {version}, and its console would upgrade it. Upgrade it to {wanted} instead.",
      values,
    });
  }
  if (operation === "reinstall" || operation === "uninstall") {
    if (installed === undefined) {
      throw new TestSystemError({
        text: "The package {name} is not installed on the test system “{system}”, or hides itself from its list.",
        values,
      });
    }
    if (installed !== wanted && operation === "reinstall") {
      throw new TestSystemError({
        text: "The test system “{system}” has {name} {version}, and a reinstall takes the same version. Upgrade it to {wanted} instead.",
        values,
      });
    }
    if (installed !== wanted) {
      const choice = await earlier(installed);
      if (choice.kind === "package") {
        const present = await read(release);
        reader = async () => ({ contents: await choice.read(release, present), specText: undefined });
      } else {
        notes.push({
          text: "The test system had {name} {version}, of which nobody has an archive. What the dry run says is about {wanted}.",
          values,
        });
      }
    }
  }
  const isUpgraded = operation === "upgrade" && installed !== undefined;
  const {
    plan,
    report,
    package: planned,
  } = await dryRun<ReadPackage>(
    {
      operation,
      read: reader,
      system: { kind: "product", product: release },
      database: system.database ?? defaultDatabase,
      from: isUpgraded ? ((await earlier(installed)) as EarlierChoice) : undefined,
      // What the system lists is what there is.
      listed: operation === "install" ? listed : listed.filter((each) => each.name !== name),
      assumeRequirements: false,
      digestFiles: false,
      options: { entrance: "console" },
    },
    world,
  );
  const { contents, specText } = planned;
  return { plan, contents, specText, assumptions: report.assumptions, notes };
}

/** @throws TestSystemError when the archive does not get there, or the command has to be ended */
async function perform<Read extends ReadPackage>(
  { operation, archive }: SystemRunRequest<Read>,
  reach: SystemReach,
  { commands }: OpenedSystem,
  contents: PackageContents,
  world: SystemRunWorld,
  { onStage }: SystemRunOptions,
) {
  const command = commands.operation(operation);
  if (operation === "uninstall") {
    onStage?.({ text: "Uninstalling" });
    return reach.run(command, {}, { changes: true });
  }
  const label = `${packageName(contents)}-${packageVersion(contents)}`;
  onStage?.({ text: "Copying" });
  return withFileThere({ from: await archive(), label, ending: ".opm" }, reach, commands, world, (there) => {
    onStage?.({ text: "Running" });
    return reach.run(command, { archive: there }, { changes: true });
  });
}

async function compareFiles(
  plan: Plan,
  contents: PackageContents,
  reach: SystemReach,
  { commands }: OpenedSystem,
  world: SystemRunWorld,
  left: Message[],
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
  plan: Plan,
  contents: PackageContents,
  reach: SystemReach,
  { commands }: OpenedSystem,
  left: Message[],
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
  plan: Plan,
  reach: SystemReach,
  { commands }: OpenedSystem,
  left: Message[],
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

async function logLines(
  reach: SystemReach,
  { commands }: OpenedSystem,
): Promise<readonly string[] | undefined> {
  if (!commands.log) return undefined;
  const { code, output } = await reach.run(commands.log);
  return code === 0 ? output.split(/\r?\n/).filter((line) => line !== "") : undefined;
}

/** Lines that were not there before. The newest come first, and the oldest fall out at the end. */
function newLines(before: readonly string[], after: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of before) counts.set(line, (counts.get(line) ?? 0) + 1);
  return after.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}
