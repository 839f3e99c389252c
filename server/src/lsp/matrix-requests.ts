import { exportMatrixRequest, matrixRequest } from "../protocol/matrix.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";
import type { Shown } from "./shown.ts";

/** What tries upgrades is loaded for those who look at a matrix, and none of the others starts later for it. */
export function answerMatrixRequests(session: Session, shown: Shown): void {
  const load = () => import("./matrix.ts");
  answer(session, matrixRequest, async (params, cancelled) => {
    const { matrixForEditor } = await load();
    const document = session.documentOf(params.uri);
    if (!document) return null;
    const result = await matrixForEditor(document, params, session, cancelled);
    shown.checked(document);
    return result;
  });
  answer(session, exportMatrixRequest, async (params, cancelled) => {
    const { exportedMatrix } = await load();
    const document = session.documentOf(params.uri);
    return document ? exportedMatrix(document, params, session, cancelled) : null;
  });
}
