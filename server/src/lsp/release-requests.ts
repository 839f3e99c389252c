import { releaseRequest } from "../protocol/release.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** Answers who releases a package. What does it is loaded with the first of them. */
export function answerReleaseRequests(session: Session): void {
  answer(session, releaseRequest, async (params) =>
    (await import("./release.ts")).releaseForEditor(params, session),
  );
}
