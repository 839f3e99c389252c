import { runTrialRequest, trialsRequest } from "../protocol/trials.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** What tries packages is loaded for those who look at trials, and none of the others starts later for it. */
export function answerTrialRequests(session: Session): void {
  const load = () => import("./trials.ts");
  answer(session, trialsRequest, async ({ uri }, cancelled) => {
    const { trialsForEditor } = await load();
    const document = session.documentOf(uri);
    return document ? trialsForEditor(document, session, cancelled) : null;
  });
  answer(session, runTrialRequest, async (params, cancelled) => {
    const { runTrialForEditor } = await load();
    const document = session.documentOf(params.uri);
    return document ? runTrialForEditor(document, params, session, cancelled) : null;
  });
}
