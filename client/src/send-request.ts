import type { CancellationToken } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { RequestFailed } from "../../server/src/lsp/protocol.ts";

/** Asks the server something. Never throws: a server that does not answer is an outcome too. */
export async function sendRequest<Result>(
  client: LanguageClient,
  method: string,
  params: object,
  cancellation?: CancellationToken,
): Promise<Result | RequestFailed | { readonly kind: "cancelled" }> {
  try {
    // A server that was restarted or has just been spawned is worth waiting for.
    await client.start();
    // An undefined token would count as one more parameter.
    return await (cancellation
      ? client.sendRequest<Result>(method, params, cancellation)
      : client.sendRequest<Result>(method, params));
  } catch (error) {
    if (cancellation?.isCancellationRequested) return { kind: "cancelled" };
    client.error(`The request ${method} failed.`, error, false);
    return { kind: "failed", message: error instanceof Error ? error.message : String(error), hint: "" };
  }
}
