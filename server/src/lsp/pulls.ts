import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  DocumentDiagnosticRequest,
  ErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type WorkspaceDiagnosticParams,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver";
import type { World } from "../host/world.ts";
import type { DocumentPulls } from "./document-pulls.ts";
import type { Session } from "./session.ts";
import type { WorkspacePulls } from "./workspace-pulls.ts";

/** For a client that asks for findings. No edit of one document changes those of another. */
export const pullCapabilities: ServerCapabilities = {
  diagnosticProvider: { identifier: "sopm", interFileDependencies: false, workspaceDiagnostics: true },
};

/** Answers those that ask what is wrong. Others are told, and get no answer: nobody should have findings twice. */
export function answerPulls(
  { connection, world, client }: Session,
  documents: DocumentPulls,
  workspace: WorkspacePulls,
): void {
  // With the methods of the library for this, the tokens would be taken out of the parameters.
  const answer = <Params, Result>(
    method: string,
    pull: (params: Params, cancellation: CancellationToken) => Promise<Result>,
  ) =>
    connection.onRequest(method, (params: Params, cancellation) =>
      client().pullsDiagnostics ? pull(params, cancellation) : notOffered(method, world),
    );
  answer(DocumentDiagnosticRequest.method, (params: DocumentDiagnosticParams, cancellation) =>
    documents.answer(params, cancellation),
  );
  answer(WorkspaceDiagnosticRequest.method, (params: WorkspaceDiagnosticParams, cancellation) =>
    workspace.answer(params, cancellation),
  );
  connection.onShutdown(() => workspace.end());
}

function notOffered(method: string, { texts }: World): ResponseError<undefined> {
  return new ResponseError<undefined>(
    ErrorCodes.MethodNotFound,
    texts.translate("There is no method {method}.", { method }),
  );
}
