import type { Settings } from "../configuration/settings.ts";
import { type BuildRequest, buildPackage, opinionOfBuilt } from "../engine/build-package.ts";
import { reasonsOf } from "../engine/decide-build.ts";
import type { LintedFile } from "../engine/lint-file.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import { rangeOf } from "../rules/finding-place.ts";
import { findingMessage } from "../rules/finding-text.ts";
import type { Finding, NamedText } from "../rules/rule.ts";
import { shownLineColumn } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { oneLine } from "../text/visible.ts";
import { baseFolderHint } from "./base-folder-hint.ts";
import type { ExitCode, Given } from "./command.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { requireFile } from "./package-argument.ts";
import { buildParameters } from "./release-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm build`: writes the archive of a spec. */
export async function build(given: Given<typeof buildParameters>, shell: Shell): Promise<ExitCode> {
  const { spec, version, force } = given;
  await requireFile(spec, "“{path}” is no file; name the .sopm file to build.", shell);
  await requireFolder(given.base, shell);
  requireDate(given["stamp-date"]);

  const run = new ConfiguredRun(optionsLayer(buildParameters, given, { simulation: "off" }), shell);
  const configured = await run.of(spec);
  run.tell(configured);
  const { build: said } = configured.settings;
  const stampDate = said.stampDate || undefined;
  requireDate(stampDate);
  const request: BuildRequest = {
    ...buildRequest(spec, baseOf(spec, given.base, configured, shell), configured.settings, {
      force,
      outputFolder: said.outputFolder || undefined,
    }),
    ...{ stampDate, version, strictSchema: said.strictSchema },
    databases: configured.settings.simulation.databases,
  };

  return shell.whileInterruptible(async (signal) => {
    const archive = await buildAndTell({ ...request, signal }, shell, (line) => shell.print(`${line}\n`));
    return archive === undefined ? 1 : 0;
  });
}

/** How a spec is built, as settings say, with a stamp of now. */
export function buildRequest(
  spec: string,
  baseFolder: string | undefined,
  { lint, build, upgradesSince }: Settings,
  { force, outputFolder }: Pick<BuildRequest, "force" | "outputFolder">,
): BuildRequest {
  return {
    ...{ spec, settings: lint, baseFolder, outputFolder, force, upgradesSince },
    mode: build.mode,
    stampHost: build.stampHost || undefined,
    allowSymlinks: build.allowSymlinks,
    strictSchema: "off",
    readsTags: true,
  };
}

/**
 * Builds a spec, and tells whoever calls what is wrong with it.
 *
 * @param say takes the line about what was built
 * @returns the path of the archive; undefined where there is none
 */
export async function buildAndTell(
  request: BuildRequest,
  shell: Shell,
  say: (line: string) => void,
): Promise<string | undefined> {
  const { world, complain, lineOf } = shell;
  const { spec, baseFolder: base } = request;
  const hintFor = (findings: readonly Finding[]) => baseFolderHint(spec, base, findings, world.paths);
  const at = (place: string, message: Message, rule?: string) => writeAt(shell, place, message, rule);
  const pathOf = (file: NamedText | undefined) =>
    file ? world.paths.join(base ?? world.paths.dirname(spec), file.path) : spec;
  const tellBrought = (findings: readonly Finding[], linted: LintedFile) => {
    for (const { span, file, rule, ...said } of findings)
      at(placeOf(pathOf(file), span, linted, file), findingMessage(said), rule);
  };
  const result = await buildPackage(request, world);
  switch (result.kind) {
    case "built": {
      tellBrought(result.brought, result.linted);
      for (const note of result.notes) at(spec, note);
      const { path, size, files } = result;
      const count = lineOf(
        files === 1 ? { text: "1 file" } : { text: "{count} files", values: { count: files } },
      );
      const milliseconds = Math.round(result.milliseconds);
      const text = "{path}: {size} bytes, {files}, {milliseconds} ms";
      say(lineOf({ text, values: { path, size, files: count, milliseconds } }));
      const opinion = await opinionOfBuilt(request, result.dialect, world);
      for (const note of opinion?.notes ?? []) at(spec, note);
      return path;
    }
    case "blocked":
      for (const { span, rule, file, ...message } of reasonsOf(result)) {
        at(placeOf(pathOf(file), span, result.linted, file), message, rule);
      }
      tellBrought(result.brought, result.linted);
      at(spec, hintFor(result.errors) ?? (result.canForce ? forceHelps : forceIsInVain));
      return undefined;
    case "failed":
      for (const message of result.messages) at(placeOf(spec, result.span, result.linted), message);
      at(spec, hintFor(result.linted?.findings ?? []) ?? result.hint);
      return undefined;
    case "cancelled":
      complain("The build was cancelled. What was there before is unchanged.");
      return undefined;
  }
}

const forceHelps: Message = {
  text: "Not built, because of these errors. With --force it is built all the same, as the framework would.",
};
const forceIsInVain: Message = {
  text: "Not built, and --force does not change that. Mend what is named above.",
};

/** @throws UsageError for what is no date */
function requireDate(value: string | undefined): void {
  if (value === undefined || isDate(value)) return;
  throw new UsageError("“{value}” is no date; write it as “YYYY-MM-DD hh:mm:ss”.", { value });
}

/** True for a moment that a calendar has; the 31st of February is none. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return false;
  const iso = `${text.replace(" ", "T")}.000Z`;
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso;
}

/** Where something stands. */
function placeOf(
  path: string,
  span: Span | undefined,
  linted: LintedFile | undefined,
  file?: NamedText | undefined,
): string {
  if (!span || !linted) return path;
  const { start } = rangeOf({ span, ...(file && { file }) }, linted.tree);
  return `${path}:${shownLineColumn(start)}`;
}

/** Writes a line about a place to standard error. */
function writeAt({ lineOf, warn }: Shell, place: string, message: Message, rule?: string): void {
  warn(`${oneLine(place)}: ${lineOf(message)}${rule === undefined ? "" : ` (${rule})`}`);
}
