import { type PackageContents, packageName, packageVersion } from "../../builder/package-contents.ts";
import { switchesOf } from "../../dialect/switches.ts";
import type { TestSystem } from "../../host/test-system.ts";
import type { World } from "../../host/world.ts";
import type { Message } from "../../l10n/translate.ts";
import type { Operation } from "../../lifecycle/operation.ts";
import { defaultDatabase } from "../../protocol/databases.ts";
import { describeStep } from "../../report/describe-step.ts";
import { placesIn } from "../../report/place.ts";
import type { PromiseReport } from "../../report/promise-report.ts";
import { dryRun, type EarlierChoice } from "../dry-run.ts";
import type { PackageReader, ReadPackage, SystemWorld } from "../system-world.ts";
import { compareWithSystem, type Foretold, type SeenSystem, unlessUnseen } from "./compare-with-system.ts";
import { type ListedPackage, lastLine } from "./console-answers.ts";
import { printedErrors, readErrors } from "./logged-errors.ts";
import { installedPackages, type OpenedSystem, openSystem } from "./open-system.ts";
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
  const outcome = {
    succeeded: ended.code === null ? undefined : ended.code === 0,
    lastWords: lastLine(ended.errors) || lastLine(ended.output),
  };
  const errors = readErrors(`${ended.errors}\n${ended.output}`);
  const seen: SeenSystem = { reach, opened, world, left: [...forecast.notes], signal: options.signal };
  const promises = await compareWithSystem(forecast, { ...outcome, errors }, seen);
  const logAfter = logBefore && (await unlessUnseen(seen, () => logLines(reach, opened)));
  return {
    system: system.name,
    product: `${opened.release.product} ${opened.release.version}`,
    operation,
    package: { name, version: packageVersion(first.contents) },
    installedBefore: before.find((each) => each.name === name)?.version,
    foretold: forecast.plan.verdict,
    steps: forecast.plan.steps.map(({ kind, outcome }) => ({ kind, outcome })),
    failing: forecast.plan.steps
      .filter(({ outcome }) => outcome === "fails")
      .map((step) => ({ title: describeStep(step), reason: step.reason, span: step.span })),
    ...{ ...outcome, promises, left: seen.left },
    errors: printedErrors(errors),
    assumptions: forecast.assumptions,
    log: logAfter && newLines(logBefore, logAfter),
    placeOf: placesIn(forecast.specText),
  };
}

interface Forecast extends Foretold {
  readonly specText: string | undefined;
  readonly assumptions: readonly Message[];
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
  return withFileThere({ what: "archive", from: await archive(), label }, reach, commands, world, (there) => {
    onStage?.({ text: "Running" });
    return reach.run(command, { archive: there }, { changes: true });
  });
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
