import { differenceFixes } from "../engine/difference-fixes.ts";
import { Matrix } from "../engine/matrix.ts";
import { turnOfOthers } from "../host/timers.ts";
import { type Message, messageText } from "../l10n/translate.ts";
import { triedDatabases } from "../protocol/databases.ts";
import type {
  ExportedMatrix,
  ExportMatrixParams,
  MatrixFix,
  MatrixResult,
  MatrixViewParams,
} from "../protocol/matrix.ts";
import type { Answer } from "../protocol/request.ts";
import { htmlStyle } from "../report/html-style.ts";
import type { MatrixReport } from "../report/matrix-report.ts";
import { countsText, rowTitle } from "../report/matrix-words.ts";
import { renderMatrixHtml, renderMatrixHtmlBody } from "../report/render-matrix-html.ts";
import { renderMatrixMarkdown } from "../report/render-matrix-markdown.ts";
import { editsOf } from "../rules/shared/fixes.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toTextEdit } from "./convert.ts";
import { foundVersions } from "./found-versions.ts";
import { inTurns } from "./in-turns.ts";
import { noteMatrix } from "./known-matrix.ts";
import { editorPackageReader } from "./read-package.ts";
import type { Session } from "./session.ts";

/** All upgrades of a document, for a page in the editor. @throws PackageError */
export async function matrixForEditor(
  document: OpenDocument,
  { versionsMayHaveChanged = true }: MatrixViewParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Answer<MatrixResult>> {
  const report = await tryAll(document, versionsMayHaveChanged, session, cancelled);
  if (!report) return { kind: "cancelled" };
  const { translate } = session.world.texts;
  const textOf = (message: Message) => messageText(message, translate);
  const { spec, context } = document.forFeatures();
  const own = plainVersion(report.package.version);
  const known = report.starts.map(({ version }) => version);
  const fixes: MatrixFix[] = [];
  const html = renderMatrixHtmlBody(report, translate, {
    fixesOf({ thing, starts }) {
      if (document.kind !== "spec" || own === undefined) return [];
      return differenceFixes(spec, thing, { starts, known, own }, context.schema).map((fix) => {
        const title = oneLine(translate(fix.title, fix.arguments));
        const { source } = document.tree;
        const edits = editsOf(fix, source).map((edit) => toTextEdit(source, edit));
        return { title, name: String(fixes.push({ title, edits }) - 1) };
      });
    },
  });
  return {
    kind: "matrix",
    html,
    style: htmlStyle,
    summary: textOf(countsText(report)),
    systems: report.columns,
    paths: report.rows.map(({ start, kind, ...row }) => ({
      title: textOf(rowTitle({ start, kind, ...row })),
      start: start ?? null,
      isStepByStep: kind === "step-by-step",
    })),
    fixes,
    documentVersion: document.version,
    isReadable: spec.root !== undefined && own !== undefined,
  };
}

/** The same as a file. @throws PackageError */
export async function exportedMatrix(
  document: OpenDocument,
  { format }: ExportMatrixParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Answer<ExportedMatrix>> {
  const report = await tryAll(document, false, session, cancelled);
  if (!report) return { kind: "cancelled" };
  const { translate, language } = session.world.texts;
  if (format === "markdown") return { kind: "text", text: renderMatrixMarkdown(report, translate) };
  // As many bits as nobody guesses, in characters that an attribute takes.
  const nonce = crypto.randomUUID().replaceAll("-", "");
  return { kind: "text", text: renderMatrixHtml(report, { translate, language, nonce }) };
}

/** What is kept of documents between questions. */
const matrices = new WeakMap<OpenDocument, Matrix>();

/** Undefined when nobody wants it any more, or the document is another one by now. */
async function tryAll(
  document: OpenDocument,
  versionsMayHaveChanged: boolean,
  session: Session,
  cancelled: AbortSignal,
): Promise<MatrixReport | undefined> {
  const { uri, tree } = document;
  const { world } = session;
  const isWanted = () => !cancelled.aborted && document.tree === tree;
  const settings = await session.settingsFor(uri);
  const found = await foundVersions(uri, session, versionsMayHaveChanged, cancelled);
  // Whatever has arrived meanwhile comes first: it may be a keystroke, or that nobody wants the answer any more.
  await turnOfOthers(world.timers);
  if (!isWanted()) return undefined;
  const matrix = matrices.get(document) ?? new Matrix(world);
  matrices.set(document, matrix);
  const { databases } = settings.simulation;
  const steps = matrix.run({
    read: editorPackageReader(uri, settings, session, versionsMayHaveChanged),
    versions: found.versions,
    notes: found.notes,
    products: [],
    databases: databases.length > 0 ? databases : triedDatabases,
    since: settings.upgradesSince === "" ? undefined : settings.upgradesSince,
    kinds: ["straight", "step-by-step"],
  });
  const report = await inTurns(steps, () => turnOfOthers(world.timers), isWanted);
  if (report) noteMatrix(document, report.rows);
  return report;
}
