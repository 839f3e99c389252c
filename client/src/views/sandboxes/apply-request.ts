import type { CancellationToken, Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Operation } from "../../../../server/src/protocol/operations.ts";
import {
  type ApplyOutcome,
  type ApplyParams,
  applyRequest,
} from "../../../../server/src/protocol/sandbox.ts";
import { askWithProgress } from "../../ask.ts";
import type { ProgressReport } from "../../with-progress.ts";

/** An operation that a sandbox shall perform. */
export interface WantedOperation {
  readonly uri: Uri;
  readonly operation: Operation;
  /** Undefined for the sandbox that is made for the package. */
  readonly folder: string | undefined;
  readonly force: boolean;
}

/** Has the server perform an operation on a sandbox. Never throws. */
export function requestApply(
  client: LanguageClient,
  { uri, operation, folder, force }: WantedOperation,
  report: ProgressReport,
  cancellation: CancellationToken,
): Promise<ApplyOutcome> {
  const params: ApplyParams = {
    uri: client.code2ProtocolConverter.asUri(uri),
    operation,
    force,
    ...(folder === undefined ? {} : { folder }),
  };
  return askWithProgress(client, applyRequest, params, report, cancellation);
}
