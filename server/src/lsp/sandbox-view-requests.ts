import {
  outlookRequest,
  sandboxChangedNotification,
  sandboxDetailsRequest,
  sandboxPackagesRequest,
  shownIntroRequest,
} from "../protocol/sandbox-view.ts";
import { answer, tell } from "./answer.ts";
import type { Session } from "./session.ts";

/** Tells an editor that lists sandboxes when something was done to one. */
export interface SandboxViews {
  /** @param folder of the sandbox, as an absolute path */
  changed(folder: string): void;
}

/** Answers what views of sandboxes ask. What looks into them is loaded with the first question. */
export function answerSandboxViews(session: Session): SandboxViews {
  let isAsked = false;
  const views = () => import("./sandbox-view.ts");
  answer(session, sandboxPackagesRequest, async (params) => {
    isAsked = true;
    return (await views()).sandboxPackagesForEditor(params, session);
  });
  answer(session, sandboxDetailsRequest, async (params) =>
    (await views()).sandboxDetailsForEditor(params, session),
  );
  answer(session, outlookRequest, async (params, cancelled) =>
    (await import("./outlook.ts")).outlookForEditor(params, session, cancelled),
  );
  answer(session, shownIntroRequest, async (params) =>
    (await import("./outlook.ts")).shownIntroForEditor(params, session),
  );
  return {
    changed(folder) {
      if (isAsked) tell(session.connection, sandboxChangedNotification, { folder });
    },
  };
}
