import { type PreparedRelease, prepareRelease } from "../engine/release/prepare-release.ts";
import { type ReleaseJournal, ReleaseJournals, type ReleaseStep } from "../engine/release/release-journal.ts";
import type { ReleaseRequest } from "../engine/release/release-request.ts";
import { stepMessage } from "../engine/release/release-words.ts";
import { type RunOptions, type RunResult, runRelease, undoRelease } from "../engine/release/run-release.ts";
import { versionSearch } from "../engine/version-search.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import { decodeText } from "../text/decode.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { complainAbout } from "./complain-about.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { requireFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { releaseParameters } from "./release-commands.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm release`: releases a version of a package, goes on with a release that was begun, or takes it back. */
export async function release(given: Given<typeof releaseParameters>, shell: Shell): Promise<ExitCode> {
  const { world } = shell;
  await requireFile(given.spec, "“{path}” is no file; name the .sopm file to release.", shell);
  await requireFolder(given.base, shell);
  requireVersion(given.version, [given.spec]);
  if (given.bump !== undefined && given.version !== undefined) {
    throw new UsageError("--bump and --version cannot be used together.");
  }
  try {
    const { request, options } = await requestOf(given, shell);
    const journals = new ReleaseJournals(world);
    if (given.undo && given.yes && (await journals.giveUpDamaged(request.spec))) {
      shell.complain(
        "What was noted of a release of “{path}” was damaged, and is given up. Nothing was taken back.",
        { path: given.spec },
      );
      return 1;
    }
    const begun = await journals.of(request.spec);
    if (begun) return await goOn(begun, given, options, shell);
    if (given.undo) {
      shell.complain("There is nothing to take back: no release of “{path}” was begun and not finished.", {
        path: given.spec,
      });
      return 1;
    }
    return await begin(request, given, options, shell);
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    complainAbout(shell, error);
    return 1;
  }
}

async function requestOf(
  given: Given<typeof releaseParameters>,
  shell: Shell,
): Promise<{ readonly request: ReleaseRequest; readonly options: RunOptions }> {
  const { paths } = shell.world;
  const run = new ConfiguredRun(optionsLayer(releaseParameters, given), shell);
  const configured = await run.of(given.spec);
  run.tell(configured);
  const { lint, build, simulation, upgradesSince, knownPackages } = configured.settings;
  const spec = paths.resolve(given.spec);
  const base = baseOf(spec, given.base, configured, shell);
  const { git } = versionSearch(spec, base, paths);
  const request: ReleaseRequest = {
    ...{ spec, settings: lint, mode: build.mode, allowSymlinks: build.allowSymlinks, upgradesSince },
    baseFolder: paths.resolve(base ?? paths.dirname(spec)),
    outputFolder: paths.resolve(build.outputFolder || paths.dirname(spec)),
    stampDate: build.stampDate || undefined,
    stampHost: build.stampHost || undefined,
    databases: simulation.databases,
    knownPackages: knownPackages.map((each) => paths.resolve(each)),
    raise: given.version === undefined ? given.bump : { to: given.version },
    changeLog: given.changelog === "-" ? await readText(shell) : given.changelog,
    tag: given.tag,
    index: given.index,
    git: git ?? { untrustedFolders: [] },
  };
  return { request, options: { lint, git: request.git } };
}

async function readText({ readInput }: Shell): Promise<string> {
  return decodeText(await readInput()).text.trim();
}

async function begin(
  request: ReleaseRequest,
  { yes, force, format }: Given<typeof releaseParameters>,
  options: RunOptions,
  shell: Shell,
): Promise<ExitCode> {
  const prepared = await prepareRelease(request, shell.world);
  if (prepared.kind === "impossible") {
    shell.complain(prepared.reason);
    return 1;
  }
  const { journal, objections, doubts, notes } = prepared;
  for (const note of notes) shell.complain(note);
  for (const each of [...objections, ...doubts]) shell.complain(each);
  const isRefused = objections.length > 0 || (doubts.length > 0 && !force);
  if (!yes || isRefused) {
    tellPlan(prepared, isRefused, format, shell);
    if (objections.length === 0 && doubts.length > 0 && !force) {
      shell.complain("Nothing is released. With --force it is all the same.");
    }
    return isRefused ? 1 : 0;
  }
  return run(journal, format, options, shell);
}

async function goOn(
  begun: ReleaseJournal,
  { yes, undo, format, version: wanted }: Given<typeof releaseParameters>,
  options: RunOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { name, version, done, steps } = begun;
  const next = steps.find((step) => !done.includes(step)) ?? steps.at(-1)!;
  if (!yes) {
    const values = { name, version, step: shell.lineOf(stepMessage(next, begun)) };
    const text =
      "The release of {name} {version} was begun and is not finished. It stopped before or while this was done: {step}. With --yes it goes on, with --undo --yes it is taken back.";
    shell.complain(text, values);
    return 1;
  }
  if (!undo) {
    if (wanted === undefined || wanted === version) return run(begun, format, options, shell);
    const text =
      "The release of {name} {version} was begun and is not finished. Go on with it or take it back before {wanted} is released.";
    shell.complain(text, { name, version, wanted });
    return 1;
  }
  const result = await undoRelease(begun, shell.world, options);
  if (result.kind === "stopped") return stopped(result, shell);
  for (const each of result.left) shell.complain(each);
  printResult(shell, format, {
    data: { package: name, version, state: "taken-back" },
    text: `${shell.lineOf({ text: "The release of {name} {version} is taken back.", values: { name, version } })}\n`,
  });
  return 0;
}

async function run(
  journal: ReleaseJournal,
  format: "text" | "json",
  options: RunOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { name, version, steps } = journal;
  const tell = (step: ReleaseStep) => shell.print(`${shell.lineOf(stepMessage(step, journal))}\n`);
  const result = await runRelease(journal, shell.world, {
    ...options,
    onStep: (step, state) => {
      if (state === "noted" && format === "text") tell(step);
    },
  });
  if (result.kind === "stopped") return stopped(result, shell);
  printResult(shell, format, {
    data: dataOf(journal, steps, "released"),
    text: `${shell.lineOf({ text: "{name} {version} is released.", values: { name, version } })}\n`,
  });
  return 0;
}

function stopped({ reasons }: Extract<RunResult, { kind: "stopped" }>, shell: Shell): ExitCode {
  for (const each of reasons) if (each.text !== "") shell.complain(each);
  shell.complain(
    "The release stopped there. The same command goes on with it; with --undo --yes it is taken back.",
  );
  return 1;
}

function tellPlan(
  { journal, changeLog, linted, triedFrom }: PreparedRelease,
  isRefused: boolean,
  format: "text" | "json",
  shell: Shell,
): void {
  const { name, from, version, steps } = journal;
  const warnings = linted.findings.filter(({ severity }) => severity === "warning").length;
  const line = (message: Message) => `${shell.lineOf(message)}\n`;
  const head = isRefused
    ? { text: "{name} {version} is not released. It would be in these steps:", values: { name, version } }
    : {
        text: "{name} {version}, which was {from}: nothing is done yet. With --yes this is:",
        values: { name, version, from },
      };
  printResult(shell, format, {
    data: { ...dataOf(journal, steps, isRefused ? "refused" : "planned"), changeLog: changeLog ?? null },
    text: [
      line(head),
      ...steps.map((step) => `  ${line(stepMessage(step, journal))}`),
      // That it would be empty has been told.
      ...(changeLog === undefined || changeLog.trim() === ""
        ? []
        : [line({ text: "The change log says: {text}", values: { text: oneLine(changeLog) } })]),
      line({ text: "Warnings in the package: {count}.", values: { count: warnings } }),
      ...(triedFrom.length === 0
        ? []
        : [
            line({
              text: "Upgrades were tried from: {versions}.",
              values: { versions: triedFrom.join(", ") },
            }),
          ]),
    ].join(""),
  });
}

function dataOf(
  { name, from, version, archive, tag }: ReleaseJournal,
  steps: readonly ReleaseStep[],
  state: "planned" | "refused" | "released",
): object {
  return { package: name, from, version, state, steps, archive, tag: tag?.name ?? null };
}
