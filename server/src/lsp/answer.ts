import type { Connection } from "vscode-languageserver";
import type { Answer, Notification, Request } from "../protocol/request.ts";
import { failureOf } from "./failure.ts";
import { inBackground } from "./in-background.ts";

/** Answers a request of ours. One that fails is answered too, and never takes the server down. */
export function answer<Params, Result>(
  connection: Connection,
  { method }: Request<Params, Result>,
  work: (params: Params, cancelled: AbortSignal) => Promise<Answer<Result>>,
): void {
  connection.onRequest(method, async (params: Params, cancellation): Promise<Answer<Result>> => {
    const controller = new AbortController();
    cancellation.onCancellationRequested(() => controller.abort());
    if (cancellation.isCancellationRequested) return { kind: "cancelled" };
    try {
      return await work(params, controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return { kind: "cancelled" };
      return failureOf(connection, method, error);
    }
  });
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
