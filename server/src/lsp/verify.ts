import { verifyPackage } from "../engine/verify-package.ts";
import { DatabaseUnavailable } from "../host/database-server.ts";
import type { MeasuredFinding, VerifyParams, VerifyResult } from "../protocol/verify.ts";
import { htmlStyle } from "../report/html-style.ts";
import { renderVerifyHtmlBody } from "../report/render-verify-html.ts";
import { renderVerifyText } from "../report/render-verify-text.ts";
import { isAllDone, isForetoldWrongly, type VerifyReport } from "../report/verify-report.ts";
import {
  embeddedName,
  operationSentence,
  operationTitle,
  statementNotes,
  verifyHeading,
} from "../report/verify-words.ts";
import type { Span } from "../text/span.ts";
import { toFirstLine, toRange } from "./convert.ts";
import { earlierChoice } from "./dry-run.ts";
import { chosenSystem, systemWorld } from "./dry-run-system.ts";
import { serverNamed } from "./named-server.ts";
import { statementProgress } from "./progress.ts";
import { type EditorPackage, editorPackageReader } from "./read-package.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** What becomes of the statements of a package on a database that runs. @throws PackageError, Refusal */
export async function verifyForEditor(
  { uri, operations, system, from, database: name = embeddedName, workDoneToken }: VerifyParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<VerifyResult> {
  const { databases, texts } = session.world;
  const server = name === embeddedName ? databases?.embedded() : await serverNamed(name, session);
  if (!server) {
    const text =
      "The embedded database is a part that is not installed. Install it beside SOPM: npm install {part}.";
    return { kind: "not-installed", message: texts.translate(text, { part: "@electric-sql/pglite" }) };
  }
  const settings = await session.settingsFor(uri);
  const chosen = await chosenSystem(uri, system, settings, session);
  if (chosen.kind === "sandbox") {
    throw new Refusal({
      text: "Statements are executed for a system as it is delivered, and not for a sandbox. Choose a product as the system.",
    });
  }
  const read = editorPackageReader(uri, settings, session, true);
  let last: EditorPackage | undefined;
  try {
    const report = await verifyPackage(
      {
        ...{ operations, server, name, system: chosen, assumeRequirements: true },
        read: async (release) => {
          last = await read(release);
          return last;
        },
        from: from && (await earlierChoice(from, uri, session)),
        options: {},
      },
      systemWorld(session),
      { signal: cancelled, progress: statementProgress(session, workDoneToken, operations) },
    );
    return answerOf(report, last, session);
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw new Refusal(error.text);
    throw error;
  }
}

function answerOf(report: VerifyReport, read: EditorPackage | undefined, { world }: Session): VerifyResult {
  const { translate, textOf } = world.texts;
  const findings = report.operations.flatMap((operation) =>
    operation.statements
      .filter((each) => each.outcome === "failed" || isForetoldWrongly(each))
      .map(
        (statement): MeasuredFinding => ({
          ...rangesOf(read, statement.span),
          severity: statement.outcome === "failed" ? 1 : 2,
          code: "measured",
          message: translate("{operation}: {finding}", {
            operation: textOf(operationTitle(operation)),
            finding: statementNotes(statement, report).map(textOf).join(" "),
          }),
        }),
      ),
  );
  const sentences = report.operations.map(
    (operation) => `${textOf(operationTitle(operation))}: ${textOf(operationSentence(operation))}`,
  );
  return {
    kind: "verified",
    verdict: {
      kind: isAllDone(report) ? "good" : "bad",
      sentence: `${textOf(verifyHeading(report))}. ${sentences.join(" ")}`,
    },
    server: report.server,
    html: renderVerifyHtmlBody(report, translate),
    style: htmlStyle,
    text: renderVerifyText(report, { translate, width: undefined, colors: false }),
    findings,
  };
}

function rangesOf(read: EditorPackage | undefined, span: Span | undefined) {
  const { source } = read ?? {};
  if (!source || !span) return { range: firstLine, element: firstLine };
  return { range: toFirstLine(source, span), element: toRange(source, span) };
}

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
