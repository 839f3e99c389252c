import type { RunningServer } from "../host/web-servers.ts";
import { serveRequest, stopServingRequest } from "../protocol/serve.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** Answers who wants a folder served. What serves is loaded with the first of them. */
export function answerServeRequests(session: Session): void {
  let served: RunningServer | undefined;
  const stop = async () => {
    const ending = served;
    served = undefined;
    await ending?.stop();
  };
  answer(session, serveRequest, async (params) => {
    // The same port may be wanted again.
    await stop();
    const { serveForEditor } = await import("./serve.ts");
    const { running, result } = await serveForEditor(params, session);
    served = running;
    return result;
  });
  answer(session, stopServingRequest, async () => {
    await stop();
    return { kind: "stopped" };
  });
}
