import { doAlike } from "../dialect/switches.ts";
import { tryOperation } from "../engine/dry-run.ts";
import type { EarlierVersion } from "../engine/stand-in.ts";
import { PackageError } from "../host/package-error.ts";
import { turnOfOthers } from "../host/timers.ts";
import type { Texts } from "../l10n/texts.ts";
import type { Step } from "../lifecycle/plan.ts";
import { readPackage } from "../node/read-package.ts";
import type {
  AssumableStep,
  DryRunDiagnostic,
  DryRunParams,
  DryRunResult,
  EarlierChoice,
  ExportDryRunParams,
  ExportDryRunResult,
} from "../protocol/dry-run.ts";
import { operationTitles } from "../protocol/operations.ts";
import type { RequestCancelled } from "../protocol/request.ts";
import { dryRunFindings } from "../report/dry-run-findings.ts";
import { headingOf } from "../report/heading.ts";
import { htmlStyle } from "../report/html-style.ts";
import { renderHtmlBody, renderHtmlDocument } from "../report/render-html.ts";
import { renderJson } from "../report/render-json.ts";
import { renderMarkdown } from "../report/render-markdown.ts";
import type { DryRunReport } from "../report/report-model.ts";
import type { SystemState } from "../system/system-state.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import { toRange } from "./convert.ts";
import { systemForEditor } from "./dry-run-system.ts";
import { type EditorPackage, readArchiveOnce, readEditorPackage, readPastSpec } from "./read-package.ts";
import type { Session } from "./session.ts";

/** What an operation would do, as the view of a report shows it. @throws PackageError */
export async function dryRunForEditor(
  params: DryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<DryRunResult> {
  const tried = await tryForEditor(params, session, cancelled);
  if ("kind" in tried) return tried;
  const {
    report,
    package: { contents, source, fallback, documentVersion },
  } = tried;
  const { translate, textOf } = session.world.texts;
  return {
    kind: "report",
    heading: textOf(headingOf(report)),
    verdict: { kind: report.verdict.tone, sentence: textOf(report.verdict.sentence) },
    html: renderHtmlBody(report, { translate, interactive: true }),
    style: htmlStyle,
    assumable: report.steps.flatMap(assumableStep),
    findings: dryRunFindings(report, fallback, contents.structure).map(
      ({ id, severity, span, message, arguments: values }): DryRunDiagnostic => ({
        range: source ? firstLineOf(source, span) : firstLine,
        severity: severities[severity],
        code: id,
        message: translate("{operation}: {finding}", {
          operation: translate(operationTitles[report.operation]),
          finding: translate(message, values),
        }),
      }),
    ),
    documentVersion,
  };
}

/** The same as a file to keep. @throws PackageError */
export async function exportForEditor(
  { format, ...params }: ExportDryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<ExportDryRunResult> {
  const tried = await tryForEditor(params, session, cancelled);
  if ("kind" in tried) return tried;
  return { kind: "exported", text: render(tried.report, format, session.world.texts) };
}

/** What somebody is told who wants the report as a text. */
interface Summary {
  readonly kind: "summary";
  readonly tone: DryRunReport["verdict"]["tone"];
  readonly message: string;
  readonly text: string;
}

/** The same with what it comes to, in a sentence. @throws PackageError */
export async function summarizeForEditor(
  { format, ...params }: ExportDryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Summary | RequestCancelled> {
  const tried = await tryForEditor(params, session, cancelled);
  if ("kind" in tried) return tried;
  const { report } = tried;
  const { tone, sentence } = report.verdict;
  const { textOf } = session.world.texts;
  const message = `${textOf(headingOf(report))}. ${textOf(sentence)}`;
  return { kind: "summary", tone, message, text: render(report, format, session.world.texts) };
}

interface TriedOperation {
  readonly report: DryRunReport;
  readonly package: EditorPackage;
}

async function tryForEditor(
  params: DryRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<TriedOperation | { readonly kind: "cancelled" }> {
  const { uri, operation, from, assume = {}, force = false, documented = false, look = true } = params;
  const settings = await session.settingsFor(uri);
  // Whatever has arrived meanwhile comes first: it may be a keystroke, or that nobody wants the answer any more.
  await turnOfOthers(session.world.timers);
  if (cancelled.aborted) return { kind: "cancelled" };
  const found = await systemForEditor(uri, params.system, settings, session, look);
  const { system, isStandIn } = found;
  const { framework } = system;
  const read =
    found.read && doAlike(found.read.contents.release, framework)
      ? found.read
      : await readEditorPackage(uri, framework, settings, session, look && !found.read);
  const { contents, specText } = read;
  const { report } = await tryOperation({
    ...{ operation, contents, specText, system, isStandIn },
    from: from && (await earlierVersion(from, read, system, session)),
    assumeRequirements: isStandIn,
    compareWithDocumentation: documented,
    options: { force, assume: new Map(Object.entries(assume)), now: session.world.clock.now() },
    language: session.world.texts.language,
  });
  return { report, package: read };
}

async function earlierVersion(
  from: EarlierChoice,
  { contents, files }: EditorPackage,
  { framework }: SystemState,
  session: Session,
): Promise<EarlierVersion> {
  const { paths } = session.world;
  switch (from.kind) {
    case "version":
      return from;
    case "text": {
      const fileName = `${contents.fileName ?? paths.basename(from.origin)} (${from.origin})`;
      return { kind: "archive", contents: readPastSpec(from.text, fileName, framework, files) };
    }
    case "file": {
      const path = paths.fromUri(from.uri);
      if (path === undefined) throw new PackageError("archive-missing", { file: from.uri });
      const isArchive = /\.opm$/i.test(path);
      return {
        kind: "archive",
        contents: isArchive
          ? await readArchiveOnce(path, framework, session)
          : (await readPackage(path, framework)).contents,
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

/** A mark over a whole section would hide what else is marked in it. */
function firstLineOf(source: SourceText, span: Span): DryRunDiagnostic["range"] {
  const { start, end } = toRange(source, span);
  if (start.line === end.line) return { start, end };
  const next = source.offsetAt({ line: start.line + 1, character: 0 });
  const line = source.slice(span.start, next).trimEnd();
  return { start, end: { line: start.line, character: start.character + line.length } };
}

const severities = { error: 1, warning: 2, information: 3 } as const;

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
