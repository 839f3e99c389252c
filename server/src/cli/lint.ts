import { isConfigurationName } from "../configuration/configuration-file.ts";
import { withSeverities } from "../configuration/configurations.ts";
import { knownBeside } from "../engine/find-known-documents.ts";
import { builtBelow, type SpecPath, specsBelow } from "../engine/specs-below.ts";
import { taggedPackages } from "../engine/tagged-packages.ts";
import { systemCode } from "../host/file-system.ts";
import type { KnownPackages } from "../host/known-packages.ts";
import type { Shell } from "../host/shell.ts";
import type { World } from "../host/world.ts";
import { type Severity, severities } from "../rules/rule.ts";
import { decodeText } from "../text/decode.ts";
import { baseFolderHint } from "./base-folder-hint.ts";
import { readBaseline } from "./baseline.ts";
import { type CheckedNamed, type CheckRequest, checkNamed } from "./check-named.ts";
import type { ExitCode, Given } from "./command.ts";
import { asChecked, baseOf, type Configured, ConfiguredRun, optionsLayer } from "./configured.ts";
import { findingsForm } from "./findings-form.ts";
import { ConfigurationFixes } from "./fix-configuration.ts";
import { requireFolder } from "./folder-argument.ts";
import { type CheckedSpec, checkedFiles } from "./found-problems.ts";
import { knownPackagesArgument } from "./known-packages-argument.ts";
import { LintOutput } from "./lint-output.ts";
import { oneOf } from "./one-of.ts";
import { kindOfNamed } from "./package-argument.ts";
import { pathsNamed, standardInput } from "./paths-named.ts";
import { ruleNamed } from "./rule-argument.ts";
import { lintParameters } from "./spec-commands.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

type GivenLint = Given<typeof lintParameters>;

/** `sopm lint`: prints what is wrong with specs, or mends it. */
export async function lint(given: GivenLint, shell: Shell): Promise<ExitCode> {
  const { world, outputIsClosed } = shell;
  const { paths, format, version, baseline: baselineFile } = given;
  const header = given["license-header"];
  const mostWarnings = readCount("--max-warnings", given["max-warnings"]);
  requireVersion(version, paths);
  requireFixable(given);
  await requireFolder(given.base, shell);
  for (const path of paths) if (path !== standardInput) await requireCheckable(path, world);
  const options = {
    ...{ rules: readRules(given.rule), simulation: "off" },
    ...(header !== undefined && { licenseHeader: await readHeader(header, world) }),
  };
  const configured = new ConfiguredRun(optionsLayer(lintParameters, given, options), shell);
  const baseline = baselineFile === undefined ? undefined : await readBaseline(baselineFile, shell);
  const placeOf = (path: string) => (path === standardInput ? given["stdin-path"] : path);
  const places = paths.map(placeOf);
  configured.leaveOut(places);

  const specs: CheckedPath[] = [];
  for await (const spec of pathsNamed(paths, configured, shell, checkableBelow)) specs.push(spec);
  const absolute = (path: string) => world.paths.resolve(path);
  const files = specs.flatMap(({ path, isBesideSpecs }) =>
    path === standardInput || isBesideSpecs !== undefined ? [] : [absolute(path)],
  );
  const known = await knownBeside(
    files,
    await knownPackagesArgument(given["packages-of"], places, configured, shell),
    world,
  );
  await learnTags(files, known, shell);
  const fixing = given.fix ? "in-files" : given["fix-dry-run"] ? "shown" : undefined;
  const configurationFixes = fixing && new ConfigurationFixes(places, fixing, configured, shell);
  const request = {
    version,
    stdinPath: given["stdin-path"],
    fixing,
    caches: new Map(),
    known,
  } as const;
  const output = new LintOutput(
    given,
    { baseline, mostWarnings, isFixing: fixing !== undefined },
    await findingsForm(given["write-baseline"] === undefined ? format : "sarif", shell),
    shell,
  );
  for (const each of specs) {
    if (outputIsClosed()) break;
    const place = placeOf(each.path);
    try {
      if (each.problem) throw each.problem;
      await checkOne({ ...each, place }, given, request, { configured, configurationFixes }, output, shell);
    } catch (error) {
      const reason = systemCode(error);
      if (reason === undefined) throw error;
      // One file that cannot be read is no reason to keep quiet about the others.
      output.unreadable(each.path, reason);
    }
    // A run may go through the packages of a whole company, and needs each folder for its own specs only.
    if (request.caches.size >= keptFolders) request.caches.clear();
  }
  return output.end();
}

interface Configuring {
  readonly configured: ConfiguredRun;
  readonly configurationFixes: ConfigurationFixes | undefined;
}

/** Checks one file with the configurations that hold for it, and tells what was found in all of them. */
async function checkOne(
  { path, place, isBesideSpecs }: CheckedPath & { readonly place: string | undefined },
  given: GivenLint,
  request: Omit<CheckRequest, "settings" | "base" | "databases" | "upgradesSince" | "asArchive">,
  { configured, configurationFixes }: Configuring,
  output: LintOutput,
  shell: Shell,
): Promise<void> {
  const { world } = shell;
  let now = await configured.of(place);
  const fixedBefore = (await configurationFixes?.make(place, now)) ?? [];
  if (fixedBefore.length > 0) now = await configured.of(place);
  const { settings } = now;
  const base = baseOf(place ?? ".", given.base, now, shell);
  const checked =
    (await checkConfiguration(place, now, configured, configurationFixes, shell)) ??
    (await checkNamed(
      path,
      {
        ...{ ...request, settings: settings.lint, base, asArchive: isBesideSpecs },
        databases: settings.simulation.databases,
        upgradesSince: settings.upgradesSince,
      },
      shell,
    ));
  const { spec, fixed, change } = checked;
  const madeIn = (file: string) => configurationFixes?.madeIn(world.paths.resolve(file));
  const configurations = configured
    .untold(now, (file) => madeIn(file) !== undefined)
    .map((file) => asChecked(file, settings, shell));
  for (const each of fixedBefore) output.change(each);
  if (change) output.change({ ...checked, ...change, path: spec.path });
  output.checked(checked);
  for (const found of [...configurations, spec].flatMap((each) => checkedFiles(each, world))) {
    const isSpec = found.path === spec.path;
    const made = isSpec ? fixed : madeIn(found.path);
    output.found({
      ...found,
      ...(isSpec && { hint: hintOf(spec, base, shell) }),
      ...(made !== undefined && { fixed: made }),
    });
  }
}

/** What is wrong with a configuration that was named; undefined for any other file. */
async function checkConfiguration(
  path: string | undefined,
  { settings }: Configured,
  configured: ConfiguredRun,
  fixes: ConfigurationFixes | undefined,
  shell: Shell,
): Promise<CheckedNamed | undefined> {
  const { paths } = shell.world;
  if (path === undefined || !isConfigurationName(paths.basename(path))) return undefined;
  const file = await configured.check(path);
  return (
    file && {
      spec: { ...asChecked(withSeverities(file, settings.lint.rules), settings, shell), path },
      ...(fixes && { fixed: fixes.madeIn(file.path) ?? 0 }),
      isLost: false,
    }
  );
}

/** Has what is known of packages know the versions of these specs that tags have released. @param specs absolute paths */
async function learnTags(
  specs: readonly string[],
  known: KnownPackages,
  { world, complain }: Shell,
): Promise<void> {
  const named = specs.flatMap((path) => {
    const [own] = known.in(path);
    return own?.kind === "spec" ? [{ path, name: own.name }] : [];
  });
  const untrustedFolders = named.length === 0 ? [] : [world.paths.dirname(named[0]!.path)];
  const { packages, left } = await taggedPackages(named, world, { untrustedFolders });
  for (const each of [...packages.values()].flat()) known.tell(each.document, [each]);
  if (left.length > 0) {
    complain(
      "Tags of {count} specs were not looked up, because there are too many: the first of them is “{path}”. Name fewer specs at once to have them compared with what tags have released.",
      { count: left.length, path: left[0]!.path },
    );
  }
}

const keptFolders = 4;

/** @throws UsageError for what is no number from 0 on */
function readCount(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new UsageError("“{value}” is no value for {option}; it takes a number, such as 0.", {
    value,
    option,
  });
}

/** @throws UsageError when what is asked for cannot be done together */
function requireFixable(given: GivenLint): void {
  const isFromInput = given.paths.includes(standardInput);
  if (given.fix && given["fix-dry-run"]) throw new UsageError("Name either --fix or --fix-dry-run.");
  if (given.fix && isFromInput) {
    throw new UsageError(
      "--fix writes into files, and standard input is none; --fix-dry-run prints the difference.",
    );
  }
  if (given["stdin-path"] !== undefined && !isFromInput) {
    throw new UsageError(
      "--stdin-path is for what comes from standard input; name it as “-” among the paths.",
    );
  }
}

function hintOf(
  { path, findings }: CheckedSpec,
  base: string | undefined,
  { lineOf, world }: Shell,
): string | undefined {
  const hint = baseFolderHint(path, base, findings, world.paths);
  return hint && lineOf(hint);
}

/** Reads `ID=SEVERITY`. @throws UsageError for a rule that does not exist */
function readRules(values: readonly string[]): Record<string, Severity | "off"> {
  const configured: Record<string, Severity | "off"> = {};
  for (const value of values) {
    const [id = "", severity = ""] = value.split("=");
    ruleNamed(id);
    if (severity === "") {
      throw new UsageError("--rule takes a rule and its severity, such as “{id}=off”.", { id });
    }
    configured[id] = oneOf("--rule", severity, [...severities, "off"]);
  }
  return configured;
}

/** The text of a licence header. @throws UsageError for what holds none */
async function readHeader(path: string, { named }: World): Promise<string> {
  const kind = await kindOfNamed(path, named);
  const { text } = decodeText(
    kind === "folder" || kind === "special" ? new Uint8Array() : await named.read(path),
  );
  if (text.trim() !== "") return text;
  throw new UsageError("“{path}” has no licence header in it; --license-header takes a file with its text.", {
    path,
  });
}

/** Before anything is checked: half an answer to a command with a slip in it helps nobody. @throws UsageError */
async function requireCheckable(path: string, { named }: World): Promise<void> {
  // A pipe is read like a file, so that a spec may come from another program. A device may never end.
  if ((await kindOfNamed(path, named)) === "special") {
    throw new UsageError("“{path}” is neither a file nor a folder.", { path });
  }
}

/** A file to check. */
interface CheckedPath extends SpecPath {
  /**
   * Of an archive or an index that was found in a folder, whether there are specs, too, which tell themselves what is wrong
   * with their packages; absent for a spec and for what was named.
   */
  readonly isBesideSpecs?: boolean;
}

/** Every spec, every archive and every index in a folder, in the order of their names, specs first. */
async function* checkableBelow(
  folder: string,
  world: World,
  isPassedOver: (folder: string) => boolean,
): AsyncIterable<CheckedPath> {
  let isBesideSpecs = false;
  for await (const spec of specsBelow(folder, world, isPassedOver)) {
    isBesideSpecs ||= !spec.problem;
    yield spec;
  }
  for await (const built of builtBelow(folder, world, isPassedOver)) yield { ...built, isBesideSpecs };
}
