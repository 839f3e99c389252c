import {
  linkRequest,
  phasesRequest,
  runPhaseRequest,
  testSystemRunRequest,
  testSystemTaskRequest,
  unitTestsRequest,
} from "../protocol/test-systems.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** Answers who wants something done on a test system. What reaches one is loaded with the first of them. */
export function answerTestSystemRequests(session: Session): void {
  answer(session, testSystemRunRequest, async (params, cancelled) =>
    (await import("./test-systems.ts")).runOnTestSystem(params, session, cancelled),
  );
  answer(session, testSystemTaskRequest, async (params, cancelled) =>
    (await import("./test-systems.ts")).doTestSystemTask(params, session, cancelled),
  );
  answer(session, phasesRequest, async ({ uri }) =>
    (await import("./test-system-phases.ts")).phasesOf(uri, session),
  );
  answer(session, runPhaseRequest, async (params, cancelled) =>
    (await import("./test-system-phases.ts")).runPhaseOnTestSystem(params, session, cancelled),
  );
  answer(session, linkRequest, async (params) =>
    (await import("./test-system-links.ts")).linkOnTestSystem(params, session),
  );
  answer(session, unitTestsRequest, async (params, cancelled) =>
    (await import("./test-systems.ts")).runTestsOnSystem(params, session, cancelled),
  );
}
