import type { CancellationToken, Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type BuildOutcome, type BuildParams, buildRequest } from "../../../server/src/protocol/build.ts";
import { askWithProgress } from "../ask.ts";
import type { ProgressReport } from "../with-progress.ts";

export interface PackageBuild {
  readonly spec: Uri;
  /** True to build although error findings exist. */
  readonly force: boolean;
  /** Absolute path; undefined: the setting, else beside the spec. */
  readonly outputFolder: string | undefined;
}

/** Has the server build a package. Never throws: what goes wrong on the way is an outcome too. */
export function requestBuild(
  client: LanguageClient,
  { spec, force, outputFolder }: PackageBuild,
  report: ProgressReport,
  cancellation: CancellationToken,
): Promise<BuildOutcome> {
  const params: BuildParams = {
    uri: client.code2ProtocolConverter.asUri(spec),
    force,
    ...(outputFolder === undefined ? {} : { outputFolder }),
  };
  return askWithProgress(client, buildRequest, params, report, cancellation);
}
