import type { CancellationToken, Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type BuildOutcome, type BuildParams, buildRequest } from "../../server/src/lsp/protocol.ts";
import { listenToProgress, type ProgressReport } from "./with-progress.ts";

export interface PackageBuild {
  readonly spec: Uri;
  /** True to build although error findings exist. */
  readonly force: boolean;
  /** Absolute path; undefined: the setting, else beside the spec. */
  readonly outputFolder: string | undefined;
}

/** Has the server build a package. Never throws: what goes wrong on the way is an outcome too. */
export async function requestBuild(
  client: LanguageClient,
  { spec, force, outputFolder }: PackageBuild,
  report: ProgressReport,
  cancellation: CancellationToken,
): Promise<BuildOutcome> {
  const progress = listenToProgress(client, report);
  const params: BuildParams = {
    uri: client.code2ProtocolConverter.asUri(spec),
    force,
    workDoneToken: progress.token,
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
