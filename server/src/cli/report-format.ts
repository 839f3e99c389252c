import { PackageError } from "../host/package-error.ts";
import type { Shell, Terminal } from "../host/shell.ts";
import type { World } from "../host/world.ts";
import { isFailure } from "../report/fail-on.ts";
import { type FailureKind, usualFailures } from "../report/failure-kinds.ts";
import type { DryRunReport } from "../report/report-model.ts";
import type { ExitCode, Given } from "./command.ts";
import type { ReportFormat, reportParameters } from "./common-parameters.ts";
import { writeResult } from "./write-result.ts";

/** What a report is written with. */
type FormatWorld = Pick<World, "texts" | "files">;

/**
 * Writes the report to the file that was named, or prints it.
 *
 * @param failures what lets the run fail
 * @throws PackageError when it is longer than a text can be
 */
export async function writeReport(
  shell: Shell,
  report: DryRunReport,
  { format, output }: Given<typeof reportParameters>,
  failures: ReadonlySet<FailureKind> = usualFailures,
): Promise<ExitCode> {
  const { world } = shell;
  const terminal = output === undefined ? shell.terminal : undefined;
  const text = await formatReport(world, report, format, { terminal, failures });
  if (!(await writeResult(shell, text, output))) return 1;
  return isFailure(report, failures) ? 1 : 0;
}

interface FormatOptions {
  /** Absent for what goes to a file or a pipe. */
  readonly terminal?: Terminal | undefined;
  readonly failures?: ReadonlySet<FailureKind>;
}

/**
 * The report in the form that was asked for. Only what that form needs is loaded.
 *
 * @throws PackageError when it is longer than a text can be
 */
export async function formatReport(
  world: FormatWorld,
  report: DryRunReport,
  format: ReportFormat,
  options: FormatOptions = {},
): Promise<string> {
  try {
    return await textOf(world, report, format, options);
  } catch (error) {
    // All that the language says of a text that became too long.
    if (!(error instanceof RangeError && /string length/i.test(error.message))) throw error;
    throw new PackageError("report-too-long", { format }, { cause: error });
  }
}

async function textOf(
  { texts: { translate, language }, files }: FormatWorld,
  report: DryRunReport,
  format: ReportFormat,
  { terminal, failures }: FormatOptions,
): Promise<string> {
  switch (format) {
    case "text": {
      const { renderText } = await import("../report/render-text.ts");
      return renderText(report, { translate, width: terminal?.width, colors: terminal?.colors ?? false });
    }
    case "json": {
      const { renderJson } = await import("../report/render-json.ts");
      return renderJson(report, translate);
    }
    case "junit": {
      const { renderJunit } = await import("../report/render-junit.ts");
      return renderJunit(report, translate, failures);
    }
    case "markdown": {
      const { renderMarkdown } = await import("../report/render-markdown.ts");
      return renderMarkdown(report, translate);
    }
    case "html": {
      const { renderHtmlBody, renderHtmlDocument } = await import("../report/render-html.ts");
      const options = { translate, interactive: false };
      // The nonce comes from the content: nobody could know it before, and the same report gives the same bytes.
      const nonce = files({ flush: false })
        .digest(new TextEncoder().encode(renderHtmlBody(report, options)))
        .slice(0, 32);
      return renderHtmlDocument(report, { ...options, language, nonce });
    }
  }
}
