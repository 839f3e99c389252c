import type { CancellationToken, Disposable } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Answer, Notification, Request } from "../../server/src/protocol/request.ts";
import { listenToProgress, type ProgressReport } from "./with-progress.ts";

/** Asks the server something. Never throws: a server that does not answer is an outcome too. */
export async function ask<Params, Result>(
  client: LanguageClient,
  { method }: Request<Params, Result>,
  params: Params,
  cancellation?: CancellationToken,
): Promise<Answer<Result>> {
  try {
    // A server that was restarted or has just been spawned is worth waiting for.
    await client.start();
    // An undefined token would count as one more parameter.
    return await (cancellation
      ? client.sendRequest<Answer<Result>>(method, params, cancellation)
      : client.sendRequest<Answer<Result>>(method, params));
  } catch (error) {
    if (cancellation?.isCancellationRequested) return { kind: "cancelled" };
    client.error(`The request ${method} failed.`, error, false);
    return { kind: "failed", message: error instanceof Error ? error.message : String(error), hint: "" };
  }
}

/** The same for what takes a while: hears meanwhile how far it is. */
export async function askWithProgress<Params extends { readonly workDoneToken?: string | number }, Result>(
  client: LanguageClient,
  request: Request<Params, Result>,
  params: Params,
  report: ProgressReport,
  cancellation: CancellationToken,
): Promise<Answer<Result>> {
  const progress = listenToProgress(client, report);
  try {
    return await ask(client, request, { ...params, workDoneToken: progress.token }, cancellation);
  } finally {
    progress.dispose();
  }
}

/** Hears what the server says on its own. */
export function hear<Params>(
  client: LanguageClient,
  { method }: Notification<Params>,
  listener: (params: Params) => void,
): Disposable {
  return client.onNotification(method, listener);
}

/** Says something to the server. */
export function tell<Params>(
  client: LanguageClient,
  { method }: Notification<Params>,
  params: Params,
): Promise<void> {
  return client.sendNotification(method, params);
}
