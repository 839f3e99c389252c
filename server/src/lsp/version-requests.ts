import { versionsRequest, versionTextRequest } from "../protocol/versions.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** What finds versions is loaded for those who look at them, and none of the others starts later for it. */
export function answerVersionRequests(session: Session): void {
  const load = () => import("./versions.ts");
  answer(session, versionsRequest, async ({ uri }, cancelled) =>
    (await load()).versionsForEditor(uri, session, cancelled),
  );
  answer(session, versionTextRequest, async ({ uri, version }, cancelled) =>
    (await load()).versionTextForEditor(uri, version, session, cancelled),
  );
}
