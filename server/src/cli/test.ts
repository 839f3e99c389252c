import { dryRunOf } from "../configuration/scenario.ts";
import { scenarioTrials } from "../configuration/scenario-trials.ts";
import { findVersionsWithNotes } from "../engine/find-versions.ts";
import { packageReader } from "../engine/read-package.ts";
import type { SiblingPackages } from "../engine/sibling-packages.ts";
import { specsBelow } from "../engine/specs-below.ts";
import { type PreparedTrials, prepareTrials } from "../engine/trials/prepare-trials.ts";
import { type ScenarioTrial, TrialProblem } from "../engine/trials/trials-request.ts";
import { versionSearch } from "../engine/version-search.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import { placesIn } from "../report/place.ts";
import { countTrials, type PackageTrials, type Trial, type TriedTrial } from "../report/trial-report.ts";
import { systemTitle, trialTitle } from "../report/trial-words.ts";
import { toTheEndOf } from "../rules/steps.ts";
import type { ProductVersion } from "../system/product-version.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { complainAbout } from "./complain-about.ts";
import { baseOf, type Configured, ConfiguredRun, optionsLayer } from "./configured.ts";
import { triedAsGiven } from "./dry-run.ts";
import { requireFolder } from "./folder-argument.ts";
import { requirePackageFile } from "./package-argument.ts";
import { pathsNamed } from "./paths-named.ts";
import { readProductArgument } from "./product-argument.ts";
import { systemWorld } from "./sandbox-argument.ts";
import { siblingsArgument } from "./siblings-argument.ts";
import { type dryRunParameters, testParameters } from "./trial-commands.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersionText } from "./version-argument.ts";
import { complainAboutFile, writeResult } from "./write-result.ts";

type GivenTest = Given<typeof testParameters>;

/** A package with those of its trials that are wanted. */
interface Chosen extends Omit<PreparedTrials, "contents"> {
  readonly path: string;
  readonly notes: readonly Message[];
}

/** `sopm test`: tries packages and tells what fails. Nothing is changed but the file of `--output`. */
export async function test(given: GivenTest, shell: Shell): Promise<ExitCode> {
  requireVersionText(given.since);
  if (given.list && given.format === "junit") {
    throw new UsageError("A list of trials has no form for build servers; leave out --list or --format.");
  }
  await requireFolder(given.base, shell);
  const products = given.product.map(readProductArgument);
  const named = given.paths.length > 0 ? given.paths : ["."];
  const run = new ConfiguredRun(optionsLayer(testParameters, given), shell);
  const siblings = await siblingsArgument(given["packages-of"] ?? (await onlyFolder(named, shell)), shell);
  let isComplete = true;
  const chosen: Chosen[] = [];
  for await (const { path, problem } of pathsNamed(named, run, shell, specsBelow)) {
    if (problem !== undefined) {
      complainAboutFile(shell, path, problem);
      isComplete = false;
      continue;
    }
    await requirePackageFile(path, shell);
    try {
      chosen.push(await choose(path, given, { products, siblings, run }, shell));
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      complainAbout(shell, error);
      isComplete = false;
    }
  }
  if (chosen.length === 0 && isComplete) {
    throw new UsageError("There is no spec in “{folder}”.", { folder: named.join(", ") });
  }
  if (given.filter !== undefined && chosen.every(({ trials }) => trials.length === 0)) {
    throw new UsageError("No trial has “{text}” in its line; --list tells the lines.", {
      text: given.filter,
    });
  }
  if (given.list) return (await writeList(chosen, given, shell)) && isComplete ? 0 : 1;
  const packages: PackageTrials[] = [];
  for (const each of chosen) packages.push(await tried(each, shell));
  const text = await textOf(packages, given, shell);
  if (!(await writeResult(shell, text, given.output))) return 1;
  return isComplete && countTrials(packages).failed === 0 ? 0 : 1;
}

/** The folder where one alone was named: what lies in it is worked on together. */
async function onlyFolder(named: readonly string[], { world }: Shell): Promise<string | undefined> {
  const [path, ...others] = named;
  if (path === undefined || others.length > 0) return undefined;
  const kind = await world.named.kindOf(path).catch(() => undefined);
  return kind === "folder" ? path : undefined;
}

interface TestSurroundings {
  readonly products: readonly ProductVersion[];
  readonly siblings: SiblingPackages | undefined;
  readonly run: ConfiguredRun;
}

async function choose(
  path: string,
  given: GivenTest,
  { products, siblings, run }: TestSurroundings,
  shell: Shell,
): Promise<Chosen> {
  const configured = await run.of(path);
  run.tell(configured);
  const { settings } = configured;
  const { world } = shell;
  const { paths } = world;
  const baseFolder = baseOf(path, given.base, configured, shell);
  const { allowSymlinks } = settings.build;
  const spec = paths.resolve(path);
  const search = versionSearch(spec, baseFolder, paths, settings.knownPackages);
  const { versions, notes } = await findVersionsWithNotes(spec, world, search);
  const prepared = await prepareTrials(
    {
      read: packageReader(path, world, { baseFolder, allowSymlinks }),
      versions,
      since: settings.upgradesSince === "" ? undefined : settings.upgradesSince,
      ...{ products, siblings },
      keptTables: settings.lint.keptTables ?? {},
      database: given.database ?? settings.system.database,
      scenarios: scenariosOf(path, given, configured, run, shell),
    },
    systemWorld(shell),
  );
  const { filter } = given;
  const wanted = filter?.toLowerCase();
  const trials = prepared.trials.filter(
    ({ trial }) =>
      wanted === undefined || lineOf(prepared.package.name, trial, shell).toLowerCase().includes(wanted),
  );
  return { package: prepared.package, specText: prepared.specText, trials, path, notes };
}

/** The dry runs that configurations name, but for those on other products than the wanted ones. */
function scenariosOf(
  path: string,
  given: GivenTest,
  { found, settings }: Configured,
  run: ConfiguredRun,
  shell: Shell,
): readonly ScenarioTrial[] {
  const { product, base, "packages-of": packagesOf, "allow-symlinks": allowSymlinks } = given;
  const wanted = [...found.scenarios].filter(([, scenario]) => {
    const { system } = dryRunOf(scenario);
    return product.length === 0 || system?.kind !== "product" || product.includes(system.product);
  });
  return scenarioTrials({ ...found, scenarios: new Map(wanted) }, settings, async (name) => {
    try {
      return await triedAsGiven(
        {
          ...nothingGiven,
          ...{ package: path, scenario: name, base },
          ...{ "packages-of": packagesOf, "allow-symlinks": allowSymlinks },
        },
        shell,
        run,
      );
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new TrialProblem({ text: error.message, values: error.values });
    }
  });
}

/** The options of a dry run of which none was typed. */
const nothingGiven: Omit<Given<typeof dryRunParameters>, "package"> = {
  ...{ operation: undefined, scenario: undefined, product: undefined, database: undefined },
  ...{ framework: undefined, sandbox: undefined, from: undefined, version: undefined, force: false },
  ...{ entrance: undefined, assume: [], requirements: undefined, "packages-of": undefined },
  ...{ "fail-on": "", documented: false, format: "text", output: undefined, base: undefined },
  "allow-symlinks": false,
};

/** A trial on one line, as `--filter` looks at it. */
function lineOf(name: string | undefined, trial: Trial, { world }: Shell): string {
  const { textOf } = world.texts;
  return oneLine([name ?? "?", textOf(systemTitle(trial)), textOf(trialTitle(trial.subject))].join(" › "));
}

async function writeList(chosen: readonly Chosen[], given: GivenTest, shell: Shell): Promise<boolean> {
  const { translate } = shell.world.texts;
  const packages = chosen.map(({ trials, ...each }) => ({
    ...each,
    trials: trials.map(({ trial }) => trial),
  }));
  const text =
    given.format === "json"
      ? (await import("../report/render-trials-json.ts")).listedTrialsJson(packages, translate)
      : packages
          .flatMap((each) => each.trials.map((trial) => `${lineOf(each.package.name, trial, shell)}\n`))
          .join("");
  return writeResult(shell, text, given.output);
}

async function tried({ trials, specText, ...each }: Chosen, shell: Shell): Promise<PackageTrials> {
  const done: TriedTrial[] = [];
  for (const { trial, run } of trials) {
    shell.showProgress?.(lineOf(each.package.name, trial, shell));
    done.push({ trial, result: await toTheEndOf(run()) });
  }
  shell.showProgress?.("");
  return { ...each, placeOf: placesIn(specText), trials: done };
}

/** Only what a form needs is loaded. */
async function textOf(
  packages: readonly PackageTrials[],
  { format, output }: GivenTest,
  { world: { texts }, terminal }: Shell,
): Promise<string> {
  const { translate } = texts;
  switch (format) {
    case "text": {
      const { renderTrialsText } = await import("../report/render-trials-text.ts");
      const shown = output === undefined ? terminal : undefined;
      return renderTrialsText(packages, { translate, width: shown?.width, colors: shown?.colors ?? false });
    }
    case "json":
      return (await import("../report/render-trials-json.ts")).renderTrialsJson(packages, translate);
    case "junit":
      return (await import("../report/render-trials-junit.ts")).renderTrialsJunit(packages, translate);
  }
}
