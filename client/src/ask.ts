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

/** Who hears what, by method: a client itself has one listener for each, and the next takes the place of the last. */
const listeners = new WeakMap<LanguageClient, Map<string, Set<(params: unknown) => void>>>();

/** Hears what the server says on its own, as others may as well. */
export function hear<Params>(
  client: LanguageClient,
  { method }: Notification<Params>,
  listener: (params: Params) => void,
): Disposable {
  const byMethod = listeners.get(client) ?? new Map<string, Set<(params: unknown) => void>>();
  listeners.set(client, byMethod);
  const known = byMethod.get(method);
  const heard = known ?? new Set();
  // What comes under the method is what it was declared with.
  const each = listener as (params: unknown) => void;
  heard.add(each);
  if (!known) {
    byMethod.set(method, heard);
    client.onNotification(method, (params: unknown) => {
      for (const hears of heard) hears(params);
    });
  }
  return { dispose: () => void heard.delete(each) };
}

/** Says something to the server. */
export function tell<Params>(
  client: LanguageClient,
  { method }: Notification<Params>,
  params: Params,
): Promise<void> {
  return client.sendNotification(method, params);
}
