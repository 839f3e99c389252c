import type { CancellationToken, Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type ApplyOutcome,
  type ApplyParams,
  applyRequest,
  type OperationName,
} from "../../../server/src/lsp/protocol.ts";
import { sendRequest } from "../send-request.ts";
import { listenToProgress, type ProgressReport } from "../with-progress.ts";

/** An operation that a sandbox shall perform. */
export interface WantedOperation {
  readonly uri: Uri;
  readonly operation: OperationName;
  /** Undefined for the sandbox that is made for the package. */
  readonly folder: string | undefined;
  readonly force: boolean;
}

/** Has the server perform an operation on a sandbox. Never throws. */
export async function requestApply(
  client: LanguageClient,
  { uri, operation, folder, force }: WantedOperation,
  report: ProgressReport,
  cancellation: CancellationToken,
): Promise<ApplyOutcome> {
  const progress = listenToProgress(client, report);
  const params: ApplyParams = {
    uri: client.code2ProtocolConverter.asUri(uri),
    operation,
    force,
    workDoneToken: progress.token,
    ...(folder === undefined ? {} : { folder }),
  };
  try {
    return await sendRequest<ApplyOutcome>(client, applyRequest, params, cancellation);
  } finally {
    progress.dispose();
  }
}
