import { databaseDiagramRequest, exportDiagramRequest } from "../protocol/diagram.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** What draws is loaded for those who look at a diagram, and none of the others starts later for it. */
export function answerDiagramRequests(session: Session): void {
  const load = () => import("./database-diagram.ts");
  answer(session, databaseDiagramRequest, async (params, cancelled) => {
    const { diagramForEditor } = await load();
    const document = session.documentOf(params.uri);
    return document ? diagramForEditor(document, params, session, cancelled) : null;
  });
  answer(session, exportDiagramRequest, async (params, cancelled) => {
    const { exportedDiagram } = await load();
    const document = session.documentOf(params.uri);
    return document ? exportedDiagram(document, params, session, cancelled) : null;
  });
}
