import type { CancellationToken, Connection } from "vscode-languageserver";
import type { Answer, Notification, Request } from "../protocol/request.ts";
import { failureOf } from "./failure.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Answers a request of ours. One that fails is answered too, and never takes the server down. */
export function answer<Params, Result>(
  session: Session,
  { method }: Request<Params, Result>,
  work: (params: Params, cancelled: AbortSignal) => Promise<Answer<Result>>,
): void {
  session.connection.onRequest(method, (params: Params, cancellation) =>
    settle(session, method, cancellation, (cancelled) => work(params, cancelled)),
  );
}

/**
 * Does something that was asked for. Never throws: that it fails or is withdrawn is an answer too.
 *
 * @param method what the log calls it
 */
export async function settle<Result>(
  session: Session,
  method: string,
  cancellation: CancellationToken,
  work: (cancelled: AbortSignal) => Promise<Answer<Result>>,
): Promise<Answer<Result>> {
  const controller = new AbortController();
  cancellation.onCancellationRequested(() => controller.abort());
  if (cancellation.isCancellationRequested) return { kind: "cancelled" };
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return { kind: "cancelled" };
    return failureOf(session, method, error);
  }
}

/** Hears what the client says without waiting for an answer. */
export function hear<Params>(
  connection: Connection,
  { method }: Notification<Params>,
  listener: (params: Params) => void,
): void {
  connection.onNotification(method, listener);
}

/** Says something to the client. */
export function tell<Params>(connection: Connection, { method }: Notification<Params>, params: Params): void {
  inBackground(connection, connection.sendNotification(method, params));
}
