import type { CancellationToken, Uri } from "vscode";
import { type LanguageClient, WorkDoneProgress } from "vscode-languageclient/node";
import { type BuildOutcome, type BuildParams, buildRequest } from "../../server/src/lsp/protocol.ts";

export interface PackageBuild {
  readonly spec: Uri;
  /** True to build although error findings exist. */
  readonly force: boolean;
  /** Absolute path; undefined: the setting, else beside the spec. */
  readonly outputFolder: string | undefined;
}

/** How far a build is: a message in the reader's language, and the per cent done since the last report. */
export type BuildReport = (report: { readonly message?: string; readonly increment?: number }) => void;

let builds = 0;

/** Has the server build a package. Never throws: what goes wrong on the way is an outcome too. */
export async function requestBuild(
  client: LanguageClient,
  { spec, force, outputFolder }: PackageBuild,
  report: BuildReport,
  cancellation: CancellationToken,
): Promise<BuildOutcome> {
  const workDoneToken = `sopm-build-${++builds}`;
  let percentage = 0;
  const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === "end") return;
    const increment = Math.max(0, (value.percentage ?? percentage) - percentage);
    percentage += increment;
    report({ increment, ...(value.message === undefined ? {} : { message: value.message }) });
  });
  const params: BuildParams = {
    uri: client.code2ProtocolConverter.asUri(spec),
    force,
    workDoneToken,
    ...(outputFolder === undefined ? {} : { outputFolder }),
  };
  try {
    // A server that was restarted or has just been spawned is worth waiting for.
    await client.start();
    return await client.sendRequest<BuildOutcome>(buildRequest, params, cancellation);
  } catch (error) {
    if (cancellation.isCancellationRequested) return { kind: "cancelled" };
    client.error("The build request failed.", error, false);
    return { kind: "failed", message: error instanceof Error ? error.message : String(error), hint: "" };
  } finally {
    progress.dispose();
  }
}
