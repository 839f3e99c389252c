import { packageName } from "../../builder/package-contents.ts";
import type { TestSystem } from "../../host/test-system.ts";
import type { World } from "../../host/world.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import type { Assumption } from "../../lifecycle/plan-options.ts";
import { defaultDatabase } from "../../protocol/databases.ts";
import { placesIn } from "../../report/place.ts";
import { dryRun } from "../dry-run.ts";
import type { PackageReader, ReadPackage, SystemWorld } from "../system-world.ts";
import { failureReason } from "./console-answers.ts";
import type { CommandResult } from "./maintenance.ts";
import { installedPackages, type OpenedSystem, openSystem } from "./open-system.ts";
import {
  operationOfFamily,
  type PhaseName,
  phasePackage,
  placesOfPhase,
  stepsOfPhase,
} from "./phase-package.ts";
import { phaseProgram } from "./phase-program.ts";
import { type ReachOptions, type ReachWorld, SystemReach } from "./system-reach.ts";
import { TestSystemError } from "./test-system-error.ts";
import { type FileForSystem, withFileThere } from "./with-file-there.ts";

export interface PhaseRequest extends PhaseName {
  readonly system: TestSystem;
  /** A spec; archives have no places that could be shown. */
  readonly read: PackageReader;
  /** The version that upgrades count from; undefined for the one that the system has. */
  readonly from: string | undefined;
}

export interface PhaseResult extends CommandResult {
  /** The lines of what was run in the spec, from 1. */
  readonly lines: readonly number[];
  /** What upgrades counted from; undefined for other operations. */
  readonly from: string | undefined;
}

export type PhaseWorld = SystemWorld & ReachWorld & Pick<World, "paths" | "packages" | "output">;

/**
 * Has a test system run the code or the database sections of one phase of a package, and nothing else: no file is written, and
 * the list of packages stays. Which sections these are, from which version on, is what the dry run says; the package manager
 * of the system reads and runs them.
 *
 * @throws TestSystemError when the system cannot be used, or there is nothing to be run
 * @throws PackageError when the package cannot be read
 */
export async function runPhase(
  request: PhaseRequest,
  world: PhaseWorld,
  options: ReachOptions,
): Promise<PhaseResult> {
  const { section, phase, system, read } = request;
  const reach = new SystemReach(system, world, options);
  const operation = operationOfFamily(section);
  const { contents, specText = "" } = await read(undefined);
  const name = packageName(contents);
  reach.know({ package: name, section, phase });
  const opened = await openSystem(reach, (commands) => [
    ...(operation === "upgrade" && request.from === undefined ? [commands.list] : []),
    ...(commands.runPhase ? [commands.copy, commands.runPhase, commands.copy && commands.removeCopy] : []),
  ]);
  const { commands, release } = opened;
  const { runPhase: command } = commands;
  if (!command) {
    throw new TestSystemError({
      text: "A phase alone cannot be run on {product}: SOPM knows how from OTRS 5 on.",
      values: { product: `${release.product} ${release.version}` },
    });
  }
  const from =
    operation === "upgrade" ? (request.from ?? (await installedVersion(name, reach, opened))) : undefined;
  const plan = await planOfPhase(request, from, opened, world);
  const places = placesOfPhase(plan, request);
  if (places.length === 0) throw nothingToRun(plan, request, from);
  const placeOf = placesIn(specText);

  const folder = await world.commands!.makeFolder();
  try {
    const write = async (fileName: string, text: string) => {
      const path = world.paths.join(folder, fileName);
      await world.output.write(path, new TextEncoder().encode(text));
      return path;
    };
    const archive = await write("phase.opm", phasePackage(specText, places, request));
    const program = await write("phase.pl", phaseProgram);
    const bring = <T>(what: FileForSystem["what"], from: string, work: (there: string) => Promise<T>) =>
      withFileThere({ what, from, label: "" }, reach, commands, world, work);
    const ended = await bring("phase-package", archive, (archiveThere) =>
      bring("phase-program", program, (programThere) =>
        reach.run(command, { archive: archiveThere, program: programThere }, { changes: true }),
      ),
    );
    const succeeded = ended.code === 0;
    const reason = succeeded ? "" : failureReason(ended);
    const lines = places.map((place) => placeOf(place)!.line);
    return { succeeded, output: ended.output, reason, from, lines };
  } finally {
    await world.files({ flush: false }).removeTree(folder);
  }
}

/** @throws TestSystemError where the package is not installed */
async function installedVersion(name: string, reach: SystemReach, opened: OpenedSystem): Promise<string> {
  const found = (await installedPackages(reach, opened)).find((each) => each.name === name);
  if (found) return found.version;
  throw new TestSystemError({
    text: "The package {name} is not installed on the test system “{system}”. Say from which version the upgrade is to count.",
    values: { name, system: reach.system.name },
  });
}

/** The plan of the whole operation, in which no code ends a phase before all of it was run. */
async function planOfPhase(
  { section, phase, system, read }: PhaseRequest,
  from: string | undefined,
  { release }: OpenedSystem,
  world: PhaseWorld,
): Promise<Plan> {
  const assume = new Map<string, Assumption>();
  for (;;) {
    const { plan } = await dryRun<ReadPackage>(
      {
        operation: operationOfFamily(section),
        read,
        system: { kind: "product", product: release },
        database: system.database ?? defaultDatabase,
        from: from === undefined ? undefined : { kind: "version", version: from },
        assumeRequirements: true,
        digestFiles: false,
        options: { entrance: "console", force: true, assume: new Map(assume) },
      },
      world,
    );
    const failing = stepsOfPhase(plan, { section, phase }).filter(
      ({ kind, outcome, key }) => kind === "code" && outcome === "fails" && !assume.has(key),
    );
    if (failing.length === 0) return plan;
    for (const { key } of failing) assume.set(key, "succeeds");
  }
}

/** Why nothing of a phase is run: what keeps the first of its sections, or that there is none. */
function nothingToRun(plan: Plan, { section, phase }: PhaseName, from: string | undefined): TestSystemError {
  const kept = stepsOfPhase(plan, { section, phase }).find(({ reason }) => reason !== undefined);
  const [refusal] = plan.refusals;
  const values = { section, phase, from: from ?? "" };
  const reason = kept?.reason ?? refusal;
  if (!reason) {
    return new TestSystemError({ text: "The package has no {section} in the phase {phase}.", values });
  }
  return new TestSystemError({
    text:
      from === undefined
        ? "Nothing of {section} is run in the phase {phase}."
        : "Nothing of {section} is run in the phase {phase} of an upgrade from {from}.",
    values,
    further: reason,
  });
}
