import {
  changeRepositoriesRequest,
  fetchRepositoriesRequest,
  offeredArchiveRequest,
  offersRequest,
  orderRequest,
  performOrderRequest,
  repositoriesChangedNotification,
  repositoriesRequest,
} from "../protocol/repositories.ts";
import { answer, tell } from "./answer.ts";
import type { SandboxViews } from "./sandbox-view-requests.ts";
import type { Session } from "./session.ts";

/** Tells an editor that lists repositories when there is something else to tell. */
export interface RepositoryViews {
  changed(): void;
}

/** Answers what is asked about repositories. What looks into them is loaded with the first question. */
export function answerRepositoryRequests(session: Session, sandboxes: SandboxViews): RepositoryViews {
  let isAsked = false;
  const changed = () => {
    if (isAsked) tell(session.connection, repositoriesChangedNotification, {});
  };
  const view = () => import("./repositories-view.ts");
  const orders = () => import("./repository-orders.ts");
  answer(session, repositoriesRequest, async () => {
    isAsked = true;
    return (await view()).repositoriesForEditor(session);
  });
  answer(session, offersRequest, async (params) => (await view()).offersForEditor(params, session));
  answer(session, fetchRepositoriesRequest, async (params, cancelled) => {
    const result = await (await view()).fetchForEditor(params, session, cancelled);
    // Updates stand in the view of sandboxes as well.
    sandboxes.changed(params.folder);
    changed();
    return result;
  });
  answer(session, changeRepositoriesRequest, async (params) => {
    const result = await (await view()).changeForEditor(params, session);
    changed();
    return result;
  });
  answer(session, offeredArchiveRequest, async (params, cancelled) =>
    (await view()).offeredArchiveForEditor(params, session, cancelled),
  );
  answer(session, orderRequest, async (params, cancelled) =>
    (await orders()).orderForEditor(params, session, cancelled),
  );
  answer(session, performOrderRequest, async (params, cancelled) => {
    try {
      return await (await orders()).performOrderForEditor(params, session, cancelled);
    } finally {
      sandboxes.changed(params.folder);
      changed();
    }
  });
  return { changed };
}
