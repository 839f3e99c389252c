import {
  archiveContentRequest,
  archiveRequest,
  comparePackagesRequest,
  editArchiveRequest,
} from "../protocol/archive.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** Answers what is asked about archives. What reads them is loaded with the first question. */
export function answerArchiveRequests(session: Session): void {
  answer(session, archiveRequest, async ({ of }) =>
    (await import("./archives.ts")).archiveForEditor(of, session),
  );
  answer(session, archiveContentRequest, async (params) =>
    (await import("./archives.ts")).archiveContentForEditor(params, session),
  );
  answer(session, comparePackagesRequest, async (params) =>
    (await import("./archives.ts")).compareForEditor(params, session),
  );
  answer(session, editArchiveRequest, async (params) =>
    (await import("./archives.ts")).editArchiveForEditor(params, session),
  );
}
