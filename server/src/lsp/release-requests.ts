import { begunReleasesRequest, releaseRequest } from "../protocol/release.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/**
 * Answers who releases a package. What does it is loaded with the first of them; what was begun is asked for whenever a
 * window starts.
 */
export function answerReleaseRequests(session: Session): void {
  answer(session, begunReleasesRequest, async (params) =>
    (await import("./begun-releases.ts")).begunReleasesForEditor(params, session),
  );
  answer(session, releaseRequest, async (params) =>
    (await import("./release.ts")).releaseForEditor(params, session),
  );
}
