import { newPackageChoicesRequest, newPackageRequest } from "../protocol/new-package.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** Answers who wants a new package. What makes one is loaded with the first of them. */
export function answerNewPackageRequests(session: Session): void {
  answer(session, newPackageChoicesRequest, async () =>
    (await import("./new-package.ts")).choicesForNewPackage(),
  );
  answer(session, newPackageRequest, async (params) =>
    (await import("./new-package.ts")).makeNewPackage(params, session),
  );
}
