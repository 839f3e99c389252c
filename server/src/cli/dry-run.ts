import { type NamedDryRun, type NamedSystem, scenarioNamed, systemOf } from "../configuration/scenario.ts";
import {
  type DryRunOutcome,
  dryRun as dryRunPackage,
  type EarlierChoice,
  type SystemChoice,
} from "../engine/dry-run.ts";
import { earlierChoice, meansFile } from "../engine/earlier-choice.ts";
import { defaultLintSettings } from "../engine/lint.ts";
import { lintFile } from "../engine/lint-file.ts";
import { packageReader } from "../engine/read-package.ts";
import type { ReadPackage } from "../engine/system-world.ts";
import { versionSearch } from "../engine/version-search.ts";
import type { Shell } from "../host/shell.ts";
import { readAssumptions, requireKeys } from "./assumptions.ts";
import { baseFolderHint } from "./base-folder-hint.ts";
import type { ExitCode, Given } from "./command.ts";
import { baseOf, type Configured, ConfiguredRun, optionsLayer } from "./configured.ts";
import { readFailOn } from "./fail-on-argument.ts";
import { requireFolder } from "./folder-argument.ts";
import { complainAboutNoPackage, requirePackageFile } from "./package-argument.ts";
import { readProductArgument } from "./product-argument.ts";
import { writeReport } from "./report-format.ts";
import { systemWorld } from "./sandbox-argument.ts";
import { siblingsArgument } from "./siblings-argument.ts";
import { dryRunParameters } from "./trial-commands.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm dry-run`: tells what an operation on a package would do. Nothing is changed but the file of `--output`. */
export async function dryRun(given: Given<typeof dryRunParameters>, shell: Shell): Promise<ExitCode> {
  const failures = readFailOn(given["fail-on"]);
  const { report } = await triedAsGiven(given, shell);
  return writeReport(shell, report, given, failures);
}

/**
 * What an operation on a package would do.
 *
 * @param before a run of the same command that has read and told what it needed of configurations
 * @throws UsageError, PackageError
 */
export async function triedAsGiven(
  given: Given<typeof dryRunParameters>,
  shell: Shell,
  before?: ConfiguredRun,
): Promise<DryRunOutcome<ReadPackage>> {
  const { package: path } = given;
  const { sandbox, product, framework: home } = given;
  if (sandbox !== undefined && (product !== undefined || given.database !== undefined)) {
    throw new UsageError("A sandbox has its product and its database; leave out --product and --database.");
  }
  if ([sandbox, product, home].filter((each) => each !== undefined).length > 1) {
    throw new UsageError("Name one of --product, --framework and --sandbox.");
  }
  await requireFolder(given.base, shell);
  await requireFolder(home, shell);
  requireVersion(given.version, [path]);
  await requirePackageFile(path, shell);
  const run = new ConfiguredRun(optionsLayer(dryRunParameters, given), shell, before);
  const configured = await run.of(path);
  run.tell(configured);
  const { settings } = configured;
  const scenario =
    given.scenario === undefined ? undefined : requireScenario(given.scenario, path, configured);
  const operation = scenario?.operation ?? given.operation!;
  const from = given.from ?? scenario?.from;
  if (from !== undefined && operation !== "upgrade") {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  const chosen = namedSystem(given) ?? scenario?.system ?? systemOf(settings);
  const isStandIn = chosen?.kind !== "sandbox";
  const requirements = given.requirements ?? scenario?.requirements ?? (isStandIn ? "assume" : "check");
  if (isStandIn && operation === "upgrade" && from === undefined) {
    throw new UsageError(
      "Name with --from what is installed before the upgrade: an archive, or a version alone.",
    );
  }
  const assume = readAssumptions(given.assume);
  const base = baseOf(path, given.base, configured, shell);
  const { allowSymlinks } = settings.build;
  const packagesBefore = scenario?.before ?? [];
  for (const each of packagesBefore) await requirePackageFile(each, shell);
  // What --base says of the package holds for no other.
  const optionsBefore = optionsLayer(dryRunParameters, { ...given, base: undefined });
  const runBefore = new ConfiguredRun(optionsBefore, shell, run);
  const filesBefore = await Promise.all(packagesBefore.map((each) => runBefore.filesOf(each)));

  const upgraded = { path, base, named: settings.knownPackages };
  const outcome = await dryRunPackage(
    {
      operation,
      database: given.database ?? scenario?.database ?? settings.system.database,
      read: packageReader(path, shell.world, { baseFolder: base, allowSymlinks, version: given.version }),
      system: systemChoice(chosen, shell),
      from: from === undefined ? undefined : await earlierArgument(from, upgraded, shell),
      before: packagesBefore.map((each, index) => packageReader(each, shell.world, filesBefore[index])),
      assumeRequirements: requirements === "assume",
      digestFiles: given.format !== "text" && given.format !== "junit",
      siblings: await siblingsArgument(given["packages-of"], shell),
      compareWithDocumentation: given.documented,
      options: {
        entrance: given.entrance ?? scenario?.entrance,
        force: given.force || (scenario?.force ?? false),
        assume,
      },
    },
    systemWorld(shell),
  );
  requireKeys(assume, outcome.plan);
  const { contents } = outcome.package;
  if (!contents.structure) await complainAboutNoPackage(path, shell);
  // Whether the missing files are elsewhere is for the rule to say.
  if (contents.build && contents.build.missingFiles.length > 0) {
    const { findings } = await lintFile(path, defaultLintSettings, shell.world, { baseFolder: base });
    const hint = baseFolderHint(path, base, findings, shell.world.paths);
    if (hint) shell.complain(hint);
  }
  return outcome;
}

/** @throws UsageError when no configuration of the package has it, or it cannot be tried */
function requireScenario(name: string, path: string, { found }: Configured): NamedDryRun {
  const scenario = scenarioNamed(name, path, found);
  if ("why" in scenario) throw new UsageError(scenario.why.text, scenario.why.values);
  return scenario;
}

/** The system that options name. */
function namedSystem({
  sandbox,
  product,
  framework,
}: Given<typeof dryRunParameters>): NamedSystem | undefined {
  if (sandbox !== undefined) return { kind: "sandbox", folder: sandbox };
  if (product !== undefined) return { kind: "product", product };
  return framework === undefined ? undefined : { kind: "home", folder: framework };
}

/** @throws UsageError for a product that nobody knows */
export function systemChoice(system: NamedSystem | undefined, { world }: Shell): SystemChoice {
  switch (system?.kind) {
    case undefined:
      return { kind: "fitting" };
    case "sandbox":
      return system;
    case "product":
      return { kind: "product", product: readProductArgument(system.product) };
    case "home":
      return { kind: "home", folder: world.paths.resolve(system.folder) };
  }
}

/** What is upgraded, where its versions are looked for. */
interface UpgradedPackage {
  readonly path: string;
  readonly base: string | undefined;
  /** Folders with archives, and archives, beside what lies beside it. */
  readonly named: readonly string[];
}

/**
 * The file of this name; else the version as it was released; else the version of which only the name is known.
 *
 * @throws UsageError for what is neither a file nor a version
 */
export async function earlierArgument(
  value: string,
  { path, base, named }: UpgradedPackage,
  shell: Shell,
): Promise<EarlierChoice> {
  const { world } = shell;
  if (await meansFile(value, world)) await requirePackageFile(value, shell);
  const spec = world.paths.resolve(path);
  const search = { path: spec, ...versionSearch(spec, base, world.paths, named) };
  const earlier = await earlierChoice(value, search, world);
  if (!earlier) throw new UsageError("“{value}” is neither a file nor a version such as 1.0.0.", { value });
  return earlier;
}
