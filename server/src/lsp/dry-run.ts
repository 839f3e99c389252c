import { nothingFound } from "../configuration/configurations.ts";
import { type NamedDryRun, scenarioNamed } from "../configuration/scenario.ts";
import type { Release } from "../dialect/switches.ts";
import { type DryRunOutcome, dryRun, type EarlierChoice } from "../engine/dry-run.ts";
import { versionNamed } from "../engine/earlier-choice.ts";
import type { LintResult } from "../engine/lint.ts";
import { readPackage } from "../engine/read-package.ts";
import type { PackageReader } from "../engine/system-world.ts";
import { PackageError } from "../host/package-error.ts";
import { turnOfOthers } from "../host/timers.ts";
import type { Texts } from "../l10n/texts.ts";
import type { Step } from "../lifecycle/plan.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type {
  AssumableStep,
  EarlierChoice as ChosenVersion,
  DryRunDiagnostic,
  DryRunParams,
  DryRunResult,
  ExportDryRunParams,
  ExportDryRunResult,
  Verdict,
} from "../protocol/dry-run.ts";
import { operationTitles } from "../protocol/operations.ts";
import type { RequestCancelled } from "../protocol/request.ts";
import { dryRunFindings, withoutTold } from "../report/dry-run-findings.ts";
import { headingOf } from "../report/heading.ts";
import { htmlStyle } from "../report/html-style.ts";
import { renderHtmlBody, renderHtmlDocument } from "../report/render-html.ts";
import { renderJson } from "../report/render-json.ts";
import { renderMarkdown } from "../report/render-markdown.ts";
import type { DryRunReport } from "../report/report-model.ts";
import { verdictText } from "../report/verdict.ts";
import { isVersionText } from "../text/version-text.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toFirstLine } from "./convert.ts";
import { chosenSystem, namedSystem, systemWorld } from "./dry-run-system.ts";
import { foundVersions, originIn, wayFrom } from "./found-versions.ts";
import {
  type EditorPackage,
  editorPackageReader,
  readArchiveOnce,
  readEditorPackage,
  readPastSpec,
} from "./read-package.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";
import { workspacePackages } from "./workspace-packages.ts";

/**
 * What an operation would do, as the view of a report shows it.
 *
 * @param found what is wrong with a document; undefined when it is changed before that is known
 * @throws PackageError, Refusal
 */
export async function dryRunForEditor(
  params: DryRunParams,
  session: Session,
  found: (document: OpenDocument) => Promise<LintResult | undefined>,
  cancelled: AbortSignal,
): Promise<DryRunResult> {
  const tried = await tryForEditor(params, session, cancelled, { digestFiles: false });
  if ("kind" in tried) return tried;
  const {
    report,
    package: { contents, source, fallback, documentVersion },
  } = tried;
  const { translate, textOf } = session.world.texts;
  const { operation, installedVersion } = report;
  const { name = "", version = "" } = report.package;
  // Findings of another version stand at other places.
  const document = session.documentOf(params.uri);
  const isSame = document !== undefined && document.version === documentVersion;
  const told = isSame ? (await found(document))?.findings : undefined;
  return {
    kind: "report",
    operation,
    package: oneLine(`${name} ${version}`.trim()),
    heading: textOf(headingOf(report)),
    verdict: verdictOf(report, session),
    html: renderHtmlBody(report, { translate, interactive: true }),
    style: htmlStyle,
    assumable: report.steps.flatMap(assumableStep),
    findings: withoutTold(dryRunFindings(report, fallback, contents.structure), told ?? [], fallback).map(
      ({ id, severity, span, message, arguments: values }): DryRunDiagnostic => ({
        range: source ? toFirstLine(source, span) : firstLine,
        severity: severities[severity],
        code: id,
        message: translate("{operation}: {finding}", {
          operation: translate(operationTitles[report.operation]),
          finding: translate(message, values),
        }),
      }),
    ),
    documentVersion,
    ...(operation === "upgrade" && installedVersion !== undefined && { upgradedFrom: installedVersion }),
  };
}

/** The same as a file to keep. @throws PackageError, Refusal */
export async function exportForEditor(
  { format, ...params }: ExportDryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<ExportDryRunResult> {
  const tried = await tryForEditor(params, session, cancelled);
  if ("kind" in tried) return tried;
  return { kind: "exported", text: render(tried.report, format, session.world.texts) };
}

/** What it comes to, without the report. @throws PackageError, Refusal */
export async function verdictForEditor(
  params: DryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Verdict | RequestCancelled> {
  const tried = await tryForEditor(params, session, cancelled, { digestFiles: false });
  return "kind" in tried ? tried : verdictOf(tried.report, session);
}

function verdictOf({ verdict }: DryRunReport, { world: { texts } }: Session): Verdict {
  return { kind: verdict.tone, sentence: verdictText(verdict, texts.translate) };
}

/** What somebody is told who wants the report as a text. */
interface Summary {
  readonly kind: "summary";
  readonly tone: DryRunReport["verdict"]["tone"];
  readonly message: string;
  readonly text: string;
}

/** The same with what it comes to, in a sentence. @throws PackageError, Refusal */
export async function summarizeForEditor(
  { format, ...params }: ExportDryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Summary | RequestCancelled> {
  const tried = await tryForEditor(params, session, cancelled);
  if ("kind" in tried) return tried;
  const { report } = tried;
  const { tone } = report.verdict;
  const { textOf, translate } = session.world.texts;
  const message = `${textOf(headingOf(report))}. ${verdictText(report.verdict, translate)}`;
  return { kind: "summary", tone, message, text: render(report, format, session.world.texts) };
}

async function tryForEditor(
  params: DryRunParams,
  session: Session,
  cancelled: AbortSignal,
  options: TryOptions = { digestFiles: true },
): Promise<DryRunOutcome<EditorPackage> | { readonly kind: "cancelled" }> {
  // Whatever has arrived meanwhile comes first: it may be a keystroke, or that nobody wants the answer any more.
  await turnOfOthers(session.world.timers);
  return cancelled.aborted ? { kind: "cancelled" } : tryToTheEnd(params, session, options);
}

interface TryOptions {
  /** False where nobody waits for all files of a spec to be read for their digest. */
  readonly digestFiles: boolean;
}

/** A dry run as an editor asks for one. @throws PackageError, Refusal */
export async function tryToTheEnd(
  params: DryRunParams,
  session: Session,
  { digestFiles }: TryOptions,
): Promise<DryRunOutcome<EditorPackage>> {
  const {
    uri,
    assume = {},
    documented = false,
    workspacePackages: isWithSiblings = false,
    filesMayHaveChanged = true,
  } = params;
  const { trial } = params;
  if (trial !== undefined) {
    const { trialDryRun } = await import("./trials.ts");
    const options = {
      ...{ digestFiles, filesMayHaveChanged, compareWithDocumentation: documented },
      ...{ force: params.force ?? false, assume: new Map(Object.entries(assume)) },
    };
    return trialDryRun({ uri, trial }, options, session);
  }
  const settings = await session.settingsFor(uri);
  const scenario =
    params.scenario === undefined ? undefined : await requireScenario(params.scenario, uri, session);
  const { requirements } = scenario ?? {};
  const from = params.from ?? earlierOf(scenario, session);
  return dryRun(
    {
      operation: scenario?.operation ?? params.operation,
      database: scenario?.database ?? params.database ?? settings.system.database,
      read: editorPackageReader(uri, settings, session, filesMayHaveChanged),
      system: scenario?.system
        ? namedSystem(scenario.system)
        : await chosenSystem(uri, params.system, settings, session),
      from: from && (await earlierChoice(from, params.uri, session)),
      before: scenario?.before.map((path) => readerAt(path, filesMayHaveChanged, session)),
      assumeRequirements: requirements && requirements === "assume",
      digestFiles,
      siblings: isWithSiblings ? workspacePackages(session) : undefined,
      compareWithDocumentation: documented,
      options: {
        entrance: scenario?.entrance,
        force: params.force ?? scenario?.force ?? false,
        assume: new Map(Object.entries(assume)),
      },
    },
    systemWorld(session),
  );
}

/** @throws Refusal when no configuration of the package has it, or it cannot be tried */
async function requireScenario(name: string, uri: string, session: Session): Promise<NamedDryRun> {
  const path = session.world.paths.fromUri(uri) ?? uri;
  const found = (await session.configurationsOf(uri)) ?? nothingFound;
  const scenario = scenarioNamed(name, path, found);
  if ("why" in scenario) throw new Refusal(scenario.why);
  return scenario;
}

/** What a scenario has installed before an upgrade. */
function earlierOf(scenario: NamedDryRun | undefined, session: Session): ChosenVersion | undefined {
  if (scenario?.from === undefined) return undefined;
  return isVersionText(scenario.from)
    ? { kind: "version", version: scenario.from }
    : { kind: "file", uri: session.world.paths.toUri(scenario.from) };
}

/** Reads a package that is installed before: as it is typed, when it is open. */
function readerAt(
  path: string,
  filesMayHaveChanged: boolean,
  session: Session,
): PackageReader<EditorPackage> {
  const uri = session.world.paths.toUri(path);
  return async (release) =>
    readEditorPackage(uri, release, await session.settingsFor(uri), session, filesMayHaveChanged);
}

/** @throws PackageError for what is no file of this machine */
export async function earlierChoice(
  from: ChosenVersion,
  uri: string,
  session: Session,
): Promise<EarlierChoice<EditorPackage>> {
  const { paths } = session.world;
  switch (from.kind) {
    case "version": {
      // One that was released is known better than by its number.
      const { versions } = await foundVersions(uri, session, false);
      if (!versionNamed(from.version, versions)) return from;
      const { version } = from;
      return earlierChoice({ kind: "found", of: uri, version, isStepByStep: false }, uri, session);
    }
    case "text":
      return {
        kind: "package",
        read: async (release, { contents, files }) => {
          const fileName = `${contents.fileName ?? paths.basename(from.origin)} (${from.origin})`;
          return readPastSpec(from.text, fileName, release, files);
        },
      };
    case "found": {
      const way = (release: Release, { contents }: EditorPackage) =>
        wayFrom(from, contents.structure?.single.Version?.content ?? "", release, session);
      return {
        kind: "package",
        origin: await originIn(from, session),
        read: async (release, upgradedTo) => (await way(release, upgradedTo))[0]!,
        readVia: async (release, upgradedTo) => (await way(release, upgradedTo)).slice(1),
      };
    }
    case "file": {
      const path = paths.fromUri(from.uri);
      if (path === undefined) throw new PackageError("archive-missing", { file: from.uri });
      const isArchive = isArchiveName(path);
      return {
        kind: "package",
        read: async (release) =>
          isArchive
            ? readArchiveOnce(path, release, session)
            : (await readPackage(path, release, session.world)).contents,
      };
    }
  }
}

function render(
  report: DryRunReport,
  format: ExportDryRunParams["format"],
  { translate, language }: Texts,
): string {
  switch (format) {
    case "html": {
      // As many bits as nobody guesses, in characters that an attribute takes.
      const nonce = crypto.randomUUID().replaceAll("-", "");
      return renderHtmlDocument(report, { translate, interactive: false, language, nonce });
    }
    case "markdown":
      return renderMarkdown(report, translate);
    case "json":
      return renderJson(report, translate);
  }
}

/** Steps about which a reader may know better: what Perl does cannot be told, and what a check finds may change. */
function assumableStep({ kind, key, outcome, assumed }: Step): AssumableStep[] {
  const isOpen = kind === "code" || ((kind === "check" || kind === "configuration") && outcome === "fails");
  if (!isOpen && !assumed) return [];
  const assumption = outcome === "fails" ? "fails" : "succeeds";
  return outcome === "skipped" || outcome === "never"
    ? []
    : [{ key, assumed: assumed ? assumption : undefined }];
}

const severities = { error: 1, warning: 2, information: 3 } as const;

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
